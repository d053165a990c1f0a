"""Two people changed the same text: one text that holds both changes, where they do not touch. No Django."""

import re
from difflib import SequenceMatcher

type _Change = tuple[int, int, list[str]]  # from, to (in the base), what stands there instead

_PART = re.compile(r"\s+|\w+|[^\w\s]")


def merged(base: str, mine: str, theirs: str) -> str | None:
    """The base with both changes made; None where they touch the same words."""
    parts = _PART.findall(base)
    changes = sorted(_changes(parts, mine) + _changes(parts, theirs))
    result: list[str] = []
    at = 0
    before: _Change | None = None
    for change in changes:
        start, end, words = change
        if change == before:  # both made the same change
            continue
        if before and start <= before[1]:
            return None
        result += parts[at:start] + words
        at, before = end, change
    return "".join(result + parts[at:])


def _changes(base: list[str], text: str) -> list[_Change]:
    after = _PART.findall(text)
    matcher = SequenceMatcher(None, base, after, autojunk=False)
    return [(i, k, after[j:m]) for kind, i, k, j, m in matcher.get_opcodes() if kind != "equal"]
