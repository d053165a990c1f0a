"""The hints on their page and in the writing page's fragment: let be and brought back, explained, chosen."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.models import HealthCommunity, User
from plans.models import Measure, Plan, Responsible, WavedOff

from .conftest import adopted, make_draft
from .documents import plan_of_size, small_plan
from .editing import measure

# That no measure serves children and young people.
BARN = {"kind": "unserved_group", "key": "", "words": "children_youth"}


@pytest.fixture
def plan(community: HealthCommunity, kari: User) -> Plan:
    """The small plan, with no abbreviation explained: PM, SSU and SEKR are three hints."""
    return make_draft(small_plan(abbreviations=(), title="Plan til PM"), community, kari)


def url(name: str, plan: Plan) -> str:
    return reverse(name, args=[plan.community.slug, plan.slug])


def shown(client: Client, plan: Plan, name: str = "hints") -> list[tuple[str, str]]:
    groups = client.get(url(name, plan)).context["groups"]
    return [(row.hint.check, row.words) for _said, rows in groups for row in rows]


def test_the_page_lists_what_a_reader_would_remark_on(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    assert shown(client, plan) == [
        ("no_responsible", "Dele erfaringer"),
        ("unexplained_abbreviation", "PM"),
        ("unexplained_abbreviation", "SEKR"),
        ("unexplained_abbreviation", "SSU"),
        ("unserved_group", "Barn og unge"),
        ("unserved_group", "Personer med alvorlige psykiske lidelser og rusproblemer"),
        ("unserved_group", "Personer med flere kroniske lidelser"),
    ]
    assert "7 merknader til teksten" in client.get(plan.get_work_url()).text


def test_the_fragment_shows_what_the_page_shows(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    client.post(url("wave_off", plan), BARN | {"reason": "Har egen plan."})
    page, fragment = (client.get(url(name, plan)).context for name in ("hints", "write_hints"))
    for part in ("count", "groups", "let_be"):
        assert fragment[part] == page[part], part
    assert fragment["count"] == 6


def test_the_fragment_comes_again_only_when_it_says_something_else(
    plan: Plan, kari: User, client: Client
) -> None:
    client.force_login(kari)
    tag = client.get(url("write_hints", plan)).context["tag"]
    again = client.get(url("write_hints", plan), {"tag": tag})
    assert (again.status_code, again.content) == (204, b"")
    client.post(url("explain", plan), {"short": "SSU"})
    assert client.get(url("write_hints", plan), {"tag": tag}).context["tag"] != tag


def test_the_fragment_takes_as_many_queries_for_300_measures(
    community: HealthCommunity, kari: User, client: Client
) -> None:
    client.force_login(kari)
    counts = []
    for measures in (3, 300):
        plan = make_draft(plan_of_size(measures), community, kari)
        Responsible.objects.filter(measure__goal__section__plan=plan).delete()
        Measure.objects.filter(goal__section__plan=plan).update(responsible_text="")
        plan.waved_off.create(fingerprint="spelling::helsefelleskap", reason="Sitat.", by=kari)
        with CaptureQueriesContext(connection) as queries:
            found = shown(client, plan, "write_hints")
        counts.append((len([check for check, _w in found if check == "no_responsible"]), len(queries)))
    assert [said for said, _queries in counts] == [3, 300]
    assert counts[0][1] == counts[1][1] <= 20


def test_one_click_explains_an_abbreviation_by_the_committees(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    for _twice in range(2):
        client.post(url("explain", plan), {"short": "SSU"})
    assert list(plan.abbreviations.values_list("short", "long")) == [("SSU", "Strategisk samarbeidsutvalg")]
    assert ("unexplained_abbreviation", "SSU") not in shown(client, plan)
    assert client.post(url("explain", plan), {"short": "XYZ"}).status_code == 422


def test_an_abbreviation_of_no_body_is_explained_in_words(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    assert client.post(url("explain", plan), {"short": "PHR", "long": " "}).status_code == 422
    client.post(url("explain", plan), {"short": "PHR", "long": " psykisk helse og rus "})
    assert list(plan.abbreviations.values_list("short", "long")) == [("PHR", "psykisk helse og rus")]


def test_what_is_offered_comes_from_the_communitys_own_bodies(plan: Plan, kari: User, client: Client) -> None:
    Plan.objects.filter(pk=plan.pk).update(vision="UNN og FACT")
    client.force_login(kari)
    groups = client.get(url("write_hints", plan)).context["groups"]
    assert {
        row.words: row.offer for _said, rows in groups for row in rows if row.said.startswith("Forkort")
    } == {
        "PM": "Partnerskapsmøtet",
        "UNN": "Universitetssykehuset Nord-Norge HF",
        "FACT": "",
        "SEKR": "Sekretariatet",
        "SSU": "Strategisk samarbeidsutvalg",
    }


def test_a_hint_is_let_be_with_a_reason_and_brought_back(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    assert client.post(url("wave_off", plan), BARN | {"reason": " "}).status_code == 422
    for _twice in range(2):
        client.post(url("wave_off", plan), BARN | {"reason": "Har egen plan."})
    assert ("unserved_group", "Barn og unge") not in shown(client, plan)
    [let_be] = client.get(url("hints", plan)).context["let_be"]
    assert (let_be.words, let_be.let_be.reason, let_be.let_be.by) == ("Barn og unge", "Har egen plan.", kari)
    for _twice in range(2):
        client.post(url("bring_back", plan), BARN)
    assert ("unserved_group", "Barn og unge") in shown(client, plan)
    assert not WavedOff.objects.exists()


def test_what_was_let_be_is_raised_again_by_new_words(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    row = measure(plan, "c")
    hint = {"kind": "no_responsible", "key": str(row.item_id), "words": row.text}
    client.post(url("wave_off", plan), hint | {"reason": "Alle."})
    assert "no_responsible" not in dict(shown(client, plan))
    Measure.objects.filter(pk=row.pk).update(html="Dele alle erfaringer")
    assert ("no_responsible", "Dele alle erfaringer") in shown(client, plan)
    assert client.get(url("hints", plan)).context["let_be"] == []


def test_the_writing_page_is_answered_with_the_fragment(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    answer = client.post(url("wave_off", plan), BARN | {"reason": "Har egen plan.", "from": "write"})
    assert answer["Location"] == url("write_hints", plan)
    assert list(client.get(url("hints", plan)).context["messages"]) == []  # the page has said so itself


def test_a_community_turns_hints_on_and_off(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    client.post(url("choose_hints", plan), {"kinds": ["no_deadline"]})
    assert ("no_deadline", "Dele erfaringer") in shown(client, plan)
    client.post(url("choose_hints", plan), {})
    assert "no_deadline" not in dict(shown(client, plan))


def test_others_and_locked_plans(plan: Plan, kari: User, ola: User, client: Client) -> None:
    client.force_login(ola)
    for name in ("hints", "write_hints", "wave_off", "bring_back", "explain", "choose_hints"):
        ask: Any = client.get if name in ("hints", "write_hints") else client.post
        assert ask(url(name, plan)).status_code == 403
    client.force_login(kari)
    adopted(plan, kari)
    assert client.get(url("write_hints", plan)).status_code == 409
    for name in ("explain", "wave_off", "bring_back"):
        sent = BARN | {"short": "SSU", "reason": "Har egen plan."}
        assert client.post(url(name, plan), sent).status_code == 409
