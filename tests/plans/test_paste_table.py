"""A table that is pasted on the writing page: shown first, then rows in one step."""

import json
import uuid
from datetime import date
from typing import Any, get_args

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html as lxml_html

from partners.models import HealthCommunity, User
from plans import actions
from plans.importers.interpret.columns import Role
from plans.models import Goal, Measure, Operation, Plan
from plans.snapshot import document_of
from plans.views.paste_table import ROLES

from .conftest import adopted, make_draft
from .documents import plan_of_size
from .editing import goal, measure, section
from .importers.clipboards import plain_table, sample, word_table
from .test_write_cells import liv, post, save, signed_in
from .test_write_structure import change

__all__ = ["liv", "signed_in"]  # pytest finds the fixtures by their names here


def paste(client: Client, plan: Plan, row: Any, html: str, **more: Any) -> Any:
    body = {"op": str(uuid.uuid4()), "key": str(row.item_id), "html": html, "text": ""}
    return post(client, plan, "paste_table", body | more)


def preview(client: Client, plan: Plan, html: str, **more: Any) -> Any:
    return post(client, plan, "preview_table", {"html": html, "text": ""} | more)


def table(plan: Plan, number: str = "2.1") -> list[tuple[str, list[str]]]:
    """Each goal with its measures, labels as shown."""
    document = document_of(plan)
    (found,) = [s for _depth, s in document.walk_sections() if s.number == number]
    return [(g.text, [f"{m.label} {m.text}".strip() for m in g.measures]) for g in found.goals]


def test_measures_go_in_below_the_row_and_letters_run_on(signed_in: Client, draft: Plan):
    html = word_table(
        ["Tiltak", "Ansvarlig", "Frist"], ["a) Ringe", "SSU og Alle", "Q2"], ["b) Skrive", "", ""]
    )
    answer = paste(signed_in, draft, measure(draft), html)
    assert answer.status_code == 200
    assert table(draft) == [
        (
            "Trygge overganger",
            ["a Lage felles rutine for utskriving", "b Ringe", "c Skrive", "d Møtes hvert halvår"],
        ),
        ("Læring på tvers", ["e Dele erfaringer"]),
    ]
    told = answer.json()
    new = Measure.objects.get(html="Ringe")
    assert (told["key"], told["gone"], told["place"]) == (str(new.item_id), [], "2.1 b")
    assert told["labels"][told["keys"][1]] == "c"
    assert (new.responsible_text, new.deadline_text, new.deadline_date) == (
        "SSU og Alle",
        "Q2",
        date(2026, 6, 30),
    )
    assert [str(r.body) for r in new.responsibles.all()] == ["Strategisk samarbeidsutvalg (SSU)"]


def test_goals_come_after_the_goal_and_measures_before_them_into_it(signed_in: Client, draft: Plan):
    html = word_table(
        ["Mål", "Tiltak"], ["", "Hører hit"], ["Nytt mål", "Første"], ["", "Andre"], ["Til", ""]
    )
    paste(signed_in, draft, goal(draft), html)
    assert [(name, len(measures)) for name, measures in table(draft)] == [
        ("Trygge overganger", 3), ("Nytt mål", 2), ("Til", 0), ("Læring på tvers", 1),
    ]  # fmt: skip
    assert table(draft)[0][1][0] == "a Hører hit"


def test_what_word_printed_is_kept_where_no_letters_run(
    signed_in: Client, community: HealthCommunity, kari: User
):
    plan = actions.start_plan(community, by=kari, title="Ny", kind="action_plan")
    key, blank = uuid.uuid4(), uuid.uuid4()
    change(signed_in, plan, "add", kind="section", key=str(key))
    row = plan.sections.get()
    change(signed_in, plan, "add", kind="goal", under=row, key=str(blank))
    told = paste(signed_in, plan, Goal.objects.get(), sample("word")).json()
    assert table(plan, "") == [
        ("Trygge overganger", ["a Lage felles rutine for utskriving", "b Møtes hver måned, se avtalen"]),
        ("Læring på tvers", ["c Dele erfaringer"]),
    ]
    assert told["gone"] == [str(blank)]  # nobody had written anything there
    assert Measure.objects.get(label="a").html == "Lage <strong>felles</strong> rutine for utskriving"


def test_one_step_back_and_one_forth(signed_in: Client, draft: Plan):
    before = document_of(draft)
    key = str(uuid.uuid4())
    change(signed_in, draft, "add", kind="measure", under=goal(draft), after=None, key=key)
    with_blank = document_of(draft)
    paste(signed_in, draft, Measure.objects.get(item_id=key), sample("word"))
    after = document_of(draft)
    told = change(signed_in, draft, "undo").json()
    assert (len(told["gone"]), document_of(draft)) == (5, with_blank)
    change(signed_in, draft, "redo")
    assert document_of(draft) == after
    for _step in range(2):
        change(signed_in, draft, "undo")
    assert document_of(draft) == before


def test_what_somebody_has_written_in_since_is_not_taken_back(signed_in: Client, draft: Plan, liv: User):
    paste(signed_in, draft, measure(draft), plain_table(2))
    row = Measure.objects.get(html="Tiltak nummer 1")
    actions.edit_row(row, by=liv, version=row.version, values={"html": "Livs ord"})
    answer = change(signed_in, draft, "undo")
    assert (answer.status_code, answer.json()["error"]) == (409, "Noen andre har skrevet i det du la til.")
    assert Measure.objects.filter(html="Tiltak nummer 0").exists()


def test_every_row_has_its_line_in_the_log(signed_in: Client, draft: Plan):
    told = paste(signed_in, draft, measure(draft), sample("word")).json()
    edits = list(draft.edits.order_by("pk"))
    assert [(e.field, str(e.item_id)) for e in edits] == [("added", key) for key in told["keys"]]
    assert {e.together for e in edits} == {edits[0].together} != {None}
    assert set(told["edits"]) == {e.pk for e in edits}
    assert json.loads(edits[1].after)["bodies"] == [f"role:{draft.community.roles.get().pk}"]


def test_the_same_operation_counts_once(signed_in: Client, draft: Plan):
    op = str(uuid.uuid4())
    first = paste(signed_in, draft, measure(draft), plain_table(2), op=op)
    again = paste(signed_in, draft, measure(draft), plain_table(2), op=op)
    assert (again.json(), Measure.objects.count(), Operation.objects.count()) == (first.json(), 5, 1)


def test_the_preview_changes_nothing_and_says_what_comes(signed_in: Client, draft: Plan):
    before = document_of(draft)
    html = word_table(
        ["Mål", "Tiltak", "Ansvarlig", "Frist", "Kostnad"],
        ["Trygghet", "a) Ringe", "SSU og Noen", "Q2", "mye"],
        below="<p>Etter</p>",
    )
    answer = preview(signed_in, draft, html).json()
    assert (answer["said"], answer["rows"]) == ("1 nytt mål og 1 nytt tiltak", 2)
    page = lxml_html.fromstring(answer["html"])
    cells = [" ".join(cell.text_content().split()) for cell in page.iter("td")]
    assert cells == [
        "Trygghet", "a Ringe Kostnad: mye", "SSU og Noen koblet: SSU ikke koblet: Noen",
        "Q2 forstått som 30. juni 2026",
    ]  # fmt: skip
    assert [li.text_content().strip() for li in page.iter("li")] == ["Etter"]
    chosen = [select.value for select in page.iter("select")]
    assert chosen == ["goal", "measure", "responsible", "deadline", "extra"]
    assert document_of(draft) == before
    assert (draft.edits.count(), Operation.objects.count()) == (0, 0)


def test_the_columns_are_what_the_person_says(signed_in: Client, draft: Plan):
    html = word_table(["Ringe hver dag", "Trygghet"], ["Møtes hver uke", ""])
    assert preview(signed_in, draft, html).json()["said"] == "2 nye mål og 1 nytt tiltak"
    told = preview(signed_in, draft, html, roles=["measure", "goal"]).json()
    assert told["said"] == "1 nytt mål og 2 nye tiltak"
    paste(signed_in, draft, goal(draft), html, roles=["measure", "goal"])
    assert table(draft)[1] == ("Trygghet", ["c Ringe hver dag", "d Møtes hver uke"])


def test_new_columns_are_shown_on_the_page(signed_in: Client, draft: Plan):
    html = word_table(["Tiltak", "Status", "Kostnad"], ["Ringe", "pågår", "mye"])
    paste(signed_in, draft, measure(draft), html)
    new = Measure.objects.get(html="Ringe")
    assert (new.status_text, new.status_value, new.extra) == ("pågår", "ongoing", {"Kostnad": "mye"})


@pytest.mark.parametrize("name", ["preview_table", "paste_table"])
def test_the_words_of_an_adopted_plan_stand(client: Client, draft: Plan, kari: User, ola: User, name: str):
    body = {"op": str(uuid.uuid4()), "key": str(measure(draft).item_id), "html": plain_table(1), "text": ""}
    client.force_login(ola)
    assert post(client, draft, name, body).status_code == 403
    client.force_login(kari)
    adopted(draft, kari)
    answer = post(client, draft, name, body)
    assert (answer.status_code, answer.json()["error"]) == (
        409,
        "Planen er publisert, og ordene i den er låst.",
    )
    assert Measure.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "status", "why"),
    [
        ({"html": "<p>Bare ord</p>"}, 422, "Fant ingen tabell i det du limte inn."),
        (
            {"html": plain_table(600)},
            422,
            "Tabellen har flere enn 500 rader. Last den heller opp som en fil.",
        ),
        ({"html": "<div>" * 9_000}, 422, "Innholdet er for dypt nøstet til å leses."),
        ({"html": None}, 400, "Forespørselen mangler noe."),
        ({"html": "\ud800"}, 400, "Forespørselen mangler noe."),
        ({"roles": ["alt"]}, 400, "Forespørselen mangler noe."),
        ({"roles": ["goal", "goal"]}, 400, "Forespørselen mangler noe."),
        ({"roles": [["goal"]]}, 400, "Forespørselen mangler noe."),
        ({"key": str(uuid.uuid4())}, 409, "Noen andre har slettet dette mens du skrev."),
        ({"key": "?"}, 400, "Forespørselen mangler noe."),
    ],
)
def test_what_cannot_be_pasted(signed_in: Client, draft: Plan, wrong: dict[str, Any], status: int, why: str):
    answer = paste(signed_in, draft, measure(draft), **({"html": plain_table(1)} | wrong))
    assert (answer.status_code, answer.json()["error"]) == (status, why)
    assert Measure.objects.count() == 3


def test_a_table_stands_in_no_section_of_its_own(signed_in: Client, draft: Plan):
    assert paste(signed_in, draft, section(draft), plain_table(1)).status_code == 422


def test_rows_find_room_between_neighbours(signed_in: Client, draft: Plan):
    for _time in range(6):
        paste(signed_in, draft, measure(draft), plain_table(3))
    names = table(draft)[0][1]
    assert len(names) == 20
    assert [words.split(" ", 1)[1] for words in names[:4]] == [
        "Lage felles rutine for utskriving", "Tiltak nummer 0", "Tiltak nummer 1", "Tiltak nummer 2",
    ]  # fmt: skip
    assert names[-1] == "t Møtes hvert halvår"


def test_what_was_typed_before_it_is_a_step_of_its_own(signed_in: Client, draft: Plan):
    before, row = document_of(draft), measure(draft, "b")
    save(signed_in, draft, row, "html", row.html, "Skrevet")
    paste(signed_in, draft, row, plain_table(1))
    change(signed_in, draft, "undo")
    assert table(draft)[0][1] == ["a Lage felles rutine for utskriving", "b Skrevet"]
    change(signed_in, draft, "undo")
    assert document_of(draft) == before


@pytest.mark.parametrize("name", ["preview_table", "paste_table"])
def test_so_many_queries_whatever_is_pasted(
    signed_in: Client, community: HealthCommunity, kari: User, name: str
):
    counts = []
    for size, count in ((3, 3), (300, 60)):
        plan = make_draft(plan_of_size(size), community, kari, slug=f"plan-{size}")
        row = Measure.objects.filter(goal__section__plan=plan).first()
        assert row
        body = {"op": str(uuid.uuid4()), "key": str(row.item_id), "html": plain_table(count), "text": ""}
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert post(signed_in, plan, name, body).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= {"preview_table": 10, "paste_table": 45}[name]


def test_every_role_has_a_name():
    assert set(ROLES) == set(get_args(Role))
