"""The columns of a section's table of measures, and the words in its cells.

Column headings are the source's own where we can tell which column they stood over, otherwise ours.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from plans.document import Deadline, Measure, PlanDocument, Responsible, Section, Status
from plans.headings import source_headings
from plans.templatetags.documents import long_date, spelled_out, status_name

_WIDTHS = {"responsible": 30, "deadline": 20, "status": 17, "indicator": 22}  # per cent of the table
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
class Columns:
    """How the measures of one section are laid out. Without `shown` they have nothing beside their
    text, and are a list; what has no room in the table stands `below` the measure's text.
    """

    document: PlanDocument
    shown: tuple[Column, ...] = ()
    below: tuple[Column, ...] = ()

    def cells(self, measure: Measure) -> tuple[Cell, ...]:
        """What stands beside the measure, in the table's order."""
        return tuple(_cell(measure, column.key, self.document) for column in self.shown[1:])

    def more(self, measure: Measure) -> tuple[tuple[str, str], ...]:
        """Headings and words of what stands below the measure."""
        pairs = ((c.heading, _cell(measure, c.key, self.document).words) for c in self.below)
        return tuple((heading, words) for heading, words in pairs if words)


def columns_of(section: Section, document: PlanDocument) -> Columns:
    """The columns that any measure of the section has words in, as wide as they need."""
    measures = [measure for goal in section.goals for measure in goal.measures]
    keys = [key for key in _WIDTHS if any(_cell(measure, key, document).words for measure in measures)]
    keys += list(dict.fromkeys(heading for measure in measures for heading in measure.extra))
    if not keys:
        return Columns(document=document)
    printed = {**_default_headings(), **source_headings(section)}
    widths = {key: _WIDTHS.get(key, 20) for key in keys[:_MOST_COLUMNS]}
    beside = sum(widths.values())
    if beside > 66:  # the measure keeps more than a third of the width
        widths = {key: width * 66 // beside for key, width in widths.items()}
    widths = {"measure": 100 - sum(widths.values()), **widths}
    columns = [Column(key=k, heading=printed.get(k, k), width=widths.get(k, 0)) for k in ("measure", *keys)]
    return Columns(
        document=document, shown=tuple(columns[: len(widths)]), below=tuple(columns[len(widths) :])
    )


def _default_headings() -> dict[str, str]:
    return {
        "measure": gettext("Tiltak"),
        "responsible": gettext("Ansvarlig"),
        "deadline": gettext("Frist"),
        "status": gettext("Status"),
        "indicator": gettext("Indikator"),
    }


def _cell(measure: Measure, key: str, document: PlanDocument) -> Cell:
    match key:
        case "responsible":
            return _responsible(measure.responsible, document)
        case "deadline":
            return Cell(words=_deadline_words(measure.deadline))
        case "status":
            return Cell(words=status_words(measure.status))
        case "indicator":
            return Cell(words=measure.indicator)
    return Cell(words=measure.extra.get(key, ""))


def _responsible(responsible: Responsible | None, document: PlanDocument) -> Cell:
    """The words as written, with the full names behind them."""
    if responsible is None:
        return Cell(words="")
    names = spelled_out(responsible, document)
    words = responsible.text or ", ".join(responsible.parties or names)
    return Cell(words=words, names="\n".join(name for name in names if name not in words))


def _deadline_words(deadline: Deadline | None) -> str:
    return (deadline.text or long_date(deadline.date)) if deadline else ""


def status_words(status: Status | None) -> str:
    """The words of the source; the name of the value where there are none."""
    return (status.text or status_name(status)) if status else ""
