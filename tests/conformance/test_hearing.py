"""A hearing's pages and «innspill og svar»: valid HTML, and a PDF for the archive and every reader."""

import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openxml_audit import OpenXmlValidator

from plans.actions import answer_input, close_hearing, give_input, send_hearing
from plans.models import Hearing, Measure
from tests.people import Cast

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hearing(cast: Cast) -> Hearing:
    """Open to all, with an answered wording and an answered remark."""
    hearing = send_hearing(
        cast.draft,
        by=cast.kari,
        deadline=timezone.localdate() + timedelta(days=9),
        name="Til høring",
        message="Les dette først.",
        parties=[cast.tromso],
        listed=True,
    )
    measure = Measure.objects.filter(goal__section__plan=cast.draft).first()
    assert measure
    wording = {"item": measure.item, "wording": "Tiltak nummer én", "text": "Ord er bedre enn tall."}
    for facts in (wording, {"text": "Mer om pårørende.\nTakk."}):
        given = give_input(hearing, operation=uuid4(), open_key=hearing.open_key, name="Kari", **facts)
        answer_input(given, by=cast.kari, version=1, disposition="partly", reason="Litt av det.")
    return hearing


def test_pages_are_valid(client: Client, cast: Cast, hearing: Hearing, vnu: Callable[[bytes], None]) -> None:
    measure = hearing.inputs.exclude(item=None).get()
    vnu(client.get(hearing.get_open_url(), {"sted": str(measure.item_id)}).content)
    vnu(client.post(hearing.get_open_url()).content)
    vnu(client.get(measure.get_absolute_url()).content)
    vnu(client.get("/").content)
    client.force_login(cast.kari)
    args = [cast.troms.slug, cast.draft.slug]
    vnu(client.get(cast.draft.get_work_url()).content)
    vnu(client.get(reverse("send_hearing", args=args)).content)
    vnu(client.get(reverse("hearing_link", args=[*args, hearing.pk])).content)
    vnu(client.get(reverse("answer_input", args=[*args, hearing.pk])).content)
    close_hearing(hearing, by=cast.kari)
    vnu(client.get(reverse("input_answers", args=[hearing.open_key])).content)


def test_the_pdf_conforms(
    client: Client, cast: Cast, hearing: Hearing, verapdf: Callable[..., None], tmp_path: Path
) -> None:
    client.force_login(cast.kari)
    path = reverse("input_answers_pdf", args=[cast.troms.slug, cast.draft.slug, hearing.pk])
    first = client.get(path).content
    assert first == client.get(path).content
    file = tmp_path / "svar.pdf"
    file.write_bytes(first)
    verapdf(file)


def test_the_word_file_conforms_and_opens_in_libreoffice(
    client: Client, cast: Cast, hearing: Hearing, tmp_path: Path
) -> None:
    client.force_login(cast.kari)
    path = reverse("input_answers_word", args=[cast.troms.slug, cast.draft.slug, hearing.pk])
    file = tmp_path / "svar.docx"
    file.write_bytes(client.get(path).content)
    assert [str(error) for error in OpenXmlValidator().validate(str(file)).errors] == []
    soffice = shutil.which("soffice") or pytest.fail("LibreOffice is not installed; script/test installs it.")
    said = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    said += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(file)]
    subprocess.run(said, check=True, timeout=120, capture_output=True)
    lines = (tmp_path / "svar.txt").read_text(encoding="utf-8-sig").splitlines()
    assert lines[3:] == [
        *("Hele planen", "Privatperson", "Mer om pårørende.", "Takk.", "Svar: delvis tatt inn. Litt av det."),
        *("Tiltak", "Tiltak nummer 1", "Privatperson", "Ord er bedre enn tall."),
        *("Foreslått ordlyd: Tiltak nummer én", "Svar: delvis tatt inn. Litt av det."),
    ]
