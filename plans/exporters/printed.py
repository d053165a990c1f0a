"""A PlanDocument laid out for paper: one flat run of chapters, with levels, columns and cells decided.

Templates only print what stands here. Call it under the document's own language: default column
headings and status words are translated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from helsefellesskap.letters import visible
from helsefellesskap.richtext import from_text, plain
from plans.document import Figure, Goal, Measure, PlanDocument, Section
from plans.headings import source_headings
from plans.templatetags.documents import patient_group

from .columns import Cell, Column, Columns, columns_of, status_words
from .prose import for_print

_SHORT_OPENING = 150, 2  # letters of text, measures of the first goal: a quarter of a page at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    label: str  # as printed: «a)»
    html: SafeString
    groups: str
    cells: tuple[Cell, ...]  # the columns after the measure
    more: tuple[tuple[str, str], ...]  # columns without room: heading, words


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedGoal:
    id: str
    named: bool  # has words for a heading
    level: int
    label: str
    html: SafeString
    body: SafeString
    status: str
    groups: str
    rows: tuple[Row, ...]

    @property
    def wide_labels(self) -> bool:
        return any(len(row.label) > 3 for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    id: str  # anchor, and where the contents page points
    level: int  # of its heading, 2–6
    number: str
    heading: SafeString
    label: str
    status: str
    note: str
    body: SafeString
    after: SafeString
    figures: tuple[Figure, ...]
    goal_word: str  # the source's heading over its goals: «Hva vil vi?»
    columns: tuple[Column, ...]  # empty where measures have nothing beside their text: then a list
    goals: tuple[PrintedGoal, ...]
    opens_short: bool  # heading, text and first goal belong on one page

    @property
    def title(self) -> str:
        """Number and heading as plain words; empty where the chapter has no heading to print."""
        return visible(f"{self.number} {plain(self.heading)}")


def chapters(document: PlanDocument, *, above: int = 1, prefix: str = "kap-") -> list[Chapter]:
    """Every section in reading order. `above` is the level of the heading that they stand under."""
    return [
        _chapter(document, section, level, f"{prefix}{place}")
        for place, (level, section) in enumerate(_leveled(document.sections, above), start=1)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    to: str  # anchor
    number: str
    title: str
    depth: int  # 2–4


def contents(printed: list[Chapter]) -> list[ContentsLine]:
    """The contents page: chapters down to the third level, and goals where chapters alone say nothing."""
    titled = [chapter for chapter in printed if chapter.title]
    lines = []
    for chapter in printed:
        if chapter.title and chapter.level < 5:
            number, title = visible(chapter.number), _listed(chapter.heading)
            lines.append(ContentsLine(to=chapter.id, number=number, title=title, depth=chapter.level))
        for goal in chapter.goals:
            if goal.named and len(titled) < 2:
                number, title = visible(goal.label), _listed(goal.html)
                lines.append(ContentsLine(to=goal.id, number=number, title=title, depth=goal.level))
    return lines


def _listed(heading: str) -> str:
    """A heading as plain words, without the colon that leads on to the text under it."""
    words = visible(plain(heading))
    return words.rstrip(": ") or words


def _leveled(sections: tuple[Section, ...], above: int) -> Iterator[tuple[int, Section]]:
    """Sections with the level of their heading: one below the nearest heading above, at most h6."""
    for section in sections:
        level = min(above + 1, 6) if _title(section) else above
        yield level, section
        yield from _leveled(section.sections, level)


def _title(section: Section) -> str:
    return visible(f"{section.number or section.label} {section.heading}")


def _chapter(document: PlanDocument, section: Section, level: int, anchor: str) -> Chapter:
    columns = columns_of(section, document)
    return Chapter(
        id=anchor,
        level=level,
        number=section.number or section.label,
        heading=_struck(from_text(section.heading), section.struck),
        label=section.label if section.number and section.label != section.number else "",
        status=status_words(section.status),
        note=section.adoption_note,
        body=for_print(section.body, level=level),
        after=for_print(section.after, level=level),
        figures=section.figures,
        goal_word=source_headings(section).get("goal", ""),
        columns=columns.shown,
        opens_short=_opens_short(section),
        goals=tuple(
            _goal(goal, f"{anchor}-{nr}", level, columns) for nr, goal in enumerate(section.goals, 1)
        ),
    )


def _opens_short(section: Section) -> bool:
    letters, measures = _SHORT_OPENING
    first = section.goals[0] if section.goals else None
    return first is not None and len(first.measures) <= measures and len(plain(section.body)) < letters


def _goal(goal: Goal, anchor: str, above: int, columns: Columns) -> PrintedGoal:
    named = bool(visible(goal.label + goal.text))
    level = min(above + 1, 6) if named else above
    return PrintedGoal(
        id=anchor,
        named=named,
        level=level,
        label=_printed_label(goal.label),
        html=_struck(goal.html or from_text(goal.text), goal.struck),
        body=for_print(goal.body, level=level),
        status=status_words(goal.status),
        groups=_groups(_unsaid(goal)),
        rows=tuple(_row(measure, columns) for measure in goal.measures),
    )


def _row(measure: Measure, columns: Columns) -> Row:
    return Row(
        label=_printed_label(measure.label),
        html=_struck(measure.html or from_text(measure.text), measure.struck),
        groups=_groups(measure.patient_groups),
        cells=columns.cells(measure),
        more=columns.more(measure),
    )


def _unsaid(goal: Goal) -> tuple[str, ...]:
    """The goal's patient groups, where its own words do not name them all already."""
    said = f"{goal.text} {plain(goal.body)}".casefold()
    named = all(patient_group(key).casefold() in said for key in goal.patient_groups)
    return () if named else goal.patient_groups


def _groups(keys: tuple[str, ...]) -> str:
    return "; ".join(patient_group(key) for key in keys)


def _struck(html: str, struck: bool) -> SafeString:
    """The words for print; where all are struck out, the line runs through all and is said once."""
    if struck and html:
        html = f"<s>{re.sub('</?s>', '', html)}</s>"
    return for_print(html)


def _printed_label(label: str) -> str:
    """«a» → «a)»; what is no plain letter or number stays as it was written."""
    return f"{label})" if re.fullmatch(r"\w{1,3}", label) else label
