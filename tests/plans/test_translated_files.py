"""A translated plan as files: a document like another, which says in front that it is a translation."""

import hashlib
import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from jsonschema import Draft202012Validator

from helsefellesskap.settings import BASE_DIR
from partners.models import StoredFile, User
from plans import actions, queries
from plans import document as doc
from plans.actions.correct import Change
from plans.files import Format
from plans.models import FileHash, Measure, Plan, RevisionFile, TranslatedText, Translation
from plans.queries import check_file
from plans.tasks import keep, make_files
from plans.translating import digest, state_of
from tests import make
from tests.people import Cast

from .test_translate_plan import begun, filled

HERE = "/troms-og-ofoten/planer/oversatt"
ENGLISH = f"{HERE}/oversettelse/en"


@pytest.fixture
def translation(cast: Cast) -> Translation:
    """To English, of an adopted plan, whole and public. Its files wait to be made."""
    plan = make.adopted(cast.ssu, by=cast.kari, slug="oversatt")
    made = begun(plan, cast.kari, "en")
    filled(made, cast.kari)
    actions.publish_translation(made, by=cast.kari, public=True)
    return Translation.objects.get()


def made(plan: Plan) -> None:
    for revision in plan.revisions.all():
        make_files.call(revision.pk)


def text_of(client: Client) -> str:
    """The plain text file as one line of words."""
    return " ".join(client.get(f"{ENGLISH}.txt").getvalue().decode().split())


def corrected(plan: Plan, by: User) -> None:
    """The first measure's deadline is another."""
    measure = Measure.objects.filter(goal__section__plan=plan).order_by("pk")[0]
    change = Change(row=measure, version=measure.version, values={"deadline_text": "i 2029"})
    actions.correct(plan, by=by, changes=[change], reason="Feil frist.", decided_by="lederen")


def test_each_file_is_stored_and_sent_with_its_hash(client, translation):
    assert {client.get(f"{ENGLISH}.{format}").status_code for format in Format} == {404}
    made(translation.plan)
    for format in Format:
        first = client.get(f"{ENGLISH}.{format}")
        data = first.getvalue()
        assert (first.status_code, first["ETag"]) == (200, f'"{hashlib.sha256(data).hexdigest()}"')
        assert first["Content-Disposition"].endswith(f'filename="oversatt-en.{format}"')
        again = client.get(f"{ENGLISH}.{format}", headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.getvalue()) == (304, b"")


def test_in_front_it_says_what_it_is_and_what_holds(client, translation):
    made(translation.plan)
    said = text_of(client)
    assert "This is a translation. The text in bokmål is the one that was adopted and applies." in said
    assert "The whole text is translated." in said
    assert f"{settings.SITE_URL}{HERE}/v1/" in said
    assert "nn:Tiltak nummer 1" in said


def test_what_is_stale_or_missing_stands_in_the_plans_words_and_is_marked(client, translation, cast):
    TranslatedText.objects.filter(field="html", text__contains="nummer 2").delete()
    TranslatedText.objects.filter(field="html", text__contains="nummer 3").update(
        source_sha256=digest("noe annet")
    )
    actions.publish_translation(translation, by=cast.kari, public=True)
    made(translation.plan)
    said = text_of(client)
    assert "Tiltak nummer 2 [Not translated]" in said
    assert "Tiltak nummer 3 [Changed after the translation]" in said
    assert (
        "1 part of the text is not translated. 1 part has changed since it was translated. "
        "Such parts stand in bokmål, and are marked."
    ) in said


def test_abbreviations_notes_and_columns_are_in_its_language_or_marked(client, cast):
    row = doc.Measure(key="m", text="x", html="x", extra={"Kostnad": "1 kr", "Kilde": "UNN"})
    goal = doc.Goal(key="g", text="Mål", html="Mål", measures=(row,))
    section = doc.Section(key="s", number="1", heading="K", adoption_note="Vedtatt i SSU", goals=(goal,))
    short = (doc.Abbreviation(short="SSU", long="utvalget"), doc.Abbreviation(short="PM", long="møtet"))
    plan = make.adopted(cast.ssu, by=cast.kari, slug="oversatt", sections=(section,), abbreviations=short)
    actions.write_summary(plan, by=cast.kari, text="Planen gjelder overganger.")
    translation = begun(plan, cast.kari, "en")
    filled(translation, cast.kari)
    # «Kort sagt» is beside the plan, and in none of its files.
    gone = ["abbreviation:PM", "column:Kilde", "summary"]
    translation.texts.filter(field__in=gone).delete()
    actions.publish_translation(translation, by=cast.kari, public=True)
    made(plan)
    said = text_of(client)
    assert "2 parts of the text are not translated" in said
    assert "SSU: nn:utvalget PM: møtet [Not translated]" in said
    assert "nn:Vedtatt i SSU" in said
    assert "Kilde [Not translated]: nn:UNN nn:Kostnad: nn:1 kr" in said
    heads = client.get(f"{ENGLISH}.csv").getvalue().decode("utf-8-sig").splitlines()[0]
    assert heads.endswith(";Kilde [Not translated];nn:Kostnad")


def test_a_new_version_of_the_plan_makes_them_anew(client, translation, cast):
    made(translation.plan)
    before = client.get(f"{ENGLISH}.pdf")["ETag"]
    corrected(translation.plan, cast.kari)
    assert client.get(f"{ENGLISH}.pdf").status_code == 404  # of the old words: not shown while it waits
    made(translation.plan)
    assert client.get(f"{ENGLISH}.pdf")["ETag"] != before
    assert "i 2029 [" in text_of(client)
    assert set(RevisionFile.objects.exclude(language="").values_list("revision__number", flat=True)) == {2}


def test_a_file_of_older_words_is_not_kept(translation, cast):
    waiting = RevisionFile.objects.get(language="en", format=Format.TEXT)
    actions.publish_translation(translation, by=cast.kari, public=True)  # asked anew, meanwhile
    keep(waiting, b"eldre ord", waiting.revision)
    assert RevisionFile.objects.get(pk=waiting.pk).file is None
    assert not StoredFile.objects.filter(sha256=hashlib.sha256(b"eldre ord").hexdigest()).exists()


def test_taken_down_it_is_gone_and_the_plans_own_files_stay(client, translation, cast):
    made(translation.plan)
    actions.publish_translation(translation, by=cast.kari, public=False)
    assert client.get(f"{ENGLISH}.pdf").status_code == 404
    assert client.get(f"{ENGLISH}.json").status_code == 404
    assert client.get(f"{HERE}/v1.pdf").status_code == 200


def test_withdrawn_with_the_plan_no_byte_of_it_stays(client, translation, cast):
    made(translation.plan)
    actions.publish_translation(translation, by=cast.kari, public=True)
    made(translation.plan)
    sums = list(FileHash.objects.filter(language="en").values_list("sha256", flat=True))
    actions.withdraw(translation.plan, by=cast.kari, reason="Et navn sto i planen.")
    assert client.get(f"{ENGLISH}.pdf").status_code == 410
    assert not StoredFile.objects.filter(sha256__in=sums).exists()
    html = client.get("/kontroll/", {"sha256": sums[0]}).content.decode()
    assert "Dette er en oversettelse av en plan som er trukket tilbake" in html


def test_the_check_page_says_that_it_is_a_translation(client, translation, cast):
    made(translation.plan)
    data = client.get(f"{ENGLISH}.pdf").getvalue()
    digest_of = hashlib.sha256(data).hexdigest()
    checked = check_file(digest_of)
    assert (checked.verdict, checked.language, checked.newer) == ("in_force", "en", False)
    html = client.get("/kontroll/", {"sha256": digest_of}).content.decode()
    assert "oversettelse av den vedtatte planen, ikke den vedtatte teksten selv" in html
    assert "Ja. Dette er den vedtatte planen" not in html
    page = client.get(f"/d/{translation.plan.revisions.get().sha256[:12]}").content.decode()
    assert digest_of in page
    corrected(translation.plan, cast.kari)
    html = client.get("/kontroll/", {"sha256": digest_of}).content.decode()
    assert "Dette er en oversettelse av en plan som ikke lenger gjelder slik" in html


def test_as_json_it_is_a_plan_document_with_the_same_items(client, translation):
    answer = client.get(f"{ENGLISH}.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    told: dict[str, Any] = json.loads(answer.content)
    schema = json.loads((BASE_DIR / "docs" / "plan-document.schema.json").read_text())
    Draft202012Validator(schema).validate(told)
    own = json.loads(client.get(f"{HERE}/v1.json").content)
    assert (told["language"], told["title"]) == ("en", f"nn:{own['title']}")

    def keys(document: dict[str, Any]) -> list[str]:
        goals = [goal for section in document["sections"] for goal in section["goals"]]
        return [measure["key"] for goal in goals for measure in goal["measures"]]

    assert keys(told) == keys(own) != []


def test_saving_again_waits_a_little_since_more_may_come(translation, cast):
    DBTaskResult.objects.all().delete()
    part = queries.part_to_translate(translation, "")
    actions.save_translation(
        translation, by=cast.kari, key="", texts={("", "title"): "A plan"}, seen=state_of(part)
    )
    (task,) = DBTaskResult.objects.all()
    assert task.run_after is not None
    assert task.run_after > timezone.now()


def test_the_page_leads_to_them(client, translation):
    made(translation.plan)
    html = client.get(translation.get_absolute_url()).content.decode()
    assert f'href="{ENGLISH}.pdf"' in html
    assert f'href="{ENGLISH}.json"' in html
    assert f'href="{HERE}/v1.pdf"' not in html
