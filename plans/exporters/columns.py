"""The columns of a section's table of measures, and the words in its cells.

Column headings are the source's own where we can tell which column they stood over, otherwise ours.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from plans.document import Deadline, Measure, Responsible, Section, Status

_MEANINGS = (
    ("responsible", r"ansvar"),
    ("deadline", r"frist|tidsplan|tidspunkt|^når"),
    ("status", r"status|fr[ae]mdrift"),
    ("indicator", r"indikator|måling|måltal"),
    ("measure", r"hvordan|korleis|tiltak|handling|aktivitet"),
    ("goal", r"^h?va |^kva |mål"),
)
_WIDTHS = {"responsible": 30, "deadline": 17, "status": 17, "indicator": 22}  # per cent of the table
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


def columns_of(section: Section) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The table's columns, and those that have no room and go below the measure's text."""
    measures = [measure for goal in section.goals for measure in goal.measures]
    keys = [key for key in _WIDTHS if any(cell_of(measure, key).words for measure in measures)]
    keys += list(dict.fromkeys(heading for measure in measures for heading in measure.extra))
    if not keys:
        return (), ()
    printed = {**_default_headings(), **source_headings(section)}
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


def source_headings(section: Section) -> dict[str, str]:
    """The headings as the source wrote them, by what they mean; the first that fits wins."""
    found: dict[str, str] = {}
    for heading in section.columns:
        meaning = next((m for m, words in _MEANINGS if re.search(words, heading.lower())), None)
        if meaning and meaning not in found:
            found[meaning] = heading
    return found


def cell_of(measure: Measure, key: str) -> Cell:
    match key:
        case "responsible":
            return _responsible(measure.responsible)
        case "deadline":
            return Cell(words=_deadline_words(measure.deadline))
        case "status":
            return Cell(words=status_words(measure.status))
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


def status_words(status: Status | None) -> str:
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
