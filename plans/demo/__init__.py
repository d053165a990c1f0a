"""The demo: six communities with people, committees, agreements and plans, for `manage.py demo`.

`data/` says who there is, `sources/` holds the plans as somebody would send them; both are our own
writing, and every person in them is invented. What is more than one row goes through the same actions
as people use.
"""
