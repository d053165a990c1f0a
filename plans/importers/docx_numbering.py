"""The labels that Word makes by itself: «a)», «2.1», «•», counted as Word counts them."""

import re
from dataclasses import dataclass

from plans.importers.docx_styles import Styles
from plans.importers.docx_xml import W, switch, value
from plans.importers.office import Element, whole

# Bullets lie in symbol fonts at private code points; these are the ones that Word itself offers.
GLYPHS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "✓", "\uf0d8": "➢", "\uf076": "❖", "\uf0e0": "→",
    "\uf0a8": "□", "\uf06f": "□", "\uf0fe": "☑", "\uf0fb": "✗", "\uf06e": "■", "\uf06c": "●", "\uf02d": "–",
}  # fmt: skip
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before a list item: a label («a», no bracket) or a bullet's glyph."""

    level: int
    label: str = ""
    glyph: str = ""


class Numbering:
    """Counts through a document: ask `mark` once a paragraph, in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = [] if root is None else list(root)
        self._abstract = {e.get(W + "abstractNumId", ""): e for e in found if e.tag == W + "abstractNum"}
        self._nums = {e.get(W + "numId", ""): e for e in found if e.tag == W + "num"}
        self._counts: dict[str, dict[int, int]] = {}  # abstractNum → level → the number last given
        self._started: set[tuple[str, int]] = set()

    def mark(self, properties: Element | None, style: str) -> Mark | None:
        """The mark of a paragraph with these properties; None where it is no list item."""
        num, level = self._reference(properties, style)
        abstract = self._abstract_of(num)
        if num is None or abstract is None:
            return None
        form = self._level(num, abstract, level)
        if form is None:
            return None
        depth = level or self._styles.list_depth(style)
        if value(form, "numFmt") == "bullet":
            glyph = (value(form, "lvlText") or "•").strip() or "•"
            return Mark(
                depth, glyph="".join(GLYPHS.get(c, "•" if "\ue000" <= c <= "\uf8ff" else c) for c in glyph)
            )
        self._count(num, abstract, level)
        label = self._label(num, abstract, level, form)
        return Mark(depth, label=label) if label or value(form, "numFmt") != "none" else None

    def _reference(self, properties: Element | None, style: str) -> tuple[str | None, int]:
        own = None if properties is None else properties.find(W + "numPr")
        num, level = value(own, "numId"), value(own, "ilvl")
        inherited = self._styles.numbering(style)
        if num is None and inherited is not None:
            num = value(inherited[0], "numId")
            level = level or self._linked_level(num, inherited[1]) or value(inherited[0], "ilvl")
        if num == "0":  # «no list», said in so many words
            return None, 0
        return num, min(max(whole(level), 0), _DEEPEST)

    def _linked_level(self, num: str | None, style: str) -> str | None:
        """The level that a heading style is tied to in its list."""
        abstract = self._abstract_of(num)
        for form in [] if abstract is None else abstract.iterfind(W + "lvl"):
            if value(form, "pStyle") == style:
                return form.get(W + "ilvl")
        return None

    def _abstract_of(self, num: str | None) -> Element | None:
        for _ in range(3):  # a list may borrow its levels from a list style's list
            found = self._abstract.get(value(self._nums.get(num or ""), "abstractNumId") or "")
            link = value(found, "numStyleLink")
            borrowed = self._styles.numbering(link) if link else None
            if borrowed is None:
                return found
            num = value(borrowed[0], "numId")
        return None

    def _override(self, num: str, level: int) -> Element | None:
        for override in self._nums[num].iterfind(W + "lvlOverride"):
            if whole(override.get(W + "ilvl")) == level:
                return override
        return None

    def _level(self, num: str, abstract: Element, level: int) -> Element | None:
        override = self._override(num, level)
        own = None if override is None else override.find(W + "lvl")
        if own is not None:
            return own
        return next((e for e in abstract.iterfind(W + "lvl") if whole(e.get(W + "ilvl")) == level), None)

    def _start(self, num: str, abstract: Element, level: int) -> int:
        forced = value(self._override(num, level), "startOverride")
        return whole(forced if forced else value(self._level(num, abstract, level), "start"), 1)

    def _count(self, num: str, abstract: Element, level: int) -> None:
        counts = self._counts.setdefault(abstract.get(W + "abstractNumId", ""), {})
        first = (num, level) not in self._started
        self._started.add((num, level))
        restarts = first and value(self._override(num, level), "startOverride") is not None
        if restarts or level not in counts:
            counts[level] = self._start(num, abstract, level)
        else:
            counts[level] += 1
        for deeper in [d for d in counts if d > level]:
            after = value(self._level(num, abstract, deeper), "lvlRestart")
            if after is None or level < whole(after):
                del counts[deeper]

    def _label(self, num: str, abstract: Element, level: int, form: Element) -> str:
        counts = self._counts[abstract.get(W + "abstractNumId", "")]
        decimal = switch(form, "isLgl")

        def printed(match: re.Match[str]) -> str:
            of = int(match[1]) - 1
            its = self._level(num, abstract, of)
            number = counts.get(of, self._start(num, abstract, of))
            return write_number(number, "decimal" if decimal else value(its, "numFmt") or "decimal")

        whole_label = re.sub(r"%([1-9])", printed, value(form, "lvlText") or "")
        return bare(whole_label)


def _bullet(text: str) -> str:
    """The bullet as a character that a page can show."""
    return "".join(GLYPHS.get(c, "•" if "\ue000" <= c <= "\uf8ff" else c) for c in text)


def bare(label: str) -> str:
    """A label without its brackets and final full stop: «a)» → «a», «2.1.» → «2.1»."""
    return label.strip().lstrip("([").rstrip(")].:–- ").strip()


def write_number(number: int, form: str) -> str:
    """A number as Word writes it: `decimal`, `lowerLetter`, `upperRoman` …; unknown forms as decimals."""
    if form == "none":
        return ""
    if form in {"lowerLetter", "upperLetter"} and 0 < number < 1_000:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4_000:
        roman = _roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    steps = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
             (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]  # fmt: skip
    written = ""
    for size, letters in steps:
        times, number = divmod(number, size)
        written += letters * times
    return written
