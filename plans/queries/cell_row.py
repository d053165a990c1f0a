"""All that saving a cell must know, in one query: the row, its plan (locked), and what the log has of it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, OuterRef, QuerySet, StringAgg, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from partners.models import User
from plans.bodies import Bodies, Linked, told_with
from plans.cells import EXTRA
from plans.editable import Row
from plans.models import Edit, Goal, Item, Measure, Plan, Responsible, Section

# Words typed in the same cell with no longer pause than this are one step.
ONE_GO = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class CellRow:
    """`answered`: the step of the log that this very operation made. `run`: the person's last step, where it
    was in this cell just now. For who is responsible also whom the words can name, and who is linked.
    """

    row: Row
    plan: Plan
    answered: int | None
    run: int | None
    bodies: Bodies | None = None
    linked: tuple[Linked, ...] = ()


def cell_row(
    community: str, slug: str, *, kind: str, key: UUID, field: str, op: UUID, by: User
) -> CellRow | None:
    """The row of this key. The plan is locked for the transaction, but the row itself may have been saved
    while one waited for that: it is to be written only where its version is still the same.
    """
    rows, way = _rows(kind)
    rows = rows.filter(**{f"{way}__slug": slug, f"{way}__community__slug": community}, item=key)
    rows = _with_steps(rows, way, field, op, by)
    names_bodies = field == "responsible_text" and rows.model is Measure
    if names_bodies:
        rows = rows.annotate(told=told_with(f"{way}__community"), links=_links())
    row: Any = rows.select_related(f"{way}__community").select_for_update(of=(way,), no_key=True).first()
    if row is None:
        return None
    plan = row
    for name in way.split("__"):
        plan = getattr(plan, name)
    found = CellRow(row, plan, row.answered, row.run)
    if not names_bodies:
        return found
    return replace(found, bodies=Bodies(plan.community, row.told), linked=_read(row.links or ""))


def _rows(kind: str) -> tuple[QuerySet[Any], str]:
    """The rows of this kind, and the way from one to its plan."""
    match kind:
        case Item.Kind.SECTION:
            return Section.objects.all(), "plan"
        case Item.Kind.GOAL:
            return Goal.objects.all(), "section__plan"
    return Measure.objects.all(), "goal__section__plan"


def _with_steps(rows: QuerySet[Any], way: str, field: str, op: UUID, by: User) -> QuerySet[Any]:
    edits = Edit.objects.filter(plan=OuterRef(way)).order_by("-pk")
    newest = edits.filter(item=OuterRef("item"), field="extra" if field.startswith(EXTRA) else field)
    last = edits.filter(by=by)
    typed = Edit.objects.filter(at__gte=timezone.now() - ONE_GO, undoes=None, together=None)
    rows = rows.annotate(
        answered=Subquery(last.filter(op=op).values("pk")[:1]),
        newest=Subquery(newest.values("pk")[:1]),
        last=Subquery(last.values("pk")[:1]),
    )
    return rows.annotate(
        run=Subquery(typed.filter(pk=OuterRef("newest")).filter(pk=OuterRef("last")).values("pk"))
    )


def _links() -> Subquery:
    """Who is linked, as one text: «0,12,3,,;» stands first, is the row 12 and links the committee 3."""
    facts = [Cast(name, CharField()) for name in ("position", *Linked._fields)]
    parts = [part for fact in facts for part in (Coalesce(fact, Value("")), Value(","))]
    line = Concat(*parts, Value(";"), output_field=TextField())
    rows = Responsible.objects.filter(measure=OuterRef("pk")).order_by().values("measure")
    return Subquery(rows.annotate(all=StringAgg(line, Value(""))).values("all"), output_field=TextField())


def _read(links: str) -> tuple[Linked, ...]:
    lines = [[int(part or 0) for part in line.split(",")[:-1]] for line in links.split(";") if line]
    return tuple(Linked(pk, *(body or None for body in bodies)) for _place, pk, *bodies in sorted(lines))
