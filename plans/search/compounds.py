"""Compounds are split by words that are known by themselves: those of the index, and a few of our own.

«samhandlingsavvik» is found by «avvik» because both «samhandling» and «avvik» are words. No Django, and no
foreign word list: the dictionary is the index's own vocabulary.
"""

from collections.abc import Set
from functools import cache

from .lists import NO_PARTS, SEEDS, SHORT
from .words import fold, stem


class Splitter:
    """Splits by the words whose stems are given. One for a run: it remembers what it has split."""

    def __init__(self, known: Set[str]) -> None:
        self.known = known
        self.parts = cache(self._parts)

    def _parts(self, word: str) -> frozenset[str]:
        """The stems of the parts of a folded word, parts of parts among them; empty where it is none."""
        found: set[str] = set()
        for at in range(3, len(word) - 2):
            head, tail = word[:at], word[at:]
            # Two short ones are a word of its own: a «måltid» is no goal.
            if len(word) == 6 or not self._is_word(head):
                continue
            inner = self.parts(tail) if len(tail) > 6 else frozenset()
            if inner or self._is_word(tail):
                found |= {stem(head), *inner} | ({stem(tail)} if self._is_word(tail) else set())
        return frozenset(found - {stem(word)})

    def _is_word(self, part: str) -> bool:
        """Whether the part is a word by itself; endings and linking letters come along («samhandlings»)."""
        if len(part) == 3:
            return part in SHORT
        root = stem(part)
        return (root in self.known or root in _SEEDS) and root not in _NO_PARTS


def candidates(word: str) -> set[str]:
    """The stems that a splitter will ask for: whichever of them are known splits the word."""
    return {stem(word[a:b]) for a in range(len(word)) for b in range(a + 4, len(word) + 1)}


_SEEDS = frozenset(stem(fold(word)) for word in SEEDS)
_NO_PARTS = frozenset(stem(fold(word)) for word in NO_PARTS)
