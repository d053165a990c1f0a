"""Fetch with permission: what a person may not see does not exist (404) or is refused in words (403)."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, QuerySet, Value, When
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import by_norwegian
from helsefellesskap.errors import NotAllowed

from .models import HealthCommunity, Partner, Representative, SecretariatPlace, User

type Rule = Callable[[User | AnonymousUser, HealthCommunity], bool]


def community_for(user: User | AnonymousUser, slug: str, *, may: Rule) -> HealthCommunity:
    """The community, for a person whom the rule allows there. Raises Http404 or NotAllowed."""
    community = get_object_or_404(HealthCommunity, slug=slug)
    if not may(user, community):
        raise NotAllowed(_("Du har ikke en rolle i dette helsefellesskapet som gir tilgang til siden."))
    return community


def partners_of(community: HealthCommunity) -> QuerySet[Partner]:
    """The parties that are members today: the kommuner last, and by Norwegian alphabet."""
    today = timezone.localdate()
    current = community.memberships.exclude(start__gt=today).exclude(end__lt=today)
    kommuner_last = Case(When(kind=Partner.Kind.MUNICIPALITY, then=Value(1)), default=Value(0))
    return Partner.objects.filter(memberships__in=current).order_by(kommuner_last, by_norwegian("name"), "pk")


def secretariat_of(community: HealthCommunity) -> QuerySet[SecretariatPlace]:
    """The places that hold today or later, with their people."""
    return current(community.secretariat.select_related("user")).order_by(by_norwegian("user__name"), "pk")


def representatives_of(community: HealthCommunity) -> QuerySet[Representative]:
    return current(community.representatives.select_related("user", "partner")).order_by(
        by_norwegian("partner__name"), by_norwegian("user__name"), "pk"
    )


def current[Q: QuerySet](facts: Q) -> Q:
    """Dated facts that have not ended: those of today, and those that begin later."""
    return facts.exclude(end__lt=timezone.localdate())
