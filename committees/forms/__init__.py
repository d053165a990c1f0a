"""Forms of committees, one file a subject."""
