"""Lists in HTML: real ones, and Word's paragraphs that say by `mso-list` that they are items of one."""

import re
from dataclasses import dataclass, field

from plans.importers.docx_numbering import GLYPHS, bare, write_number
from plans.importers.html_styles import Says
from plans.importers.office import Element

_WORD_ITEM = re.compile(r"\blevel(\d)\b")
_LABEL = re.compile(r"[(\[]?\w{1,6}(?:\.\w{1,3})*[.)\]]+|\d{1,3}(?:\.\d{1,3})*")
# The bullets of symbol fonts, as they come where the font is not there.
_BULLETS = {"·": "•", "o": "◦", "§": "▪", "ü": "✓", "Ø": "➢", "v": "❖", "q": "□"} | GLYPHS
_DEEPEST = 8
_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "lower-roman": "lowerRoman",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "upper-roman": "upperRoman",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before an item: a label («a», no bracket) or a bullet."""

    level: int
    label: str = ""
    glyph: str = ""


@dataclass(slots=True)
class OpenList:
    """A `ul` or `ol` while its items are read."""

    level: int
    form: str  # of its numbers; empty for bullets
    next: int = 1

    def mark(self, item: Element, said: Says) -> Mark:
        value = item.get("value") or ""
        if value.isdecimal() and len(value) < 6:
            self.next = int(value)
        form = _FORMS.get(said.get("list-style-type", ""), self.form) if self.form else ""
        number, self.next = self.next, self.next + 1
        if not form:
            return Mark(self.level, glyph="•")
        return Mark(self.level, label=write_number(number, form))


@dataclass(slots=True)
class Lists:
    """The lists that stand open at one place of a document."""

    _open: list[OpenList] = field(default_factory=list)

    def start(self, element: Element, said: Says) -> None:
        level = min(len(self._open), _DEEPEST)
        start = element.get("start") or ""
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        kind = said.get("list-style-type") or element.get("type") or "1"
        form = _FORMS.get(kind, "decimal") if element.tag == "ol" else ""
        self._open.append(OpenList(level, form, first))

    def end(self) -> None:
        self._open.pop()

    def mark(self, item: Element, said: Says) -> Mark:
        return self._open[-1].mark(item, said) if self._open else Mark(0, glyph="•")


def word_level(said: Says) -> int | None:
    """The level, from 0, of a paragraph that Word says is an item; None for any other."""
    found = _WORD_ITEM.search(said.get("mso-list", ""))
    return min(int(found[1]) - 1, _DEEPEST) if found and int(found[1]) else None


def is_word_mark(said: Says) -> bool:
    """Whether this is what Word printed before an item, for programs that make no lists."""
    return said.get("mso-list") == "ignore"


def word_mark(printed: str, level: int) -> Mark:
    """The mark that Word printed: «a)» is a label, «·» a bullet."""
    words = printed.strip()
    if _LABEL.fullmatch(words):
        return Mark(level, label=bare(words))
    return Mark(level, glyph=_BULLETS.get(words, words[:1]) or "•")
