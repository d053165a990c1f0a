"""The files of a public plan: made once and kept, the same bytes for everybody."""

import csv
import hashlib
import io

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from helsefellesskap.errors import Unavailable
from helsefellesskap.printing import RenderingFailed
from partners.models import StoredFile
from partners.models.files import LATE_AFTER, StoredFileManager
from plans import files, tasks
from plans.actions import remake_files, withdraw
from plans.files import Format
from plans.models import FileHash, Plan, RevisionFile
from plans.tasks import keep, make_files
from plans.views.downloads import URL_NAMES
from tests import make

pytestmark = pytest.mark.django_db
HERE = "/troms-og-ofoten/planer/vedtatt"
BROKEN = "Ignored `dispaly: none`, unknown property."


@pytest.fixture
def plan(cast) -> Plan:
    """Adopted and in force; its files wait to be made."""
    return make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")


@pytest.fixture
def broken(monkeypatch):
    """The renderer has something to remark on every PDF."""

    def remark(source: object) -> bytes:
        raise RenderingFailed(BROKEN)

    monkeypatch.setattr(files, "_MAKERS", {**files._MAKERS, Format.PDF: remark})


def test_each_file_is_stored_and_sent_with_its_hash(client, plan):
    make_files.call(plan.revisions.get().pk)
    for format in Format:
        first = client.get(f"{HERE}/v1.{format}")
        data = first.getvalue()
        assert (first.status_code, first["Content-Type"]) == (200, files.MEDIA_TYPES[format])
        assert first["ETag"] == f'"{hashlib.sha256(data).hexdigest()}"'
        assert first["Content-Disposition"].endswith(f'filename="vedtatt-v1.{format}"')
        assert client.get(f"{HERE}/v1.{format}").getvalue() == data
        again = client.get(f"{HERE}/v1.{format}", headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.getvalue()) == (304, b"")


def test_an_adopted_plan_is_not_rendered_when_it_is_fetched(client, plan, monkeypatch):
    make_files.call(plan.revisions.get().pk)
    monkeypatch.setattr(files, "_MAKERS", {})
    assert {client.get(f"{HERE}/v1.{format}").status_code for format in URL_NAMES} == {200}


def test_tables_hold_the_measures(client, plan):
    make_files.call(plan.revisions.get().pk)
    text = client.get(f"{HERE}/v1.csv").getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    sheet = load_workbook(io.BytesIO(client.get(f"{HERE}/v1.xlsx").getvalue())).active
    assert [row[3:5] for row in rows] == [
        ["Merke", "Tiltak"],
        *(["", f"Tiltak nummer {n}"] for n in (1, 2, 3)),
    ]
    assert [[cell or "" for cell in row] for row in sheet.values] == rows


def test_a_plan_without_measures_has_no_tables(client, cast):
    plan = make.adopted(cast.ssu, by=cast.kari, slug="strategi", measures=0)
    make_files.call(plan.revisions.get().pk)
    assert sorted(plan.revisions.get().files.values_list("format", flat=True)) == ["docx", "pdf", "txt"]
    assert client.get("/troms-og-ofoten/planer/strategi/v1.csv").status_code == 404


def test_the_page_has_one_place_for_all_of_them(client, plan):
    page = client.get(f"{HERE}/").content.decode()
    assert "PDF lages nå" in page
    assert f"{HERE}/v1.pdf" not in page
    make_files.call(plan.revisions.get().pk)
    page = client.get(f"{HERE}/").content.decode()
    for format in (*Format.values, "json"):
        assert page.count(f'href="{HERE}/v1.{format}"') == 1
    assert f'href="/d/{plan.revisions.get().sha256[:12]}"' in page


# --- where a rendering fails ---


def test_a_failure_publishes_nothing_of_that_file_and_everything_of_the_others(client, plan, broken, caplog):
    revision = plan.revisions.get()
    with pytest.raises(RenderingFailed):
        make_files.call(revision.pk)
    made = {row.format: (bool(row.file), row.error, row.tries) for row in revision.files.all()}
    assert made.pop("pdf") == (False, BROKEN, 1)
    assert set(made.values()) == {(True, "", 0)}
    assert f"No pdf of revision {revision.pk}" in caplog.text
    assert not FileHash.objects.filter(format="pdf").exists()
    waiting = client.get(f"{HERE}/v1.pdf")
    assert (waiting.status_code, "Den kunne ikke lages" in waiting.content.decode()) == (404, True)


def test_a_failure_is_tried_again_twice_and_then_left_to_people(plan, broken, monkeypatch):
    asked = []
    monkeypatch.setattr(
        type(make_files), "enqueue", lambda task, pk: asked.append(task.run_after), raising=True
    )
    for _try in range(3):
        with pytest.raises(RenderingFailed):
            make_files.call(plan.revisions.get().pk)
    first, second = asked
    assert tasks.TRY_AGAIN_AFTER[1] - tasks.TRY_AGAIN_AFTER[0] <= second - first


def test_any_other_fault_is_seen_too(plan, monkeypatch):
    def crash(source: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr(files, "_MAKERS", {**files._MAKERS, Format.PDF: crash})
    with pytest.raises(MemoryError):
        make_files.call(plan.revisions.get().pk)
    assert RevisionFile.objects.get(format="pdf").error == "MemoryError"


def test_a_full_disk_is_seen_and_tried_again_and_stops_no_other_file(plan, monkeypatch):
    store = StoredFileManager.store

    def full(manager: StoredFileManager, data: bytes, media_type: str) -> StoredFile:
        if media_type == "application/pdf":
            raise OSError(28, "No space left on device")
        return store(manager, data, media_type)

    monkeypatch.setattr(StoredFileManager, "store", full)
    with pytest.raises(OSError, match="No space left"):
        make_files.call(plan.revisions.get().pk)
    made = {row.format: (bool(row.file), row.error, row.tries) for row in plan.revisions.get().files.all()}
    assert made.pop("pdf") == (False, "[Errno 28] No space left on device", 1)
    assert set(made.values()) == {(True, "", 0)}
    again = DBTaskResult.objects.get(status="READY", run_after__gt=timezone.now())
    assert again.task_path == "plans.tasks.make_files"


def test_the_workbench_shows_it_and_one_click_tries_again(client, cast, plan, monkeypatch, broken):
    with pytest.raises(RenderingFailed):
        make_files.call(plan.revisions.get().pk)
    client.force_login(cast.kari)
    work = f"/arbeid{HERE}/"
    page = client.get(work).content.decode()
    assert BROKEN.replace("`", "&#x27;") in page or BROKEN in page
    monkeypatch.undo()
    assert client.post(f"{work}filer-pa-nytt/")["Location"] == work
    make_files.call(plan.revisions.get().pk)
    assert BROKEN not in client.get(work).content.decode()
    assert client.post(f"{work}filer-pa-nytt/").status_code == 409  # nothing is missing now


def test_trying_again_makes_only_what_is_missing(cast, plan, monkeypatch, broken):
    with pytest.raises(RenderingFailed):
        make_files.call(plan.revisions.get().pk)
    word = plan.revisions.get().files.get(format="docx").file
    monkeypatch.undo()
    assert remake_files(plan, by=cast.kari) == 1
    make_files.call(plan.revisions.get().pk)
    assert plan.revisions.get().files.get(format="docx").file == word
    assert plan.revisions.get().files.get(format="pdf").error == ""


def test_a_file_made_while_the_plan_was_taken_down_is_not_kept(cast, plan):
    row = plan.revisions.get().files.get(format="txt")
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    keep(row, b"Historien om naboen", plan.revisions.get())
    assert not StoredFile.objects.exists()
    assert not FileHash.objects.exists()


def test_half_a_stored_file_is_written_anew():
    stored = StoredFile.objects.store(b"hele filen", "text/plain")
    name = stored.file.name
    stored.delete()
    with default_storage.open(name, "wb") as file:
        file.write(b"hele")
    assert StoredFile.objects.store(b"hele filen", "text/plain").read() == b"hele filen"


# --- where the disk fails ---


@pytest.mark.parametrize("format", ["pdf", "csv"])
def test_a_file_that_is_gone_from_the_disk_is_no_error_of_the_program(client, plan, format, caplog):
    make_files.call(plan.revisions.get().pk)
    stored = plan.revisions.get().files.get(format=format).file
    default_storage.delete(stored.file.name)
    answer = client.get(f"{HERE}/v1.{format}")
    assert (answer.status_code, "ETag" in answer) == (503, False)
    assert "Filen kan ikke hentes. Noe er galt hos oss, og feilen er registrert." in answer.content.decode()
    assert f"The file store lacks {stored.sha256}" in caplog.text
    call_command("make_files", stdout=io.StringIO())
    make_files.call(plan.revisions.get().pk)
    assert hashlib.sha256(client.get(f"{HERE}/v1.{format}").getvalue()).hexdigest() == stored.sha256


def test_where_a_lost_figure_stops_the_files_it_is_seen_and_tried_again(client, cast, plan, monkeypatch):
    def lost(*_given: object) -> object:
        raise Unavailable("Filen kan ikke hentes.")

    monkeypatch.setattr(tasks, "source_of", lost)
    assert "PDF lages nå" in client.get(f"{HERE}/").content.decode()
    with pytest.raises(Unavailable):
        make_files.call(plan.revisions.get().pk)
    rows = RevisionFile.objects.all()
    assert {(row.error, row.tries) for row in rows} == {("Filen kan ikke hentes.", 1)}
    assert DBTaskResult.objects.filter(status="READY", run_after__gt=timezone.now()).count() == 1
    assert "PDF: kunne ikke lages, og feilen er meldt" in client.get(f"{HERE}/").content.decode()


def test_a_file_that_no_worker_makes_is_not_said_to_be_made_now(client, plan):
    waiting = client.get(f"{HERE}/v1.pdf").content.decode()
    assert "Den lages nå." in waiting
    RevisionFile.objects.update(asked_at=timezone.now() - LATE_AFTER)
    waiting = client.get(f"{HERE}/v1.pdf").content.decode()
    assert "Den har ventet i mer enn ti minutter" in waiting
    assert "Den lages nå." not in waiting
