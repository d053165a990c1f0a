"""Who approves a meeting's minutes: the leader, and one more who was there."""

from collections.abc import Collection

from django.db.models import Case, Exists, Q, QuerySet, When
from django.utils import timezone

from partners.models import User
from partners.roles import on

from .models import Attendance, Call, Meeting, Seat
from .rules import DECIDING, LEADERS, Person


def approving_seats(meeting: Meeting) -> QuerySet[Seat]:
    """The seats of today that may approve the meeting's minutes, the leader's first.

    The leader and the deputy leader always. Where the rules ask for two, the second is a member, or a
    deputy, who was recorded as there at one of the cases; where nobody's presence is recorded (it was
    registered afterwards), one who was called and did not answer that they would stay away. Observers do
    not, nor does the secretary, who writes them.
    """
    today = meeting.committee.seats.filter(on(timezone.localdate()))
    may_approve = Q(role__in=LEADERS)
    if meeting.committee.rulebook.minutes_approvers > 1:
        was_there = Attendance.objects.filter(agenda_item__meeting=meeting)
        called = meeting.calls.exclude(reply=Call.Reply.NOT_COMING)
        there = Q(pk__in=was_there.values("seat")) | ~Exists(was_there) & Q(pk__in=called.values("seat"))
        may_approve |= there & Q(role__in=(*DECIDING, Seat.Role.DEPUTY))
    first = Case(*(When(role=role, then=n) for n, role in enumerate(LEADERS)), default=len(LEADERS))
    return today.filter(may_approve).select_related("user").order_by(first, "pk")


def approving_seat(user: Person, meeting: Meeting) -> Seat | None:
    """The seat by which the person may approve the meeting's minutes today, or None."""
    if not isinstance(user, User) or not user.is_active:
        return None
    return approving_seats(meeting).filter(user=user).first()


def enough(seats: Collection[Seat], *, needed: int) -> bool:
    """Whether the minutes are approved when these have: as many as are needed, a leader among them."""
    return len(seats) >= needed and any(seat.role in LEADERS for seat in seats)
