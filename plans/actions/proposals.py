"""An edited file comes in as proposals, and each is taken, adjusted or left."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsefellesskap.errors import Conflict, WrongState
from partners.models import Audit, User
from plans.importers.read_back import read_back
from plans.importers.sandbox import Refused, read_edited
from plans.models import EditedFile, Item, Plan, ProposedChange
from plans.proposals import Proposal, notices, proposals
from plans.queries import row_of
from plans.sent_out import base_of, letters_that_ran, without_deleted
from plans.word_identity import origin_of

from .arrange import add_row, delete_row, parent_of, rows_under
from .edit import Gone, Stale, edit_row, lock_draft
from .intake import Unreadable
from .place import place_row
from .proposed_values import new_values, row_values

MOST_PROPOSALS = 1_000
TOO_MANY = gettext_lazy("Filen har flere enn 1 000 endringer. Last den heller opp som en ny plan.")


def receive_file(plan: Plan, *, by: User, name: str, data: bytes) -> EditedFile:
    """Reads the file in the sandbox and keeps what it proposes; the file itself is not kept.

    Raises NotAllowed, WrongState (the words are locked) and Unreadable, with nothing kept.
    """
    with transaction.atomic():
        lock_draft(plan, by=by)
    try:
        source, identifier = read_edited(data, name)
    except Refused as refused:
        raise Unreadable(str(refused)) from refused
    origin = origin_of(identifier)
    if origin and origin.plan != plan.pk:
        raise Unreadable(_("Filen er laget av en annen plan."))
    edited = read_back(source, identifier)
    with transaction.atomic():
        plan = lock_draft(plan, by=by)
        base, touched = base_of(plan, origin)
        without_deleted(edited, base, touched)
        said = notices(base, edited)
        if origin is None:
            said.insert(0, _("Filen sier ikke hvilken tekst den ble laget av. Den er lest mot utkastet nå."))
        ran = letters_that_ran(plan, origin)
        found = [
            p
            for p in proposals(base, edited)
            if not _overtaken(p, touched) and not (p.field == "label" and p.item in ran)
        ]
        if len(found) > MOST_PROPOSALS:
            raise Unreadable(str(TOO_MANY))
        file = EditedFile.objects.create(plan=plan, name=name[-255:], notices=said, by=by)
        ProposedChange.objects.bulk_create(stored_row(file, n, p) for n, p in enumerate(found, 1))
        return file


def _overtaken(proposal: Proposal, touched: set[str]) -> bool:
    """What was moved in the portal since stays where the portal has it."""
    return proposal.kind == "move" and proposal.item in touched


def stored_row(file: EditedFile, position: int, p: Proposal) -> ProposedChange:
    """The proposal as a row that is not saved yet."""
    return ProposedChange(
        file=file,
        position=position,
        kind=p.kind,
        item_kind=p.item_kind,
        item=p.item,
        field=p.field,
        before=p.before,
        after=p.after,
        place=p.place,
        values=p.values,
    )


@transaction.atomic
def accept_proposal(
    proposal: ProposedChange, *, by: User, version: int | None, after: str | None = None
) -> None:
    """Makes the change through the same actions as a person's own edit.

    `version` is that of the row as the person saw it (None for the row as it is, where the caller holds
    the plan's lock and has looked); `after` are words put in place of the proposed.
    Raises NotAllowed, WrongState, Stale, Gone and Conflict (the paragraph is not there any more).
    """
    proposal = _waiting(proposal, by)
    match proposal.kind:
        case "change":
            _change(proposal, by, version, proposal.after if after is None else after)
        case "add":
            _add(proposal.file.plan, proposal, by)
        case "remove":
            row = _find(proposal)
            if version is not None and row.version != version:
                raise Stale(row)
            delete_row(row, by=by)
        case "move":
            _move(proposal, by)
    adjusted = after is not None and after != proposal.after
    _decide(proposal, by, ProposedChange.Decision.ADJUSTED if adjusted else ProposedChange.Decision.ACCEPTED)


@transaction.atomic
def reject_proposal(proposal: ProposedChange, *, by: User) -> None:
    """Leaves the text as it is. Raises NotAllowed and WrongState."""
    _decide(_waiting(proposal, by), by, ProposedChange.Decision.REJECTED)


@transaction.atomic
def discard_file(file: EditedFile, *, by: User) -> None:
    """Throws the file's proposals away; what was taken from it stays in the plan."""
    lock_draft(file.plan, by=by)
    what = _("Forslagene i filen %(file)s er forkastet.") % {"file": file.name}
    Audit.objects.write(file.plan.community, by=by, verb="discard_file", what=what)
    file.delete()


def _waiting(proposal: ProposedChange, by: User) -> ProposedChange:
    lock_draft(proposal.file.plan, by=by)
    found = ProposedChange.objects.select_related("file__plan__community").get(pk=proposal.pk)
    if found.decision:
        raise WrongState(_("Forslaget er allerede avgjort."))
    return found


def _decide(proposal: ProposedChange, by: User, decision: str) -> None:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
    proposal.save(update_fields=["decision", "decided_by", "decided_at"])


def _find(proposal: ProposedChange, key: str | None = None) -> Any:
    """The row that the proposal is about, or another of the same plan. Raises Gone."""
    key = proposal.item if key is None else key
    if not key:
        return proposal.file.plan
    item = Item.objects.filter(pk=key).first()
    row = row_of(proposal.file.plan, item) if item else None
    if row is None:
        raise Gone
    return row


def _change(proposal: ProposedChange, by: User, version: int | None, after: str) -> None:
    row = _find(proposal)
    values = row_values(row, proposal, after)
    if values is None:
        raise Conflict(
            _("Avsnittet er endret siden filen ble laget. Rett teksten i planen, og avvis forslaget.")
        )
    edit_row(row, by=by, version=row.version if version is None else version, values=values)


def _add(plan: Plan, proposal: ProposedChange, by: User) -> None:
    under = _find(proposal)
    row = _add_with_rows(under, Item.Kind(proposal.item_kind), proposal.values, by)
    _place(row, under, proposal.place, by)


def _add_with_rows(under: Any, kind: Item.Kind, values: dict[str, Any], by: User) -> Any:
    """The new row and the rows that came with it."""
    row = add_row(under, kind, by=by, values=new_values(kind, values))
    below = {"goals": Item.Kind.GOAL, "measures": Item.Kind.MEASURE, "sections": Item.Kind.SECTION}
    for name, inner in below.items():
        for more in values.get(name, []):
            _add_with_rows(row, inner, more, by)
    return row


def _move(proposal: ProposedChange, by: User) -> None:
    _place(_find(proposal), _find(proposal, proposal.after), proposal.place, by)


def _place(row: Any, under: Any, before: str, by: User) -> None:
    """Moves the row to stand right after the one with this key, first where there is none.

    Where that one is gone, the row stays where it is, or comes last under a new parent.
    """
    rows = [r for r in rows_under(under, row) if r.pk != row.pk]
    after = next((r for r in rows if str(r.item_id) == before), None)
    if before and after is None:
        if under == parent_of(row):
            return
        after = rows[-1] if rows else None
    place_row(row, under, after, by=by)
