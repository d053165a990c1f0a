"""Pages of `partners`, one file a subject; the view is called as its address and its action."""
