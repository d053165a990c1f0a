"""What is old says so at once, and leads to what is in force."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from plans import document as doc
from plans.models import Plan
from tests import make
from tests.people import Cast

TODAY = timezone.localdate()


def banner(client: Client, address: str) -> tuple[str, list[str]]:
    page = html.document_fromstring(client.get(address).content)
    found = page.xpath("//div[@class='banner old']")
    words = " ".join(found[0].text_content().split()) if found else ""
    return words, page.xpath("//div[@class='banner old']//a/@href")


def adopted(cast: Cast, slug: str, follows: Plan | None = None, **facts) -> Plan:
    draft = make.draft(cast.troms, by=cast.kari, slug=slug, title=slug.capitalize(), **facts)
    draft.follows = follows
    draft.save()
    return make.adopt_draft(cast.ssu, draft, by=cast.kari, day=TODAY - timedelta(days=9))


@pytest.mark.django_db
def test_over_several_years_the_way_leads_to_the_newest(client: Client, cast: Cast) -> None:
    first = adopted(cast, "forste")
    second = adopted(cast, "andre", first)
    third = adopted(cast, "tredje", second)
    for old in (first, second):
        words, links = banner(client, old.get_absolute_url())
        assert words == "Denne planen gjelder ikke lenger. Les den som har kommet etter: Tredje"
        assert links == [third.get_absolute_url()]
    assert banner(client, third.get_absolute_url()) == ("", [])


@pytest.mark.django_db
def test_where_the_period_is_over_it_leads_to_the_community(client: Client, cast: Cast) -> None:
    over = adopted(cast, "gammel", period=doc.Period(start="2020-01-01", end=str(date(2020, 12, 31))))
    words, links = banner(client, over.get_absolute_url())
    assert words.startswith("Perioden er over, og ingen ny plan har kommet etter.")
    assert links == ["/troms-og-ofoten/"]


@pytest.mark.django_db
def test_a_new_plan_says_in_a_sentence_what_differs_from_the_one_before(client: Client, cast: Cast) -> None:
    first = adopted(cast, "forste", measures=2)
    second = adopted(cast, "andre", first, measures=4)
    said = {plan.slug: client.get(plan.get_absolute_url()).text for plan in (first, second)}
    assert "Hva er endret siden forrige plan</a>: 2 tiltak nye." in said["andre"]
    assert "Hva er endret" not in said["forste"]
