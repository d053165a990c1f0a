"""A PlanDocument laid out for paper: one flat run of chapters, with levels, columns and cells decided.

Templates only print what stands here. Call it under the document's own language: default column
headings and status words are translated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from helsefellesskap.richtext import from_text, plain
from plans.document import Deadline, Figure, Goal, Measure, PlanDocument, Responsible, Section, Status

from .letters import visible
from .prose import for_print

# The source's own column heading is printed where we can tell which column it stood over.
_MEANINGS = (
    ("responsible", r"ansvar"),
    ("deadline", r"frist|tidsplan|tidspunkt|^når"),
    ("status", r"status|fr[ae]mdrift"),
    ("indicator", r"indikator|måling|måltal"),
    ("measure", r"hvordan|korleis|tiltak|handling|aktivitet"),
    ("goal", r"^h?va |^kva |mål"),
)
_WIDTHS = {"responsible": 30, "deadline": 17, "status": 17, "indicator": 22}  # per cent of the table
_LONG_TABLE = 5  # measures
_MOST_COLUMNS = 3  # beside the measure; what does not fit on the page's width goes below its text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    key: str  # «measure», «responsible» … or the source's own heading
    heading: str
    width: int  # per cent


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    words: str
    names: str = ""  # the responsible spelled out, one a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    label: str  # as printed: «a)»
    html: SafeString
    groups: str
    cells: tuple[Cell, ...]  # the columns after the measure
    more: tuple[tuple[str, str], ...]  # columns without room: heading, words


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedGoal:
    named: bool  # has words for a heading
    level: int
    label: str
    html: SafeString
    body: SafeString
    status: str
    groups: str
    rows: tuple[Row, ...]


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
    fresh: bool  # begins on a new page

    @property
    def title(self) -> str:
        """Number and heading as plain words; empty where the chapter has no heading to print."""
        return visible(f"{self.number} {plain(self.heading)}")


def chapters(document: PlanDocument) -> list[Chapter]:
    """Every section in reading order."""
    fresh = _fresh_pages(document.sections)
    return [
        _chapter(section, level, f"kap-{place}", fresh=section.key in fresh)
        for place, (level, section) in enumerate(_leveled(document.sections, 1), start=1)
    ]


def _leveled(sections: tuple[Section, ...], above: int) -> Iterator[tuple[int, Section]]:
    """Sections with the level of their heading: one below the nearest heading above, at most h6."""
    for section in sections:
        level = min(above + 1, 6) if _title(section) else above
        yield level, section
        yield from _leveled(section.sections, level)


def _fresh_pages(sections: tuple[Section, ...]) -> set[str]:
    """Keys of the sections that begin on a new page: those with a long table, so that its introduction
    is not left behind; where such a one comes first below a heading, the heading goes with it.
    """
    fresh: set[str] = set()
    for section in sections:
        below = _fresh_pages(section.sections)
        if _has_long_table(section):
            fresh.add(section.key)
        elif section.sections and not section.goals and section.sections[0].key in below:
            below.remove(section.sections[0].key)
            fresh.add(section.key)
        fresh |= below
    return fresh


def _has_long_table(section: Section) -> bool:
    return sum(len(goal.measures) for goal in section.goals) >= _LONG_TABLE


def _title(section: Section) -> str:
    return visible(f"{section.number or section.label} {section.heading}")


def _chapter(section: Section, level: int, anchor: str, *, fresh: bool) -> Chapter:
    columns, more = _columns(section)
    return Chapter(
        id=anchor,
        level=level,
        number=section.number or section.label,
        heading=_struck(from_text(section.heading), section.struck),
        label=section.label if section.number and section.label != section.number else "",
        status=_status_words(section.status),
        note=section.adoption_note,
        body=for_print(section.body, level=level),
        after=for_print(section.after, level=level),
        figures=section.figures,
        goal_word=_source_headings(section).get("goal", ""),
        columns=columns,
        fresh=fresh,
        goals=tuple(_goal(goal, level, columns, more) for goal in section.goals),
    )


def _goal(goal: Goal, above: int, columns: tuple[Column, ...], more: tuple[Column, ...]) -> PrintedGoal:
    named = bool(visible(goal.label + goal.text))
    level = min(above + 1, 6) if named else above
    return PrintedGoal(
        named=named,
        level=level,
        label=_printed_label(goal.label),
        html=_struck(goal.html or from_text(goal.text), goal.struck),
        body=for_print(goal.body, level=level),
        status=_status_words(goal.status),
        groups=", ".join(goal.patient_groups),
        rows=tuple(_row(measure, columns, more) for measure in goal.measures),
    )


def _row(measure: Measure, columns: tuple[Column, ...], more: tuple[Column, ...]) -> Row:
    return Row(
        label=_printed_label(measure.label),
        html=_struck(measure.html or from_text(measure.text), measure.struck),
        groups=", ".join(measure.patient_groups),
        cells=tuple(_cell(measure, column.key) for column in columns[1:]),
        more=tuple((c.heading, words) for c in more if (words := _cell(measure, c.key).words)),
    )


def _struck(html: str, struck: bool) -> SafeString:
    return for_print(f"<s>{html}</s>" if struck and html and "<s>" not in html else html)


def _printed_label(label: str) -> str:
    """«a» → «a)»; what is no plain letter or number stays as it was written."""
    return f"{label})" if re.fullmatch(r"\w{1,3}", label) else label


# --- columns ---


def _columns(section: Section) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The table's columns, and those that have no room and go below the measure's text."""
    measures = [measure for goal in section.goals for measure in goal.measures]
    keys = [key for key in _WIDTHS if any(_cell(measure, key).words for measure in measures)]
    keys += list(dict.fromkeys(heading for measure in measures for heading in measure.extra))
    if not keys:
        return (), ()
    printed = {**_default_headings(), **_source_headings(section)}
    shown, left = keys[:_MOST_COLUMNS], keys[_MOST_COLUMNS:]
    widths = {key: _WIDTHS.get(key, 20) for key in shown}
    beside = sum(widths.values())
    if beside > 64:  # the measure keeps more than a third of the width
        widths = {key: width * 64 // beside for key, width in widths.items()}
    first = Column(key="measure", heading=printed["measure"], width=100 - sum(widths.values()))
    rest = [Column(key=key, heading=printed.get(key, key), width=widths[key]) for key in shown]
    return (first, *rest), tuple(Column(key=key, heading=printed.get(key, key), width=0) for key in left)


def _default_headings() -> dict[str, str]:
    return {
        "measure": gettext("Tiltak"),
        "responsible": gettext("Ansvarlig"),
        "deadline": gettext("Frist"),
        "status": gettext("Status"),
        "indicator": gettext("Indikator"),
    }


def _source_headings(section: Section) -> dict[str, str]:
    """The headings as the source wrote them, by what they mean; the first that fits wins."""
    found: dict[str, str] = {}
    for heading in section.columns:
        meaning = next((m for m, words in _MEANINGS if re.search(words, heading.lower())), None)
        if meaning and meaning not in found:
            found[meaning] = heading
    return found


def _cell(measure: Measure, key: str) -> Cell:
    match key:
        case "responsible":
            return _responsible(measure.responsible)
        case "deadline":
            return Cell(words=_deadline_words(measure.deadline))
        case "status":
            return Cell(words=_status_words(measure.status))
        case "indicator":
            return Cell(words=measure.indicator)
    return Cell(words=measure.extra.get(key, ""))


def _responsible(responsible: Responsible | None) -> Cell:
    """The words as written, and the full names of the bodies where the words are shorter."""
    if responsible is None:
        return Cell(words="")
    words = responsible.text or ", ".join(responsible.parties)
    names = "\n".join(dict.fromkeys(body.name for body in responsible.bodies))
    if not words:
        return Cell(words=names)
    spelled_out = any(body.name.casefold() not in words.casefold() for body in responsible.bodies)
    return Cell(words=words, names=names if spelled_out else "")


def _deadline_words(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    return deadline.text or long_date(deadline.date)


def long_date(iso: str | None) -> str:
    """«23. september 2021» in the language that is active; empty for None."""
    return date_format(date.fromisoformat(iso), "j. F Y") if iso else ""


def _status_words(status: Status | None) -> str:
    if status is None:
        return ""
    return status.text or _status_names().get(status.value or "", "")


def _status_names() -> dict[str, str]:
    return {
        "not_started": gettext("ikke startet"),
        "planned": gettext("planlagt"),
        "ongoing": gettext("pågår"),
        "continuous": gettext("løpende"),
        "completed": gettext("gjennomført"),
        "postponed": gettext("utsatt"),
        "dropped": gettext("utgår"),
        "carried_over": gettext("videreført"),
    }
