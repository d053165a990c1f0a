"""Marks found words in a text, and cuts out the piece where they stand."""

import re
from collections.abc import Iterator, Set

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .words import fold, stem, visible

_WORD = re.compile(r"[^\W_]+")


def marked(text: str, wanted: Set[str], *, letters: int) -> SafeString:
    """At most so many letters of the text, around the first word that is wanted, as HTML with <mark>.

    `wanted` are stems; a word is found by its own, or by one of four letters or more that it holds.
    """
    text = visible(text)
    found = list(_found(text, wanted))
    start, end = _window(text, found[0][0] if found else 0, letters)
    html, at = ["… " if start else ""], start
    for begins, ends in found:
        if begins >= start and ends <= end:
            html += [escape(text[at:begins]), "<mark>", escape(text[begins:ends]), "</mark>"]
            at = ends
    html += [escape(text[at:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(html))  # noqa: S308 - every piece of text is escaped


def _found(text: str, wanted: Set[str]) -> Iterator[tuple[int, int]]:
    longer = [one for one in wanted if len(one) > 3]
    for word in _WORD.finditer(text):
        folded = fold(word[0])
        if stem(folded) in wanted or any(one in folded for one in longer):
            yield word.span()


def _window(text: str, first: int, letters: int) -> tuple[int, int]:
    """Where to begin and end, between words, with the first found word well inside."""
    if len(text) <= letters:
        return 0, len(text)
    start = 0 if first < letters * 2 // 3 else text.rfind(" ", 0, first - letters // 3) + 1
    end = len(text) if len(text) - start <= letters else text.rfind(" ", start, start + letters)
    return start, end if end > first else min(len(text), start + letters)
