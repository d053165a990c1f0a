"""The history of a row: who, when, from what to what, and one field brought back."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.models import User
from plans import actions
from plans.actions.undo import undo
from plans.editable import Row, as_text, from_text, values_of
from plans.models import Edit, Plan

from .conftest import adopted
from .editing import goal, measure, section


def url(plan: Plan, row: Row) -> str:
    return reverse("row_history", args=[plan.community.slug, plan.slug, row.item.code])


def edit(row: Row, by: User, **values: Any) -> None:
    row.refresh_from_db()
    actions.edit_row(row, by=by, version=row.version, values=values)


def shown(client: Client, plan: Plan, row: Row) -> list[tuple[str, str, str]]:
    """(field, before, after) of each step, newest first."""
    steps = client.get(url(plan, row)).context["steps"]
    join = "\n".join
    return [
        (
            step.what,
            join(t for line in step.lines if (t := line.text("equal", "removed"))),
            join(t for line in step.lines if (t := line.text("equal", "added"))),
        )
        for step in steps
    ]


def test_every_change_is_told_in_words_newest_first(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    row = measure(draft)
    ssu = draft.community.committees.get(slug="ssu")
    edit(row, kari, html="Lage <em>felles</em> rutine for innskriving")
    edit(row, kari, struck=True, deadline_date=date(2026, 9, 1))
    edit(row, kari, bodies=[f"committee:{ssu.pk}"], status_value="completed")
    edit(row, kari, extra={"Kommentar": "Ferdig"})
    actions.move_row(row, by=kari, step=1)
    found = shown(client, draft, row)
    assert found[0] == ("Flyttet", "", "")
    assert sorted(found[1:]) == sorted(
        [
            ("Andre kolonner", "Kommentar: Prøves ut i to kommuner", "Kommentar: Ferdig"),
            ("Status", "pågår", "gjennomført"),
            (
                "Ansvarlige i portalen",
                "SEKR – Sekretariatet\nSSU – Strategisk samarbeidsutvalg",
                "SSU – Strategisk samarbeidsutvalg",
            ),
            ("Fristdato", "1. juni 2026", "1. september 2026"),
            ("Strøket ut", "Nei", "Ja"),
            ("Tiltak", "Lage felles rutine for utskriving", "Lage felles rutine for innskriving"),
        ]
    )
    assert found[-1][0] == "Tiltak"
    text = re.sub(r'<span class="ds-sr-only">[^<]*</span>', "", client.get(url(draft, row)).text)
    assert "Lage felles rutine for <del>utskriving</del><ins>innskriving</ins>" in text
    assert "Kari Nordmann" in text


def test_one_field_is_brought_back_and_that_is_a_step_too(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    row = measure(draft)
    before = values_of(row)
    edit(row, kari, html="Noe annet", indicator="Antall møter")
    old = Edit.objects.get(field="html")
    row.refresh_from_db()
    response = client.post(url(draft, row), {"edit": old.pk, "version": row.version})
    assert (response.status_code, response["Location"]) == (302, url(draft, row))
    row.refresh_from_db()
    assert (row.html, row.indicator) == (before["html"], "Antall møter")
    assert shown(client, draft, row)[0] == ("Tiltak", "Noe annet", "Lage felles rutine for utskriving")


def test_a_page_that_is_out_of_date_brings_nothing_back(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    row = goal(draft)
    edit(row, kari, html="Nytt mål")
    version = row.version
    edit(row, kari, html="Enda nyere mål")
    old = Edit.objects.filter(field="html").earliest("pk")
    assert client.post(url(draft, row), {"edit": old.pk, "version": version}).status_code == 409
    row.refresh_from_db()
    assert row.html == "Enda nyere mål"


def test_another_rows_change_is_not_brought_back_here(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    edit(goal(draft), kari, html="Nytt mål")
    data = {"edit": Edit.objects.get().pk, "version": 1}
    assert client.post(url(draft, measure(draft)), data).status_code == 404
    for nonsense in ("", "x"):
        assert client.post(url(draft, measure(draft)), {"edit": nonsense}).status_code == 404


def test_a_deleted_rows_words_can_still_be_read(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    row = goal(draft)
    actions.delete_row(row, by=kari)
    assert shown(client, draft, row) == [
        ("Slettet", "Trygge overganger\nLage felles rutine for utskriving\nMøtes hvert halvår", "")
    ]
    assert client.post(url(draft, row), {"edit": Edit.objects.get().pk}).status_code == 404


def test_what_was_deleted_is_listed_with_its_words(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    address = reverse("deleted_rows", args=[draft.community.slug, draft.slug])
    assert client.get(address).context["rows"] == []
    row = goal(draft)
    actions.delete_row(measure(draft, "c"), by=kari)
    actions.delete_row(row, by=kari)
    page = client.get(address)
    assert [words for _edit, words in page.context["rows"]] == [
        ["Trygge overganger", "Lage felles rutine for utskriving", "Møtes hvert halvår"],
        ["Dele erfaringer"],
    ]
    assert url(draft, row) in page.text
    undo(draft, by=kari)
    assert [words for _edit, words in client.get(address).context["rows"]] == [["Dele erfaringer"]]


def test_pages_of_a_long_history(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    row = section(draft)
    counts = []
    for n in range(30):
        edit(row, kari, heading=f"Overganger {n}")
        if n in (0, 24):
            client.get(url(draft, row))
            with CaptureQueriesContext(connection) as asked:
                client.get(url(draft, row))
            counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(shown(client, draft, row)) == 25
    assert len(client.get(url(draft, row) + "?side=2").context["steps"]) == 5
    assert url(draft, row) in client.get(f"{draft.get_work_url()}rad/{row.item.code}/").text


def test_those_who_may_not(draft: Plan, kari: User, ola: User, client: Client) -> None:
    row = measure(draft)
    edit(row, kari, html="Noe annet")
    client.force_login(ola)
    data = {"edit": Edit.objects.get().pk, "version": 2}
    assert [client.get(url(draft, row)).status_code, client.post(url(draft, row), data).status_code] == [
        403,
        403,
    ]
    # An adopted plan's history is read, and nothing in it brought back.
    client.force_login(kari)
    adopted(draft, kari)
    page = client.get(url(draft, row))
    assert (page.status_code, [step.restorable for step in page.context["steps"]]) == (200, [False])
    assert client.post(url(draft, row), data).status_code == 409


@pytest.mark.parametrize("find", [section, goal, measure])
def test_the_log_reads_back_what_it_keeps(draft: Plan, find: Any) -> None:
    values = values_of(find(draft))
    assert {f: from_text(f, as_text(v)) for f, v in values.items()} == values
