"""«Angre» and «Gjør om igjen»: takes back a person's own last step in a plan, as long as nobody has built
on it since, or does again the last one taken back.

What is taken back is a step of the log itself, so that no text goes away without a line there. To do it
again is to take back the taking back. A step may be many lines of the log; it is all of them or none.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import WrongState
from partners.models import User
from plans.bodies import Bodies
from plans.document import PlanDocument
from plans.editable import Editable, Row, as_text, from_text, values_of
from plans.models import Edit, Item, Measure, Plan
from plans.queries.draft import row_of
from plans.snapshot import document_of

from .arrange import delete_row, place_of, position_after, rows_under, siblings
from .edit import apply, lock_draft
from .follow import follow, link, linked_of
from .keep import bring_back, keep
from .numbering import in_order
from .place import place_row

# How long a step can be taken back: a day's work.
UNDOABLE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Undone:
    """The lines of the log that were taken back, the last first."""

    steps: Sequence[Edit]

    @property
    def key(self) -> UUID | None:
        """The row that the step began with."""
        return self.steps[-1].item_id


@transaction.atomic
def undo(plan: Plan, *, by: User, again: bool = False) -> Undone | None:
    """Takes back the person's last step, or does `again` what was taken back last; None where there is none.

    Raises NotAllowed, and WrongState where somebody has changed the same thing since.
    """
    plan = lock_draft(plan, by=by)
    steps = _last_step(plan, by, again)
    if not steps:
        return None
    # A pasted table is many rows: the plan is read once for all of them.
    document = document_of(plan) if any(step.field == "added" for step in steps) else None
    with in_order(plan, by=by, undoing=not again):
        for step in steps:
            _take_back(plan, step, by, document)
    return Undone(steps)


def _last_step(plan: Plan, by: User, again: bool) -> list[Edit]:
    mine = Edit.objects.filter(plan=plan, by=by)
    done = mine.filter(undoing=again, undone_by=None, at__gte=timezone.now() - UNDOABLE).order_by("-pk")
    if again:  # whoever goes on with something new, does not come back to what was taken back before it
        fresh = mine.filter(undoing=False, undoes=None).order_by("-pk").values_list("pk", flat=True).first()
        done = done.filter(pk__gt=fresh or 0)
    last = done.first()
    if last is None:
        return []
    return [last] if last.together is None else list(done.filter(together=last.together))


def _take_back(plan: Plan, step: Edit, by: User, document: PlanDocument | None) -> None:
    match step.field:
        case "added":
            _undo_added(plan, step, by, document)
        case "deleted":
            _undo_deleted(plan, step, by)
        case "place":
            _undo_place(plan, step, by)
        case _:
            _undo_field(plan, step, by)


def _undo_added(plan: Plan, step: Edit, by: User, document: PlanDocument | None) -> None:
    row = _row(plan, step.item_id)
    if row is None:
        raise WrongState(_("Det du la til, er alt slettet."))
    if _words(keep(row)) != _words(_as_it_came(step)):
        raise WrongState(_("Noen andre har skrevet i det du la til."))
    delete_row(row, by=by, undoes=step, document=document)


def _as_it_came(step: Edit) -> list[dict[str, Any]]:
    """What was added, as it would be kept: a new row, or all that a deletion had kept."""
    if step.undoes and step.undoes.kept:
        kept: list[dict[str, Any]] = step.undoes.kept
        return kept
    assert step.item
    return [{"key": str(step.item_id), "kind": step.item.kind, "values": json.loads(step.after)}]


def _words(kept: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Each row's key and values; without the labels of measures, which run by themselves."""
    runs = {Item.Kind.MEASURE: {"label"}}
    return [
        (facts["key"], {f: v for f, v in facts["values"].items() if f not in runs.get(facts["kind"], ())})
        for facts in kept
    ]


def _undo_deleted(plan: Plan, step: Edit, by: User) -> None:
    if not step.kept:
        raise WrongState(_("Dette ble slettet før det kunne angres."))
    first = step.kept[0]
    top = _row(plan, first["under"]) if first["under"] else plan
    if top is None or isinstance(top, Measure) or _row(plan, step.item_id) is not None:
        raise WrongState(_("Stedet det sto på, er også slettet."))
    row = bring_back(plan, step.kept, top)
    neighbours = [r for r in siblings(row) if r.pk != row.pk]
    if any(r.position == row.position for r in neighbours):
        before = [r for r in neighbours if r.position < row.position]
        row.position = position_after(before[-1] if before else None, neighbours)
        row.save(update_fields=["position"])
    Edit.objects.create(plan=plan, item_id=step.item_id, field="added", after=step.before, by=by, undoes=step)


def _undo_place(plan: Plan, step: Edit, by: User) -> None:
    row = _row(plan, step.item_id)
    if row is None or place_of(row) != step.after:
        raise WrongState(_("Noen andre har flyttet dette etter deg."))
    place = json.loads(step.before)
    under = _row(plan, place["under"]) if place["under"] else plan
    after = _row(plan, place["after"]) if place["after"] else None
    if under is None:
        raise WrongState(_("Stedet det sto på, er slettet."))
    if after is not None and after.pk not in {r.pk for r in rows_under(under, row)}:
        after = None
    edit = place_row(row, under, after, by=by, undoes=step)
    if edit is None:  # it stands there already: the step is done with
        Edit.objects.create(
            plan=plan, item_id=step.item_id, field="place", before=step.after, after=step.after, by=by,
            undoes=step,
        )  # fmt: skip


def _undo_field(plan: Plan, step: Edit, by: User) -> None:
    row: Editable | None = _row(plan, step.item_id) if step.item_id else plan
    if row is None:
        raise WrongState(_("Det du skrev i, er slettet."))
    now = values_of(row).get(step.field)
    if as_text(now) != step.after:
        raise WrongState(_("Noen andre har skrevet her etter deg."))
    value = from_text(step.field, step.before)
    apply(row, {step.field: value})
    if not isinstance(row, Plan) and isinstance(value, str):
        if also := follow(row, step.field, step.after, value):
            row.save(update_fields=also)
        if step.field == "responsible_text" and isinstance(row, Measure):
            link(row, step.after, value, Bodies(plan.community), linked_of(row))
    Edit.objects.create(
        plan=plan, item_id=step.item_id, field=step.field, before=step.after, after=step.before, by=by,
        undoes=step,
    )  # fmt: skip


def _row(plan: Plan, key: Any) -> Row | None:
    """The row with this item's key in the plan, whatever kind it is."""
    item = Item.objects.filter(pk=key).first()
    return row_of(plan, item) if item else None
