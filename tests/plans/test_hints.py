"""The hints on their page: let be with a reason, an abbreviation explained by one click, chosen ones."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from partners.models import HealthCommunity, User
from plans.models import Plan, WavedOff

from .conftest import adopted, make_draft
from .documents import small_plan


@pytest.fixture
def plan(community: HealthCommunity, kari: User) -> Plan:
    """The small plan, with no abbreviation explained: PM, SSU and SEKR are three hints."""
    return make_draft(small_plan(abbreviations=(), title="Plan til PM"), community, kari)


def url(name: str, plan: Plan) -> str:
    return reverse(name, args=[plan.community.slug, plan.slug])


def shown(client: Client, plan: Plan) -> list[tuple[str, str]]:
    groups = client.get(url("hints", plan)).context["groups"]
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


def test_one_click_explains_an_abbreviation_by_the_committees(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    for _twice in range(2):
        client.post(url("explain", plan), {"short": "SSU"})
    assert list(plan.abbreviations.values_list("short", "long")) == [("SSU", "Strategisk samarbeidsutvalg")]
    assert ("unexplained_abbreviation", "SSU") not in shown(client, plan)
    assert client.post(url("explain", plan), {"short": "XYZ"}).status_code == 400


def test_a_hint_is_let_be_with_a_reason(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    hint = {"kind": "unserved_group", "key": "", "words": "children_youth"}
    assert client.post(url("wave_off", plan), hint | {"reason": " "}).status_code == 400
    for _twice in range(2):
        client.post(url("wave_off", plan), hint | {"reason": "Har egen plan."})
    assert ("unserved_group", "Barn og unge") not in shown(client, plan)
    assert [(w.reason, w.by) for w in WavedOff.objects.all()] == [("Har egen plan.", kari)]


def test_a_community_turns_hints_on_and_off(plan: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    client.post(url("choose_hints", plan), {"kinds": ["no_deadline"]})
    assert ("no_deadline", "Dele erfaringer") in shown(client, plan)
    client.post(url("choose_hints", plan), {})
    assert "no_deadline" not in dict(shown(client, plan))


def test_others_and_locked_plans(plan: Plan, kari: User, ola: User, client: Client) -> None:
    client.force_login(ola)
    for name in ("hints", "wave_off", "explain", "choose_hints"):
        ask: Any = client.get if name == "hints" else client.post
        assert ask(url(name, plan)).status_code == 403
    client.force_login(kari)
    adopted(plan, kari)
    assert client.post(url("explain", plan), {"short": "SSU"}).status_code == 409
