"""The pages that show what changed: what they say, what can be chosen, and who may."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from partners.models import HealthCommunity, User
from plans import actions
from plans.change_words import summary
from plans.compare import compare
from plans.document import Goal, Measure, PlanDocument, Section
from plans.models import Measure as MeasureRow
from plans.models import Plan
from plans.views.compare import since_frozen

from .conftest import adopted, make_draft
from .documents import plan_of_size, small_plan


def public_url(plan: Plan) -> str:
    return reverse("compare_public", args=[plan.community.slug, plan.slug])


def work_url(plan: Plan) -> str:
    return reverse("compare_work", args=[plan.community.slug, plan.slug])


def page(client: Client, url: str, status: int = 200, **chosen: str) -> html.HtmlElement:
    response = client.get(url, chosen)
    assert response.status_code == status
    return html.fromstring(response.content)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def values(tree: html.HtmlElement, name: str = "fra") -> list[str]:
    return tree.xpath(f"//select[@name='{name}']//option/@value")


@pytest.fixture
def next_year(community: HealthCommunity, kari: User, draft: Plan) -> Plan:
    """The public plan of 2027, which follows the public one of 2026."""
    before = adopted(draft, kari)
    document = small_plan(title="Handlingsplan 2027")
    overganger = document.sections[1].sections[0]
    first, second = overganger.goals
    kept = replace(first.measures[0], html="Lage felles rutine for innskriving")
    goals = (
        replace(first, measures=(kept,)),
        replace(second, measures=(*second.measures, first.measures[1])),
    )
    area = replace(document.sections[1], sections=(replace(overganger, goals=goals),))
    plan = make_draft(
        replace(document, sections=(document.sections[0], area)), community, kari, follows=before
    )
    return adopted(plan, kari, case_number="08-2026")


# --- the public ---


def test_the_public_sees_what_changed_since_the_plan_before(next_year: Plan, client: Client) -> None:
    tree = page(client, public_url(next_year))
    assert text(tree.xpath("//p[@class='lead']")[1]) == (
        "1 tiltak endret, 1 flyttet. Endret i opplysningene om planen: tittel."
    )
    assert [text(ins) for ins in tree.xpath("//li[@class='change']//ins")] == ["lagt til: innskriving slutt"]
    assert [text(d) for d in tree.xpath("//li[@class='change']//del")] == ["tatt ut: utskriving slutt"]
    assert [text(tag) for tag in tree.xpath("//li[@class='change']//*[contains(@class, 'ds-tag')]")] == [
        "Endret",
        "Flyttet fra «Trygge overganger» til «Læring på tvers»",
    ]
    assert [text(s) for s in tree.xpath("//summary")] == ["1 uendret kapittel", "1 uendret tiltak"]


def test_the_plan_page_leads_there_only_where_there_is_something_to_compare(
    next_year: Plan, client: Client
) -> None:
    assert public_url(next_year) in client.get(next_year.get_absolute_url()).text
    assert next_year.follows
    assert public_url(next_year.follows) not in client.get(next_year.follows.get_absolute_url()).text


def test_the_public_chooses_among_what_is_public_only(
    next_year: Plan, community: HealthCommunity, kari: User, client: Client
) -> None:
    secret = make_draft(small_plan(title="Hemmelig utkast"), community, kari)
    actions.freeze_named(secret, by=kari, name="til SSU")
    client.force_login(kari)  # the page knows no user
    tree = page(client, public_url(next_year))
    assert values(tree) == ["v1", "troms-og-ofoten/handlingsplan-2026/v1"]
    answer = client.get(public_url(next_year), {"fra": f"troms-og-ofoten/{secret.slug}/v1", "til": "v1"})
    assert (answer.status_code, "Hemmelig" in answer.text) == (422, False)
    assert client.get(public_url(secret)).status_code == 404


def test_another_communitys_public_plan_can_be_chosen(next_year: Plan, kari: User, client: Client) -> None:
    other = HealthCommunity.objects.create(slug="finnmark", name="Helsefellesskapet Finnmark")
    theirs = make_draft(small_plan(title="Plan for Finnmark"), other, kari)
    kari.secretariat_places.create(community=other, start="2020-01-01")
    actions.publish_received(
        theirs, by=User.objects.get(pk=kari.pk), published_from=next_year.created_at.date()
    )
    tree = page(client, public_url(next_year), fra="finnmark/plan-for-finnmark/v1", til="v1")
    assert "Helsefellesskapet Finnmark" in tree.xpath("//optgroup/@label")
    assert "helsefellesskap, tittel" in text(tree.xpath("//p[@class='lead']")[1])


def test_two_of_the_same_are_refused_in_words(next_year: Plan, client: Client) -> None:
    tree = page(client, public_url(next_year), 422, fra="v1", til="v1")
    assert text(tree.xpath("//ds-error-summary//li")[0]) == "Velg to forskjellige versjoner."


def test_what_did_not_change_is_not_sent_again(next_year: Plan, client: Client) -> None:
    first = client.get(public_url(next_year))
    again = client.get(public_url(next_year), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "sessionid" not in first.cookies


# --- the workbench ---


def test_the_draft_is_compared_with_its_newest_frozen_version(
    draft: Plan, kari: User, client: Client
) -> None:
    actions.freeze_named(draft, by=kari, name="til FSU")
    actions.freeze_named(draft, by=kari, name="til SSU 12. mars")
    MeasureRow.objects.filter(html="Dele erfaringer").delete()
    client.force_login(kari)
    tree = page(client, work_url(draft))
    assert values(tree) == ["utkast", "v2", "v1"]
    assert text(tree.xpath("//h2")[0]) == (
        "Fra «Handlingsplan 2026, versjon 2, til SSU 12. mars» til «Handlingsplan 2026, utkastet nå»"
    )
    assert text(tree.xpath("//p[@class='lead']")[1]) == "1 tiltak tatt ut."
    assert text(tree.xpath("//li[@class='change']//del")[0]) == "tatt ut: Dele erfaringer slutt"


def test_drafts_that_one_may_not_read_are_no_choice(
    draft: Plan, community: HealthCommunity, kari: User, client: Client
) -> None:
    mine = make_draft(small_plan(title="Vårt andre utkast"), community, kari)
    other = HealthCommunity.objects.create(slug="finnmark", name="Helsefellesskapet Finnmark")
    theirs = make_draft(small_plan(title="Deres utkast"), other, kari)
    client.force_login(kari)
    tree = page(client, work_url(draft))
    assert values(tree) == ["utkast", f"troms-og-ofoten/{mine.slug}/utkast"]
    page(client, work_url(draft), 422, fra="utkast", til=f"finnmark/{theirs.slug}/utkast")


def test_outsiders_may_not(draft: Plan, ola: User, client: Client) -> None:
    client.force_login(ola)
    assert client.get(work_url(draft)).status_code == 403


@pytest.mark.parametrize(("address", "role"), [(public_url, None), (work_url, "kari")])
def test_300_measures_take_as_many_queries_as_3(
    address: Callable[[Plan], str],
    role: str | None,
    community: HealthCommunity,
    kari: User,
    client: Client,
) -> None:
    if role:
        client.force_login(kari)

    def queries(size: int, case: str) -> int:
        before = adopted(make_draft(plan_of_size(size), community, kari), kari, case_number=f"1{case}-2026")
        plan = make_draft(plan_of_size(size), community, kari, follows=before)
        if role is None:
            adopted(plan, kari, case_number=f"2{case}-2026")
        chosen = {"fra": f"troms-og-ofoten/{before.slug}/v1", "til": "utkast" if role else "v1"}
        client.get(address(plan), chosen)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(address(plan), chosen).status_code == 200
        return len(counted)

    assert queries(3, "1") == queries(300, "2")


# --- in words ---


def plan(*measures: str, label: str = "", **facts: Any) -> PlanDocument:
    rows = tuple(Measure(key="", text=text, label=label and "abcdef"[n]) for n, text in enumerate(measures))
    return PlanDocument(
        sections=(Section(key="", heading="Område", goals=(Goal(key="", text="Mål", measures=rows),)),),
        **facts,
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (plan("Én"), plan("Én"), "Ingenting er endret."),
        (plan("Én"), plan("Én", "To", "Tre"), "2 tiltak nye."),
        (plan("Én"), plan("To"), "1 tiltak nytt, 1 tatt ut."),
        (plan("Én", "To", "Tre"), plan("Tre", "Én", "To"), "1 tiltak flyttet."),
        (
            plan("Én", label="a"),
            plan("To", "Én", label="a"),
            "1 tiltak nytt, 1 med ny bokstav eller nytt nummer.",
        ),
        (
            plan("Én", title="2026"),
            plan("Én", title="2027", vision="Sammen"),
            "Endret i opplysningene om planen: tittel, visjon.",
        ),
        (plan(), PlanDocument(), "1 mål tatt ut. 1 kapittel tatt ut."),
    ],
)
def test_the_summary_is_a_sentence(old: PlanDocument, new: PlanDocument, words: str) -> None:
    assert summary(compare(old, new)) == words


def test_without_a_frozen_version_nothing_is_said_to_have_changed() -> None:
    assert since_frozen(plan("Én"), []) == ""
