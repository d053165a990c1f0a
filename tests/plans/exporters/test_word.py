"""The Word file: it opens without complaint, and says everything that the plan says."""

import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from openxml_audit import OpenXmlValidator
from PIL import Image

from plans.document import Abbreviation, Figure, Goal, Measure, PlanDocument, Section
from plans.exporters.facts import AdoptionFacts
from plans.exporters.word import render
from plans.importers.office import sha256

from ..documents import any_plan, small_plan

FACTS = AdoptionFacts(community="Helsefellesskapet Troms og Ofoten", state="draft", created=date(2026, 3, 1))
LETTERS = "Árrat mátki: č đ ŋ š ŧ ž Č Đ Ŋ Š Ŧ Ž, æøå ÆØÅ"


def opened(plan: PlanDocument, **more) -> "Document":
    return Document(io.BytesIO(render(plan, FACTS, **more)))


def complaints(data: bytes, folder: Path) -> list[str]:
    file = folder / "plan.docx"
    file.write_bytes(data)
    return [str(error) for error in OpenXmlValidator().validate(str(file)).errors]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1600, 400), "navy").save(out, "PNG")
    return out.getvalue()


def rich_plan() -> PlanDocument:
    """Everything that a text can hold: nested and numbered lists, links, merged cells, quotes, a picture."""
    body = (
        '<p>Se <a href="https://example.org/a?b=1&amp;c=2">avtalen</a>, H<sub>2</sub>O og m<sup>2</sup>.</p>'
        "<ul><li>Én<ul><li>To</li></ul></li></ul>"
        '<ol type="a" start="3"><li>c-punktet</li><li>d-punktet</li></ol><h4>Mellomtittel</h4>'
        "<blockquote><p>Sitat</p></blockquote>"
        '<table><tr><th colspan="2">Hode</th></tr><tr><td rowspan="2">A</td><td>B</td></tr>'
        "<tr><td>C</td></tr></table>"
    )
    data = picture()
    figure = Figure(sha256=sha256(data), media_type="image/png", alt="En blå flate", caption="Figur 1")
    section = Section(key="s0", number="1", heading=LETTERS, body=body, figures=(figure,))
    base = small_plan()
    return small_plan(sections=(section, *base.sections), title=LETTERS)


def test_every_word_of_the_plan_is_in_the_file():
    file = opened(small_plan())
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    front = ("Title", "Subtitle", "Plan visjon")
    said = [p.text for p in file.paragraphs if p.style.name in front]
    assert said == ["Handlingsplan 2026", "for pasientforløp", "Én helsetjeneste"]
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "1\tInnledning"), ("Heading 1", "2\tInnsatsområder"), ("Heading 2", "2.1\tOverganger"),
    ]  # fmt: skip
    assert cells[4:9] == ["Hva vil vi?", "Hvordan få det til?", "Ansvarlig", "Frist", "Status"]
    assert cells[9:14] == [
        "Trygge overganger",
        "a)\tLage felles rutine for utskriving\nIndikator:\tAndel utskrivinger med plan\n"
        "Kommentar:\tPrøves ut i to kommuner\nGjelder: Skrøpelige eldre",
        "SEKR og SSU",
        "innen 1. juni 2026",
        "har startet",
    ]


def test_the_goal_goes_on_beside_its_measures_and_headings_are_on_every_page():
    table = opened(small_plan()).tables[1]
    merged = [row._tr.tc_lst[0].tcPr.find(qn("w:vMerge")) for row in table.rows]
    assert [m is not None and m.get(qn("w:val")) for m in merged] == [False, "restart", "continue", False]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [
        True,
        False,
        False,
        False,
    ]


def test_what_is_struck_out_is_struck_and_what_is_bold_is_bold():
    runs = [
        (run.text, bool(run.bold), bool(run.font.strike))
        for row in opened(small_plan()).tables[1].rows[1:3]
        for run in row.cells[1].paragraphs[0].runs
        if run.text.strip()
    ]
    assert runs == [
        ("a)", False, False),
        ("Lage ", False, False),
        ("felles ", True, False),
        ("rutine for utskriving", False, False),
        ("b)", False, False),
        ("Møtes hvert halvår", False, True),
    ]


def test_a_plan_without_columns_is_a_list():
    goal = Goal(
        key="g",
        html="Bedre flyt",
        measures=(Measure(key="m", html="Møtes"), Measure(key="n", label="b", html="Øve")),
    )
    file = opened(PlanDocument(title="Plan", sections=(Section(key="s", heading="Mål", goals=(goal,)),)))
    said = [(p.style.name, p.text) for p in file.paragraphs if p.style.name in ("Plan mål", "Plan tiltak")]
    assert said == [("Plan mål", "Bedre flyt"), ("Plan tiltak", "•\tMøtes"), ("Plan tiltak", "b)\tØve")]
    assert file.tables == []


@pytest.mark.parametrize(("language", "code"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("se", "se-NO")])
def test_the_file_knows_its_language_title_and_origin(language, code):
    file = opened(small_plan(language=language), identifier="helsefellesskap/plan/7/v3")
    defaults = file.styles.element.find(qn("w:docDefaults"))
    assert next(defaults.iter(qn("w:lang"))).get(qn("w:val")) == code
    about = file.core_properties
    assert (about.title, about.author, about.identifier, about.language) == (
        "Handlingsplan 2026",
        "Helsefellesskapet Troms og Ofoten",
        "helsefellesskap/plan/7/v3",
        code,
    )


def test_a_figure_has_its_description_and_fits_the_page():
    data = picture()
    file = opened(rich_plan(), figures={sha256(data): data})
    [shape] = file.inline_shapes
    assert shape._inline.docPr.get("descr") == "En blå flate"
    assert (shape.width.cm, shape.height.cm) == (pytest.approx(17, abs=0.1), pytest.approx(4.25, abs=0.1))


def test_every_bookmark_stands_once_and_is_short_enough_for_word():
    root = opened(rich_plan()).element
    names = [mark.get(qn("w:name")) for mark in root.iter(qn("w:bookmarkStart"))]
    assert len(names) > 20
    assert sorted(set(names)) == sorted(names)
    assert max(map(len, names)) <= 40


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=any_plan)
def test_any_plan_becomes_a_file_that_opens_cleanly(plan, tmp_path):
    assert complaints(render(plan, FACTS), tmp_path) == []


def test_rich_text_becomes_a_file_that_opens_cleanly(tmp_path):
    data = picture()
    assert complaints(render(rich_plan(), FACTS, figures={sha256(data): data}), tmp_path) == []


def test_signs_that_xml_cannot_hold_do_not_spoil_the_file(tmp_path):
    odd = "bjelle \x07 og \ud800 null \x00 ]]> & <b>"
    plan = PlanDocument(title=odd, subtitle=odd, abbreviations=(Abbreviation(short=odd, long=odd),))
    assert complaints(render(plan, FACTS), tmp_path) == []


@pytest.mark.conformance
def test_libreoffice_opens_it_and_shows_its_letters(tmp_path):
    soffice = shutil.which("soffice") or pytest.fail("LibreOffice is not installed; script/test installs it.")
    (tmp_path / "plan.docx").write_bytes(render(rich_plan(), FACTS))
    said = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    said += [
        "--infilter=MS Word 2007 XML",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*said, str(tmp_path / "plan.docx")], check=True, capture_output=True, timeout=120)
    assert LETTERS in (tmp_path / "plan.txt").read_text()


def test_the_file_has_nothing_of_the_librarys_own():
    names = zipfile.ZipFile(io.BytesIO(render(small_plan(), FACTS))).namelist()
    assert [n for n in names if "customXml" in n or "thumbnail" in n or "Effects" in n] == []
