"""The PDF's pages as they are printed, measured: lines of prose, headings, captions, running headers."""

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pdfplumber
import pytest

from helsefellesskap.letters import fitting
from plans.document import Deadline, Figure, Goal, Measure, PlanDocument, Responsible, Section
from plans.exporters.pdf import render
from tests.plans.exporters import samples

HEADING = (0.043, 0.227, 0.310)  # #0b3a4f
COLUMNS = (0.173, 0.392, 0.471)  # #2c6478: column headings and kickers
TOP, BOTTOM = 78, 770  # points: between the running header and the footer


@dataclass(frozen=True)
class Line:
    text: str
    size: float
    color: tuple[float, ...]
    top: float


def pages(data: bytes) -> list[list[Line]]:
    """Each page's lines from the top, the cover left out."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        return [list(_lines(page)) for page in file.pages[1:]]


def _lines(page: Any) -> Iterator[Line]:
    for found in page.extract_text_lines(y_tolerance=2):
        letters = [c for c in found["chars"] if c["text"].strip()]
        # The colour of most letters: a number before a heading has its own.
        colors = [tuple(round(part, 3) for part in c["non_stroking_color"]) for c in letters]
        color = max(colors, key=colors.count)
        yield Line(found["text"], round(letters[-1]["size"], 1), color, found["top"])


def body(lines: list[Line]) -> list[Line]:
    return [line for line in lines if TOP < line.top < BOTTOM]


SENTENCES = (
    "Kommunene og sykehuset har ansvar for de samme innbyggerne, og skifter ofte på det.",
    "Derfor avtaler partene hvem som gjør hva, når det skal være gjort, og hvordan det følges opp.",
    "Samhandlingsavvik meldes i begge retninger.",
)


def long_plan() -> PlanDocument:
    """Sections of all lengths, so that headings, tables and lists fall everywhere on the page."""
    counts = itertools.cycle((3, 1, 7, 2, 0, 5, 11, 4))
    sections = []
    for n in range(1, 21):
        inside = itertools.islice(itertools.cycle(SENTENCES), next(counts) * 2)
        body = " ".join(["Begynner her.", *inside, "Ender her."])
        measure = Measure(key=f"m{n}", label="a", text="Møtes hver måned " * (n % 4 + 1))
        named = replace(measure, responsible=Responsible(text="SEKR, UNN, kommunene"))
        goals = (
            Goal(key=f"g{n}", text="Trygge overganger", measures=(measure,) * (n % 5)),
            Goal(key=f"h{n}", text="Felles kunnskap", measures=(named,) * (n % 7)),
        )
        inner = Section(key=f"i{n}", number=f"{n}.1", heading="Under", body=f"<p>{body}</p>", goals=goals)
        empty = Section(key=f"e{n}", number=f"{n}.2", heading="Tomt kapittel")
        sections.append(
            Section(
                key=f"s{n}",
                number=str(n),
                heading="Kapittel med en overskrift",
                body=f"<p>{body}</p><h4>Mellomtittel</h4><ul><li>{body[:90]}</li></ul>" if n % 2 else "",
                sections=(inner, empty) if n % 3 else (inner,),
            )
        )
    return PlanDocument(title="Handlingsplan", sections=tuple(sections))


@pytest.fixture(scope="module")
def long_pages() -> list[list[Line]]:
    return pages(render(long_plan(), samples.DRAFT))


def test_no_heading_is_the_last_on_its_page(long_pages: list[list[Line]]) -> None:
    ends = [body(lines)[-1] for lines in long_pages[:-1]]
    assert len(ends) > 12
    assert [line.text for line in ends if line.color == HEADING and line.size > 10] == []


def test_no_column_headings_are_the_last_on_their_page(long_pages: list[list[Line]]) -> None:
    assert [lines[-1].text for lines in map(body, long_pages[:-1]) if lines[-1].color == COLUMNS] == []


def test_no_paragraph_leaves_one_line_alone(long_pages: list[list[Line]]) -> None:
    """The last line of a paragraph never opens a page, nor its first line ends one."""
    opens = [body(lines)[0].text for lines in long_pages[1:]]
    ends = [body(lines)[-1].text for lines in long_pages[:-1]]
    assert [text for text in ends if text.startswith("Begynner") and not text.endswith("Ender her.")] == []
    assert [text for text in opens if text.endswith("Ender her.") and not text.startswith("Begynner")] == []


PLANS = {"strategy": samples.strategy, "table": samples.table_plan}


@pytest.mark.parametrize("name", PLANS)
def test_lines_of_prose_hold_75_letters_at_most(name: str) -> None:
    made = pages(render(PLANS[name](), samples.DRAFT))[1:]
    prose = [line for page in made for line in body(page) if line.size == 10.5]
    assert len([line for line in prose if len(line.text) > 50]) > 8
    assert [line.text for line in prose if len(line.text) > 75] == []


def test_a_caption_stands_under_its_figure() -> None:
    document, files = samples.figure_plan()
    sha256 = next(iter(files))
    figures = [
        Section(
            key=str(n),
            heading=f"Kapittel {n}",
            body="<p>" + "Ord og tall. " * (n * 9) + "</p>",
            figures=(Figure(sha256=sha256, media_type="image/png", alt="Søyler", caption=f"Bildetekst {n}"),),
        )
        for n in range(1, 9)
    ]
    data = render(replace(document, sections=tuple(figures)), samples.DRAFT, figures=files)
    with pdfplumber.open(io.BytesIO(data)) as file:
        seen = [(len(page.images), page.extract_text().count("Bildetekst")) for page in file.pages[1:]]
    assert sum(images for images, _captions in seen) == 8
    assert [pair for pair in seen if pair[0] != pair[1]] == []


def test_running_headers_keep_to_one_line() -> None:
    title = "STRATEGI FOR HELSEFELLESSKAPET VED SYKEHUSET OG ALLE KOMMUNENE I OMRÅDET 2026–2030"
    heading = "Helhetlige pasientforløp for alle de prioriterte pasientgruppene i helsefellesskapet vårt"
    section = Section(key="s", number="12.3", heading=heading, body="<p>Ord.</p>" * 60)
    made = pages(render(PlanDocument(title=title, sections=(section,)), samples.DRAFT))
    heads = [[line for line in page if line.top <= TOP] for page in made]
    assert {len(head) for head in heads} == {1}
    assert heads[-1][0].text.count("…") == 2


def test_what_is_cut_is_cut_after_a_word() -> None:
    assert fitting("Kort", size=8, width=200) == "Kort"
    assert (
        fitting("Helsefellesskapet Lofoten og Salten", size=8, width=120) == "Helsefellesskapet Lofoten og …"
    )
    assert fitting("W" * 80, size=8, width=100).endswith("W …")


def test_no_line_ends_within_a_period_a_name_or_a_date() -> None:
    title = "Strategi for Helsefellesskapet St. Olavs hospital og kommunene 2022 - 2024"
    responsible = Responsible(text="Universitetssykehuset Nord-Norge HF & PM")
    deadline = Deadline(text="15. juni og 15. desember")
    measure = Measure(key="m", text="Øve", responsible=responsible, deadline=deadline)
    section = Section(key="s", goals=(Goal(key="g", measures=(measure,)),))
    data = render(PlanDocument(title=title, sections=(section,)), samples.DRAFT)
    with pdfplumber.open(io.BytesIO(data)) as file:
        cover = [line["text"] for line in file.pages[0].extract_text_lines() if line["chars"][0]["size"] > 20]
        table = file.pages[2].within_bbox((295, TOP, 530, 200))
        words = table.extract_text(layout=False).split("\n")[1:3]
    assert cover == ["Strategi for Helsefellesskapet", "St. Olavs hospital og kommunene", "2022 - 2024"]
    assert words == ["Universitetssykehuset 15. juni og", "Nord-Norge HF & PM 15. desember"]


def test_contents_and_headers_leave_out_the_colon_of_a_heading() -> None:
    sections = (Section(key="s", heading="Formål:", body="<p>Ord.</p>"), Section(key="t", heading=":"))
    contents, first = pages(render(PlanDocument(title="Plan", sections=sections), samples.DRAFT))
    assert [line.text for line in body(contents)] == ["Innhold", "Formål 3", ": 3", "Om dokumentet 3"]
    assert [line.text for line in first[:2]] == ["Plan Formål Utkast", "Formål:"]


@pytest.mark.parametrize("title", ["Å", "ŋ", "Samhandlingsreformgjennomføringsplanleggingskonferansen"])
def test_titles_of_one_letter_or_one_long_word_stay_on_the_page(title: str) -> None:
    data = render(PlanDocument(title=title, sections=(Section(key="s", heading=title),)), samples.DRAFT)
    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages:
            assert [c["text"] for c in page.chars if c["x1"] > page.width or c["x0"] < 0] == []
        assert "".join(c["text"] for c in file.pages[0].chars if c["size"] > 20).replace("‐", "") == title
