"""A deleted row can come back as it was: identity, place, every field, and all that lay under it."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from plans.editable import Row, values_of
from plans.models import Figure, Goal, Item, Measure, Plan, Section

from .edit import link_bodies


def keep(row: Row) -> list[dict[str, Any]]:
    """The row and what lies under it as plain JSON values, parents first."""
    kept: list[dict[str, Any]] = json.loads(json.dumps(list(_rows(row)), cls=DjangoJSONEncoder))
    return kept


def _rows(row: Row) -> Iterator[dict[str, Any]]:
    facts: dict[str, Any] = {
        "key": row.item_id,
        "kind": row.item.kind,
        "position": row.position,
        "version": row.version,
        "values": {f: v for f, v in values_of(row).items() if not f.startswith("figure_")},
    }
    below: list[Any] = []
    match row:
        case Section():
            facts["under"] = row.parent.item_id if row.parent else ""
            figures = Figure.objects.filter(section=row).order_by("position", "pk")
            facts["figures"] = list(figures.values("file_id", "position", "alt", "caption"))
            below = [*row.goals.select_related("item"), *row.children.select_related("item")]
        case Goal():
            facts["under"] = row.section.item_id
            below = list(row.measures.select_related("item"))
        case Measure():
            facts["under"] = row.goal.item_id
    yield facts
    for part in below:
        yield from _rows(part)


def bring_back(plan: Plan, kept: list[dict[str, Any]], top: Plan | Section | Goal) -> Row:
    """The rows that were kept, the first of them under this parent. Call with the plan locked."""
    items = Item.objects.in_bulk([facts["key"] for facts in kept], field_name="pk")
    by_key = {str(pk): item for pk, item in items.items()}
    made: dict[str, Any] = {}
    for n, facts in enumerate(kept):
        under = top if n == 0 else made[facts["under"]]
        made[facts["key"]] = _bring_back(plan, facts, by_key[facts["key"]], under)
    first: Row = made[kept[0]["key"]]
    return first


def _bring_back(plan: Plan, facts: dict[str, Any], item: Item, under: Any) -> Row:
    values = dict(facts["values"])
    bodies = values.pop("bodies", [])
    common = {"item": item, "position": facts["position"], "version": facts["version"] + 1}
    if isinstance(day := values.get("deadline_date"), str):
        values["deadline_date"] = date.fromisoformat(day)
    match item.kind:
        case Item.Kind.SECTION:
            parent = None if isinstance(under, Plan) else under
            section = Section.objects.create(plan=plan, parent=parent, **common, **values)
            Figure.objects.bulk_create(Figure(section=section, **figure) for figure in facts["figures"])
            return section
        case Item.Kind.GOAL:
            return Goal.objects.create(section=under, **common, **values)
    measure = Measure.objects.create(goal=under, **common, **values)
    link_bodies(measure, [key for key in bodies if _still_there(key, plan)])
    return measure


def _still_there(key: str, plan: Plan) -> bool:
    kind, _colon, pk = key.partition(":")
    community = plan.community
    bodies = {"committee": community.committees, "partner": community.partners, "role": community.roles}
    return bool(bodies[kind].filter(pk=pk).exists())
