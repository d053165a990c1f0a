"""A table of measures comes back: a dry run first, then all of it or nothing."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.errors import Conflict, Refusal, why_refused
from helsefellesskap.languages import say
from partners.models import User
from plans.importers.sandbox import Refused
from plans.importers.sandbox import read_rows as read_file
from plans.measure_table import read_rows
from plans.models import EditedFile, Plan, ProposedChange
from plans.queries import codes_of_draft
from plans.review import shown
from plans.snapshot import document_of

from .edit import lock_draft
from .in_one_go import in_one_go
from .intake import Unreadable
from .proposals import MOST_PROPOSALS, TOO_MANY, accept_proposals, stored_row

MOST_PROBLEMS = 30


class Problems(Refusal):
    """The table cannot be taken as it is; `problems` are sentences for the person who sent it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(_("Tabellen kan ikke tas inn slik den er."))
        self.problems = problems


def receive_table(plan: Plan, *, by: User, name: str, data: bytes) -> EditedFile:
    """Reads the table and keeps what it would change: the dry run. Nothing in the plan changes.

    Raises NotAllowed, WrongState (the words are locked), Unreadable and Problems, with nothing kept.
    """
    with transaction.atomic():
        lock_draft(plan, by=by)
    try:
        rows = read_file(data, name)
    except Refused as refused:
        raise Unreadable(why_refused(refused)) from refused
    with transaction.atomic():
        plan = lock_draft(plan, by=by)
        reading = read_rows(document_of(plan), codes_of_draft(plan), rows)
        if reading.problems:
            raise Problems(_some([say(one.says, one.facts) for one in reading.problems]))
        if len(reading.proposals) > MOST_PROPOSALS:
            raise Unreadable(str(TOO_MANY))
        notices = [asdict(one) for one in reading.notices]
        # The end of the name says that it is a table.
        file = EditedFile.objects.create(plan=plan, name=name[-255:], notices=notices, by=by)
        ProposedChange.objects.bulk_create(
            stored_row(file, n, proposal) for n, proposal in enumerate(reading.proposals, 1)
        )
        return file


def _some(problems: list[str]) -> list[str]:
    """As many as one can do something about at a time."""
    left = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], _("… og %(n)d til.") % {"n": left}] if left > 0 else problems


@transaction.atomic
def accept_clear(file: EditedFile, *, by: User) -> int:
    """Takes every proposal that nothing stands in the way of, as one step; returns how many. The others wait.

    Raises NotAllowed and WrongState.
    """
    plan = lock_draft(file.plan, by=by)
    taken = 0
    with in_one_go(plan, by=by):
        while True:  # what was taken may be what others waited for
            clear = [one for one in shown(file) if not one.problem and one.can_accept]
            now = accept_proposals([one.proposal for one in clear if not one.proposal.decision], by=by)
            taken += now
            if not now:
                return taken


@transaction.atomic
def accept_table(file: EditedFile, *, by: User) -> None:
    """Makes all of its changes, as one step.

    Raises NotAllowed, WrongState, and Conflict, with none made, where the plan has changed since.
    """
    lock_draft(file.plan, by=by)
    waiting = [one for one in shown(file) if not one.proposal.decision]
    clear = [one.proposal for one in waiting if not one.problem and one.can_accept]
    if len(clear) < len(waiting) or accept_proposals(clear, by=by) < len(clear):
        raise Conflict(_("Planen er endret siden tabellen ble lest. Last den opp på nytt."))
