"""Sentences that are made where there is no Django, and said in the reader's language where they are shown.

The import worker refuses a file in such a sentence. It stays bokmål with its facts apart until a page
says it (`helsefellesskap.errors.why_refused`). No Django here.
"""


def later(msgid: str) -> str:
    """The sentence as it is; `manage.py messages` finds it by this name."""
    return msgid
