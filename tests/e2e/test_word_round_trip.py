"""Word out, edited by somebody without an account, and in again: in a real browser."""

import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from plans.models import Measure
from plans.snapshot import document_of
from tests.people import Cast

from .test_import_and_correct import editor, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def downloaded(page: Any, link: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def test_word_out_edited_and_in(page: Any, live_server: Any, cast: Cast, axe: Any, tmp_path: Path) -> None:
    sign_in(page, live_server, cast.kari)
    page.goto(cast.draft.get_work_url())
    page.get_by_role("link", name="Word og Excel").click()
    axe(page)
    file = downloaded(page, "Last ned som Word", tmp_path)

    word = Document(str(file))
    table = word.tables[0]
    table.rows[1].cells[1].paragraphs[0].runs[-1].text = "Ringe hverandre før utskriving"
    table.rows[2].cells[2].paragraphs[0].runs[0].text = "UNN"
    new = table.add_row()
    new.cells[1].paragraphs[0].add_run("Møtes hver måned")
    word.save(str(file))

    page.get_by_label("Redigert Word-fil", exact=True).set_input_files(str(file))
    page.get_by_role("button", name="Les filen").click()
    page.wait_for_url(re.compile(r"/filer/\d+/$"))
    axe(page)
    assert page.locator("ins").all_inner_texts()[0].count("Ringe hverandre før utskriving") == 1
    page.get_by_role("button", name=re.compile(r"^Godta\s*: Tiltak: ordlyd")).click()
    page.get_by_text("Godtatt. Teksten er endret i planen.").wait_for()
    page.get_by_role("button", name=re.compile(r"^Avvis\s*: Tiltak: ansvarlig")).click()
    page.get_by_text("Avvist. Planen er som før.").wait_for()
    page.get_by_role("button", name="Godta alle som ikke krever et valg").click()
    page.get_by_text("Alle forslag er avgjort.").wait_for()
    axe(page)
    measures = [
        (m.text, m.responsible.text if m.responsible else "")
        for _s, _g, m in document_of(cast.draft).walk_measures()
    ]
    assert measures == [
        ("Ringe hverandre før utskriving", "SSU"),
        ("Tiltak nummer 2", "SSU"),
        ("Tiltak nummer 3", "SSU"),
        ("Møtes hver måned", ""),
    ]


def test_a_proposal_is_adjusted_in_the_rich_editor(
    page: Any, live_server: Any, cast: Cast, axe: Any, tmp_path: Path
) -> None:
    sign_in(page, live_server, cast.kari)
    page.goto(f"{cast.draft.get_work_url()}filer/")
    file = downloaded(page, "Last ned som Word", tmp_path)
    word = Document(str(file))
    word.tables[0].rows[1].cells[1].paragraphs[0].runs[-1].text = "Ringe hverandre"
    word.save(str(file))
    page.get_by_label("Redigert Word-fil", exact=True).set_input_files(str(file))
    page.get_by_role("button", name="Les filen").click()
    page.get_by_role("link", name=re.compile("^Juster")).click()
    words = editor(page, "Slik skal det stå")
    words.click()
    words.press("Control+End")
    words.press_sequentially(" samme dag")
    axe(page)
    page.get_by_role("button", name="Godta med justering").click()
    page.get_by_text("Godtatt med justering.").wait_for()
    assert Measure.objects.order_by("pk")[0].text == "Ringe hverandre samme dag"
