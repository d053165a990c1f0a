"""Goals and measures in the Word file: a table with the source's own column headings, or a list where
measures have nothing beside their text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from plans.document import Goal, Measure, Section
from plans.headings import source_headings
from plans.lines import Run, Runs, struck
from plans.lines_html import lines_of, runs_of
from plans.measure_cells import extras_of, label_as_printed, words_in
from plans.patient_groups import PATIENT_GROUPS
from plans.word_marks import name_of

from .word_styles import TEXT_WIDTH
from .word_text import TextWriter, element, keep_with_next, tab

type Element = Any

_BESIDE = 3  # columns beside the measure that the page has room for; the rest stand below its text
_WIDTHS = {"responsible_text": 17, "deadline_text": 15, "status_text": 13, "indicator": 17}
_ROOMY = 1.3  # where at most two stand beside the measure, each can be so much wider
_SHORT_LABEL, _LONG_LABEL = 2, 7  # signs: «a)», which the style has room for, and «2.1.10)»
_ROLES = {
    "responsible": "responsible_text",
    "deadline": "deadline_text",
    "status": "status_text",
    "indicator": "indicator",
    "measure": "html",
    "goal": "goal",
}


@dataclass(frozen=True, slots=True)
class Column:
    field: str  # «goal», «html», «responsible_text» … or «extra»
    heading: str
    width: int  # twentieths of a point
    number: int = 0  # of an extra column, from 1


def goals(writer: TextWriter, section: Section) -> list[Element]:
    """The section's goals and measures."""
    if not section.goals:
        return []
    shown, below = _columns(section)
    if not shown:
        return [part for goal in section.goals for part in _goal_as_list(writer, goal, below)]
    head = writer.row(
        [
            writer.cell(
                [
                    writer.paragraph(
                        "PlanCellHead",
                        *writer.text(column.heading),
                        marks=[name_of("column", column.field, section.key, column.number)],
                    )
                ],
                column.width,
            )
            for column in shown
        ],
        header=True,
    )
    rows = [row for goal in section.goals for row in _rows(writer, goal, shown, below)]
    caption = section.heading.replace("\n", " ") or _("Mål og tiltak")
    table = writer.table([c.width for c in shown], [head, *rows], header=True, caption=caption)
    after = element("w:spacing", before=0, after=120, line=120, lineRule="exact")
    return [table, writer.paragraph("Normal", spacing=after)]


def _columns(section: Section) -> tuple[list[Column], list[Column]]:
    """The table's columns, and those that have no room beside the measure."""
    measures = [measure for goal in section.goals for measure in goal.measures]
    printed = _source_headings(section)
    keys = [(field, 0) for field in _WIDTHS if any(words_in(m, field) for m in measures)]
    extras = extras_of(section)
    keys += [("extra", n) for n in range(1, len(extras) + 1)]
    headings = _default_headings() | printed
    names = [headings.get(field) or extras[n - 1] for field, n in keys]
    room = _ROOMY if len(keys) < _BESIDE else 1
    widths = [int(_WIDTHS.get(field, 16) * room) for field, _n in keys]
    as_table = section.columns or (keys and not any(goal.body for goal in section.goals))
    if not as_table:
        every = zip(keys, names, strict=True)
        return [], [Column(field, name, 0, n) for (field, n), name in every]
    with_goals = any(
        g.html or g.text or g.label or g.body or g.status or g.patient_groups for g in section.goals
    )
    first = [("goal", 23)] if with_goals else []
    left = 100 - sum(width for _field, width in first) - sum(widths[:_BESIDE])
    first.append(("html", left))
    shown = [Column(field, headings[field], TEXT_WIDTH * width // 100) for field, width in first]
    rest = [
        Column(field, name, TEXT_WIDTH * width // 100, n)
        for (field, n), name, width in zip(keys, names, widths, strict=True)
    ]
    return shown + rest[:_BESIDE], rest[_BESIDE:]


def _default_headings() -> dict[str, str]:
    return {
        "goal": _("Hva vil vi?"),
        "html": _("Hvordan få det til?"),
        "responsible_text": _("Ansvarlig"),
        "deadline_text": _("Frist"),
        "status_text": _("Status"),
        "indicator": _("Indikator"),
    }


def _source_headings(section: Section) -> dict[str, str]:
    found = {_ROLES.get(role, ""): heading for role, heading in source_headings(section).items()}
    return {field: heading for field, heading in found.items() if field}


# --- as a table ---


def _rows(writer: TextWriter, goal: Goal, shown: list[Column], below: list[Column]) -> Iterable[Element]:
    """A row for each measure; the goal's cell goes on down beside them."""
    measures: list[Measure | None] = list(goal.measures) or [None]
    for place, measure in enumerate(measures):
        merged = "" if len(measures) == 1 else "continue" if place else "restart"
        cells = []
        for column in shown:
            if column.field == "goal":
                content = [] if place else _goal_cell(writer, goal)
                cells.append(writer.cell(content, column.width, merged=merged))
            elif column.field == "html":
                content = _measure_cell(writer, goal, measure, below) if measure else []
                cells.append(writer.cell(content, column.width))
            else:
                cells.append(writer.cell(_field(writer, measure, column), column.width))
        row = writer.row(cells)
        if place in (0, len(measures) - 2) and len(measures) > 1:
            keep_with_next(row)  # no row alone on a page
        yield row


def _goal_cell(writer: TextWriter, goal: Goal) -> list[Element]:
    mark = [name_of("goal", field, goal.key) for field in ("label", "html")]
    runs = _runs(goal)
    parts = []
    if runs or goal.label:
        label = label_as_printed(goal.label)
        parts.append(writer.labelled("PlanCellGoal", label, runs, *mark, **_hanging(label)))
    return parts + _goal_rest(writer, goal, "PlanCell", "PlanCellNote")


def _hanging(label: str) -> dict[str, Element]:
    """Room for a label before the text, where it is short enough to stand beside it."""
    if not 0 < len(label) <= _LONG_LABEL:
        return {}
    room = max(340, 135 * len(label) + 80)
    tabs = element("w:tabs", element("w:tab", val="left", pos=room))
    return {"tabs": tabs, "indent": element("w:ind", left=room, hanging=room)}


def _goal_rest(writer: TextWriter, goal: Goal, body: str, note: str) -> list[Element]:
    lines = lines_of(goal.body)
    names = [name_of("goal", "body", goal.key, n) for n in range(1, len(lines) + 1)]
    parts = writer.block(lines, names, style=body)
    if words := words_in(goal, "status_text"):
        parts.append(_named(writer, note, _("Status"), words, name_of("goal", "status_text", goal.key)))
    return parts + _groups(writer, goal, note)


def _measure_cell(writer: TextWriter, goal: Goal, measure: Measure, below: list[Column]) -> list[Element]:
    marks = [name_of("measure", field, measure.key) for field in ("label", "html")]
    label = label_as_printed(measure.label)
    style = "PlanCellMeasure" if label else "PlanCell"
    room = _hanging(label) if len(label) > _SHORT_LABEL else {}
    text = writer.labelled(style, label, _runs(measure), *marks, **room)
    return [text, *_rest(writer, measure, below, "PlanCellNote")]


def _rest(writer: TextWriter, measure: Measure, below: list[Column], style: str) -> list[Element]:
    parts = []
    for column in below:
        if words := words_in(measure, column.field, column.heading):
            mark = name_of("measure", column.field, measure.key, column.number)
            parts.append(_named(writer, style, column.heading, words, mark))
    return parts + _groups(writer, measure, style)


def _field(writer: TextWriter, measure: Measure | None, column: Column) -> list[Element]:
    words = words_in(measure, column.field, column.heading) if measure else ""
    if measure is None or not words:
        return []
    mark = name_of("measure", column.field, measure.key, column.number)
    return [writer.paragraph("PlanCell", *writer.text(words), marks=[mark])]


def _named(writer: TextWriter, style: str, heading: str, words: str, mark: str) -> Element:
    """«Status:», a tab and the words."""
    return writer.paragraph(style, *writer.text(f"{heading}:"), tab(), *writer.text(words), marks=[mark])


def _groups(writer: TextWriter, row: Goal | Measure, style: str) -> list[Element]:
    if not row.patient_groups:
        return []
    names = ", ".join(str(PATIENT_GROUPS.get(group, group)) for group in row.patient_groups)
    return [writer.paragraph(style, *writer.text(_("Gjelder: %(groups)s") % {"groups": names}))]


def _runs(row: Goal | Measure) -> Runs:
    runs = runs_of(row.html) or ((Run(row.text),) if row.text.strip() else ())
    return struck(runs) if row.struck else runs


# --- as a list ---


def _goal_as_list(writer: TextWriter, goal: Goal, below: list[Column]) -> Iterable[Element]:
    runs = _runs(goal)
    if runs or goal.label:
        marks = [name_of("goal", field, goal.key) for field in ("label", "html")]
        yield writer.labelled("PlanGoal", label_as_printed(goal.label), runs, *marks)
    yield from _goal_rest(writer, goal, "Normal", "PlanNote")
    for measure in goal.measures:
        marks = [name_of("measure", field, measure.key) for field in ("label", "html")]
        label = label_as_printed(measure.label) or "•"
        yield writer.labelled("PlanMeasure", label, _runs(measure), *marks)
        yield from _rest(writer, measure, below, "PlanNote")
