"""The front of a plan and the case around it: titles, period, abbreviations, contents, header fields."""

import pytest

from plans.document import Abbreviation, CaseField, Period
from plans.importers import read_text
from plans.importers.blocks import Figure, Heading, Omitted, Paragraph, Source
from plans.importers.interpret import interpret
from tests.plans.importers.facts import headings, quotes, text

BODY = ["", "Bedre overganger", "", "- Rutine", "- Kurs"]


@pytest.mark.parametrize(
    ("sentence", "start", "end", "event"),
    [
        ("Gjelder for perioden 1. januar 2024 til 31. desember 2025.", "2024-01-01", "2025-12-31", ""),
        ("Gjeldende for perioden 01.02.2024 – 31.12.2024", "2024-02-01", "2024-12-31", ""),
        ("Gjeldene for perioden 23. september 2021 til og med partnerskapsmøtet 2022.", "2021-09-23", None,
            "partnerskapsmøtet 2022"),
        ("Gjeld for perioden 2024–2026", "2024-01-01", "2026-12-31", ""),
        ("Planperiode: 2024-25", "2024-01-01", "2025-12-31", ""),
        ("Planen gjelder fram til neste dialogmøte", None, None, "neste dialogmøte"),
        ("Planen gjelder til 1. mai 2025", None, "2025-05-01", ""),
        ("Gjelder for perioden xx.xx.2024 til partnerskapsmøtet.", None, None, "partnerskapsmøtet"),
        ("Gjelder for perioden 1. mai 2025 til 1. mai 2024", None, None, ""),
        ("Gjelder for perioden 31. februar 2024 til 32. mai 2024", None, None, ""),
    ],
)  # fmt: skip
def test_period(sentence: str, start: str | None, end: str | None, event: str) -> None:
    document = text("Handlingsplan 2030", "", sentence, *BODY)
    assert document.period == Period(text=sentence, start=start, end=end, end_event=event)
    assert (sentence in quotes(document)) is (not (start or end or event) or "xx" in sentence)


def test_period_of_the_title_is_said_to_be_that() -> None:
    document = text("Handlingsplan 2024–2025", *BODY)
    assert document.period == Period(text="2024–2025", start="2024-01-01", end="2025-12-31")
    assert "Perioden er lest av tittelen («2024–2025»)" in quotes(document)


@pytest.mark.parametrize(
    ("lines", "title", "subtitle", "community"),
    [
        (["Handlingsplan 2024", "for Helsefellesskapet Nordland"], "Handlingsplan 2024",
            "for Helsefellesskapet Nordland", "Helsefellesskapet Nordland"),
        (["Helsefellesskapet Vestre Viken", "Handlingsplan 2024"], "Handlingsplan 2024",
            "Helsefellesskapet Vestre Viken", "Helsefellesskapet Vestre Viken"),
        (["Handlingsplan for Agder helsefellesskap 2024"], "Handlingsplan for Agder helsefellesskap 2024",
            "", "Agder helsefellesskap"),
        (["HANDLINGSPLAN FOR HELSEFELLESSKAPET ØST 2024"], "HANDLINGSPLAN FOR HELSEFELLESSKAPET ØST 2024",
            "", "HELSEFELLESSKAPET ØST"),
        (["Tiltaksplan"], "Tiltaksplan", "", ""),
    ],
)  # fmt: skip
def test_cover(lines: list[str], title: str, subtitle: str, community: str) -> None:
    document = text(*lines, "", "Formål", "", "Planen skal hjelpe oss. Den er kort.", *BODY)
    assert (document.title, document.subtitle, document.community) == (title, subtitle, community)
    assert headings(document) == ["Formål"]


def test_no_title_is_said() -> None:
    assert "Fant ingen tittel" in quotes(text("- a", "- b"))


def test_abbreviations_and_what_is_none() -> None:
    document = text(
        "# Handlingsplan 2024",
        "## Forkortelser",
        "- SSU = strategisk samarbeidsutvalg",
        "- FSU BU – faglig samarbeidsutvalg",
        "- HF: helseforetak",
        "",
        "Dette er en setning.",
        "## Mål",
        *BODY,
    )
    assert document.abbreviations == (
        Abbreviation(short="SSU", long="strategisk samarbeidsutvalg"),
        Abbreviation(short="FSU BU", long="faglig samarbeidsutvalg"),
        Abbreviation(short="HF", long="helseforetak"),
    )
    assert document.sections[0].body == "<p>Dette er en setning.</p>"


def test_contents_page_without_page_numbers_and_dots() -> None:
    document = text(
        "# Handlingsplan 2024", "## Innhold", "- Bakgrunn", "- Mål",
        "## Bakgrunn", "Tekst her.", "## Mål", *BODY,
    )  # fmt: skip
    assert headings(document) == ["Bakgrunn", "Mål"]
    assert "Utelatt: «Innhold», «Bakgrunn», «Mål»." in quotes(document)
    dotted = text(
        "# Handlingsplan 2024", "Bakgrunn ..... 2", "Mål ..... 3", "Tiltak ..... 4", "## Bakgrunn", "Tekst."
    )
    assert "Utelatt: «Bakgrunn ..... 2», «Mål ..... 3», «Tiltak ..... 4»." in quotes(dotted)


@pytest.mark.parametrize("debris", ["88", "-", "Side 3 av 7", "—"])
def test_debris_is_left_out_and_quoted(debris: str) -> None:
    document = text(
        "Handlingsplan 2024", *BODY, "", debris, "", "Etter dette følger vi opp planen. Slik er det."
    )
    assert f"Utelatt: «{debris}»." in quotes(document)
    assert debris not in document.sections[0].after


def test_what_a_reader_left_out_is_quoted() -> None:
    omitted = (
        Omitted(at="avsnitt 3", text="gammel tekst", why="deleted"),
        Omitted(at="lysbilde 2", text="husk dette", why="notes"),
    )
    blocks = (Heading(at="avsnitt 1", level=1, text="Handlingsplan", html="Handlingsplan"),)
    document = interpret(Source(blocks=blocks, omitted=omitted))
    assert [(w.where, w.said) for w in document.warnings] == [
        ("avsnitt 3", "Slettet tekst (sporede endringer) er utelatt: «gammel tekst»."),
        ("lysbilde 2", "Foredragsnotater er utelatt: «husk dette»."),
    ]


def test_figures_stand_in_their_section() -> None:
    blocks = (
        Heading(at="1", level=1, text="Handlingsplan 2024", html="Handlingsplan 2024"),
        Heading(at="2", level=1, text="Modell", html="Modell"),
        Figure(at="3", sha256="ab", media_type="image/png", alt="Tre nivåer", caption="Figur 1"),
        Paragraph(at="4", text="Slik er det.", html="Slik er det."),
    )
    (section,) = interpret(Source(blocks=blocks)).sections
    assert [(f.sha256, f.alt, f.caption) for f in section.figures] == [("ab", "Tre nivåer", "Figur 1")]
    assert section.body == "<p>Slik er det.</p>"


def test_an_unknown_way_of_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="songbook"):
        interpret(Source(blocks=()), read_as="songbook")


def test_an_empty_source_is_an_empty_document() -> None:
    document = interpret(Source(blocks=()))
    assert (document.title, document.sections, document.case) == ("", (), None)


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["Vi skal ikke bare lage en plan, men følge den fra start."], "nb"),
        (["Me skal ikkje berre lage ein plan, men følgje han frå start."], "nn"),
        (["Mii bargat ovttas dearvvašvuođa ovdii.", "Dat lea deaŧalaš, go dárbbut leat stuorrát."], "se"),
    ],
)  # fmt: skip
def test_language(lines: list[str], language: str) -> None:
    assert text("Plan", "", *lines).language == language


# --- the case ---


def test_case_with_fields_in_one_line_and_a_table_plan() -> None:
    document = text(
        "Sak 12/23 Handlingsplan for neste år",
        "",
        "Saksbehandler: Ola Hansen   Møtedato: 1. desember 2023",
        "Arkivref: 23/00045",
        "",
        "Vedlegg: Protokoll",
        "",
        "Forslag til vedtak:",
        "",
        "SSU vedtar handlingsplanen slik den ligger ved. Den gjelder fra nyttår.",
        "",
        "Bakgrunn:",
        "",
        "Planen er laget av sekretariatet. Den er ny.",
        "",
        "Vurdering:",
        "",
        "Planen er god. Den er kort.",
        "",
        "Handlingsplan 2024",
        "",
        "Hva\tHvordan\tHvem",
        "Trygg\tBesøk\tSSU",
    )
    assert document.title == "Handlingsplan 2024"
    assert len(list(document.walk_measures())) == 1
    case = document.case
    assert case is not None
    assert case.title == "Handlingsplan for neste år"
    assert case.fields == (
        CaseField(key="number", label="Sak", text="12/23"),
        CaseField(key="case_worker", label="Saksbehandler", text="Ola Hansen"),
        CaseField(key="meeting_date", label="Møtedato", text="1. desember 2023", date="2023-12-01"),
        CaseField(key="reference", label="Arkivref", text="23/00045"),
    )
    assert case.attachments == ("Protokoll",)
    assert [(p.kind, p.heading) for p in case.parts] == [
        ("conclusion", "Forslag til vedtak:"),
        ("background", "Bakgrunn:"),
        ("other", "Vurdering:"),
    ]


def test_case_fields_in_a_table() -> None:
    source = read_text.read(
        "\n".join(
            [
                "# Handlingsplan 2024 til behandling",
                "| Saksnr | 3/2024 |",
                "|---|---|",
                "| Saksbehandler | Kari |",
                "| Dato | 01.02.2024 |",
                "| Sted | Bodø |",
                "## Innstilling",
                "Planen vedtas.",
                "# Handlingsplan 2024",
                "## Mål",
                *BODY,
            ]
        ).encode()
    )
    document = interpret(source)
    assert document.case is not None
    assert [(f.key, f.text) for f in document.case.fields] == [
        ("number", "3/2024"),
        ("case_worker", "Kari"),
        ("document_date", "01.02.2024"),
    ]
    assert "«Sted Bodø». Feltet har ingen plass i saken." in quotes(document)


def test_a_case_without_a_plan_is_said() -> None:
    document = text(
        "Sak 1-2024", "", "Orientering", "", "Saksbehandler: Kari", "", "Bakgrunn", "", "Dette er en sak."
    )
    assert document.sections == ()
    assert "Fant en sak, men ingen plan i den." in quotes(document)


def test_background_is_a_section_where_there_is_no_case() -> None:
    document = text("# Handlingsplan 2024", "## Bakgrunn", "Tekst her.", "## Mål", *BODY)
    assert document.case is None
    assert headings(document) == ["Bakgrunn", "Mål"]
