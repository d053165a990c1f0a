"""Saving one cell of the writing page."""

import uuid
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.models import HealthCommunity, SecretariatPlace, User
from plans import actions
from plans.actions.follow import linked_of
from plans.bodies import Bodies
from plans.models import Edit, Measure, Plan
from plans.queries.cell_row import cell_row

from .conftest import adopted, make_draft
from .documents import plan_of_size
from .editing import goal, measure, section


@pytest.fixture
def liv(draft: Plan) -> User:
    """Kari's colleague in the secretariat."""
    liv = User.objects.create_user("liv@example.org", "tett-og-godt-samarbeid", name="Liv Kollega")
    SecretariatPlace.objects.create(community=draft.community, user=liv, start="2020-01-01")
    return liv


@pytest.fixture
def signed_in(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


def post(client: Client, plan: Plan, name: str, body: Any) -> Any:
    url = reverse(name, args=[plan.community.slug, plan.slug])
    return client.post(url, body, content_type="application/json")


def save(client: Client, plan: Plan, row: Any, field: str, base: str, value: str, **more: Any) -> Any:
    body = {"op": str(uuid.uuid4()), "kind": row.item.kind, "key": str(row.item_id), "field": field}
    return post(client, plan, "save_cell", body | {"base": base, "value": value} | more)


def steps(plan: Plan) -> list[tuple[str, str, str]]:
    return list(plan.edits.order_by("pk").values_list("field", "before", "after"))


def test_a_cell_is_saved_and_logged(signed_in: Client, draft: Plan):
    row = measure(draft, "b")
    before = row.html
    answer = save(signed_in, draft, row, "html", before, "Ringe & skrive\nhver dag ")
    assert answer.status_code == 200
    assert (answer.json()["value"], answer.json()["form"]) == ("Ringe & skrive\nhver dag", "text")
    row.refresh_from_db()
    assert (row.html, row.version) == ("Ringe &amp; skrive<br>hver dag", 2)
    assert steps(draft) == [("html", before, "Ringe &amp; skrive<br>hver dag")]


def test_the_same_operation_counts_once(signed_in: Client, draft: Plan, liv: User):
    row, op = measure(draft), str(uuid.uuid4())
    first = save(signed_in, draft, row, "indicator", row.indicator, "B", op=op)
    actions.edit_row(measure(draft), by=liv, version=2, values={"indicator": row.indicator})
    again = save(signed_in, draft, row, "indicator", row.indicator, "B", op=op)
    assert again.json() == first.json()
    assert measure(draft).indicator == row.indicator
    assert draft.edits.filter(op=op).count() == 1
    actions.delete_row(measure(draft), by=liv)
    gone = save(signed_in, draft, row, "indicator", row.indicator, "B", op=op)
    assert gone.json() == first.json()


def test_both_texts_come_back_when_somebody_else_saved(signed_in: Client, draft: Plan, liv: User):
    row = measure(draft)
    actions.edit_row(row, by=liv, version=1, values={"indicator": "Andel utskrivinger med en god plan"})
    answer = save(signed_in, draft, row, "indicator", row.indicator, "Stor andel utskrivinger med plan")
    assert answer.status_code == 409
    told = answer.json()
    assert (told["theirs"], told["by"]) == ("Andel utskrivinger med en god plan", "Liv Kollega")
    assert [kind for kind, _words in told["theirs_runs"][0]] == ["equal", "added", "equal"]
    assert measure(draft).indicator == "Andel utskrivinger med en god plan"
    assert [step[0] for step in steps(draft)] == ["indicator"]


def test_one_text_of_both_where_they_do_not_touch(signed_in: Client, draft: Plan, liv: User):
    row = measure(draft)
    actions.edit_row(row, by=liv, version=1, values={"indicator": "Andel utskrivinger med god plan"})
    told = save(signed_in, draft, row, "indicator", row.indicator, "Antall utskrivinger med plan").json()
    assert told["both"] == "Antall utskrivinger med god plan"
    told = save(signed_in, draft, row, "indicator", row.indicator, "Andel utskrivinger med en plan").json()
    assert told["both"] is None


def test_the_same_words_from_two_people_are_no_conflict(signed_in: Client, draft: Plan, liv: User):
    row = measure(draft)
    actions.edit_row(row, by=liv, version=1, values={"indicator": "Likt"})
    assert save(signed_in, draft, row, "indicator", row.indicator, "Likt").status_code == 200
    assert Edit.objects.count() == 1


def test_words_typed_in_one_go_are_one_step(signed_in: Client, draft: Plan):
    row = measure(draft)
    before = row.indicator
    save(signed_in, draft, row, "indicator", before, "En")
    save(signed_in, draft, row, "indicator", "En", "En to")
    assert steps(draft) == [("indicator", before, "En to")]
    save(signed_in, draft, row, "status_text", row.status_text, "pågår")
    save(signed_in, draft, row, "indicator", "En to", "En to tre")
    assert [step[0] for step in steps(draft)] == ["indicator", "status_text", "indicator"]
    Edit.objects.update(at=timezone.now() - timedelta(minutes=2))
    save(signed_in, draft, row, "indicator", "En to tre", "Fire")
    assert steps(draft)[-1] == ("indicator", "En to tre", "Fire")
    save(signed_in, draft, row, "indicator", "Fire", "Noe helt annet")
    assert steps(draft)[-1] == ("indicator", "Fire", "Noe helt annet")


def test_plain_words_never_replace_formatting_that_was_not_seen(signed_in: Client, draft: Plan, liv: User):
    row = measure(draft)
    actions.edit_row(row, by=liv, version=1, values={"html": f"<strong>{row.html}</strong>"})
    answer = save(signed_in, draft, row, "html", row.html, row.html + " nå")
    assert (answer.status_code, answer.json()["form"]) == (409, "html")
    rich = measure(draft).html
    assert save(signed_in, draft, row, "html", rich, rich + "<em>nå</em>", form="html").status_code == 200
    assert measure(draft).html == rich + "<em>nå</em>"


def test_a_deadline_is_understood_until_somebody_sets_the_date(signed_in: Client, draft: Plan, kari: User):
    row = measure(draft, "b")
    words = row.deadline_text
    answer = save(signed_in, draft, row, "deadline_text", words, "Q2 2026")
    assert answer.json()["note"] == "forstått som 30. juni 2026"
    assert measure(draft, "b").deadline_date == date(2026, 6, 30)
    answer = save(signed_in, draft, row, "deadline_text", "Q2 2026", "innen 30. juni 2026")
    assert answer.json()["note"] == ""
    assert measure(draft, "b").deadline_date == date(2026, 6, 30)
    save(signed_in, draft, row, "deadline_text", "innen 30. juni 2026", "løpende")
    assert measure(draft, "b").deadline_date is None
    now = measure(draft, "b")
    actions.edit_row(now, by=kari, version=now.version, values={"deadline_date": date(2026, 5, 1)})
    save(signed_in, draft, row, "deadline_text", "løpende", "innen 1. juli 2026")
    assert measure(draft, "b").deadline_date == date(2026, 5, 1)


def test_who_is_responsible_is_linked_anew(signed_in: Client, draft: Plan):
    row = measure(draft)
    answer = save(signed_in, draft, row, "responsible_text", row.responsible_text, "UNN, PM og Felles")
    assert answer.json()["note"] == "ikke koblet: Felles"
    assert [str(r.body) for r in row.responsibles.all()] == [
        str(draft.community.partners.get()),
        str(draft.community.committees.get(slug="pm")),
    ]


def test_own_columns_and_other_rows_have_cells_too(signed_in: Client, draft: Plan):
    row = measure(draft)
    save(signed_in, draft, row, "extra:Kostnad", row.extra.get("Kostnad", ""), "100 000")
    assert measure(draft).extra["Kostnad"] == "100 000"
    save(signed_in, draft, goal(draft), "html", "Trygge overganger", "Tryggere overganger")
    save(signed_in, draft, section(draft), "heading", "Overganger", "Gode overganger")
    assert (goal(draft, "Tryggere overganger").version, section(draft).heading) == (2, "Gode overganger")
    assert save(signed_in, draft, row, "struck", "", "1").status_code == 422
    assert save(signed_in, draft, row, "label", "a", "x" * 51).status_code == 422


def test_what_no_page_sends_is_refused_and_not_an_error(signed_in: Client, draft: Plan):
    row = measure(draft)
    half = post(
        signed_in,
        draft,
        "save_cell",
        f'{{"op": "{uuid.uuid4()}", "kind": "measure", '
        f'"key": "{row.item_id}", "field": "html", "base": "", "value": "\\ud800"}}',
    )
    assert half.status_code == 400
    assert post(signed_in, draft, "save_cell", "[" * 100_000).status_code == 400
    for since in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "i går"):
        assert post(signed_in, draft, "write_news", {"since": since, "row": None}).status_code == 400


def test_who_may_not_and_what_cannot_be(client: Client, draft: Plan, kari: User, ola: User, liv: User):
    row = measure(draft)
    assert save(client, draft, row, "indicator", row.indicator, "Ny").status_code == 401
    client.force_login(ola)
    assert save(client, draft, row, "indicator", row.indicator, "Ny").status_code == 403
    client.force_login(kari)
    assert post(client, draft, "save_cell", {}).status_code == 400
    actions.delete_row(measure(draft, "b"), by=liv)
    gone = Edit.objects.get().item
    body = {"op": str(uuid.uuid4()), "kind": "measure", "key": str(gone.pk), "field": "html"}
    answer = post(client, draft, "save_cell", body | {"base": "", "value": "Ny"})
    assert (answer.status_code, answer.json()["gone"]) == (409, True)
    adopted(draft, kari)
    answer = save(client, draft, row, "indicator", row.indicator, "Ny")
    assert (answer.status_code, answer.json()["gone"]) == (409, False)
    assert Measure.objects.filter(indicator="Ny").count() == 0


@pytest.mark.parametrize(
    ("field", "values", "queries"),
    [
        ("indicator", ["Ny", "Ny igjen"], 6),
        ("deadline_text", ["Q2 2026", "løpende"], 6),
        ("responsible_text", ["UNN, PM", "SSU", "SSU og Felles", ""], 8),
    ],
)
def test_one_cell_takes_at_most_eight_queries_for_3_as_for_300_measures(
    signed_in: Client, community: HealthCommunity, kari: User, field: str, values: list[str], queries: int
):
    """The test's own savepoints are not the page's."""
    found = []
    for measures in (3, 300):
        plan = make_draft(plan_of_size(measures), community, kari)
        row = Measure.objects.select_related("item").filter(goal__section__plan=plan).first()
        assert row
        for value in values:
            row = Measure.objects.select_related("item").get(pk=row.pk)
            with CaptureQueriesContext(connection) as taken:
                answer = save(signed_in, plan, row, field, getattr(row, field), value)
            assert (answer.status_code, len(answer.content) < 20_000) == (200, True)
            found.append(sum("SAVEPOINT" not in query["sql"] for query in taken))
    half = len(values)
    assert (max(found), found[:half]) == (queries, found[half:])


@given(st.lists(st.lists(st.sampled_from(["UNN", "PM", "SSU", "SEKR", "Felles"]), max_size=5), max_size=4))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=25,
    deadline=None,
)
def test_links_follow_the_words_and_those_made_by_hand_stay(
    signed_in: Client, draft: Plan, kari: User, said: list[list[str]]
):
    row = measure(draft, "c")
    sekr = f"role:{draft.community.roles.get().pk}"
    actions.edit_row(row, by=kari, version=row.version, values={"responsible_text": "", "bodies": [sekr]})
    for names in said:
        row.refresh_from_db()
        save(signed_in, draft, row, "responsible_text", row.responsible_text, ", ".join(names))
        by_words = Bodies(draft.community).recognise(names)
        linked = [one.link for one in linked_of(row)]
        assert linked[: len(by_words)] == by_words
        assert linked[len(by_words) :] in ([], [{"role_id": draft.community.roles.get().pk}])
        if not any("SEKR" in earlier for earlier in said):
            assert {"role_id": draft.community.roles.get().pk} in linked


def test_a_cell_saved_while_one_waited_is_read_again(
    signed_in: Client, draft: Plan, liv: User, monkeypatch: pytest.MonkeyPatch
):
    """As on PostgreSQL, where the row may have been saved while the plan's lock was waited for."""
    row, turns = measure(draft), iter([True])

    def late(*args: Any, **kwargs: Any) -> Any:
        found = cell_row(*args, **kwargs)
        if next(turns, False):
            actions.edit_row(measure(draft), by=liv, version=1, values={"indicator": "Livs"})
        return found

    monkeypatch.setattr(import_module("plans.actions.save_cell"), "cell_row", late)
    assert save(signed_in, draft, row, "deadline_text", row.deadline_text, "Q2").status_code == 200
    assert (measure(draft).indicator, measure(draft).deadline_text) == ("Livs", "Q2")
