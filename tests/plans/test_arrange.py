"""Adding, moving and deleting sections, goals and measures."""

import json

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsefellesskap.errors import WrongState
from partners.models import HealthCommunity, User
from plans import actions
from plans.models import Goal, Item, Measure, Plan, Section
from plans.snapshot import document_of

from .conftest import make_draft
from .documents import plan_of_size, small_plan
from .editing import goal, measure, row_url, section, sent


@pytest.fixture
def signed_in(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


def shape(plan: Plan) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Headings, goals and measures in reading order."""
    return [
        (s.heading, [(g.text, [m.text for m in g.measures]) for g in s.goals])
        for _depth, s in document_of(plan).walk_sections()
    ]


def test_new_rows_come_last_under_their_parent(signed_in: Client, draft: Plan):
    work = draft.get_work_url()
    signed_in.post(f"{work}ny/kapittel/", sent(signed_in, f"{work}ny/kapittel/", heading="Sist"))
    under = f"{row_url(draft, section(draft))}ny/"
    signed_in.post(f"{under}kapittel/", sent(signed_in, f"{under}kapittel/", heading="Under"))
    signed_in.post(f"{under}maal/", sent(signed_in, f"{under}maal/", html="Nytt mål"))
    under = f"{row_url(draft, goal(draft, 'Nytt mål'))}ny/"
    answer = signed_in.post(f"{under}tiltak/", sent(signed_in, f"{under}tiltak/", html="Nytt tiltak"))
    new = Measure.objects.get(html="Nytt tiltak")
    assert answer.url == f"{work}#rad-{new.item.code}"
    assert shape(draft)[2:] == [
        (
            "Overganger",
            [
                ("Trygge overganger", ["Lage felles rutine for utskriving", "Møtes hvert halvår"]),
                ("Læring på tvers", ["Dele erfaringer"]),
                ("Nytt mål", ["Nytt tiltak"]),
            ],
        ),
        ("Under", []),
        ("Sist", []),
    ]
    assert [e.item.kind for e in draft.edits.filter(field="added").order_by("pk")] == [
        "section",
        "section",
        "goal",
        "measure",
    ]


def test_a_form_that_is_sent_twice_adds_once(signed_in: Client, draft: Plan):
    url = f"{draft.get_work_url()}ny/kapittel/"
    form = sent(signed_in, url, heading="Nytt")
    answers = [signed_in.post(url, form).url for _click in range(2)]
    assert answers[0] == answers[1] == f"{draft.get_work_url()}#rad-{section_named(draft, 'Nytt').item.code}"
    # Back to the same form by the browser's button: other words are another chapter.
    signed_in.post(url, form | {"heading": "Også nytt"})
    # A new form with the same words is meant.
    signed_in.post(url, sent(signed_in, url, heading="Nytt"))
    assert [heading for heading, _goals in shape(draft)][-3:] == ["Nytt", "Også nytt", "Nytt"]


def section_named(plan: Plan, heading: str) -> Section:
    return plan.sections.get(heading=heading)


def test_a_measure_stands_under_a_goal_and_nowhere_else(signed_in: Client, draft: Plan):
    for url in ("ny/tiltak/", "ny/maal/", "ny/noe-annet/"):
        assert signed_in.get(draft.get_work_url() + url).status_code == 404
    assert signed_in.get(f"{row_url(draft, section(draft))}ny/tiltak/").status_code == 404
    assert signed_in.get(f"{row_url(draft, measure(draft))}ny/tiltak/").status_code == 404


def test_moving_up_and_down_changes_places_with_the_neighbour(signed_in: Client, draft: Plan):
    url = f"{row_url(draft, goal(draft))}flytt/"
    signed_in.post(url, {"step": "down"})
    assert [g for g, _measures in shape(draft)[2][1]] == ["Læring på tvers", "Trygge overganger"]
    signed_in.post(url, {"step": "down"})
    assert [g for g, _measures in shape(draft)[2][1]] == ["Læring på tvers", "Trygge overganger"]
    signed_in.post(url, {"step": "up"})
    assert [g for g, _measures in shape(draft)[2][1]] == ["Trygge overganger", "Læring på tvers"]
    assert list(draft.edits.order_by("pk").values_list("field", "before", "after")) == [
        ("position", "1", "2"),
        ("position", "2", "1"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from([-1, 1])), max_size=6), st.booleans())
def test_moves_give_the_order_that_a_list_would_have(
    community: HealthCommunity, kari: User, moves: list[tuple[int, int]], all_at_zero: bool
):
    plan = make_draft(plan_of_size(15), community, kari)
    rows = list(Measure.objects.filter(goal__section__plan=plan, goal__section__number="1"))
    if all_at_zero:
        Measure.objects.filter(pk__in=[r.pk for r in rows]).update(position=0)
    expected = [row.pk for row in rows]
    for place, step in moves:
        actions.move_row(Measure.objects.get(pk=expected[place]), by=kari, step=step)
        if 0 <= place + step < len(expected):
            other = place + step
            expected[place], expected[other] = expected[other], expected[place]
    assert list(Measure.objects.filter(goal=rows[0].goal).values_list("pk", flat=True)) == expected


def test_moving_to_another_parent_puts_it_last(signed_in: Client, draft: Plan):
    there = goal(draft, "Læring på tvers")
    row = measure(draft)
    page = signed_in.get(row_url(draft, row))
    assert page.context["move_form"].fields["to"].choices == [
        (goal(draft).item.code, "2.1 Overganger: Trygge overganger"),
        (there.item.code, "2.1 Overganger: Læring på tvers"),
    ]
    signed_in.post(f"{row_url(draft, row)}flytt/", {"to": there.item.code})
    assert shape(draft)[2][1] == [
        ("Trygge overganger", ["Møtes hvert halvår"]),
        ("Læring på tvers", ["Dele erfaringer", "Lage felles rutine for utskriving"]),
    ]
    signed_in.post(f"{row_url(draft, section(draft))}flytt/", {"to": ""})
    assert [s.heading for s in document_of(draft).sections] == ["Innledning", "Innsatsområder", "Overganger"]
    signed_in.post(f"{row_url(draft, goal(draft))}flytt/", {"to": section(draft, "1").item.code})
    assert [g for g, _measures in shape(draft)[0][1]] == ["Trygge overganger"]


def test_a_section_cannot_move_into_itself_or_to_another_plan(
    signed_in: Client, draft: Plan, community: HealthCommunity, kari: User
):
    outer, inner = section(draft, "2"), section(draft)
    url = f"{row_url(draft, outer)}flytt/"
    assert signed_in.post(url, {"to": inner.item.code}).status_code == 404
    with pytest.raises(WrongState):
        actions.move_to(outer, inner, by=kari)
    elsewhere = section(make_draft(small_plan(), community, kari), "1")
    with pytest.raises(WrongState):
        actions.move_to(inner, elsewhere, by=kari)
    with pytest.raises(WrongState):
        actions.move_to(measure(draft), inner, by=kari)


def test_deleting_asks_first_and_keeps_the_words_in_the_log(signed_in: Client, draft: Plan):
    row = section(draft)
    url = f"{row_url(draft, row)}slett/"
    page = signed_in.get(url)
    assert [g.text for g in page.context["part"].goals] == ["Trygge overganger", "Læring på tvers"]
    assert Section.objects.filter(pk=row.pk).exists()
    assert signed_in.post(url).url == draft.get_work_url()
    assert (Goal.objects.count(), Measure.objects.count()) == (0, 0)
    assert Item.objects.filter(pk=row.item_id).exists()
    kept = json.loads(draft.edits.get(field="deleted").before)
    assert [m["text"] for m in kept["goals"][0]["measures"]] == [
        "Lage felles rutine for utskriving",
        "Møtes hvert halvår",
    ]


def test_only_by_post(signed_in: Client, draft: Plan):
    assert signed_in.get(f"{row_url(draft, measure(draft))}flytt/").status_code == 405
