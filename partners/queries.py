"""Fetch with permission: what a person may not see does not exist (404) or is refused in words (403)."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import by_norwegian
from helsefellesskap.errors import NotAllowed

from .models import HealthCommunity, Notice, NoticeOff, Partner, Representative, SecretariatPlace, User
from .roles import roles_of

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


# --- what people are told ---

NEWS_DAYS = 14


def live_notices() -> QuerySet[Notice]:
    """What is not done, for people who have not left; of reminders those that still are right."""
    return Notice.objects.filter(
        Q(user=None) | Q(user__is_active=True),
        Q(reminds_of=None) | Q(reminds_of__done=False, reminds_of__due=F("due")),
        done=False,
    )


def things_to_do(user: User) -> list[Notice]:
    """What the person was asked to do and has not done, what is due first at the top, in places of today."""
    places = {community for _role, community in roles_of(user)}
    asked = user.notices.filter(done=False, community__in=places).exclude(due=None)
    asked = asked.exclude(kind=Notice.Kind.REMINDER)
    return list(asked.select_related("community").order_by("due", "-made_at", "-pk"))


def news_for(user: User) -> list[Notice]:
    """What the person was told these two weeks and need not do anything about, the newest first."""
    since = timezone.now() - timedelta(days=NEWS_DAYS)
    news = user.notices.filter(done=False, due=None, made_at__gte=since)
    return list(news.select_related("community")[:50])


def kinds_wanted(person: User | str) -> list[str]:
    """The kinds of notices that come by e-mail: all, but for those that were turned off."""
    off = person.notices_off.all() if isinstance(person, User) else NoticeOff.objects.filter(email=person)
    unwanted = set(off.values_list("kind", flat=True))
    return [kind for kind in Notice.Kind.values if kind not in unwanted]
