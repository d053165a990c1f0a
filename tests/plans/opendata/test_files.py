"""The bulk files: every public measure once, described column by column; every plan whole."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from plans.opendata import files
from plans.opendata.shapes import moment
from tests import make

from .conftest import SECRET, item_of

pytestmark = pytest.mark.django_db
CSV, LINES = "/apne-data/tiltak.csv", "/apne-data/planer.jsonl"


def read(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def rows(client: Client) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(client, CSV).decode(), newline="")))


def test_the_file_of_measures_has_a_row_a_measure(client, cast, world):
    told = rows(client)
    assert [row["label"] for row in told] == ["a", "b", "c"]
    item = item_of(world, "Lage felles opplæring")
    report = item.status_reports.get()
    assert told[1] == {
        "code": item.code,
        "community": "troms-og-ofoten",
        "community_name": "Helsefellesskapet Troms og Ofoten",
        "plan": "troms-og-ofoten/handlingsplan-2026",
        "plan_title": "Handlingsplan 2026",
        "plan_state": "in_force",
        "version": "1",
        "section": "1 Samhandling",
        "goal": "Trygge overganger",
        "label": "b",
        "text": "Lage felles opplæring",
        "responsible": "Tromsø",
        "responsible_ids": "tromso",
        "deadline": "januar 2024",
        "deadline_date": "2024-01-31",
        "late": "true",
        "status_in_plan": "",
        "reported": f"Tromsø: pågår ({timezone.localdate()})",
        "patient_groups": "",
        "struck": "false",
        "updated_at": moment(report.reported_at),
        "url": f"http://127.0.0.1:8000/t/{item.code}",
    }
    assert SECRET not in read(client, CSV).decode()


def test_every_column_is_described(client, cast, world):
    described = json.loads(read(client, f"{CSV}-metadata.json"))
    columns = described["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(rows(client)[0])
    assert all(column["dc:description"]["@value"] for column in columns)
    head = client.get(CSV)["Link"]
    assert '<tiltak.csv-metadata.json>; rel="describedby"' in head


def test_a_spreadsheet_runs_nothing_of_it(client, cast):
    make.adopted(cast.ssu, by=cast.kari, slug="formel", title="=HYPERLINK(1)")
    assert {row["plan_title"] for row in rows(client)} == {"'=HYPERLINK(1)"}


def test_the_file_of_plans_has_a_line_a_plan_with_its_whole_document(client, world):
    (plan,) = [json.loads(line) for line in read(client, LINES).splitlines()]
    revision = world.revisions.get()
    assert (plan["id"], plan["state"]) == ("troms-og-ofoten/handlingsplan-2026", "in_force")
    assert plan["document"] == json.loads(revision.content)
    assert {key: plan[key] for key in plan if key != "document"} == client.get(
        "/api/v1/plans/troms-og-ofoten/handlingsplan-2026"
    ).json()


@pytest.mark.parametrize("address", [CSV, LINES])
def test_who_has_the_file_is_told_so_until_something_is_new(
    client, cast, world, address, django_assert_max_num_queries
):
    first = client.get(address)
    with django_assert_max_num_queries(6):
        again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, first["Cache-Control"]) == (304, b"", "public, max-age=60")
    make.adopted(cast.ssu, by=cast.kari, slug="ny")
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_plans_are_opened_a_few_at_a_time(client, cast, world, monkeypatch: Any):
    monkeypatch.setattr(files, "_AT_ONCE", 2)
    for n in range(4):
        make.adopted(cast.ssu, by=cast.kari, slug=f"plan-{n}", measures=1)
    assert len(rows(client)) == 3 + 4
    assert len(read(client, LINES).splitlines()) == 1 + 4
