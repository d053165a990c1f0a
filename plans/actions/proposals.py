"""An edited file comes in as proposals, and each is taken, adjusted or left."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsefellesskap.errors import Conflict, WrongState, why_refused
from helsefellesskap.sentences import Sentence, later
from partners.models import Audit, User
from plans.importers.read_back import read_back
from plans.importers.sandbox import Refused, read_edited
from plans.models import EditedFile, Plan, ProposedChange
from plans.proposals import Proposal, notices, proposals
from plans.sent_out import base_of, letters_that_ran, without_deleted
from plans.word_identity import origin_of

from .edit import edit_row, lock_draft
from .in_one_go import in_one_go
from .intake import Unreadable
from .numbering import in_order
from .proposed_rows import find, rearrange
from .proposed_values import row_values

MOST_PROPOSALS = 1_000
UNKNOWN_ORIGIN = later("Filen sier ikke hvilken tekst den ble laget av. Den er lest mot utkastet nå.")
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
        raise Unreadable(why_refused(refused)) from refused
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
            said.insert(0, Sentence(UNKNOWN_ORIGIN))
        ran = letters_that_ran(plan, origin)
        found = [p for p in proposals(base, edited, touched) if not (p.field == "label" and p.item in ran)]
        if len(found) > MOST_PROPOSALS:
            raise Unreadable(str(TOO_MANY))
        file = EditedFile.objects.create(
            plan=plan, name=name[-255:], notices=[asdict(one) for one in said], by=by
        )
        ProposedChange.objects.bulk_create(stored_row(file, n, p) for n, p in enumerate(found, 1))
        return file


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
    Raises NotAllowed, WrongState, Stale, Gone and Conflict (the paragraph is not there any more, what it
    stands under is not there yet, or what stands under it would go too).
    """
    proposal = _waiting(proposal, by)
    with in_order(proposal.file.plan, by=by) if proposal.kind != "change" else nullcontext():
        _make(proposal, by, version, proposal.after if after is None else after)
    adjusted = after is not None and after != proposal.after
    _decide(proposal, by, ProposedChange.Decision.ADJUSTED if adjusted else ProposedChange.Decision.ACCEPTED)


@transaction.atomic
def accept_proposals(proposals: Sequence[ProposedChange], *, by: User) -> int:
    """Makes each change that can be made, as one step; returns how many. Changed words come first, so that
    letters and numbers run on after them.

    Raises NotAllowed and WrongState. What another of them took away, or nothing is there for yet, waits.
    """
    if not proposals:
        return 0
    plan = lock_draft(proposals[0].file.plan, by=by)
    with in_one_go(plan, by=by):
        taken = sum(_made(p, by) for p in proposals if p.kind == "change")
        with in_order(plan, by=by):
            return taken + sum(_made(p, by) for p in proposals if p.kind != "change")


def _made(proposal: ProposedChange, by: User) -> bool:
    try:
        with transaction.atomic():
            proposal = _waiting(proposal, by)
            _make(proposal, by, None, proposal.after)
            _decide(proposal, by, ProposedChange.Decision.ACCEPTED)
    except (Conflict, WrongState):
        return False
    return True


def _make(proposal: ProposedChange, by: User, version: int | None, after: str) -> None:
    if proposal.kind == "change":
        _change(proposal, by, version, after)
    else:
        rearrange(proposal, by=by, version=version)


@transaction.atomic
def reject_proposal(proposal: ProposedChange, *, by: User) -> None:
    """Leaves the text as it is. Raises NotAllowed and WrongState."""
    _decide(_waiting(proposal, by), by, ProposedChange.Decision.REJECTED)


@transaction.atomic
def discard_file(file: EditedFile, *, by: User) -> None:
    """Throws the file's proposals away; what was taken from it stays in the plan."""
    lock_draft(file.plan, by=by)
    what = "Forslagene i filen %(file)s er forkastet."
    Audit.objects.write(file.plan.community, by=by, verb="discard_file", what=what, facts={"file": file.name})
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


def _change(proposal: ProposedChange, by: User, version: int | None, after: str) -> None:
    row = find(proposal, proposal.item)
    values = row_values(row, proposal, after)
    if values is None:
        raise Conflict(
            _("Avsnittet er endret siden filen ble laget. Rett teksten i planen, og avvis forslaget.")
        )
    edit_row(row, by=by, version=row.version if version is None else version, values=values)
