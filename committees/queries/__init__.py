"""Reading in `committees`, one file a subject, in a constant number of queries."""
