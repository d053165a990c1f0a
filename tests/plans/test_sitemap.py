"""What machines are told: every public page once, nothing else; and what a shared link says of its page."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from plans.actions import withdraw, write_summary
from plans.models import Item, Plan
from tests import make
from tests.people import Cast

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def locations(client: Client, address: str) -> list[str]:
    found = ElementTree.fromstring(client.get(address).content).iter(LOC)
    return [str(element.text).removeprefix("http://testserver") for element in found]


def listed(client: Client) -> list[str]:
    return [page for part in locations(client, "/sitemap.xml") for page in locations(client, part)]


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")


def codes(plan: Plan) -> set[str]:
    items = Item.objects.filter(occurrences__revision__plan=plan, kind=Item.Kind.MEASURE)
    return {item.get_absolute_url() for item in items}


def test_every_address_that_is_listed_is_a_public_page(client: Client, cast: Cast, plan: Plan) -> None:
    pages = listed(client)
    assert len(pages) == len(set(pages))
    assert {plan.get_absolute_url(), "/kommune/tromso/", "/troms-og-ofoten/", *codes(plan)} <= set(pages)
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)
    assert cast.draft.get_absolute_url() not in pages


def test_what_is_taken_down_is_taken_off(client: Client, cast: Cast, plan: Plan) -> None:
    gone = {plan.get_absolute_url(), *codes(plan)}
    withdraw(plan, by=cast.kari, reason="Måtte ned.")
    assert gone & set(listed(client)) == set()


def test_machines_are_shown_the_map_and_not_the_work(client: Client) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /arbeid/", "Disallow: /nn/arbeid/", "Disallow: /kopi/"} <= set(lines)
    assert lines[-1].endswith("/sitemap.xml")
    assert not any(line in ("Disallow: /", "Disallow: /nn/") for line in lines)


def test_a_shared_link_has_a_title_and_a_summary(client: Client, cast: Cast, plan: Plan) -> None:
    write_summary(plan, by=cast.kari, text="Planen sier hvem som gjør hva.")
    item = sorted(codes(plan))[0]
    for address, title, about in (
        (plan.get_absolute_url(), "Handlingsplan 2026", "Planen sier hvem som gjør hva."),
        (
            reverse("responsible_page", args=["troms-og-ofoten", "ssu"]),
            "Dette har Strategisk samarbeidsutvalg (SSU) ansvar for",
            None,
        ),
        ("/kommune/tromso/", "Tromsø kommune", None),
        ("/troms-og-ofoten/", "Helsefellesskapet Troms og Ofoten", None),
        (item, "Tiltak nummer", None),
        ("/", "Hva er avtalt", None),
    ):
        page = html.document_fromstring(client.get(address).content)
        told = {
            meta.get("property") or meta.get("name"): meta.get("content") for meta in page.xpath("//meta")
        }
        assert told["og:title"].startswith(title)
        assert told["og:description"] == told["description"] == (about or told["description"])
        assert len(told["description"]) > 20
        assert page.xpath("//link[@rel='canonical']/@href")[0].endswith(address)


def test_a_choice_of_measures_is_the_same_page_to_a_search_engine(client: Client, plan: Plan) -> None:
    page = html.document_fromstring(client.get(plan.get_absolute_url(), {"ansvarlig": "ssu"}).content)
    assert page.xpath("//link[@rel='canonical']/@href")[0].endswith(plan.get_absolute_url())
