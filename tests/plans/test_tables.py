"""The measures as CSV and Excel: out, edited in a spreadsheet, back in after a dry run."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from helsefellesskap.file_checks import Refused
from helsefellesskap.sentences import Sentence
from plans.actions.edit import edit_row
from plans.actions.undo import undo
from plans.document import PlanDocument
from plans.edited import LONGEST
from plans.exporters.table import to_csv, to_excel
from plans.importers import read_table
from plans.measure_table import guarded, read_rows, rows_of, unguarded
from plans.models import Edit, EditedFile, Measure, Plan, Section
from plans.snapshot import document_of

from .conftest import adopted, make_draft
from .documents import any_plan, plan_of_size, small_plan
from .edited_word import with_keys

WHERE = "/arbeid/troms-og-ofoten/planer/{}/{}"


def codes_of(plan: PlanDocument) -> dict[str, str]:
    return {measure.key: f"c{n}" for n, (_s, _g, measure) in enumerate(plan.walk_measures())}


def said(sentences: list[Sentence]) -> list[str]:
    return [str(sentence) for sentence in sentences]


# --- pure ---


@settings(max_examples=40, deadline=None)
@given(any_plan)
def test_a_table_that_nobody_edited_changes_nothing(plan):
    plan = with_keys(plan)
    codes = codes_of(plan)
    for data, suffix in ((to_csv(plan, codes), ".csv"), (to_excel(plan, codes), ".xlsx")):
        reading = read_rows(plan, codes, read_table.read(data, suffix))
        assert (reading.proposals, reading.problems, reading.notices) == ([], [], [])


def test_the_rows_say_what_the_measures_say():
    plan = small_plan()
    assert rows_of(plan, codes_of(plan))[:3] == [
        ["Kode", "Kapittel", "Mål", "Merke", "Tiltak", "Ansvarlig", "Frist", "Status", "Indikator",
         "Strøket ut", "Kommentar"],
        ["c0", "2.1 Overganger", "Trygge overganger", "a", "Lage felles rutine for utskriving", "SEKR og SSU",
         "innen 1. juni 2026", "har startet", "Andel utskrivinger med plan", "", "Prøves ut i to kommuner"],
        ["c1", "2.1 Overganger", "Trygge overganger", "b", "Møtes hvert halvår", "", "", "", "", "ja", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["=1+1", "+47 77", "-1", "@SUM(A1)", "\tx", "＝1", "'=1", "''=1", "'hei", "a=b"]
)
def test_no_cell_is_a_formula_and_the_words_come_back(words):
    assert guarded(words)[0] not in "=+-@\t＝"
    assert unguarded(guarded(words)) == words


def test_excel_has_no_formulas_either():
    sheet = load_workbook(io.BytesIO(to_excel(small_plan(), {"m1": "=1+1"}))).active
    assert sheet["A2"].value == "=1+1"
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_rows_may_be_sorted_and_columns_moved():
    plan = small_plan()
    rows = [list(reversed(row)) for row in rows_of(plan, codes_of(plan))]
    assert read_rows(plan, codes_of(plan), [rows[0], *sorted(rows[1:])]).proposals == []


def test_excels_own_encoding_commas_and_dates_are_read():
    text = "Kode,Tiltak,Frist\r\nc0,Øve på utskriving,løpende\r\n".encode("cp1252")
    assert read_table.read(text, ".csv") == [
        ["Kode", "Tiltak", "Frist"],
        ["c0", "Øve på utskriving", "løpende"],
    ]
    book = Workbook()
    book.active.append(["Kode", "Frist", "Merke"])
    book.active.append(["c0", date(2026, 6, 1), 3.0])
    out = io.BytesIO()
    book.save(out)
    assert read_table.read(out.getvalue(), ".xlsx")[1] == ["c0", "01.06.2026", "3"]


def test_what_is_wrong_is_said_with_its_row():
    plan = small_plan()
    rows = rows_of(plan, codes_of(plan))
    rows += [
        ["zzz", "", "", "", "Ukjent"],
        rows[1],
        ["", "", "Et mål som ikke finnes", "", "Nytt"],
        ["", "x"],
    ]
    assert said(read_rows(plan, codes_of(plan), rows).problems) == [
        "Rad 5: koden «zzz» er ikke et tiltak i denne planen.",
        "Rad 6: koden «c0» står to ganger.",
        "Rad 7: fant ikke målet «Et mål som ikke finnes» som tiltaket hører under.",
        "Rad 8: tiltaket mangler både kode og tekst.",
    ]
    assert said(read_rows(plan, {}, [["A", "B"]]).problems) == [
        "Tabellen må ha overskriftene «Kode» og «Tiltak» i første rad."
    ]


def test_what_is_not_read_is_said():
    plan = small_plan()
    rows = [[*row, "viktig", "også", row[4]] for row in rows_of(plan, codes_of(plan))]
    rows[0][-3:] = ["Min egen", "", "tiltak"]
    rows[1][2] = "Læring på tvers"
    reading = read_rows(plan, codes_of(plan), rows)
    assert (reading.proposals, reading.problems) == ([], [])
    assert said(reading.notices) == [
        "Kolonnen «Min egen» er ikke lest.",
        "En kolonne uten overskrift er ikke lest. Der står «også».",
        "Kolonnen «tiltak» står to ganger, og den siste er ikke lest.",
        "Rad 2 nevner et annet mål enn før. Tiltak flyttes ikke fra en tabell, og blir stående der de er.",
    ]


def test_words_that_have_no_room_or_are_gone_are_said_with_their_row():
    plan = small_plan()
    rows = rows_of(plan, codes_of(plan))
    rows[1][4], rows[1][6], rows[2][3] = "", "x" * 301, "y" * 51
    rows.append(["", "", "Læring på tvers", "", "Nytt", "", "z" * 301])
    assert said(read_rows(plan, codes_of(plan), rows).problems) == [
        "Rad 2: tiltaket mangler tekst. Skal tiltaket bort, slettes det i planen.",
        "Rad 2: «Frist» har flere enn 300 tegn.",
        "Rad 3: «Merke» har flere enn 50 tegn.",
        "Rad 5: «Frist» har flere enn 300 tegn.",
    ]


def test_the_longest_words_are_those_that_the_database_takes():
    models = {"title": Plan, "subtitle": Plan, "number": Section, "adoption_note": Section}
    assert {
        name: models.get(name, Measure)._meta.get_field(name).max_length for name in LONGEST
    } == LONGEST  # fmt: skip


def cells(**changes: Any) -> bytes:
    book = Workbook()
    for row in (["Kode", "Tiltak", "Frist"], ["c0", "Ringe", "løpende"]):
        book.active.append(row)
    for place, value in changes.items():
        book.active[place] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix", "sentence"),
    [
        (cells(B2='=HYPERLINK("http://example.org","x")'), ".xlsx", read_table.FORMULA % {"cell": "B2"}),
        (cells(C2="#REF!"), ".xlsx", read_table.ERROR % {"cell": "C2", "error": "#REF!"}),
        (cells(BZ2="langt ute"), ".xlsx", read_table.TOO_WIDE),
        (cells(B2="x" * 20_001), ".xlsx", read_table.TOO_LONG),
        (b"Kode;Tiltak\nc0;" + b"x" * 10_000_000, ".csv", read_table.TOO_LONG),
        (b";".join([b"x"] * 61), ".csv", read_table.TOO_WIDE),
    ],
    ids=["formula", "error", "wide", "long", "ten megabytes", "wide csv"],
)
def test_cells_that_cannot_be_read_are_refused_by_name(data, suffix, sentence):
    with pytest.raises(Refused) as refused:
        read_table.read(data, suffix)
    assert str(refused.value) == sentence


def test_excels_unicode_text_is_read():
    assert read_table.read("\ufeffKode\tTiltak\r\nc0\tØve".encode("utf-16-le"), ".csv")[1] == ["c0", "Øve"]


# --- over HTTP ---


def table(client: Client, plan: Plan) -> list[list[str]]:
    response = client.get(WHERE.format(plan.slug, "tiltak.csv"))
    assert response["Content-Disposition"] == f'attachment; filename="{plan.slug}-tiltak.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def send(client: Client, plan: Plan, rows: Any, name: str = "tiltak.csv", language: str = "") -> Any:
    data = rows
    if isinstance(rows, list):
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=";").writerows(rows)
        data = out.getvalue().encode("utf-8-sig")
    address = language + WHERE.format(plan.slug, "tabell/")
    return client.post(address, {"table": SimpleUploadedFile(name, data)})


def test_a_dry_run_shows_what_will_change_and_taking_it_changes_that(secretary, draft):
    rows = table(secretary, draft)
    rows[1][5:8] = ["UNN", "Q3 2026", "gjennomført"]
    rows[3][4] = "Dele erfaringer ofte"
    rows.append(["", "2.1 Overganger", "Læring på tvers", "", "Lage et nettverk", "SSU", "", "", "", "", ""])
    del rows[2]
    answer = send(secretary, draft, rows)
    file = EditedFile.objects.get()
    page = WHERE.format(draft.slug, f"tabell/{file.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, page)
    shown = secretary.get(page).content.decode()
    assert "2 tiltak endret, 1 nytt. Ingenting er endret ennå." in " ".join(shown.split())
    assert "1 tiltak i planen er ikke i tabellen, og blir stående som før." in shown
    before = document_of(draft)
    assert [m.text for _s, _g, m in before.walk_measures()][2] == "Dele erfaringer"
    assert secretary.post(page).status_code == 302
    after = [m for _s, _g, m in document_of(draft).walk_measures()]
    assert [m.text for m in after] == [
        "Lage felles rutine for utskriving", "Møtes hvert halvår", "Dele erfaringer ofte", "Lage et nettverk",
    ]  # fmt: skip
    first = after[0]
    assert first.html == "Lage <strong>felles</strong> rutine for utskriving"  # not touched, so still bold
    assert (first.responsible.text, [b.short for b in first.responsible.bodies]) == ("UNN", ["UNN"])
    assert (first.deadline.text, first.deadline.date) == ("Q3 2026", "2026-09-30")
    assert (first.status.text, first.status.value) == ("gjennomført", "completed")
    assert table(secretary, draft)[1][5] == "UNN"


def test_rows_without_a_code_come_in_their_order_and_are_linked(secretary, draft):
    rows = table(secretary, draft)
    rows += [["", "", "Læring på tvers", "", text, "UNN", "Q3"] for text in ("En", "To", "Tre")]
    send(secretary, draft, rows)
    secretary.post(WHERE.format(draft.slug, f"tabell/{EditedFile.objects.get().pk}/"))
    new = [m for _s, _g, m in document_of(draft).walk_measures()][3:]
    assert [m.text for m in new] == ["En", "To", "Tre"]
    assert [b.short for b in new[0].responsible.bodies] == ["UNN"]
    assert new[0].deadline.date == "2026-09-30"  # of the plan's own year


def test_a_table_is_taken_back_in_one_go_and_every_change_is_in_the_log(secretary, draft, kari):
    before = document_of(draft)
    rows = table(secretary, draft)
    rows[1][5], rows[3][4] = "UNN", "Dele erfaringer ofte"
    rows.append(["", "", "Læring på tvers", "", "Nytt"])
    send(secretary, draft, rows)
    secretary.post(WHERE.format(draft.slug, f"tabell/{EditedFile.objects.get().pk}/"))
    assert {edit.field for edit in Edit.objects.all()} == {"responsible_text", "bodies", "html", "added"}
    assert {edit.by for edit in Edit.objects.all()} == {kari}
    undo(draft, by=kari)
    assert document_of(draft) == before


def test_it_is_taken_whole_or_not_at_all(secretary, draft, kari):
    rows = table(secretary, draft)
    rows[1][5], rows[3][4] = "UNN", "Dele erfaringer ofte"
    send(secretary, draft, rows)
    measure = Measure.objects.order_by("pk").last()
    edit_row(measure, by=kari, version=measure.version, values={"html": "Noe annet"})
    answer = secretary.post(WHERE.format(draft.slug, f"tabell/{EditedFile.objects.get().pk}/"))
    assert answer.status_code == 409
    assert [m.text for _s, _g, m in document_of(draft).walk_measures()][2] == "Noe annet"
    assert table(secretary, draft)[1][5] == "SEKR og SSU"


def test_another_plans_table_is_refused_and_only_some_of_the_rows_are_named(
    secretary, draft, community, kari
):
    other = make_draft(plan_of_size(120), community, kari)
    answer = send(secretary, draft, table(secretary, other))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("er ikke et tiltak i denne planen.") == 30
    assert "… og 90 til." in page


def test_a_table_with_problems_is_not_kept(secretary, draft):
    rows = table(secretary, draft)
    rows[1][0] = "finnes-ikke"
    answer = send(secretary, draft, rows)
    assert answer.status_code == 422
    assert "Rad 2: koden «finnes-ikke» er ikke et tiltak i denne planen." in answer.content.decode()
    answer = send(secretary, draft, rows, language="/en")
    assert "Row 2: the code “finnes-ikke” is not a measure in this plan." in answer.content.decode()
    assert EditedFile.objects.count() == 0


def test_many_rows_that_name_another_goal_are_said_a_few_of_them():
    plan = small_plan()
    goal = next(plan.walk_goals())[1]
    measures = tuple(replace(goal.measures[0], key=f"m{n}") for n in range(12))
    plan = replace(plan, sections=(replace(plan.sections[0], goals=(replace(goal, measures=measures),)),))
    rows = [[*row[:2], "Noe annet", *row[3:]] for row in rows_of(plan, codes_of(plan))]
    rows[0][2] = "Mål"
    assert said(read_rows(plan, codes_of(plan), rows[:4]).notices) == [
        "Rad 2, 3, 4 nevner et annet mål enn før. "
        "Tiltak flyttes ikke fra en tabell, og blir stående der de er.",
        "9 av tiltakene i planen er ikke i tabellen, og blir stående som før.",
    ]
    assert said(read_rows(plan, codes_of(plan), rows).notices) == [
        "Rad 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 og 2 til nevner et annet mål enn før. "
        "Tiltak flyttes ikke fra en tabell, og blir stående der de er."
    ]


def test_excel_goes_out_and_comes_back(secretary, draft):
    data = secretary.get(WHERE.format(draft.slug, "tiltak.xlsx")).content
    book = load_workbook(io.BytesIO(data))
    book.active["F2"] = "SSU"
    out = io.BytesIO()
    book.save(out)
    assert send(secretary, draft, out.getvalue(), "tiltak.xlsx").status_code == 302
    assert [(p.field, p.after) for p in EditedFile.objects.get().proposals.all()] == [
        ("responsible_text", "SSU")
    ]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "tom.csv", "Filen er tom."),
        (b"PK\x03\x04 avkuttet", "skadet.xlsx", "skadet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gammel.xlsx", "kryptert"),
        (b"Kode;Tiltak", "tiltak.exe", "bruk .xlsx eller .csv"),
        (b"PK\x03\x04", "zip.csv", "ikke en tekstfil"),
        (b"Kode;Tiltak\r\n" + b"a;b\r\n" * 6000, "lang.csv", "5 000"),
    ],
)
def test_bad_files_are_refused_in_a_sentence(secretary, draft, data, name, sentence):
    answer = send(secretary, draft, data, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("\u00a0", " ")
    assert EditedFile.objects.count() == 0


def test_only_those_who_may_read_or_edit(client, draft, kari, ola):
    client.force_login(kari)
    rows = table(client, draft)
    rows[3][4] = "Noe nytt"
    send(client, draft, rows)
    page = WHERE.format(draft.slug, f"tabell/{EditedFile.objects.get().pk}/")
    client.force_login(ola)
    for name in ("tiltak.csv", "tiltak.xlsx"):
        assert client.get(WHERE.format(draft.slug, name)).status_code == 403
    assert [send(client, draft, rows).status_code, client.get(page).status_code] == [403, 403]
    assert client.post(page).status_code == 403
    client.force_login(kari)
    adopted(draft, kari)
    assert client.post(page).status_code == 409
    assert client.get(WHERE.format(draft.slug, "tiltak.csv")).status_code == 200
