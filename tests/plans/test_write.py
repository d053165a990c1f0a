"""The page where a whole plan is written."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from partners.models import HealthCommunity, SecretariatPlace, User
from plans import actions
from plans.carrying import Decision, State
from plans.models import Plan
from plans.queries import old_measures
from plans.snapshot import document_of, to_draft

from .conftest import adopted, make_draft
from .documents import plan_of_size, small_plan
from .editing import measure


@pytest.fixture
def signed_in(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


def address(plan: Plan, name: str = "write", **more: object) -> str:
    return reverse(name, kwargs={"community": plan.community.slug, "plan": plan.slug, **more})


def test_opening_takes_twelve_queries_for_3_as_for_300_measures(
    signed_in: Client, community: HealthCommunity, kari: User
):
    counts = []
    for measures in (3, 300):
        plan = make_draft(plan_of_size(measures), community, kari)
        with CaptureQueriesContext(connection) as queries:
            answer = signed_in.get(address(plan))
        shown = sum(len(g.measures) for s in answer.context["rows"].sections for g in s.goals)
        counts.append((shown, len(queries)))
    assert [shown for shown, _queries in counts] == [3, 300]
    assert counts[0][1] == counts[1][1] <= 12


def test_a_measure_tells_where_it_comes_from(signed_in: Client, draft: Plan, kari: User):
    """«Videreført fra …» at its row; a plan that carries all opens with no query more than one a page."""
    old = adopted(make_draft(plan_of_size(300), draft.community, kari), kari)
    new = actions.start_from(draft.community, by=kari, source=old.revisions.get())
    decisions = [Decision(old=o.key, wanted=State("continued"), seen=o.state) for o in old_measures(new)]
    actions.carry_over(new, by=kari, decisions=decisions)
    with CaptureQueriesContext(connection) as queries:
        page = signed_in.get(address(new)).text
    assert page.count("Videreført fra «Handlingsplan»") == 300
    assert len(queries) <= 12


def test_borrowed_words_say_whose_they_are(signed_in: Client, draft: Plan, kari: User):
    old = adopted(draft, kari)
    other = HealthCommunity.objects.create(slug="finnmark", name="Helsefellesskapet Finnmark")
    SecretariatPlace.objects.create(community=other, user=kari, start=date(2020, 1, 1))
    new = actions.start_from(other, by=User.objects.get(pk=kari.pk), source=old.revisions.get())
    page = signed_in.get(address(new)).text
    assert (
        page.count("Hentet fra Helsefellesskapet Troms og Ofoten, Handlingsplan 2026 v1") == 2
    )  # what is struck stays behind


def test_every_text_of_the_plan_stands_in_a_cell(signed_in: Client, draft: Plan):
    page = signed_in.get(address(draft)).content.decode()
    for _depth, section in document_of(draft).walk_sections():
        assert section.heading in page
    for _section, _goal, row in document_of(draft).walk_measures():
        assert row.html in page or escape(row.html) in page
        for words in row.extra.values():
            assert f">{words}</textarea>" in page


def test_every_field_of_a_row_is_one_step_away(signed_in: Client, draft: Plan):
    row = measure(draft)
    answer = signed_in.get(address(draft, "write_row", key=row.item_id))
    assert answer.url == address(draft, "edit_row", code=row.item.code)


def test_a_row_of_another_plan_is_not_this_plans(signed_in: Client, draft: Plan, kari: User):
    other = to_draft(small_plan(), community=draft.community, by=kari, slug="en-annen")
    key = measure(other).item_id
    assert signed_in.get(address(draft, "write_row", key=key)).status_code == 404
    assert signed_in.get(address(other, "write_row", key=key)).status_code == 302


def test_a_locked_plan_is_not_written(signed_in: Client, draft: Plan, kari: User):
    adopted(draft, kari)
    assert signed_in.get(address(draft)).status_code == 409


def test_the_names_that_can_be_responsible(signed_in: Client, draft: Plan):
    assert signed_in.get(address(draft, "responsible_names")).json()["names"] == [
        ["PM", "Partnerskapsmøtet"],
        ["SSU", "Strategisk samarbeidsutvalg"],
        ["SEKR", "Sekretariatet"],
        ["UNN", "Universitetssykehuset Nord-Norge HF"],
    ]
