"""Adding, moving and deleting sections, goals and measures."""

import json
from typing import Any

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
    before = document_of(draft)
    signed_in.post(url, {"step": "down"})
    assert [g for g, _measures in shape(draft)[2][1]] == ["Læring på tvers", "Trygge overganger"]
    signed_in.post(url, {"step": "down"})  # the last of the plan
    assert [g for g, _measures in shape(draft)[2][1]] == ["Læring på tvers", "Trygge overganger"]
    signed_in.post(url, {"step": "up"})
    assert document_of(draft) == before
    assert list(draft.edits.values_list("field", flat=True)) == ["place", "place"]


def test_at_the_end_a_row_moves_into_the_parent_beside(signed_in: Client, draft: Plan):
    def step(row: Any, way: str, said: str = "") -> None:
        answer = signed_in.post(f"{row_url(draft, row)}flytt/", {"step": way}, follow=True)
        assert said in [str(message) for message in answer.context["messages"]] or not said

    first, second = measure(draft, "a"), measure(draft, "b")
    step(second, "down", "Flyttet til 2.1 b.")
    assert shape(draft)[2][1] == [
        ("Trygge overganger", ["Lage felles rutine for utskriving"]),
        ("Læring på tvers", ["Møtes hvert halvår", "Dele erfaringer"]),
    ]
    step(goal(draft), "up", "Flyttet til 2, mål 1.")
    assert shape(draft)[1][1] == [("Trygge overganger", ["Lage felles rutine for utskriving"])]
    step(first, "up", "Står øverst i planen.")  # no goal before this one
    assert shape(draft)[1][1] == [("Trygge overganger", ["Lage felles rutine for utskriving"])]
    for _step in range(3):
        step(goal(draft), "up")
    assert [g for g, _measures in shape(draft)[0][1]] == ["Trygge overganger"]


def tree(plan: Plan) -> list[str]:
    return [f"{'  ' * (depth - 1)}{s.number} {s.heading}" for depth, s in document_of(plan).walk_sections()]


def test_a_section_moves_into_the_one_beside_and_out_at_the_end(signed_in: Client, draft: Plan, kari: User):
    three = actions.add_row(draft, Item.Kind.SECTION, by=kari, values={"number": "3", "heading": "Felles"})
    actions.add_row(three, Item.Kind.SECTION, by=kari, values={"number": "3.1", "heading": "Kompetanse"})
    first = document_of(draft)

    def step(way: str, heading: str = "Overganger") -> list[str]:
        row = draft.sections.get(heading=heading)
        signed_in.post(f"{row_url(draft, row)}flytt/", {"step": way})
        return tree(draft)

    assert step("down")[1:] == ["2 Innsatsområder", "3 Felles", "  3.1 Overganger", "  3.2 Kompetanse"]
    assert step("down")[2:] == ["3 Felles", "  3.1 Kompetanse", "  3.2 Overganger"]
    assert step("down")[2:] == ["3 Felles", "  3.1 Kompetanse", "4 Overganger"]
    assert step("down")[2:] == ["3 Felles", "  3.1 Kompetanse", "4 Overganger"]
    assert step("up", "Innsatsområder")[:2] == ["1 Innsatsområder", "2 Innledning"]
    assert step("up", "Innsatsområder")[:2] == ["1 Innsatsområder", "2 Innledning"]
    assert [e.after for e in draft.edits.filter(field="number").order_by("pk")[:2]] == ["3.1", "3.2"]
    for _step in range(4):
        actions.undo(draft, by=kari)
    assert document_of(draft) == first


def test_a_section_lies_no_deeper_than_four_levels(signed_in: Client, draft: Plan, kari: User):
    deep: Any = section(draft)
    for heading in ("Tre", "Fire"):
        deep = actions.add_row(deep, Item.Kind.SECTION, by=kari, values={"heading": heading})
    one = section(draft, "1")
    places = signed_in.get(row_url(draft, one)).context["move_form"].fields["to"].choices
    assert [name for _code, name in places] == [
        "Øverst i planen",
        "2 Innsatsområder",
        "2.1 Overganger",
        "Tre",
    ]
    with pytest.raises(WrongState, match="dypere enn nivå 4"):
        actions.move_to(one, deep, by=kari)
    with pytest.raises(WrongState, match="dypere enn nivå 4"):
        actions.move_to(section(draft, "2"), one, by=kari)


@pytest.mark.parametrize(
    ("numbers", "moved"),
    [
        (["1", "2", "3"], ["1", "2", "3"]),
        (["1.", "2.", "3."], ["1.", "2.", "3."]),
        (["4", "5", "6"], ["4", "5", "6"]),
        (["1", "", "2"], ["1", "2", ""]),
        (["1", "3", "4"], ["1", "4", "3"]),
        (["1", "2", "A"], ["1", "A", "2"]),
    ],
)
def test_numbers_run_where_they_did(
    community: HealthCommunity, kari: User, numbers: list[str], moved: list[str]
):
    plan = make_draft(plan_of_size(3), community, kari)
    for row, number in zip(plan.sections.all(), numbers, strict=True):
        row.number = number
        row.save()
    actions.move_row(plan.sections.get(heading="Område 3"), by=kari, step=-1)
    assert [s.number for s in document_of(plan).sections] == moved
    actions.undo(plan, by=kari)
    assert [s.number for s in document_of(plan).sections] == numbers


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=15,
    deadline=None,
)
@given(st.lists(st.tuples(st.integers(0, 14), st.sampled_from([-1, 1])), max_size=6), st.booleans())
def test_every_step_passes_one_row_or_one_border(
    community: HealthCommunity, kari: User, moves: list[tuple[int, int]], all_at_zero: bool
):
    """A plan as a list of measures and of borders between goals: a step changes places with what is next."""
    plan = make_draft(plan_of_size(15), community, kari)
    if all_at_zero:
        Measure.objects.filter(goal__section__plan=plan).update(position=0)

    def line() -> list[str]:
        goals = [g for _s, g in document_of(plan).walk_goals()]
        return [key for g in goals for key in ("", *(m.key for m in g.measures))][1:]

    expected = line()
    rows = [key for key in expected if key]
    for n, step in moves:
        at = expected.index(rows[n])
        actions.move_row(Measure.objects.get(item=rows[n]), by=kari, step=step)
        if 0 <= at + step < len(expected):
            expected[at], expected[at + step] = expected[at + step], expected[at]
    assert line() == expected


def test_words_saved_since_the_row_was_read_stay(draft: Plan, kari: User):
    read = measure(draft)
    actions.edit_row(measure(draft), by=kari, version=1, values={"html": "Nye ord"})
    actions.move_row(read, by=kari, step=1)
    assert Measure.objects.get(pk=read.pk).html == "Nye ord"


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
