"""Who may do what in a committee. Seats count on their days; explicit grants are guardian's."""

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from partners.models import HealthCommunity, User
from partners.roles import may, on
from partners.rules import may_manage_people

from .models import Attachment, Case, Committee, FollowUp, Seat

type Person = User | AnonymousUser

LEADERS = (Seat.Role.LEADER, Seat.Role.DEPUTY_LEADER)
# The seats that decide. A deputy does where called, or where the member is recused.
DECIDING = (Seat.Role.LEADER, Seat.Role.DEPUTY_LEADER, Seat.Role.MEMBER)


def seats_held(user: Person, committee: Committee) -> Sequence[Seat]:
    """The seats that the person has in the committee today; read once per user object and committee."""
    if not isinstance(user, User) or not user.is_active:
        return ()
    held: dict[int, list[Seat]] | None = user.__dict__.get("_seats_today")
    if held is None:
        held = user.__dict__["_seats_today"] = {}
        for seat in user.seats.filter(on(timezone.localdate())).select_related("committee"):
            held.setdefault(seat.committee_id, []).append(seat)
    return held.get(committee.pk, ())


def may_prepare(user: Person, committee: Committee) -> bool:
    """Meetings, cases, papers, minutes: for the secretariat, and the committee's secretary."""
    return may(user, "prepare_meetings", committee.community_id) or any(
        seat.role == Seat.Role.SECRETARY for seat in seats_held(user, committee)
    )


def may_lead(user: Person, committee: Committee) -> bool:
    """Confirm final words and approve minutes: the leader, and the deputy leader."""
    return any(seat.role in LEADERS for seat in seats_held(user, committee))


def may_read_papers(user: Person, committee: Committee) -> bool:
    """Everybody with a seat today, those who prepare, and the guests whom somebody let in."""
    return (
        bool(seats_held(user, committee))
        or may_prepare(user, committee)
        or user.has_perm("committees.view_committee", committee)
    )


def may_read_case(user: Person, case: Case) -> bool:
    """A restricted case is for seats and those who prepare: not for guests, nor for who administers."""
    committee = case.committee
    if case.access == Case.Access.PUBLIC:
        return may_read_papers(user, committee)
    return bool(seats_held(user, committee)) or may_prepare(user, committee)


def may_read_file(user: Person, case: Case, attachment: Attachment) -> bool:
    """An attachment may be restricted where its case is not: then it is for the committee's own, too."""
    if attachment.access == Case.Access.PUBLIC:
        return may_read_case(user, case)
    return bool(seats_held(user, case.committee)) or may_prepare(user, case.committee)


def is_responsible(user: Person, item: FollowUp) -> bool:
    """The person in the seat today; of a party its representatives, and who sits for it in the committee.

    What comes from a restricted case is for the committee's own: a representative without a seat has no
    part in it.
    """
    committee = item.meeting.committee
    held = seats_held(user, committee)
    if item.seat_id:
        return any(seat.pk == item.seat_id for seat in held)
    if not item.partner or not isinstance(user, User) or not user.is_active:
        return False
    if held and item.partner.seats.filter(pk__in=[seat.pk for seat in held]).exists():
        return True
    speaks = user.representations.filter(
        on(timezone.localdate()), community=committee.community_id, partner=item.partner
    )
    return not item.restricted and speaks.exists()


def may_read_follow_up(user: Person, item: FollowUp) -> bool:
    """Who may read the case; and who is responsible."""
    committee = item.meeting.committee
    if item.restricted:
        return bool(seats_held(user, committee)) or may_prepare(user, committee)
    return may_read_papers(user, committee) or is_responsible(user, item)


def may_finish(user: Person, item: FollowUp) -> bool:
    """Say that it is done: whoever is responsible, and those who prepare the meetings."""
    return may_prepare(user, item.meeting.committee) or is_responsible(user, item)


def may_set_rules(user: Person, committee: Committee) -> bool:
    """What the mandate says is the secretariat's to write down, and not one committee's secretary's."""
    return may(user, "prepare_meetings", committee.community_id)


def gives_stance(seat: Seat) -> bool:
    """Whether the seat is asked where it stands. Observers where their committee lets them propose."""
    return seat.role in (*DECIDING, Seat.Role.DEPUTY) or (
        seat.role == Seat.Role.OBSERVER and seat.committee.rulebook.observers_propose
    )


def may_make_links(user: Person, community: HealthCommunity, seat: Seat | None) -> bool:
    """Personal links, made and taken back: by who manages people, and who prepares the seat's committee."""
    return may_manage_people(user, community) or bool(seat and may_prepare(user, seat.committee))


def may_take_stance(user: Person, seat: Seat) -> bool:
    """The person in the seat, today."""
    mine = any(held.pk == seat.pk for held in seats_held(user, seat.committee))
    return mine and gives_stance(seat)
