"""Search over what is public: one index for both databases, our own Norwegian on top.

Words are folded (nynorsk as bokmål) and stemmed (`words.py`), compounds split by the index's own words
(`compounds.py`), before they are stored; so both databases find the same. The database matches and ranks
(`database.py` holds the one branch per vendor). `entries.py` says what may be found, `index.py` keeps it so,
`find.py` answers, `marks.py` marks the found words.
"""
