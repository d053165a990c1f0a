"""«Ny plan fra …»: the structure of one's own last plan, or another community's text with its source."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from helsefellesskap.errors import NotAllowed, WrongState
from partners.models import HealthCommunity, SecretariatPlace, User
from plans import actions, queries
from plans.models import Fate, Plan
from plans.snapshot import document_of
from tests import make

from .conftest import adopted


@pytest.fixture
def old(draft: Plan, kari: User) -> Plan:
    return adopted(draft, kari)


@pytest.fixture
def finnmark(db: None) -> HealthCommunity:
    return make.community("finnmark", "Helsefellesskapet Finnmark")


@pytest.fixture
def nils(finnmark: HealthCommunity) -> User:
    nils = make.user("Nils Nabo")
    SecretariatPlace.objects.create(community=finnmark, user=nils, start=date(2020, 1, 1))
    return nils


def url(community: HealthCommunity) -> str:
    return reverse("start_plan", args=[community.slug])


def structure(plan: Plan) -> list[tuple[str, str, list[str]]]:
    document = document_of(plan)
    return [(s.number, s.heading, [g.text for g in s.goals]) for _depth, s in document.walk_sections()]


def test_the_next_year_begins_with_structure_and_a_list(old: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    response = client.post(url(old.community), {"source": old.revisions.get().pk, "title": "", "kind": ""})
    new = old.followed_by.get()
    assert response["Location"] == reverse("carry_over", args=[old.community.slug, new.slug])
    assert (new.title, new.slug, new.state) == ("Handlingsplan 2027", "handlingsplan-2027", "draft")
    assert (new.period_text, new.period_start, new.period_end) == (
        "Gjelder 2027",
        date(2027, 1, 1),
        date(2027, 12, 31),
    )
    assert structure(new) == structure(old)
    assert (list(document_of(new).walk_measures()), queries.carry_count(new)) == ([], (3, 3))
    # Sections and goals are new ones that know what they continue.
    assert set(Fate.objects.filter(plan=new).values_list("kind", flat=True)) == {"continued"}
    assert Fate.objects.filter(plan=new).count() == 5


def test_from_another_community_the_words_come_with_their_source(
    old: Plan, finnmark: HealthCommunity, nils: User, client: Client
) -> None:
    client.force_login(nils)
    response = client.post(url(finnmark), {"source": old.revisions.get().pk, "title": "Vår plan", "kind": ""})
    plan = finnmark.plans.get()
    assert response["Location"] == plan.get_work_url()
    assert (plan.title, plan.follows, plan.period_start) == ("Vår plan", None, None)
    measures = [m for _s, _g, m in document_of(plan).walk_measures()]
    # Without the status, and without what was struck out.
    assert [(m.text, m.status) for m in measures] == [
        ("Lage felles rutine for utskriving", None),
        ("Dele erfaringer", None),
    ]
    source = "Helsefellesskapet Troms og Ofoten, Handlingsplan 2026 v1"
    assert [past.borrowed_from for past in queries.pasts(plan).values()] == [source] * 2
    page = client.get(plan.get_work_url()).text
    assert page.count(f"Hentet fra {source}") == 2
    assert f"<dt>Laget fra</dt><dd>{source}</dd>" in page
    # There is nothing to decide on, and nothing in the way.
    assert queries.carry_count(plan) == (0, 0)
    assert client.get(reverse("carry_over", args=[finnmark.slug, plan.slug])).status_code == 404
    actions.freeze_named(plan, by=nils, name="Til SSU")


def test_blank_needs_a_title(community: HealthCommunity, kari: User, client: Client) -> None:
    client.force_login(kari)
    response = client.post(url(community), {"source": "", "title": "", "kind": "action_plan"})
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {"title": ["En tom plan må ha dette."]},
    )
    client.post(url(community), {"source": "", "title": "Ny", "kind": "strategy"})
    assert [(p.title, p.kind) for p in Plan.objects.all()] == [("Ny", "strategy")]


def test_only_what_is_adopted_and_public_is_offered(
    old: Plan, draft: Plan, kari: User, client: Client
) -> None:
    client.force_login(kari)
    tomorrow = date(2999, 1, 1)
    later = adopted(
        make.draft(old.community, by=kari, title="Senere"),
        kari,
        case_number="8-2026",
        published_from=tomorrow,
    )
    assert queries.sources_for(old.community) == [old.revisions.get()]
    page = client.get(url(old.community) + f"?fra={old.revisions.get().pk}")
    assert page.context["form"]["source"].value() == str(old.revisions.get().pk)
    with pytest.raises(WrongState):
        actions.start_from(old.community, by=kari, source=later.revisions.get())
    received = make.draft(old.community, by=kari, title="Mottatt")
    actions.publish_received(received, by=kari, published_from=date(2026, 1, 1))
    with pytest.raises(WrongState):
        actions.start_from(old.community, by=kari, source=received.revisions.get())


def test_only_the_secretariat_starts_plans(old: Plan, ola: User, nils: User, client: Client) -> None:
    for who in (ola, nils):
        client.force_login(who)
        assert client.post(url(old.community), {"source": old.revisions.get().pk}).status_code == 403
        with pytest.raises(NotAllowed):
            actions.start_from(old.community, by=who, source=old.revisions.get())


@pytest.mark.parametrize(
    ("source", "title"), [(False, "Handlingsplan 2027–2028 for oss"), (True, "Plan 2027-28")]
)
def test_the_years_in_a_title_are_the_new_plans_period(
    old: Plan, kari: User, client: Client, source: bool, title: str
) -> None:
    client.force_login(kari)
    chosen = old.revisions.get().pk if source else ""
    client.post(url(old.community), {"source": chosen, "title": title, "kind": "action_plan"})
    new = Plan.objects.get(title=title)
    assert (new.period_start, new.period_end) == (date(2027, 1, 1), date(2028, 12, 31))
