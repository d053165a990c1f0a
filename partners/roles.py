"""Roles are facts with dates: read once per request, mapped by one table to what they may.

A fact that ended yesterday gives nothing today. Apps above register where more facts come from
(committees: its seats). Explicit grants to a single object are django-guardian's, asked in `rules.py`.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from .models import HealthCommunity, User

type Held = tuple[str, int]  # role, community id
# The roles that a person holds on a day, as a queryset of (role, community): all are asked in one query.
type Source = Callable[[User, date], QuerySet[Any, Held]]

# What a role may do in its own community. Everything else is denied.
ROLES: dict[str, frozenset[str]] = {
    "secretariat": frozenset(
        {
            *("see_work", "import_plan", "read_draft", "edit_plan", "adopt", "publish", "manage_people"),
            *("send_hearing", "lay_before", "prepare_meetings", "ask_status", "correct", "withdraw"),
            "manage_agreements",
        }
    ),
    "representative": frozenset({"see_work"}),
    "leader": frozenset({"see_work"}),
    "deputy_leader": frozenset({"see_work"}),
    "member": frozenset({"see_work"}),
    "deputy": frozenset({"see_work"}),
    "observer": frozenset({"see_work"}),
    "secretary": frozenset({"see_work"}),
}

_sources: list[Source] = []


def register(source: Source) -> Source:
    """Adds a place where roles come from. Called from an app's `ready()`; twice is once."""
    if source not in _sources:
        _sources.append(source)
    return source


def on(day: date) -> Q:
    """The filter for dated facts that hold on this day."""
    return Q(start__lte=day) & (Q(end__isnull=True) | Q(end__gte=day))


@register
def _secretariat_places(user: User, day: date) -> QuerySet[Any, Held]:
    return user.secretariat_places.filter(on(day)).values_list(Value("secretariat"), "community")


@register
def _representations(user: User, day: date) -> QuerySet[Any, Held]:
    return user.representations.filter(on(day)).values_list(Value("representative"), "community")


def roles_of(user: User | AnonymousUser) -> frozenset[Held]:
    """The roles this person holds today; read once per user object, that is once per request."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    held = getattr(user, "_held_roles", None)
    if held is None:
        today = timezone.localdate()
        first, *others = (source(user, today).order_by() for source in _sources)
        held = frozenset(first.union(*others).order_by())
        user._held_roles = held
    return held


def may(user: User | AnonymousUser, what: str, community: HealthCommunity | int) -> bool:
    """Whether one of the person's roles in this community allows `what`."""
    community_id = community if isinstance(community, int) else community.pk
    return any(c == community_id and what in ROLES[role] for role, c in roles_of(user))


def communities_where(user: User | AnonymousUser, what: str) -> set[int]:
    """The ids of the communities in which the person may do this."""
    return {c for role, c in roles_of(user) if what in ROLES[role]}
