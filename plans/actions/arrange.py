"""Adding and deleting sections, goals and measures of a draft, and where each stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from partners.models import User
from plans import document as doc
from plans.editable import Editable, Row, as_text, cleaned, values_of
from plans.models import Edit, Goal, Item, Measure, Plan, Section
from plans.models.rows import GAP
from plans.snapshot import document_of

from .edit import apply, lock_draft, plan_of
from .keep import keep
from .once import once

type Parent = Plan | Section | Goal


@transaction.atomic
def add_row(
    under: Editable,
    kind: Item.Kind,
    *,
    by: User,
    values: Mapping[str, Any],
    key: UUID | None = None,
    after: Row | Literal["last"] | None = "last",
) -> Row:
    """A new section, goal or measure under its parent: the last, or after a neighbour (None: the first).

    `key` is the identity it gets, where the page has chosen one. Raises NotAllowed and WrongState.
    """
    plan = lock_draft(plan_of(under), by=by)
    row = blank_row(under, kind, key)
    if after == "last":
        row.position = max((r.position for r in siblings(row)), default=0) + GAP
    else:
        row.position = position_after(after, siblings(row))
    row.item.save(force_insert=True)
    row.save()
    apply(row, {field: cleaned(field, value) for field, value in values.items()})
    Edit.objects.create(plan=plan, item=row.item, field="added", after=as_text(values_of(row)), by=by)
    return row


@transaction.atomic
def add_row_once(under: Editable, kind: Item.Kind, *, by: User, values: Mapping[str, Any], op: UUID) -> str:
    """Adds a last row unless this operation has done it before, as by a second click; gives its code."""
    plan = lock_draft(plan_of(under), by=by)

    def do() -> dict[str, str]:
        return {"code": add_row(under, kind, by=by, values=values).item.code}

    return str(once(op, plan, by=by, do=do)["code"])


def blank_row(under: Editable, kind: Item.Kind, key: UUID | None = None) -> Row:
    """A row that is not stored yet. Raises ValueError where that kind cannot stand there."""
    item = Item(kind=kind, **({"id": key} if key else {}))
    match kind, under:
        case Item.Kind.SECTION, Plan():
            return Section(item=item, plan=under)
        case Item.Kind.SECTION, Section():
            return Section(item=item, plan=under.plan, parent=under)
        case Item.Kind.GOAL, Section():
            return Goal(item=item, section=under)
        case Item.Kind.MEASURE, Goal():
            return Measure(item=item, goal=under)
    raise ValueError(f"No {kind} under {under!r}")


def parent_of(row: Row) -> Parent:
    match row:
        case Section():
            return row.parent or row.plan
        case Goal():
            return row.section
        case Measure():
            return row.goal


def siblings(row: Row) -> Sequence[Row]:
    """The row's neighbours in order, itself among them if it is stored."""
    return rows_under(parent_of(row), row)


def rows_under(under: Editable, like: Row) -> list[Any]:
    """The rows of such a kind that stand right under this parent, in order."""
    match like, under:
        case Section(), Plan():
            return list(under.sections.filter(parent=None))
        case Section(), Section():
            return list(under.children.all())
        case Goal(), Section():
            return list(under.goals.all())
        case Measure(), Goal():
            return list(under.measures.all())
    return []


def position_after(neighbour: Row | None, rows: Sequence[Row]) -> int:
    """A free position behind the neighbour (None: before all rows); rows too close are spread out first."""
    at = next((n for n, r in enumerate(rows, 1) if neighbour and r.pk == neighbour.pk), 0)
    before = rows[at - 1].position if at else 0
    behind = rows[at].position if at < len(rows) else before + 2 * GAP
    if behind - before > 1:
        return (before + behind) // 2
    for n, row in enumerate(rows, 1):
        row.position = n * GAP
        row.save(update_fields=["position"])
    return at * GAP + GAP // 2


def place_of(row: Row) -> str:
    """Where a row stands, for the log: the keys of its parent («» is the plan) and of the row before it."""
    under = parent_of(row)
    before = [r for r in siblings(row) if r.pk != row.pk and (r.position, r.pk) < (row.position, row.pk)]
    place = {
        "under": "" if isinstance(under, Plan) else str(under.item_id),
        "after": str(before[-1].item_id) if before else "",
    }
    return json.dumps(place)


@transaction.atomic
def delete_row(
    row: Row, *, by: User, undoes: Edit | None = None, document: doc.PlanDocument | None = None
) -> None:
    """Deletes the row and what lies under it; the log keeps its words, so that it can be restored.

    `document` is the plan as it stands, where the caller has read it already.
    """
    plan = lock_draft(plan_of(row), by=by)
    if not type(row)._default_manager.filter(pk=row.pk).exists():
        return
    part = part_of(document or document_of(plan), str(row.item_id))
    words = json.dumps(asdict(part), ensure_ascii=False) if part else ""
    Edit.objects.create(
        plan=plan, item=row.item, field="deleted", before=words, kept=keep(row), by=by, undoes=undoes
    )
    row.delete()


def part_of(document: doc.PlanDocument, key: str) -> doc.Section | doc.Goal | doc.Measure | None:
    """The section, goal or measure of this key."""
    for _depth, section in document.walk_sections():
        for goal in section.goals:
            if found := next((m for m in goal.measures if m.key == key), None):
                return found
            if goal.key == key:
                return goal
        if section.key == key:
            return section
    return None
