"""Plan tables: what columns mean, goals that go on, bands, merged cells, several measures in a cell."""

import io

import docx
import pytest
from docx.document import Document

from plans.document import Deadline, PlanDocument, Status
from plans.importers import read_docx, read_text
from plans.importers.interpret import interpret
from plans.importers.interpret.columns import role_of
from tests.plans.importers.facts import goals_of, headings, labels, measures_per_goal, quotes, text


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Hva vil vi?", "goal"),
        ("Kva vil vi oppnå?", "goal"),
        ("Mål", "goal"),
        ("Målsetting", "goal"),
        ("Delmål", "goal"),
        ("Hvordan få det til?", "measure"),
        ("Korleis få det til?", "measure"),
        ("TILTAK", "measure"),
        ("Tiltak/aktivitet", "measure"),
        ("Konkrete tiltak (hva skal gjøres)", "measure"),
        ("Ansvarlig", "responsible"),
        ("Ansvarleg", "responsible"),
        ("Hvem har ansvar?", "responsible"),
        ("Hovedansvar", "responsible"),
        ("Frist", "deadline"),
        ("Tidsfrist:", "deadline"),
        ("Når", "deadline"),
        ("Status", "status"),
        ("Status per 1. mai", "status"),
        ("Framdrift", "status"),
        ("Indikator", "indicator"),
        ("Måleindikatorer", "indicator"),
        ("Hvordan måle?", "indicator"),
        ("Nr.", "label"),
        ("Innsatsområde", "area"),
        ("Kostnad", "extra"),
        ("Merknad", "extra"),
        ("", "extra"),
    ],
)
def test_what_a_heading_means(heading: str, role: str) -> None:
    assert role_of(heading) == role


def test_nynorsk_with_deadline_and_status() -> None:
    document = text(
        "Handlingsplan for Helsefellesskapet Fjordane 2023-2024",
        "",
        "Kva vil vi?\tKorleis få det til?\tAnsvarleg\tFrist\tStatus",
        "Betre overgangar\t1. Lage ein rutine, ikkje to\tHelse Førde og kommunane\t01.06.2023\tIkkje starta",
        "\t2. Kurs for tilsette\tKS\thausten 2023\tI gang",
        "Rekruttering\t3. Felles utlysing frå hausten\tAlle kommunar\t\tGjennomført",
    )
    assert (document.language, document.community) == ("nn", "Helsefellesskapet Fjordane")
    assert document.sections[0].columns == (
        "Kva vil vi?", "Korleis få det til?", "Ansvarleg", "Frist", "Status",
    )  # fmt: skip
    assert [g.text for g in goals_of(document)] == ["Betre overgangar", "Rekruttering"]
    assert labels(document.sections[0]) == "123"
    measures = [m for _, _, m in document.walk_measures()]
    assert [m.deadline for m in measures] == [
        Deadline(text="01.06.2023", date="2023-06-01"),
        Deadline(text="hausten 2023"),
        None,
    ]
    assert [m.status for m in measures] == [
        Status(text="Ikkje starta", value="not_started"),
        Status(text="I gang", value="ongoing"),
        Status(text="Gjennomført", value="completed"),
    ]


PIPES = [
    "# Tiltaksplan 2024",
    "",
    "| Tiltak | Ansvarlig | Status | Indikator | Kostnad |",
    "|---|---|---|---|---|",
    "| **Område A** | | | | |",
    "| Lage plan | SSU | Pågår | Antall planer | 100 000 |",
    "| Starte kurs | FSU BU / kommunene | Delvis gjennomført | | |",
    "| **Område B** | | | | |",
    "| Besøke hjemme | Kommunene | Utsatt | | |",
]


def test_no_goal_column_bands_and_unknown_columns() -> None:
    document = text(*PIPES)
    first, second = document.sections[0].sections
    assert (first.heading, second.heading) == ("Område A", "Område B")
    assert first.columns == ("Tiltak", "Ansvarlig", "Status", "Indikator", "Kostnad")
    assert [g.text for g in goals_of(document)] == ["", ""]
    plan, course = first.goals[0].measures
    assert (plan.text, plan.indicator, plan.extra) == ("Lage plan", "Antall planer", {"Kostnad": "100 000"})
    assert course.responsible is not None
    assert course.responsible.parties == ("FSU BU", "kommunene")
    assert course.status == Status(text="Delvis gjennomført")
    assert "Statusen «Delvis gjennomført» er tatt med i ord, men ikke tolket." in quotes(document)


def test_an_area_column_makes_sections() -> None:
    document = text(
        "Handlingsplan 2024",
        "",
        "Innsatsområde\tMål\tTiltak\tAnsvar",
        "Eldre\tTrygg hjemme\tBesøk\tKommunene",
        "\t\tTelefon\tKommunene",
        "Barn\tTidlig hjelp\tTeam\tBUP",
    )
    assert headings(document) == ["", "  Eldre", "  Barn"]
    assert measures_per_goal(document) == [2, 1]


def test_plain_text_with_numbered_sections() -> None:
    document = text(
        "HANDLINGSPLAN 2022-2023",
        "Helsefellesskapet Vestkysten",
        "",
        "1 Innledning",
        "",
        "Planen er laget av sekretariatet. Den blir fulgt opp hvert år.",
        "",
        "2 Mål",
        "",
        "2.1 Barn og unge",
        "",
        "Mål\tTiltak\tAnsvar",
        "Tidlig innsats\tFamilieteam\tKommunene",
        "",
        "2.2 Eldre",
        "",
        "Mål\tTiltak\tAnsvar",
        "Trygg hjemme\tBesøk\tKommunene",
        "",
        "3 Videre arbeid",
        "",
        "Planen rulleres hvert år.",
    )
    assert document.subtitle == "Helsefellesskapet Vestkysten"
    assert headings(document) == [
        "1 Innledning",
        "2 Mål",
        "  2.1 Barn og unge",
        "  2.2 Eldre",
        "3 Videre arbeid",
    ]
    assert [len(s.goals) for _, s in document.walk_sections()] == [0, 0, 1, 1, 0]


def test_styles_that_lie_about_levels() -> None:
    document = text(
        "# Handlingsplan 2024",
        "# 1 Innledning",
        "Tekst om planen.",
        "## 2 Områder",
        "# 2.1 Eldre",
        "Mål\tTiltak\tAnsvar",
        "Trygg\tBesøk\tKommunene",
        "#### 2.2 Barn",
        "Mål\tTiltak\tAnsvar",
        "Tidlig\tTeam\tBUP",
        "### 3 Videre",
        "Tekst til slutt.",
    )
    assert headings(document) == ["1 Innledning", "2 Områder", "  2.1 Eldre", "  2.2 Barn", "3 Videre"]


def test_goals_that_are_written_again_are_one() -> None:
    document = text(
        "Handlingsplan 2024",
        "",
        "Mål\tTiltak\tAnsvar",
        "Trygg\tBesøk\tKommunene",
        "Trygg\tTelefon\tKommunene",
        "Mål\tTiltak\tAnsvar",
        "Tidlig\tTeam\tBUP",
    )
    assert measures_per_goal(document) == [2, 1]
    assert "Utelatt: «Trygg». Målet gjentas" in quotes(document)
    assert "Utelatt: «Mål», «Tiltak», «Ansvar». Kolonneoverskriftene gjentas" in quotes(document)


def test_a_row_without_its_own_measure_adds_to_the_one_above() -> None:
    document = text(
        "Handlingsplan 2024", "",
        "Mål\tTiltak\tAnsvar", "Trygg\tBesøk\tKommunene", "\t\tSykehuset", "Alene\t\tSSU",
    )  # fmt: skip
    found = [(m.text, m.responsible.text if m.responsible else "") for _, _, m in document.walk_measures()]
    assert found == [("Besøk", "Kommunene\nSykehuset"), ("", "SSU")]


def test_several_measures_in_one_cell() -> None:
    document = text(
        "# Plan", "| Mål | Tiltak | Ansvar |", "|---|---|---|", "| Trygg | a) Besøk<br>b) Telefon | SSU |"
    )
    assert labels(document.sections[0]) == "ab"
    assert [m.responsible.text for _, _, m in document.walk_measures() if m.responsible] == ["SSU", "SSU"]
    assert "2 tiltak står i samme rute" in quotes(document)


def test_text_between_and_after_tables_and_other_tables() -> None:
    document = text(
        "# Handlingsplan 2024",
        "## Områder",
        "Før tabellen.",
        "Mål\tTiltak\tAnsvar",
        "Trygg\tBesøk\tKommunene",
        "",
        "Mellom tabellene.",
        "",
        "Mål\tTiltak\tFrist",
        "Tidlig\tTeam\tmai",
        "",
        "Etter tabellene.",
        "",
        "## Økonomi",
        "| Post | Sum |",
        "|---|---|",
        "| Reise | 10 |",
    )
    areas, money = document.sections
    assert (areas.body, areas.columns) == ("<p>Før tabellen.</p>", ("Mål", "Tiltak", "Ansvar"))
    assert (areas.sections[0].body, areas.sections[0].after) == (
        "<p>Mellom tabellene.</p>",
        "<p>Etter tabellene.</p>",
    )
    assert areas.sections[0].columns == ("Mål", "Tiltak", "Frist")
    assert "<th" in money.body
    assert "<td>Reise</td>" in money.body
    assert money.goals == ()


def test_read_as_text_keeps_the_table_as_it_stands() -> None:
    source = "\n".join(["Handlingsplan 2024", "", "Mål\tTiltak\tAnsvar", "Trygg\tBesøk\tKommunene"])
    document = interpret(read_text.read(source.encode()), read_as="strategy")
    assert list(document.walk_goals()) == []
    assert "<td>Besøk</td>" in document.sections[0].body


# --- from Word, where cells are merged and labels are made by the program ---


def word_plan() -> Document:
    file = docx.Document()
    file.add_heading("Handlingsplan for Helsefellesskapet Fjellet 2024", 0)
    file.add_heading("Tiltak", 1)
    table = file.add_table(rows=1, cols=4)
    for cell, name in zip(table.rows[0].cells, ["Mål", "Tiltak", "Ansvarlig", "Frist"], strict=True):
        cell.text = name

    def band(name: str) -> None:
        row = table.add_row()
        row.cells[0].merge(row.cells[3]).text = name

    band("Område 1: Eldre")
    rows = [table.add_row(), table.add_row()]
    for row, (measure, who, when) in zip(
        rows,
        [("Sjekkliste", "SEKR", "1. mai 2024"), ("Opplæring", "UNN og kommunene", "høsten")],
        strict=True,
    ):
        row.cells[1].paragraphs[0].text = measure
        row.cells[1].paragraphs[0].style = file.styles["List Number"]
        row.cells[2].text, row.cells[3].text = who, when
    rows[0].cells[0].text = "Trygg utskriving"
    rows[0].cells[0].merge(rows[1].cells[0])
    band("Område 2: Barn")
    row = table.add_row()
    row.cells[0].text = "Tidlig hjelp"
    row.cells[1].paragraphs[0].text = "Team"
    run = row.cells[1].paragraphs[0].runs[0]
    run.font.double_strike = True
    file.add_paragraph("Etter tabellen.")
    return file


def read_word(file: Document) -> PlanDocument:
    stream = io.BytesIO()
    file.save(stream)
    return interpret(read_docx.read(stream.getvalue()))


def test_merged_goal_cells_bands_and_labels_made_by_word() -> None:
    document = read_word(word_plan())
    assert headings(document) == ["Tiltak", "  Område 1: Eldre", "  Område 2: Barn"]
    assert [(g.text, [m.text for m in g.measures]) for g in goals_of(document)] == [
        ("Trygg utskriving", ["Sjekkliste", "Opplæring"]),
        ("Tidlig hjelp", ["Team"]),
    ]
    first, second = document.sections[0].sections
    assert labels(first) == "12"
    assert first.goals[0].measures[0].deadline == Deadline(text="1. mai 2024", date="2024-05-01")
    assert second.goals[0].measures[0].struck
    assert second.after == "<p>Etter tabellen.</p>"
