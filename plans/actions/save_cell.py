"""Saving one cell of the writing page.

The page says which words it started from. Where others are stored by now, nothing is written and both
are shown. Words typed in one go are one step of the log.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import Conflict, Refusal
from helsefellesskap.richtext import plain
from partners.models import User
from plans.cells import EXTRA, Form, as_sent, change_to, is_cell, same, stored, to_store
from plans.editable import Row, as_text, from_text
from plans.models import Edit, Measure
from plans.queries.cell_row import CellRow, cell_row

from .edit import Gone, check_draft, lock_draft_at
from .follow import follow, link, note_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a page sends: an operation of its own, the row's kind and key, the words before and after."""

    op: UUID
    kind: str
    key: UUID
    field: str
    base: str
    value: str
    form: Form = "text"


class Taken(Conflict):
    """Somebody else saved the same cell: `theirs` as stored, `by` and `at` where the log knows."""

    def __init__(self, theirs: str, edit: Edit | None) -> None:
        super().__init__(_("Noen andre lagret den samme teksten mens du skrev."))
        self.theirs = theirs
        self.by = edit.by.name if edit else ""
        self.at: datetime | None = edit.at if edit else None


@transaction.atomic
def save_cell(community: str, plan: str, cell: Cell, *, by: User) -> dict[str, Any]:
    """Writes the cell; the answer is JSON, and the same when the operation comes again.

    Eight queries at most with the session's, whatever the plan's size. Raises NotAllowed, WrongState,
    Gone, Taken and Refusal.
    """
    while True:
        found = cell_row(community, plan, kind=cell.kind, key=cell.key, field=cell.field, op=cell.op, by=by)
        if found is None:
            return _of_a_row_that_is_gone(community, plan, cell, by)
        check_draft(found.plan, by)
        if found.answered is not None:
            return _again(found, cell, Edit.objects.get(pk=found.answered))
        if not is_cell(found.row, cell.field):
            raise Refusal(_("Dette feltet kan ikke skrives her."))
        answer = _write(found, cell, by)
        if answer is not None:
            return answer


def _write(found: CellRow, cell: Cell, by: User) -> dict[str, Any] | None:
    """None where the row was saved by another while this transaction waited for the plan."""
    row = found.row
    now = stored(row, cell.field)
    value = to_store(cell.value, cell.form, cell.field)
    if value == now or same(cell.value, cell.form, cell.field, now):
        return _answer(found, cell.field, now, timezone.now())
    if not same(cell.base, cell.form, cell.field, now):
        raise Taken(now, _newest(row, cell.field))
    name, after = change_to(row, cell.field, value)
    before = getattr(row, name)
    setattr(row, name, after)
    names = [name, *follow(row, cell.field, now, value)]
    unchanged = type(row)._default_manager.filter(pk=row.pk, version=row.version)
    if not unchanged.update(version=F("version") + 1, **{field: getattr(row, field) for field in names}):
        return None
    if isinstance(row, Measure) and found.bodies:
        link(row, now, value, found.bodies, found.linked)
    run = found.run if goes_on(now, value) else None
    at = _log(found, name, as_text(before), as_text(after), op=cell.op, by=by, run=run)
    return _answer(found, cell.field, value, at)


def _answer(found: CellRow, field: str, value: str, at: datetime) -> dict[str, Any]:
    words, form = as_sent(field, value)
    note = note_of(found.row, field, words, found.bodies)
    return {"at": at.isoformat(), "value": words, "form": form, "note": note}


def _again(found: CellRow, cell: Cell, edit: Edit) -> dict[str, Any]:
    """What was answered to this operation before."""
    return _answer(found, cell.field, _logged(edit, cell.field), edit.at)


def _of_a_row_that_is_gone(community: str, plan: str, cell: Cell, by: User) -> dict[str, Any]:
    draft = lock_draft_at(community, plan, by=by)
    edit = Edit.objects.filter(plan=draft, by=by, op=cell.op).first()
    if edit is None:
        raise Gone
    words, form = as_sent(cell.field, _logged(edit, cell.field))
    return {"at": edit.at.isoformat(), "value": words, "form": form, "note": ""}


def _logged(edit: Edit, field: str) -> str:
    after = from_text(edit.field, edit.after)
    return str(after.get(field.removeprefix(EXTRA), "") if isinstance(after, dict) else after)


def _newest(row: Row, field: str) -> Edit | None:
    name = "extra" if field.startswith(EXTRA) else field
    return Edit.objects.filter(item=row.item_id, field=name).select_related("by").order_by("-pk").first()


def goes_on(before: str, after: str) -> bool:
    """Whether the new words are the old ones written on, so that the log need not keep the old ones."""
    old, new = Counter(plain(before).split()), Counter(plain(after).split())
    return plain(after).startswith(plain(before)) or 2 * (old & new).total() > old.total()


def _log(
    found: CellRow, field: str, before: str, after: str, *, op: UUID, by: User, run: int | None
) -> datetime:
    """A step of the log, or the step that goes on with new words; when that was."""
    if run:
        at = timezone.now()
        Edit.objects.filter(pk=run).update(after=after, at=at, op=op)
        return at
    return Edit.objects.create(
        plan=found.plan, item_id=found.row.item_id, field=field, before=before, after=after, by=by, op=op
    ).at
