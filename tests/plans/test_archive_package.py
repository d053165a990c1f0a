"""The archive package: complete, right by its own schemas, the same bytes each time, for the secretariat."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import jsonschema
import pytest
from django.utils import timezone

from helsefellesskap.errors import WrongState
from plans.actions import answer_input, give_input, send_hearing, take_stance, withdraw
from plans.consensus import words_of
from plans.models import Hearing, Measure, Plan
from plans.tasks import make_files
from tests import make

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parents[2] / "docs/archive-package"
WORK = "/arbeid/troms-og-ofoten/planer/arkivert/"


@pytest.fixture
def plan(cast) -> Plan:
    """Heard, laid before SSU and adopted: with an input and its answer, and a reservation."""
    draft = make.draft(cast.troms, by=cast.kari, slug="arkivert")
    week = timezone.localdate() + timedelta(days=7)
    hearing = send_hearing(draft, by=cast.kari, deadline=week, name="til høring", open_to_all=True)
    given = give_input(
        hearing,
        operation=uuid4(),
        text="Flere møter.",
        open_key=hearing.open_key,
        name="Nils Privat",
        email="nils@example.org",
    )
    answer_input(given, by=cast.kari, version=1, disposition="not_taken_in", reason="Budsjettet er vedtatt.")
    review = make.laid(draft, cast.ssu, by=cast.kari)
    seat = cast.ssu.seats.get(user=cast.ingrid)
    row = Measure.objects.filter(goal__section__plan=draft).first()
    words = words_of(review.revision.load())[str(row.item_id)]
    take_stance(review, seat, by=cast.ingrid, item=row.item, words=words, kind="reserves", remark="For dyrt.")
    plan = make.adopt_draft(cast.ssu, draft, by=cast.kari)
    make_files.call(plan.revisions.latest("number").pk)
    return plan


def fetch(client, plan: Plan):
    return client.get(f"{WORK}versjoner/{plan.revisions.latest('number').number}/arkiv.zip")


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_everything_is_there_and_right_by_the_schemas_that_come_along(client, cast, plan):
    client.force_login(cast.kari)
    files = unpacked(fetch(client, plan).content)
    revision = plan.revisions.latest("number")
    assert files["dokument/plan.pdf"] == revision.files.get(format="pdf").file.read()
    assert hashlib.sha256(files["dokument/plan.json"]).hexdigest() == revision.sha256
    values = {}
    for name in ("metadata", "decisions", "stances", "inputs", "manifest"):
        schema = json.loads(files[f"skjema/{name}.schema.json"])
        values[name] = json.loads(files[f"{name}.json"])
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
            values[name]
        )
    document = json.loads(files["skjema/plan-document.schema.json"])
    jsonschema.Draft202012Validator(document).validate(json.loads(files["dokument/plan.json"]))
    (decision,) = values["decisions"]["decisions"]
    assert (decision["committee"], decision["points"][0]["wording"]) == (cast.ssu.name, "Planen vedtas.")
    assert decision["points"][0]["adopts_versions"][0]["version"] == revision.number
    (stance,) = values["stances"]["stances"]
    assert (stance["kind_text"], stance["remark"]) == ("tar forbehold", "For dyrt.")
    (given,) = values["inputs"]["hearings"][0]["inputs"]
    assert (given["name"], given["text"]) == ("Nils Privat", "Flere møter.")
    assert (given["disposition_text"], given["reason"]) == ("ikke tatt inn", "Budsjettet er vedtatt.")
    assert not any(b"nils@example.org" in data for data in files.values())
    told = {row["path"]: (row["bytes"], row["sha256"]) for row in values["manifest"]["files"]}
    del files["manifest.json"]
    assert told == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}


def test_every_field_that_noark_is_told_of_is_in_its_schema():
    noark = (DOCS / "noark.md").read_text()
    rows = [line.split("|")[1] for line in noark.splitlines() if line.startswith("| `")]
    named = [[word.strip() for word in row.split("`")[1::2]] for row in rows]
    assert len(named) > 15
    for file, *fields in named:
        schema = (DOCS / f"{file.removesuffix('.json')}.schema.json").read_text()
        assert [field for field in fields if f'"{field}"' not in schema] == []


def test_there_is_no_package_without_the_pdf(client, cast, plan):
    client.force_login(cast.kari)
    plan.revisions.latest("number").files.filter(format="pdf").update(file=None)
    answer = fetch(client, plan)
    assert (answer.status_code, "PDF-en er ikke laget ennå" in answer.content.decode()) == (409, True)
    assert WrongState.status == 409


def test_what_was_taken_down_or_never_public_has_none(client, cast, plan):
    client.force_login(cast.kari)
    assert client.get(f"{WORK}versjoner/1/arkiv.zip").status_code == 404  # what went to hearing
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    assert fetch(client, plan).status_code == 404


def test_the_same_content_gives_the_same_bytes_on_another_day(client, cast, plan, monkeypatch):
    client.force_login(cast.kari)
    first = fetch(client, plan).content
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    client.force_login(cast.kari)
    assert fetch(client, plan).content == first


def test_queries_do_not_grow_with_what_is_in_it(client, cast, plan, django_assert_max_num_queries):
    client.force_login(cast.kari)
    with django_assert_max_num_queries(60) as few:
        fetch(client, plan)
    hearing = Hearing.objects.get()
    for n in range(3):
        give_input(hearing, operation=uuid4(), text=f"Nr {n}", open_key=hearing.open_key, name="Nils")
    with django_assert_max_num_queries(len(few)):
        fetch(client, plan)
