"""What notices from committees are about: who leads a committee, and where a personal link opens it."""

from collections.abc import Iterable
from functools import partial

from django.utils import timezone

from partners import matters
from partners.models import User
from partners.roles import on

from . import links
from .models import Committee, Meeting, PersonalLink
from .rules import LEADERS


def register() -> None:
    """Called when the app is ready."""
    matters.register("meeting", leaders=_leaders_of_meeting, guest_address=_papers_address)
    matters.register("minutes", leaders=_leaders_of_meeting)
    for purpose in PersonalLink.Purpose.values:
        matters.register(purpose, guest_address=partial(_link_address, purpose))


def leaders_of(committee: Committee) -> Iterable[User]:
    """Who leads the committee today, and has an account."""
    seats = committee.seats.filter(on(timezone.localdate()), role__in=LEADERS[:1])
    return [seat.user for seat in seats.select_related("user") if seat.user]


def _leaders_of_meeting(pk: int) -> Iterable[User]:
    meeting = Meeting.objects.select_related("committee").filter(pk=pk).first()
    return leaders_of(meeting.committee) if meeting else ()


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
