"""PDF into blocks: headings, lists and tables read off the page, and nothing lost on the way."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsefellesskap.file_checks import DAMAGED, NOT_PDF, Refused
from plans.importers import pdf_pages, read_pdf
from plans.importers.blocks import (
    Divider,
    Heading,
    Item,
    Omitted,
    Paragraph,
    Source,
    Table,
    text_of,
)
from plans.importers.interpret import interpret
from plans.importers.sandbox import import_file

from . import make_pdf
from .facts import CORPUS, goals_of, headings, measures_per_goal
from .make_pdf import pdf

LONG = "Partene vil arbeide sammen om utskriving, oppfølging og opplæring i alle kommuner. " * 4
LONG = LONG.strip()


def read(body: str, style: str = "") -> Source:
    return read_pdf.read(pdf(body, style))


def shapes(source: Source) -> list[tuple[str, str]]:
    return [(type(b).__name__, text_of(b)) for b in source.blocks if not isinstance(b, Divider)]


def table_of(source: Source) -> list[list[tuple[str, int, int]]]:
    (table,) = (block for block in source.blocks if isinstance(block, Table))
    return [[(cell.text, cell.colspan, cell.rowspan) for cell in row.cells] for row in table.rows]


def letters_of(source: Source) -> str:
    texts = [
        f"{b.label}{getattr(b, 'glyph', '')}{b.text}" if isinstance(b, Heading | Item) else text_of(b)
        for b in source.blocks
    ]
    return make_pdf.letters([*texts, *(said.text for said in source.omitted)])


def test_size_makes_headings_and_lines_make_paragraphs() -> None:
    source = read(f"<h1>Handlingsplan</h1><h2>1 Innledning</h2><p>{LONG}</p><p>Kort.</p>")
    assert shapes(source) == [
        ("Heading", "Handlingsplan"),
        ("Heading", "1 Innledning"),
        ("Paragraph", LONG),
        ("Paragraph", "Kort."),
    ]
    assert [b.level for b in source.blocks if isinstance(b, Heading)] == [1, 2]


def test_a_word_divided_at_the_end_of_a_line_is_put_together() -> None:
    style = "p { hyphens: auto; width: 45mm }"
    words = "Samhandlingsavdelingen utarbeider utskrivingsrutiner for kommunehelsetjenesten og sykehusene."
    assert shapes(read(f"<p>{words}</p>", style)) == [("Paragraph", words)]


def test_bold_struck_and_links_are_kept() -> None:
    (paragraph,) = (
        b
        for b in read("<p><b>Mål</b> og <s>gammelt</s> <a href='https://example.org/'>her</a></p>").blocks
        if isinstance(b, Paragraph)
    )
    assert paragraph.html == '<strong>Mål </strong>og <s>gammelt </s><a href="https://example.org/">her</a>'


def test_bullets_have_levels_and_go_on_over_lines() -> None:
    source = read(f"<ul><li>{LONG}<ul><li>under</li></ul></li><li>neste</li></ul>")
    found = [(b.level, b.text) for b in source.blocks if isinstance(b, Item)]
    assert found == [(0, LONG), (1, "under"), (0, "neste")]


def test_what_stands_on_every_page_is_left_out_and_said() -> None:
    pages = "".join(f"<p style='break-after: page'>{words}</p>" for words in ("En.", "To.", "Tre."))
    source = read(pages, make_pdf.MARGINS)
    assert [text for _, text in shapes(source)] == ["En.", "To.", "Tre."]
    assert [b.at for b in source.blocks if isinstance(b, Divider)] == ["side 1", "side 2", "side 3"]
    assert [said for said in source.omitted if said.at == "side 2"] == [
        Omitted(at="side 2", text="Helsefellesskapet Prøve", why="header_footer"),
        Omitted(at="side 2", text="Side 2", why="debris"),
    ]


HEADER = "<thead><tr><th>Hva vil vi?<th>Hvordan få det til?<th>Ansvarlig</thead>"


def test_merged_cells_are_spans() -> None:
    rows = "<tr><td rowspan=2>Trygge overganger<td>Ringe<td>SSU<tr><td>Møtes<td>SEKR<tr><td colspan=3>Felles"
    assert table_of(read(f"<table>{HEADER}{rows}</table>"))[1:] == [
        [("Trygge overganger", 1, 2), ("Ringe", 1, 1), ("SSU", 1, 1)],
        [("Møtes", 1, 1), ("SEKR", 1, 1)],
        [("Felles", 3, 1)],
    ]


@pytest.mark.parametrize("header", [HEADER, HEADER.replace("thead", "tbody")], ids=["repeated", "once"])
def test_a_table_goes_on_over_pages_with_its_merged_goal(header: str) -> None:
    rows = "".join(f"<tr><td>{letter}) {LONG[:150]}<td>SSU" for letter in "bcdefghijkl")
    body = f"<table>{header}<tr><td rowspan=12>Trygge overganger<td>a) Ringe<td>SEKR{rows}</table>"
    source = read(body, make_pdf.MARGINS)
    table = table_of(source)
    assert [cell[0] for cell in table[0]] == ["Hva vil vi?", "Hvordan få det til?", "Ansvarlig"]
    assert table[1] == [("Trygge overganger", 1, 12), ("a) Ringe", 1, 1), ("SEKR", 1, 1)]
    assert [row[0][0][:3] + row[1][0] for row in table[2:]] == [f"{letter}) SSU" for letter in "bcdefghijkl"]
    plan = interpret(source)
    assert (measures_per_goal(plan), goals_of(plan)[0].text) == ([12], "Trygge overganger")


def test_a_plan_of_bold_goals_and_bullets() -> None:
    goals = "".join(f"<li><b>Mål {n} for alle</b><ul><li>Tiltak {n}a<li>Tiltak {n}b</ul>" for n in (1, 2))
    plan = interpret(read(f"<h1>Handlingsplan 2026</h1><h2>Formål</h2><p>{LONG}</p><ul>{goals}</ul>"))
    assert (plan.title, plan.read_as) == ("Handlingsplan 2026", "bullets")
    assert [(g.text, [m.text for m in g.measures]) for g in goals_of(plan)] == [
        ("Mål 1 for alle", ["Tiltak 1a", "Tiltak 1b"]),
        ("Mål 2 for alle", ["Tiltak 2a", "Tiltak 2b"]),
    ]


_words = st.lists(
    st.sampled_from(
        ["mål", "tiltak", "a)", "2.1", "SSU", "-", "samhandlingsavdelingen", "Vi", "og", "FSU-", "•"]
    ),
    min_size=1,
    max_size=30,
).map(" ".join)
_pieces = st.one_of(
    st.tuples(st.sampled_from(["p", "h2", "b", "li", "blockquote"]), _words).map(
        "<{0[0]}>{0[1]}</{0[0]}>".format
    ),
    st.lists(st.tuples(_words, _words), min_size=1, max_size=4).map(
        lambda rows: "<table>" + "".join(f"<tr><td>{a}<td>{b}" for a, b in rows) + "</table>"
    ),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(_pieces, min_size=1, max_size=12).map("".join))
def test_no_letter_is_lost_and_none_is_added(body: str) -> None:
    data = pdf(body)
    assert letters_of(read_pdf.read(data)) == make_pdf.words_in(data)


# --- as Word makes them ---


@pytest.fixture(scope="module")
def troms(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    source = CORPUS / "troms-og-ofoten-2023.docx"
    office_program = shutil.which("soffice")
    if office_program is None or not source.exists():
        pytest.skip("LibreOffice or the corpus is not here")
    folder: Path = tmp_path_factory.mktemp("pdf")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    ask = [office_program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(ask, check=True, capture_output=True, timeout=120)
    return (folder / "troms-og-ofoten-2023.pdf").read_bytes()


def test_a_printed_word_plan_has_its_goals_measures_and_numbers(troms: bytes) -> None:
    plan = import_file(troms, "troms.pdf").document
    assert (plan.title, plan.read_as) == ("Handlingsplan 2023", "table")
    assert [len(goals_of(plan)), sum(measures_per_goal(plan))] == [9, 25]
    assert headings(plan)[:5] == [
        "1 Innledning",
        "2 Innsatsområder",
        "  2.1 Helsetjenester til personer med sammensatte behov",
        "  2.2 Forebygging og egenmestring",
        "  2.3 Personell og kompetanse",
    ]


def test_a_printed_word_plan_loses_no_letter(troms: bytes) -> None:
    source = read_pdf.read(troms)
    assert letters_of(source) == make_pdf.words_in(troms)


# --- what is refused ---

SAMPLE = "<h1>Plan</h1><p>Vi samarbeider.</p>"
REFUSED = {
    "locked": (lambda: make_pdf.locked("hemmelig"), pdf_pages.ENCRYPTED),
    "no pdf": (lambda: b"Ikke en PDF", NOT_PDF),
    "an image": (make_pdf.image, read_pdf.IMAGE_ONLY),
    "cut in the middle": (lambda: pdf(SAMPLE)[:2_000], DAMAGED),
    "cut at the end": (lambda: pdf(SAMPLE)[:-300], DAMAGED),
    "only a name": (lambda: b"%PDF-1.7", DAMAGED),
    "too many pages": (lambda: make_pdf.of_pages(401), pdf_pages.TOO_MANY_PAGES),
    "a deep tree": (lambda: make_pdf.deep(3_000), DAMAGED),
}


@pytest.mark.parametrize(("make", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_with_one_sentence(make: object, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        import_file(make(), "plan.pdf")
    assert str(refused.value) == sentence
    assert sentence.startswith("Filen")
    assert sentence.endswith(".")


def test_a_file_that_anybody_may_open_is_read_though_it_is_encrypted() -> None:
    assert [text for _, text in shapes(read_pdf.read(make_pdf.locked("")))] == ["Plan", "Vi samarbeider."]


def test_scripts_and_attached_files_are_said_and_left_alone() -> None:
    found = read_pdf.read(make_pdf.with_more()).omitted
    assert [said.text for said in found if said.why == "embedded"] == [
        "filer som ligger ved PDF-en",
        "skript i PDF-en",
    ]
