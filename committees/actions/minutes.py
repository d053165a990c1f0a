"""The minutes: the facts come from the items, remarks are written, the leader approves, and they freeze."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.models import Meeting, Minutes
from committees.queries.meetings import protocol
from committees.subjects import subjects
from committees.tasks import make_minutes
from helsefellesskap.errors import Conflict, NotAllowed, WrongState
from partners.models import Audit, User

from .meetings import lock_meeting, move


@transaction.atomic
def write_minutes(meeting: Meeting, *, by: User, version: int, opening: str, closing: str) -> Minutes:
    """What is said beside the items. Raises NotAllowed, WrongState and Conflict."""
    meeting = lock_meeting(meeting, by=by)
    if meeting.state != Meeting.State.HELD:
        raise WrongState(_("Protokollen skrives når møtet er holdt, og til den er godkjent."))
    minutes, made = Minutes.objects.select_for_update(of=("self",)).get_or_create(meeting=meeting)
    if not made and minutes.version != version:
        raise Conflict(_("Noen andre lagret protokollen mens du skrev."))
    minutes.opening, minutes.closing = opening.strip(), closing.strip()
    minutes.version += 1
    minutes.save()
    return minutes


@transaction.atomic
def approve_minutes(meeting: Meeting, *, by: User) -> Minutes:
    """The leader approves; attendance, decisions and remarks freeze as they stand.

    Raises NotAllowed and WrongState.
    """
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("committee__community")
        .get(pk=meeting.pk)
    )
    if not rules.may_lead(by, meeting.committee):
        raise NotAllowed(_("Bare lederen og nestlederen av utvalget kan godkjenne protokollen."))
    minutes, _made = Minutes.objects.get_or_create(meeting=meeting)
    undecided = [
        item
        for item in meeting.agenda.select_related("case")
        if not item.case.decisions.filter(meeting=meeting)
    ]
    if undecided:
        raise WrongState(
            _("Sak %(cases)s er ikke avgjort i møtet. Før et vedtak, eller ta den av sakslisten.")
            % {"cases": ", ".join(item.case.printed_number for item in undecided)}
        )
    move(meeting, Meeting.State.MINUTES_APPROVED)
    facts = {**protocol(meeting), "opening": minutes.opening, "closing": minutes.closing}
    minutes.content = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    minutes.sha256 = hashlib.sha256(minutes.content.encode()).hexdigest()
    minutes.approved_by, minutes.approved_at = by, timezone.now()
    minutes.save()
    subjects().recorded(meeting)
    make_minutes.enqueue(meeting.pk)
    Audit.objects.write(
        meeting.committee.community,
        by=by,
        verb="approve_minutes",
        what=_("Godkjente protokollen fra %(meeting)s.") % {"meeting": meeting},
    )
    return minutes
