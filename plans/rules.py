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


def may_write_summary(user: Person, plan: Plan) -> bool:
    """Say in three sentences what a plan is, before it is adopted or after."""
    return may(user, "edit_plan", plan.community_id)


def may_ask_status(user: Person, plan: Plan) -> bool:
    """Ask for status, and type in what came by other ways."""
    return may(user, "ask_status", plan.community_id)


def voices(user: Person, plan: Plan) -> frozenset[tuple[str, int]]:
    """The parties that the person speaks for here today, as («partner», id) and («committee», id).

    By representing them, by a seat that represents them (observers' do not speak for them), by a seat
    in the committee. Read once per user object and community; three queries.
    """
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    known: dict[int, frozenset[tuple[str, int]]] = user.__dict__.setdefault("_voices", {})
    if plan.community_id not in known:
        today = timezone.localdate()
        partners = user.representations.filter(on(today), community=plan.community_id)
        seats = user.seats.filter(on(today), committee__community=plan.community_id)
        represented = seats.exclude(role=Seat.Role.OBSERVER).exclude(represents=None)
        committees = seats.filter(role__in=(*DECIDING, Seat.Role.SECRETARY))
        known[plan.community_id] = frozenset(
            [("partner", pk) for pk in partners.values_list("partner", flat=True)]
            + [("partner", pk) for pk in represented.values_list("represents", flat=True)]
            + [("committee", pk) for pk in committees.values_list("committee", flat=True)]
        )
    return known[plan.community_id]


def may_report(user: Person, plan: Plan, party: Committee | Partner | RoleParty | str) -> bool:
    """Whether the person speaks for the party today. Nobody speaks for a role, or for a mere name."""
    match party:
        case Committee():
            return ("committee", party.pk) in voices(user, plan)
        case Partner():
            return ("partner", party.pk) in voices(user, plan)
        case _:
            return False


def may_see_status(user: Person, plan: Plan) -> bool:
    """The page where status is reported: for whoever speaks for somebody here, and the secretariat."""
    return may_ask_status(user, plan) or bool(voices(user, plan))


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
