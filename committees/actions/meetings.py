"""Meetings are planned, moved and cancelled; seats are called to them."""

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from committees import rules
from committees.models import AgendaItem, Call, Case, Committee, Meeting, Seat
from helsefellesskap.databases import locked
from helsefellesskap.dates import in_words
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.actions import done, tell
from partners.models import Audit, User
from partners.roles import on

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

State = Meeting.State
SOON = datetime.timedelta(days=2)  # told at once, not in the next day's mail
CLOSED = (State.HELD, State.MINUTES_APPROVED, State.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class When:
    """When and where a meeting is, Norwegian time."""

    date: datetime.date
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    place: str = ""
    link: str = ""
    papers_due: datetime.date | None = None


@transaction.atomic
def plan_meeting(committee: Committee, *, by: User, when: When) -> Meeting:
    """A meeting to be. Raises NotAllowed, Conflict (there is one that day) and Refusal."""
    _may_prepare(by, committee)
    _check(committee, when)
    meeting = Meeting.objects.create(committee=committee, **asdict(when))
    write_line(meeting, by, "plan_meeting", "Planla møtet %(meeting)s.")
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: User, when: When) -> Meeting:
    """Moves a meeting in time or place; those who were called are told, and their calendars follow.

    Raises NotAllowed, WrongState, Conflict and Refusal.
    """
    meeting = lock_meeting(meeting, by=by)
    if meeting.state in CLOSED:
        raise WrongState(_("Møtet er holdt eller avlyst, og kan ikke flyttes."))
    before = {name: getattr(meeting, name) for name in asdict(when)}
    if before == asdict(when):
        return meeting
    _check(meeting.committee, when, meeting)
    for name, value in asdict(when).items():
        setattr(meeting, name, value)
    _forget(meeting)  # what was said of the old hour
    meeting.sequence += 1
    meeting.save()
    _tell_called(meeting, _lazy("Møtet i %(committee)s er endret: %(when)s."))
    write_line(meeting, by, "change_meeting", "Endret møtet %(meeting)s.")
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User) -> None:
    """The meeting is not held; those who were called are told. Raises NotAllowed and WrongState."""
    meeting = lock_meeting(meeting, by=by)
    if meeting.follow_ups.exists():
        raise WrongState(_("Møtet har bestemt noe som skal følges opp. Ta ut punktene, eller la møtet stå."))
    move(meeting, State.CANCELLED)
    _forget(meeting)
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    _tell_called(meeting, _lazy("Møtet %(meeting)s er avlyst."))
    write_line(meeting, by, "cancel_meeting", "Avlyste møtet %(meeting)s.")


@transaction.atomic
def call_meeting(meeting: Meeting, *, by: User) -> int:
    """Calls every seat that is not a deputy's and is not called yet; how many were called.

    Raises NotAllowed and WrongState.
    """
    meeting = lock_meeting(meeting, by=by)
    if meeting.state in CLOSED:
        raise WrongState(_("Møtet er holdt eller avlyst."))
    seats = (
        meeting.committee.seats.filter(on(meeting.date))
        .exclude(role=Seat.Role.DEPUTY)
        .exclude(calls__meeting=meeting)
        .select_related("user")
    )
    called = [Call(meeting=meeting, seat=seat) for seat in seats]
    Call.objects.bulk_create(called)
    tell_seats(
        meeting, [call.seat for call in called], _lazy("Du er innkalt til møte i %(committee)s %(when)s.")
    )
    write_line(meeting, by, "call_meeting", "Kalte inn til %(meeting)s.")
    return len(called)


@transaction.atomic
def add_to_agenda(meeting: Meeting, case: Case, *, by: User) -> AgendaItem:
    """Puts a case of the committee last on the list. Raises NotAllowed, WrongState."""
    meeting = lock_meeting(meeting, by=by)
    if meeting.state in CLOSED:
        raise WrongState(_("Møtet er holdt eller avlyst."))
    if case.committee_id != meeting.committee_id or case.withdrawn_reason:
        raise WrongState(_("Saken er trukket, eller et annet utvalgs."))
    item = put_on_agenda(meeting, case)
    said = "Satte sak %(case)s på sakslisten, %(meeting)s."
    write_line(meeting, by, "add_to_agenda", said, case=case.printed_number)
    return item


def put_on_agenda(meeting: Meeting, case: Case) -> AgendaItem:
    """The case, last on the meeting's list; where it stands there already, it stays."""
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    return AgendaItem.objects.get_or_create(meeting=meeting, case=case, defaults={"position": last + 10})[0]


@transaction.atomic
def order_agenda(meeting: Meeting, *, by: User, items: Sequence[int]) -> None:
    """Puts the list in this order (keys of its items, every one once), while the meeting is to come.

    Raises NotAllowed, WrongState and Conflict.
    """
    meeting = lock_meeting(meeting, by=by)
    if meeting.state in CLOSED:
        raise WrongState(_("Møtet er holdt eller avlyst."))
    here = set(meeting.agenda.values_list("pk", flat=True))
    if sorted(items) != sorted(here):
        raise Conflict(_("Sakslisten er endret i mellomtiden. Se etter og prøv igjen."))
    for place, pk in enumerate(items, start=1):
        AgendaItem.objects.filter(pk=pk).update(position=place * 10)


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, by: User) -> None:
    """Takes a case off the list, as long as it is not decided there. Raises NotAllowed and WrongState."""
    meeting = lock_meeting(item.meeting, by=by)
    treated = item.case.decisions.filter(meeting=meeting).exists() or item.attendances.exists()
    if treated or item.case.follow_ups.filter(meeting=meeting).exists():
        raise WrongState(_("Saken er behandlet i møtet, og blir stående på sakslisten."))
    item.delete()
    said = "Tok sak %(case)s av sakslisten, %(meeting)s."
    write_line(meeting, by, "take_off_agenda", said, case=item.case.printed_number)


def lock_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting's row, locked, for somebody who prepares it. Raises NotAllowed."""
    found = locked(Meeting.objects).select_related("committee__community")
    meeting = found.get(pk=meeting.pk)
    _may_prepare(by, meeting.committee)
    return meeting


def move(meeting: Meeting, to: str) -> None:
    """Into the next state. Raises WrongState where the table of moves has no such move."""
    check_move(meeting, to)
    meeting.state = to
    meeting.save(update_fields=["state"])


def check_move(meeting: Meeting, to: str) -> None:
    """Raises WrongState where the table of moves has no such move."""
    if to not in Meeting.MOVES[State(meeting.state)]:
        raise WrongState(
            _("Møtet er «%(now)s» og kan ikke bli «%(to)s».")
            % {"now": meeting.get_state_display(), "to": State(to).label}
        )


def _may_prepare(by: User, committee: Committee) -> None:
    if not rules.may_prepare(by, committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan forberede møter."))


def _check(committee: Committee, when: When, meeting: Meeting | None = None) -> None:
    if when.starts_at and when.ends_at and when.ends_at <= when.starts_at:
        raise Refusal(_("Møtet slutter før det begynner."))
    if when.papers_due and when.papers_due > when.date:
        raise Refusal(_("Papirene sendes før møtet."))
    others = committee.meetings.filter(date=when.date)
    if (others.exclude(pk=meeting.pk) if meeting else others).exists():
        raise Conflict(_("Utvalget har allerede et møte den dagen."))


def when_in_words(meeting: Meeting) -> str:
    """«torsdag 12. mars 2026 kl. 10.00, Tromsø», in the language in use."""
    day = date_format(meeting.date, in_words("l j. F Y"))
    if meeting.starts_at:
        day += " " + _("kl. %(at)s") % {"at": time_format(meeting.starts_at, in_words("H.i"))}
    return f"{day}, {meeting.place}" if meeting.place else day


def _key(meeting: Meeting) -> str:
    """Of the call as it stands: a moved meeting is a new thing to answer."""
    return f"meeting:{meeting.pk}:{meeting.sequence}"


def keys_of(meeting: Meeting) -> list[str]:
    """Of all that was said of it to those who were called."""
    return [f"meeting:{meeting.pk}:{n}" for n in range(meeting.sequence + 1)]


def deputy_key(call: Call, word: str = "vara") -> str:
    """Of a deputy's call, and of its end («fri»): called again, it is another."""
    return f"meeting:{call.meeting_id}:{word}:{call.pk}"


def _forget(meeting: Meeting) -> None:
    """Nobody who has not heard of the calls is told of them any more."""
    for key in keys_of(meeting):
        done(key)
    for call in meeting.calls.exclude(stands_in_for=None):
        done(deputy_key(call))


def _tell_called(meeting: Meeting, text: "_StrPromise") -> None:
    tell_seats(meeting, [call.seat for call in meeting.calls.select_related("seat__user")], text)


def tell_seats(
    meeting: Meeting, seats: Sequence[Seat], text: "_StrPromise", *, key: str = "", urgent: bool = False
) -> None:
    """Tells who holds these seats; `text` may name %(meeting)s, %(committee)s and %(when)s."""

    def said() -> str:
        committee = meeting.committee.abbreviation
        return text % {"meeting": meeting, "committee": committee, "when": when_in_words(meeting)}

    tell(
        meeting.committee.community,
        to=[seat.user or seat.email for seat in seats if seat.user or seat.email],
        kind="meeting",
        key=key or _key(meeting),
        group=f"meeting:{meeting.pk}",
        group_title=str(meeting),
        text=said,
        path=meeting.get_absolute_url(),
        urgent=urgent or meeting.date <= timezone.localdate() + SOON,
    )


def write_line(meeting: Meeting, by: User, verb: str, said: str, **facts: object) -> None:
    facts = {"meeting": meeting, **facts}
    Audit.objects.write(meeting.committee.community, by=by, verb=verb, what=said, facts=facts)
