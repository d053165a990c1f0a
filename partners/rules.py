"""Who may do what with people. Actions enforce these; templates show buttons by them."""

from django.contrib.auth.models import AnonymousUser

from .models import HealthCommunity, User
from .roles import may


def may_manage_people(user: User | AnonymousUser, community: HealthCommunity) -> bool:
    """The secretariat; and the system administrator, who invites the first of a new community."""
    return may(user, "manage_people", community) or (user.is_active and user.is_superuser)
