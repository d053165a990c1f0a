"""Cases are written, numbered and changed; their papers are sent, and what changed after is known."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.links import is_lost
from committees.models import Case, Committee, Meeting, Papers, PersonalLink, Seat
from committees.models.cases import FIELDS
from committees.numbers import next_number
from committees.queries.meetings import canonical
from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.actions import tell
from partners.models import Audit, User

from .followups import tell_responsible
from .links import make_link
from .meetings import lock_meeting, move

READABLE = timedelta(days=30)  # how long after the meeting a personal link opens its papers


@transaction.atomic
def write_case(committee: Committee, *, by: User, facts: Mapping[str, Any]) -> Case:
    """A new case with the committee's next number of the year. `facts` are some of FIELDS.

    Raises NotAllowed and Refusal.
    """
    _may_prepare(by, committee)
    case = Case(committee=committee, document_date=timezone.localdate())
    case.conclusion_heading = committee.rulebook.conclusion_heading
    _set(case, facts)
    next_number(case, timezone.localdate().year)
    case.save()
    _write(case, by, "write_case", "Opprettet sak %(case)s.")
    return case


@transaction.atomic
def edit_case(case: Case, *, by: User, version: int, facts: Mapping[str, Any]) -> Case:
    """Changes what the saksframlegg says. Raises NotAllowed, WrongState (decided), Conflict and Refusal."""
    case = lock_case(case, by=by)
    if case.version != version:
        raise Conflict(_("Noen andre lagret saken mens du skrev."))
    access = case.access
    _set(case, facts)
    case.version += 1
    case.save()
    if case.access != access:  # what was told of it says no more than it may now
        for item in case.follow_ups.filter(done_on=None).select_related("meeting__committee__community"):
            item.case = case
            tell_responsible(item)
    _write(case, by, "edit_case", "Endret sak %(case)s.")
    return case


@transaction.atomic
def send_papers(meeting: Meeting, *, by: User) -> Papers:
    """The papers go out as they stand; what is changed after is marked. Again, it is a new sending.

    Who was called and has no account gets a personal link to them. Raises NotAllowed and WrongState.
    """
    meeting = lock_meeting(meeting, by=by)
    if not meeting.agenda.exists():
        raise WrongState(_("Sakslisten er tom."))
    if meeting.state != Meeting.State.PAPERS_SENT:
        move(meeting, Meeting.State.PAPERS_SENT)
    content = canonical(meeting)
    papers = Papers.objects.create(meeting=meeting, content=content, sha256=_sha256(content), sent_by=by)
    seats = [call.seat for call in meeting.calls.select_related("seat__user", "seat__committee__community")]
    linked = _give_links(meeting, seats, by=by)
    tell(
        meeting.committee.community,
        to=[seat.user or seat.email for seat in seats if (seat.user or seat.email) and seat not in linked],
        kind="meeting",
        key=f"meeting:{meeting.pk}:papers:{papers.pk}",
        group=f"meeting:{meeting.pk}",
        group_title=str(meeting),
        text=lambda: _("Papirene til %(meeting)s er klare.") % {"meeting": meeting},
        path=meeting.get_absolute_url(),
        urgent=meeting.date <= timezone.localdate() + timedelta(days=2),
    )
    Audit.objects.write(
        meeting.committee.community,
        by=by,
        verb="send_papers",
        what="Sendte papirene til %(meeting)s.",
        facts={"meeting": meeting},
    )
    return papers


def _give_links(meeting: Meeting, seats: Sequence[Seat], *, by: User) -> list[Seat]:
    """A personal link to the papers, mailed to those without an account who have none that still opens."""
    held = PersonalLink.objects.filter(
        purpose=PersonalLink.Purpose.PAPERS, target=meeting.pk, revoked_at=None, expires_at__gt=timezone.now()
    )
    has = {link.seat_id for link in held if not is_lost(link)}
    today = timezone.localdate()
    without = [
        seat
        for seat in seats
        if not seat.user and seat.email and seat.pk not in has and seat.start <= today <= (seat.end or today)
    ]
    last_day = max(meeting.date, today) + READABLE
    for seat in without:
        make_link(
            PersonalLink.Purpose.PAPERS,
            meeting.pk,
            by=by,
            seat=seat,
            name=seat.printed_name,
            email=seat.email,
            expires_at=timezone.make_aware(datetime.combine(last_day, time(23, 59))),
        )
    return without


def lock_case(case: Case, *, by: User) -> Case:
    """The case's row, locked, for somebody who prepares it. Raises NotAllowed, WrongState where decided."""
    case = locked(Case.objects).select_related("committee__community").get(pk=case.pk)
    _may_prepare(by, case.committee)
    if case.withdrawn_reason or case.decisions.exclude(points__verb="postpones").exists():
        raise WrongState(_("Saken er avgjort eller trukket, og ordene i den står."))
    return case


def _may_prepare(by: User, committee: Committee) -> None:
    if not rules.may_prepare(by, committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan skrive saker."))


def _set(case: Case, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if name not in FIELDS:
            raise ValueError(name)
        setattr(case, name, value.strip() if isinstance(value, str) else value)
    if not case.title:
        raise Refusal(_("Saken mangler tittel."))
    if case.access == Case.Access.RESTRICTED and not case.legal_basis:
        raise Refusal(_("Oppgi hjemmelen når saken er unntatt offentlighet."))


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _write(case: Case, by: User, verb: str, said: str) -> None:
    Audit.objects.write(case.committee.community, by=by, verb=verb, what=said, facts={"case": case})
