"""`manage.py load_communities`: the facts come in once, and corrections stay."""

import csv

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from partners.management.commands.load_communities import DATA, load
from partners.models import HealthCommunity, Membership, Partner
from partners.models.communities import RESERVED_SLUGS

pytestmark = pytest.mark.django_db

SIZES = {
    "agder": 25,
    "ahus": 21,
    "bergen": 18,
    "finnmark": 18,
    "fonna": 16,
    "forde": 17,
    "helgeland": 18,
    "innlandet": 42,
    "lofoten-vesteralen-salten": 20,
    "more-og-romsdal": 27,
    "nord-trondelag": 19,
    "oslo": 1,
    "ostfold": 13,
    "st-olavs": 19,
    "stavanger": 15,
    "telemark": 17,
    "troms-og-ofoten": 24,
    "vestfold": 6,
    "vestre-viken": 21,
}


def kommuner(community):
    return community.partners.filter(kind=Partner.Kind.MUNICIPALITY)


def test_every_community_has_its_trust_and_its_kommuner():
    call_command("load_communities")
    found = {c.slug: kommuner(c).count() for c in HealthCommunity.objects.all()}
    assert found == SIZES
    assert sum(SIZES.values()) == 357
    trusts = Partner.objects.filter(kind=Partner.Kind.HOSPITAL_TRUST)
    assert [t.memberships.count() for t in trusts] == [1] * 19
    unn = trusts.get(short="UNN")
    assert (unn.name, unn.organisation_number) == ("Universitetssykehuset Nord-Norge HF", "983974899")
    assert list(unn.communities.values_list("slug", flat=True)) == ["troms-og-ofoten"]


def test_split_kommuner_carry_their_note():
    load()
    notes = Membership.objects.exclude(note="").values_list("partner__name", "community__slug", "note")
    assert set(notes) == {
        ("Oslo", "oslo", "delt mellom flere sykehus"),
        ("Bergen", "bergen", "delt mellom flere sykehus"),
        ("Asker", "vestre-viken", "delvis Drammen sykehus"),
        ("Holmestrand", "vestfold", "delvis Vestre Viken"),
        ("Lurøy", "helgeland", "delt mellom to sykehus"),
    }


def test_kommuner_of_the_same_name_have_addresses_of_their_own():
    load()
    found = Partner.objects.filter(name__in=["Herøy", "Våler"]).values_list("municipality_number", "slug")
    assert dict(found) == {
        "1515": "heroy-more-og-romsdal",
        "1818": "heroy-nordland",
        "3114": "valer-ostfold",
        "3419": "valer-innlandet",
    }


def test_a_second_run_changes_nothing_that_somebody_corrected():
    load()
    asker = Partner.objects.get(municipality_number="3203")
    asker.memberships.update(note="bare nordre del", end="2030-12-31")
    Membership.objects.filter(partner__municipality_number="1834").delete()
    HealthCommunity.objects.filter(slug="vestfold").update(name="Helsefellesskapet Vestfold", language="nn")
    before = list(Membership.objects.order_by("pk").values())

    assert sum(load().values()) == 0

    assert list(Membership.objects.order_by("pk").values()) == before
    vestfold = HealthCommunity.objects.get(slug="vestfold")
    assert (vestfold.name, vestfold.language) == ("Helsefellesskapet Vestfold", "nn")


def test_takes_few_queries_however_many_kommuner(django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        load()


def first_segments(resolver: URLResolver) -> set[str]:
    """The fixed first path segments of all addresses («» for the root, none for a community's own)."""
    found = set()
    for pattern in resolver.url_patterns:
        route = str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver) and "/" not in route:
            found |= first_segments(pattern)
        elif isinstance(pattern, URLPattern | URLResolver) and not route.startswith(("<", "(")):
            found.add(route.split("/")[0])
    return found


def test_no_community_can_take_an_address_that_is_in_use():
    used = first_segments(get_resolver()) - {""}
    assert {s for s in used if "." not in s} <= RESERVED_SLUGS
    with (DATA / "helsefellesskap.csv").open(encoding="utf-8") as file:
        assert {row["slug"] for row in csv.DictReader(file)} & RESERVED_SLUGS == set()
    with pytest.raises(ValidationError, match="Adressen er i bruk"):
        HealthCommunity(slug="arbeid", name="Arbeid").full_clean()
