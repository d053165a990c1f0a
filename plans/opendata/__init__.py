"""What is public, for machines: the API, bulk files, feeds, calendars, the catalogue, and embeds.

Everything here is read from published revisions (`plans/queries/open_data.py`), knows no user, and is
gone the moment a plan is withdrawn. `/apne-data/` tells people about it.
"""
