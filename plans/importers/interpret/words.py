"""Counting words, so that nothing is lost: what a source holds against what a document shows."""

import re
from collections import Counter
from html.parser import HTMLParser

from helsefellesskap import richtext
from plans.document import PlanDocument, Section
from plans.importers.blocks import Source, text_of
from plans.importers.interpret.notes import NO_PLACE, Notes

_WORD = re.compile(r"\w+")


def tokens(text: str) -> Counter[str]:
    """Words and numbers without regard to case: «HR-samarbeid» is two."""
    return Counter(_WORD.findall(text.casefold()))


def words_of_source(source: Source) -> Counter[str]:
    counted: Counter[str] = Counter()
    for block in source.blocks:
        counted.update(_WORD.findall(text_of(block).casefold()))
    for omitted in source.omitted:
        counted.update(_WORD.findall(omitted.text.casefold()))
    return counted


def words_of(document: PlanDocument) -> Counter[str]:
    """The words a reader finds in the document, each printed place once, and the quotes in its warnings.

    What only repeats other words (names split from the responsible, a status read out of a sentence,
    the community's name) does not count.
    """
    counted: Counter[str] = Counter()
    for text in _printed(document):
        counted.update(_WORD.findall(text.casefold()))
    return counted


def _printed(document: PlanDocument) -> list[str]:
    d = document
    texts = [d.title, d.subtitle, d.vision]
    if d.period.text not in d.title:
        texts.append(d.period.text)
    texts += [text for a in d.abbreviations for text in (a.short, a.long)]
    for section in d.sections:
        texts += _of_section(section, statuses=d.read_as == "table")
    if d.case:
        texts += [d.case.title, *d.case.attachments]
        texts += [text for f in d.case.fields for text in (f.label, f.text)]
        texts += [text for part in d.case.parts for text in (part.heading, _plain(part.body))]
    for warning in d.warnings:
        quoted = re.search(r"«.*»", warning.said, re.DOTALL)
        texts.append(quoted[0] if quoted else "")
    return texts


def _of_section(section: Section, *, statuses: bool) -> list[str]:
    texts = [section.number, section.label, section.heading, section.adoption_note, *section.columns]
    texts += [_plain(section.body), _plain(section.after)]
    texts += [text for figure in section.figures for text in (figure.alt, figure.caption)]
    for goal in section.goals:
        texts += [goal.label, goal.text, _plain(goal.body)]
        texts.append(f"Status: {goal.status.text}" if goal.status and statuses else "")
        for m in goal.measures:
            texts += [m.label, m.text, m.indicator, *m.extra.values()]
            texts += [m.responsible.text if m.responsible else "", m.deadline.text if m.deadline else ""]
            texts.append(m.status.text if m.status and statuses else "")
    for inner in section.sections:
        texts += _of_section(inner, statuses=statuses)
    return texts


def _plain(html: str) -> str:
    """The plain reading, with the numbers that a numbered list shows."""
    if "<ol" not in html:
        return richtext.plain(html)
    reader = _Numbers()
    reader.feed(html)
    return f"{richtext.plain(html)} {' '.join(reader.shown)}"


class _Numbers(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self._open: list[list[str | int] | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "ol":
            self._open.append([given.get("type") or "1", int(given.get("start") or 1)])
        elif tag == "ul":
            self._open.append(None)
        elif tag == "li" and self._open and (numbers := self._open[-1]):
            kind, n = str(numbers[0]), int(numbers[1])
            self.shown.append(_shown(kind, n))
            numbers[1] = n + 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ol", "ul"} and self._open:
            self._open.pop()


def _shown(kind: str, n: int) -> str:
    if kind == "a":
        return chr(ord("a") + n - 1)
    if kind == "i":
        ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
        return "x" * (n // 10) + ones[n % 10]
    return str(n)


def account_for(source: Source, document: PlanDocument, notes: Notes) -> None:
    """The safety net: a block whose words found no place in the document is quoted in a warning."""
    missing = words_of_source(source) - words_of(document)
    for block in source.blocks:
        if not missing:
            return
        words = tokens(text_of(block))
        if words & missing:
            missing -= words
            notes.add(block.at, NO_PLACE, words=text_of(block))
