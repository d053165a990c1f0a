"""«Angre»: takes back a person's own last step in a plan, as long as nobody has built on it since.

What is taken back is a step of the log itself, so that no text goes away without a line there.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateField, JSONField, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import WrongState
from partners.models import User
from plans.editable import Editable, Row, as_text, values_of
from plans.models import Edit, Goal, Item, Measure, Plan, Section
from plans.queries.draft import row_of

from .arrange import delete_row, place_of, position_after, siblings
from .edit import apply, lock_draft
from .keep import bring_back
from .place import place_row
from .save_cell import follow

# How long a step can be taken back: a day's work.
UNDOABLE = timedelta(hours=12)
_STRUCTURE = ("added", "deleted", "place")


@dataclass(frozen=True, slots=True)
class Undone:
    """The step that was taken back, and the row it was about."""

    step: Edit
    key: UUID | None

    @property
    def is_structure(self) -> bool:
        return self.step.field in _STRUCTURE


@transaction.atomic
def undo(plan: Plan, *, by: User) -> Undone | None:
    """Takes back the person's last step; None where there is none.

    Raises NotAllowed, and WrongState where somebody has changed the same thing since.
    """
    plan = lock_draft(plan, by=by)
    since = timezone.now() - UNDOABLE
    steps = Edit.objects.filter(plan=plan, by=by, at__gte=since, undoes=None, undone_by=None)
    step = steps.order_by("-pk").first()
    if step is None:
        return None
    match step.field:
        case "added":
            _undo_added(plan, step, by)
        case "deleted":
            _undo_deleted(plan, step, by)
        case "place":
            _undo_place(plan, step, by)
        case "position" | "parent":
            raise WrongState(_("Denne flyttingen ble gjort i skjemaet og må flyttes tilbake der."))
        case _:
            _undo_field(plan, step, by)
    return Undone(step, step.item_id)


def _undo_added(plan: Plan, step: Edit, by: User) -> None:
    row = _row(plan, step.item_id)
    if row is None:
        raise WrongState(_("Det du la til, er alt slettet."))
    below: Any = {Section: ("goals", "children"), Goal: ("measures",), Measure: ()}[type(row)]
    was, now = json.loads(step.after), json.loads(as_text(values_of(row)))
    was["label"] = now["label"]  # letters run by themselves
    if any(getattr(row, name).exists() for name in below) or was != now:
        raise WrongState(_("Noen andre har skrevet i det du la til."))
    delete_row(row, by=by, undoes=step)


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
    if after is not None and after.pk not in {r.pk for r in _children(row, under)}:
        after = None
    edit = place_row(row, under, after, by=by, undoes=step)
    if edit is None:  # it stands there already: the step is done with
        Edit.objects.create(
            plan=plan, item_id=step.item_id, field="place", before=step.after, after=step.after, by=by,
            undoes=step,
        )  # fmt: skip


def _children(row: Row, under: Editable) -> list[Any]:
    match row, under:
        case Section(), Section():
            return list(under.children.all())
        case Section(), Plan():
            return list(under.sections.filter(parent=None))
        case Goal(), Section():
            return list(under.goals.all())
        case Measure(), Goal():
            return list(under.measures.all())
    return []


def _undo_field(plan: Plan, step: Edit, by: User) -> None:
    row: Editable | None = _row(plan, step.item_id) if step.item_id else plan
    if row is None:
        raise WrongState(_("Det du skrev i, er slettet."))
    now = values_of(row).get(step.field)
    if as_text(now) != step.after:
        raise WrongState(_("Noen andre har skrevet her etter deg."))
    value = _value(row, step.field, step.before)
    apply(row, {step.field: value})
    if not isinstance(row, Plan) and isinstance(value, str):
        also, _note = follow(plan, row, step.field, step.after, value)
        row.save(update_fields=also or ["version"])
    Edit.objects.create(
        plan=plan, item_id=step.item_id, field=step.field, before=step.after, after=step.before, by=by,
        undoes=step,
    )  # fmt: skip


def _value(row: Editable, field: str, text: str) -> Any:
    """The value that the log keeps as this text: `editable.as_text`, backwards."""
    now = values_of(row)[field]
    if isinstance(now, bool):
        return text == "1"
    if isinstance(now, list | dict):
        return json.loads(text) if text else type(now)()
    column = _column(row, field)
    if isinstance(column, DateField):
        return date.fromisoformat(text) if text else None
    if isinstance(column, JSONField):
        return json.loads(text) if text else column.get_default()
    if field in ("follows", "under"):
        return int(text) if text else None
    return text


def _column(row: Model, field: str) -> Any:
    return next((column for column in row._meta.fields if column.name == field), None)


def _row(plan: Plan, key: Any) -> Row | None:
    """The row with this item's key in the plan, whatever kind it is."""
    item = Item.objects.filter(pk=key).first()
    return row_of(plan, item) if item else None
