"""What notices from committees are about: who leads a committee, where a personal link opens it, and the
invitation that lies in the mail.
"""

from collections.abc import Iterable
from email.message import MIMEPart
from functools import partial

from django.db.models import Q
from django.utils import timezone

from partners import matters
from partners.models import Notice, User
from partners.roles import on

from . import links
from .calendars import mailed
from .models import Committee, FollowUp, Meeting, PersonalLink
from .rules import LEADERS


def register() -> None:
    """Called when the app is ready."""
    matters.register(
        "meeting", leaders=_leaders_of_meeting, guest_address=_papers_address, enclosure=_invitation
    )
    matters.register("minutes", leaders=_leaders_of_meeting)
    matters.register("follow_up", leaders=_leaders_of_follow_up)
    for purpose in PersonalLink.Purpose.values:
        matters.register(purpose, guest_address=partial(_link_address, purpose))


def leaders_of(committee: Committee) -> Iterable[User]:
    """Who leads the committee today, and has an account."""
    seats = committee.seats.filter(on(timezone.localdate()), role__in=LEADERS[:1])
    return [seat.user for seat in seats.select_related("user") if seat.user]


def _leaders_of_meeting(pk: int) -> Iterable[User]:
    meeting = Meeting.objects.select_related("committee").filter(pk=pk).first()
    return leaders_of(meeting.committee) if meeting else ()


def _invitation(email: str, notice: Notice) -> MIMEPart | None:
    """With a call, a change or a cancellation («meeting:12:3», a deputy's «meeting:12:vara:7»): the meeting
    as it stands. For a deputy who was let go («meeting:12:fri:7») it is taken out of the calendar.
    """
    _word, pk, what, *_rest = notice.key.split(":")
    if notice.kind != Notice.Kind.MEETING or not (what.isdecimal() or what in ("vara", "fri")):
        return None
    called = Q(calls__seat__user__email=email) | Q(calls__seat__user=None, calls__seat__email__iexact=email)
    meetings = Meeting.objects.select_related("committee__community").filter(pk=pk)
    if meeting := meetings.filter(called).first():
        return mailed(meeting, attendee=email, now=timezone.now())
    gone = meetings.first() if what == "fri" else None
    return mailed(gone, attendee=email, now=timezone.now(), let_go=True) if gone else None


def _leaders_of_follow_up(pk: int) -> Iterable[User]:
    item = FollowUp.objects.select_related("meeting__committee").filter(pk=pk).first()
    return leaders_of(item.meeting.committee) if item else ()


def _papers_address(email: str, meeting: int) -> str | None:
    return _link_address(PersonalLink.Purpose.PAPERS, email, meeting)


def _link_address(purpose: str, email: str, target: int) -> str | None:
    """The address of the person's open link to this thing, the newest; None where there is none any more."""
    mine = PersonalLink.objects.filter(email=email, purpose=purpose, target=target)
    for link in mine.select_related("community", "seat__committee", "partner"):
        try:
            links.check_open(link)
        except links.LinkClosed:
            continue
        if not links.is_lost(link):
            return links.address_of(link)
    return None
