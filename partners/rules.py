"""Who may do what with people. Actions enforce these; templates show buttons by them."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from .models import HealthCommunity, Partner, User
from .roles import may, on


def may_manage_people(user: User | AnonymousUser, community: HealthCommunity) -> bool:
    """The secretariat; and the system administrator, who invites the first of a new community."""
    return may(user, "manage_people", community) or (user.is_active and user.is_superuser)


def may_manage_agreements(user: User | AnonymousUser, community: HealthCommunity) -> bool:
    """Write agreements and their versions, and fill in for every party."""
    return may(user, "manage_agreements", community)


def may_sign_for(user: User | AnonymousUser, community: HealthCommunity, partner: Partner) -> bool:
    """The party's own representative today."""
    return (
        isinstance(user, User)
        and user.is_active
        and user.representations.filter(
            on(timezone.localdate()), partner=partner, community=community
        ).exists()
    )
