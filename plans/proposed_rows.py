"""Which rows an edited file adds, moves and takes out, as proposals. Pure."""

from collections.abc import Collection, Iterator
from typing import Any

from . import document as doc
from .edited import EditedGoal, EditedMeasure, EditedPart, EditedSection, ItemKind, Labelled, Proposal
from .lines import block_html, inline_html, unstruck
from .measure_cells import CELLS, extras_of, label_as_stored
from .pairing import Part, visible
from .places import Place, Places, rows_of
from .proposed_words import extra


def arranged(place: Place, found: Places) -> Proposal:
    """What adds or moves the row that has this place."""
    if place.part is None:
        return Proposal(
            kind="move", item_kind=place.kind, item=place.key, after=place.under, place=place.after
        )
    goals = found.pairs.base.walk_goals()
    extras = next((extras_of(section) for section, goal in goals if goal.key == place.under), [])
    values = _values(place.part, found, extras)
    return Proposal(kind="add", item_kind=place.kind, item=place.under, place=place.after, values=values)


def _values(part: EditedPart, found: Places, extras: list[str]) -> dict[str, Any]:
    """What a new part says, and the new parts under it. `extras` are the headings of its table's other
    columns.
    """
    name = found.names[id(part)]
    if isinstance(part, EditedMeasure):
        return {"name": name} | _measure_values(part, extras)
    values = {"name": name} | (
        _section_values(part) if isinstance(part, EditedSection) else _goal_values(part)
    )
    for below in found.below[name]:
        values[_LISTS[type(below)]].append(_values(below, found, []))
    return values


_LISTS = {EditedSection: "sections", EditedGoal: "goals", EditedMeasure: "measures"}


def _section_values(section: EditedSection) -> dict[str, Any]:
    return {
        "number": section.name.label,
        "heading": section.name.text,
        "body": block_html(section.body),
        "after": block_html(section.after),
        "struck": section.name.struck,
        "goals": [],
        "sections": [],
    }


def _goal_values(goal: EditedGoal) -> dict[str, Any]:
    body, status = block_html(goal.body), goal.fields.get("status_text", "")
    return _named_values(goal.name) | {"body": body, "status_text": status, "measures": []}


def _measure_values(measure: EditedMeasure, extras: list[str]) -> dict[str, Any]:
    values = _named_values(measure.name)
    values |= {name: measure.fields.get(name, "") for name in CELLS}
    found = {heading: extra(measure, n, heading) for n, heading in enumerate(extras, 1)}
    values["extra"] = {heading: words for heading, words in found.items() if words}
    return values


def _named_values(name: Labelled) -> dict[str, Any]:
    runs = unstruck(name.runs) if name.struck else name.runs
    label = "" if name.label == "•" else label_as_stored(name.label)
    return {"label": label, "html": inline_html(runs), "struck": name.struck}


def removed(part: Part, found: Places) -> Iterator[Proposal]:
    """The highest of what is gone: with a section go its goals, with a goal its measures, those aside that
    stand elsewhere in the file.
    """
    if found.is_gone(part):
        before = part.heading if isinstance(part, doc.Section) else part.html or part.text
        gone = [row.key for row in _below(part, found) if not found.pairs.has(row)]
        values = {"with": gone} if gone else {}
        yield Proposal(kind="remove", item_kind=_kind_of(part), item=part.key, before=before, values=values)
        rows = [row for row in _below(part, found) if found.pairs.has(row)]
    else:
        rows = list(rows_of(part))
    for row in rows:
        yield from removed(row, found)


def _below(part: Part, found: Places) -> Iterator[Part]:
    """What stands under it; under what stands elsewhere in the file, no further."""
    for row in rows_of(part):
        yield row
        if not found.pairs.has(row):
            yield from _below(row, found)


def left_under(part: Part, gone: Collection[str]) -> list[Part]:
    """What would be lost with the part beside what is known to go with it."""
    rows = list(rows_of(part))
    below = [left for row in rows for left in left_under(row, gone)]
    return [row for row in rows if visible(row) and row.key not in gone] + below


def _kind_of(part: Part) -> ItemKind:
    match part:
        case doc.Section():
            return "section"
        case doc.Goal():
            return "goal"
    return "measure"
