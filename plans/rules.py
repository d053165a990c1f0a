"""Who may do what with a plan: roles first, then the explicit grants of django-guardian."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from committees.models import Committee, Seat
from committees.rules import DECIDING, seats_held
from partners.models import HealthCommunity, Partner, RoleParty, User
from partners.roles import may, on

from .models import Hearing, Plan

type Person = User | AnonymousUser


def may_import(user: Person, community: HealthCommunity) -> bool:
    return may(user, "import_plan", community)


def may_read_draft(user: Person, plan: Plan) -> bool:
    return (
        may(user, "read_draft", plan.community_id)
        or user.has_perm("plans.view_plan", plan)
        or user.has_perm("plans.change_plan", plan)
    )


def may_edit(user: Person, plan: Plan) -> bool:
    """Whether the person may change the plan's words while they are a draft."""
    return may(user, "edit_plan", plan.community_id) or user.has_perm("plans.change_plan", plan)


def may_adopt(user: Person, plan: Plan) -> bool:
    return may(user, "adopt", plan.community_id)


def may_correct(user: Person, plan: Plan) -> bool:
    """Correct a published plan, or take it down."""
    return may(user, "correct", plan.community_id)


def may_ask_status(user: Person, plan: Plan) -> bool:
    """Ask for status, and type in what came by other ways."""
    return may(user, "ask_status", plan.community_id)


def may_report(user: Person, plan: Plan, party: Committee | Partner | RoleParty | str) -> bool:
    """Whether the person speaks for the party today: its representative, or by a seat."""
    if not isinstance(user, User) or not user.is_active:
        return False
    today = timezone.localdate()
    match party:
        case Committee():
            deciding = (*DECIDING, Seat.Role.SECRETARY)
            return any(seat.role in deciding for seat in seats_held(user, party))
        case Partner():
            here = user.representations.filter(on(today), partner=party, community=plan.community_id)
            seats = user.seats.filter(
                on(today), represents=party, committee__community=plan.community_id
            ).exclude(role=Seat.Role.OBSERVER)
            return here.exists() or seats.exists()
        case _:
            return False


def may_send_hearing(user: Person, plan: Plan) -> bool:
    """Send to hearing, answer input, close."""
    return may(user, "send_hearing", plan.community_id)


def may_give_input(user: Person, hearing: Hearing) -> bool:
    """Those whom it was sent to: who represents an invited party, who has a seat in an invited committee."""
    plan = hearing.revision.plan
    return any(may_report(user, plan, party) for party in hearing.parties.all()) or any(
        seats_held(user, committee) for committee in hearing.committees.all()
    )


def may_lay_before(user: Person, plan: Plan) -> bool:
    """Lay versions before committees, close reviews, mark linguistic corrections: for the secretariat."""
    return may(user, "lay_before", plan.community_id)
