"""Committees and seats as lists, in a constant number of queries."""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet

from committees.models import Committee, Seat
from helsefellesskap.databases import by_norwegian
from partners.models import HealthCommunity
from partners.queries import current

# As people are printed: the leader first, the secretary last.
ROLE_ORDER = {role: place for place, role in enumerate(Seat.Role.values)}


def committees_with_seats(community: HealthCommunity) -> Sequence[Committee]:
    """The community's committees from the top, each with `seats_now`: those that have not ended."""
    seats = current(Seat.objects.select_related("user", "deputy_for").prefetch_related("represents"))
    committees = list(
        community.committees.prefetch_related(
            Prefetch("seats", seats.order_by(by_norwegian("printed_name"), "pk"), to_attr="seats_now")
        ).order_by("rank", by_norwegian("abbreviation"))
    )
    for committee in committees:
        committee.seats_now.sort(key=lambda seat: ROLE_ORDER[seat.role])
    return committees


def seats_to_stand_in_for(community: HealthCommunity) -> QuerySet[Seat]:
    """The seats that a deputy can be deputy for."""
    seats = current(Seat.objects.filter(committee__community=community).exclude(role=Seat.Role.DEPUTY))
    return seats.select_related("committee").order_by(
        "committee__rank", "committee", by_norwegian("printed_name"), "pk"
    )
