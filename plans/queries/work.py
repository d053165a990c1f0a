"""What a signed-in person may touch: fetch and permission in one call."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from partners.models import HealthCommunity
from partners.roles import may as role_may
from plans.models import Plan
from plans.rules import Person


def community_for(user: Person, slug: str, *, may: str) -> HealthCommunity:
    """The community, where one of the person's roles allows `may`; Http404 or PermissionDenied."""
    community = get_object_or_404(HealthCommunity, slug=slug)
    if not role_may(user, may, community):
        raise PermissionDenied
    return community


def plan_for(user: Person, community: str, slug: str, *, may: Callable[[Person, Plan], bool]) -> Plan:
    """The plan, where the rule `may(user, plan)` holds; Http404 or PermissionDenied."""
    plan = get_object_or_404(
        Plan.objects.select_related("community", "follows"), community__slug=community, slug=slug
    )
    if not may(user, plan):
        raise PermissionDenied
    return plan
