"""What the public may see of communities: which there are, whom they gather, where a kommune belongs."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Seat
from helsefellesskap.databases import by_norwegian, norwegian_key
from partners.models import Agreement, HealthCommunity, Membership, Partner
from partners.roles import on
from plans.models import Plan, Revision

from .public import standings

KINDS = {
    Partner.Kind.HOSPITAL_TRUST: _("Helseforetak"),
    Partner.Kind.PRIVATE_HOSPITAL: _("Private sykehus"),
    Partner.Kind.MUNICIPALITY: _("Kommuner"),
    Partner.Kind.GP: _("Fastleger"),
    Partner.Kind.USER_ORGANISATION: _("Brukerorganisasjoner"),
    Partner.Kind.KS: "KS",
    Partner.Kind.OTHER: _("Andre parter"),
}


def present_memberships() -> QuerySet[Membership]:
    """Memberships that hold today, with community and partner, in Norwegian order of the partner."""
    day = timezone.localdate()
    return (
        Membership.objects.filter(Q(start=None) | Q(start__lte=day), Q(end=None) | Q(end__gte=day))
        .select_related("community", "partner")
        .order_by(by_norwegian("partner__name"))
    )


def communities_with_plans() -> Sequence[HealthCommunity]:
    """Every community with `.hospitals` (names), `.municipality_count` and `.plan_in_force`."""
    communities = list(
        HealthCommunity.objects.annotate(
            municipality_count=Count("memberships", Q(memberships__partner__kind="kommune"))
        ).order_by(by_norwegian("name"))
    )
    hospitals = defaultdict(list)
    for membership in present_memberships().filter(partner__kind="hf"):
        hospitals[membership.community_id].append(membership.partner.name)
    in_force = _plans_in_force()
    for community in communities:
        community.hospitals = hospitals[community.pk]  # type: ignore[attr-defined]  # for pages
        community.plan_in_force = in_force.get(community.pk)  # type: ignore[attr-defined]  # for pages
    return communities


def _plans_in_force() -> dict[int, Plan]:
    """Each community's newest plan that is in force, action plans before strategies."""
    day = timezone.localdate()
    adopted = (
        Revision.objects.filter(publication__published_from__lte=day, adoptions__isnull=False)
        .exclude(plan__period_end__lt=day)  # what has ended is not in force: most plans, over the years
        .select_related("publication", "plan__community", "plan__follows")
        .order_by("-plan__kind", "plan__period_start", "number")
        .defer("content")
        .distinct()
    )
    return {s.plan.community_id: s.plan for s in standings(adopted, day, decided=False) if s.in_force}


def municipality_names() -> list[str]:
    """The names to suggest; two kommuner of one name are told apart by their county."""
    found = Partner.objects.filter(kind="kommune", valid_to=None).values_list("name", "county")
    # Sorted here: a key a name, where SQLite would make two for each that it compares.
    rows = sorted(found, key=lambda row: norwegian_key(row[0]))
    names = Counter(name for name, _county in rows)
    return [f"{name} ({county})" if names[name] > 1 else name for name, county in rows]


def municipalities_named(words: str) -> list[Any]:
    """The kommuner (Partner) of exactly this name or number, else those whose name holds the words.

    Each has `.found_in`, its memberships.
    """
    # As it is typed on a phone, or pasted from a Mac: «Tromsø Kommune », «A» and a ring beside it.
    words = unicodedata.normalize("NFC", words).strip().removesuffix(")")
    name, _bracket, county = words.partition(" (")
    name = re.sub(r"\s+kommune$", "", name, flags=re.IGNORECASE)
    present = Partner.objects.filter(kind="kommune", valid_to=None).prefetch_related(
        Prefetch("memberships", present_memberships(), to_attr="found_in")
    )
    if county:
        present = present.filter(county__iexact=county)
    exact = list(present.filter(Q(name__iexact=name) | Q(municipality_number=name)))
    return exact or list(present.filter(name__icontains=name).order_by(by_norwegian("name")))


def committees_with_seats(community: HealthCommunity) -> list[Committee]:
    """The committees that still work, each with `.current_seats`, each of those with `.represented`."""
    day = timezone.localdate()
    seats = (
        Seat.objects.filter(on(day))
        .select_related("deputy_for")
        .prefetch_related(Prefetch("represents", to_attr="represented"))
        .order_by("pk")
    )
    return list(
        community.committees.filter(Q(until=None) | Q(until__gte=day)).prefetch_related(
            Prefetch("seats", seats, to_attr="current_seats")
        )
    )


def agreements_of(community: HealthCommunity) -> Iterable[Agreement]:
    """The community's agreements with `.party_count`, overall ones first."""
    return community.agreements.annotate(party_count=Count("parties")).order_by("parent", "kind", "title")


def members_by_kind(community: HealthCommunity) -> list[tuple[str, list[Membership]]]:
    """(name of the kind in the plural, its memberships); kinds without members left out."""
    by_kind = defaultdict(list)
    for membership in present_memberships().filter(community=community):
        by_kind[membership.partner.kind].append(membership)
    return [(str(name), by_kind[kind]) for kind, name in KINDS.items() if by_kind[kind]]
