"""Saving one cell of the writing page.

The page says which words it started from. Where others are stored by now, nothing is written and both
are shown. Words typed in one go are one step of the log.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import Conflict, Refusal
from helsefellesskap.richtext import plain
from partners.models import User
from plans.bodies import Bodies
from plans.cell_notes import deadline_note, unlinked_note, year_of
from plans.cells import EXTRA, Form, as_sent, change_to, is_cell, same, stored, to_store
from plans.deadlines import understand
from plans.editable import Row, as_text
from plans.importers.interpret.responsible import split
from plans.importers.interpret.status import value_of
from plans.models import Edit, Goal, Item, Measure, Operation, Plan, Responsible, Section

from .edit import Gone, lock_draft_at

# Words typed in the same cell with no longer pause than this are one step.
ONE_GO = timedelta(seconds=60)


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

    Eight queries with the session's, whatever the plan's size; linking who is responsible takes four
    more. Raises NotAllowed, WrongState, Gone, Taken and Refusal.
    """
    draft = lock_draft_at(community, plan, by=by)
    row = _row(draft, cell, by)
    if row is None:
        answered = Operation.objects.filter(pk=cell.op, plan=draft, by=by).first()
        if answered is None:
            raise Gone
        return dict(answered.answer)
    if row.answered is not None:  # type: ignore[union-attr]
        return dict(row.answered)  # type: ignore[union-attr]
    if not is_cell(row, cell.field):
        raise Refusal(_("Dette feltet kan ikke skrives her."))
    answer = _write(draft, row, cell, by)
    Operation.objects.create(pk=cell.op, plan=draft, by=by, answer=answer)
    return answer


def _row(plan: Plan, cell: Cell, by: User) -> Row | None:
    """The row with `answered` (this operation's answer) and `run` (the step that goes on), in one query."""
    field = "extra" if cell.field.startswith(EXTRA) else cell.field
    edits = Edit.objects.order_by("-pk")
    newest = edits.filter(plan=plan, item=OuterRef("item"), field=field).values("pk")[:1]
    my_last = edits.filter(plan=plan, by=by).values("pk")[:1]
    run = Edit.objects.filter(pk=Subquery(my_last), at__gte=timezone.now() - ONE_GO, undoes=None)
    rows: Any
    match cell.kind:
        case Item.Kind.SECTION:
            rows = Section.objects.filter(plan=plan)
        case Item.Kind.GOAL:
            rows = Goal.objects.filter(section__plan=plan)
        case _:
            rows = Measure.objects.filter(goal__section__plan=plan)
    found: Row | None = (
        rows.filter(item_id=cell.key)
        .annotate(
            answered=Subquery(Operation.objects.filter(pk=cell.op, plan=plan, by=by).values("answer")),
            newest=Subquery(newest),
        )
        .annotate(run=Subquery(run.filter(pk=OuterRef("newest")).values("pk")))
        .first()
    )
    return found


def _write(plan: Plan, row: Row, cell: Cell, by: User) -> dict[str, Any]:
    now = stored(row, cell.field)
    value = to_store(cell.value, cell.form, cell.field)
    at, note = timezone.now(), None
    if value != now and not same(cell.value, cell.form, cell.field, now):
        if not same(cell.base, cell.form, cell.field, now):
            raise Taken(now, _newest(row, cell.field))
        name, after = change_to(row, cell.field, value)
        before = getattr(row, name)
        setattr(row, name, after)
        also, note = follow(plan, row, cell.field, now, value)
        row.version += 1
        row.save(update_fields=[name, *also, "version"])
        run = row.run if goes_on(now, value) else None  # type: ignore[union-attr]
        log(plan, row, name, before, after, by=by, run=run)
        now = value
    words, form = as_sent(cell.field, now)
    return {"version": row.version, "at": at.isoformat(), "value": words, "form": form, "note": note}


def _newest(row: Row, field: str) -> Edit | None:
    name = "extra" if field.startswith(EXTRA) else field
    return Edit.objects.filter(item=row.item_id, field=name).select_related("by").order_by("-pk").first()


def goes_on(before: str, after: str) -> bool:
    """Whether the new words are the old ones written on, so that the log need not keep the old ones."""
    old, new = Counter(plain(before).split()), Counter(plain(after).split())
    return plain(after).startswith(plain(before)) or 2 * (old & new).total() > old.total()


def log(
    plan: Plan, row: Row, field: str, before: Any, after: Any, *, by: User, run: int | None = None
) -> None:
    """A step of the log, or the step that goes on with new words."""
    if run:
        Edit.objects.filter(pk=run).update(after=as_text(after), at=timezone.now())
        return
    Edit.objects.create(
        plan=plan, item_id=row.item_id, field=field, before=as_text(before), after=as_text(after), by=by
    )


def follow(plan: Plan, row: Row, field: str, before: str, after: str) -> tuple[list[str], str]:
    """What a cell's words decide beside themselves, unless somebody decided otherwise by hand.

    Sets the date of a deadline and the value of a status, and links who is responsible. Gives the names
    of the row's own fields that it set, and the note to show beside the cell.
    """
    match field:
        case "deadline_text" if isinstance(row, Measure):
            year = year_of(plan)
            if row.deadline_date in (None, understand(before, year=year).day):
                row.deadline_date = understand(after, year=year).day
            return ["deadline_date"], deadline_note(row.deadline_date, after)
        case "status_text":
            if row.status_value in ("", value_of(before)):
                row.status_value = value_of(after) or ""
            return ["status_value"], ""
        case "responsible_text" if isinstance(row, Measure):
            bodies = Bodies(plan.community)
            _link(row, bodies, before, after)
            return [], unlinked_note(bodies.split(after)[1])
    return [], ""


def _link(row: Measure, bodies: Bodies, before: str, after: str) -> None:
    """Links the bodies that the words name now; what was linked by hand beside them stays."""
    linked = [_as_link(r) for r in row.responsibles.all()]
    named, names = bodies.recognise(split(before)), bodies.recognise(split(after))
    links = names + [link for link in linked if link not in named and link not in names]
    if links != linked:
        row.responsibles.all().delete()
        Responsible.objects.bulk_create(
            Responsible(measure=row, position=n, **link) for n, link in enumerate(links)
        )


def _as_link(row: Responsible) -> dict[str, int]:
    kinds = {"committee_id": row.committee_id, "partner_id": row.partner_id, "role_id": row.role_id}
    return {kind: pk for kind, pk in kinds.items() if pk}
