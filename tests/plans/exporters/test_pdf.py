"""The PDF at its boundary: bytes in a reader's hands. veraPDF's verdict is in tests/conformance."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pdfplumber
import pikepdf
import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsefellesskap import printing
from helsefellesskap.printing import RenderingFailed
from helsefellesskap.richtext import plain
from plans.document import Goal, Measure, PlanDocument, Section
from plans.exporters import pdf
from plans.exporters.facts import AdoptionFacts
from plans.exporters.pdf import render
from tests.plans.exporters import samples
from tests.plans.exporters.reading import one_line, page_texts, words


@pytest.fixture(scope="module")
def table_pdf() -> bytes:
    return render(samples.table_plan(), samples.ADOPTED)


def open_pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def elements(file: pikepdf.Pdf) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every element of the tag tree in reading order, with the kinds of those it stands in."""

    def walk(node: Any, path: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child, path)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield node, path
                path = (*path, str(node.S))
            if "/K" in node:
                yield from walk(node.K, path)

    yield from walk(file.Root.StructTreeRoot.K, ())


def spoken(data: bytes) -> list[tuple[str, str]]:
    """The runs of words that say their own language, in reading order: (language, words)."""
    found = []
    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages:
            nodes = list(reversed(page.structure_tree))
            while nodes:
                node = nodes.pop()
                nodes += reversed(node.get("children", []))
                if "lang" in node:
                    words = "".join(c["text"] for c in page.chars if c.get("mcid") in node.get("mcids", ()))
                    found.append((node["lang"], words))
    return found


def bookmarks(data: bytes) -> list[tuple[int, str]]:
    def walk(items: Any, depth: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield depth, item.title
            yield from walk(item.children, depth + 1)

    with open_pdf(data).open_outline() as outline:
        return list(walk(outline.root, 1))


def test_the_same_plan_gives_the_same_bytes(table_pdf: bytes) -> None:
    printing.stylesheet_of.cache_clear()  # as in another process
    assert render(samples.table_plan(), samples.ADOPTED) == table_pdf


def test_every_measure_stands_in_order_with_its_label_and_responsible(table_pdf: bytes) -> None:
    text = words(table_pdf)
    wanted = [
        one_line(f"{measure.label}) {measure.text}") for _, _, measure in samples.table_plan().walk_measures()
    ]
    places = [text.find(line) for line in wanted]
    assert -1 not in places
    assert places == sorted(places)
    assert "Faglig samarbeidsutvalg for barn og unge" in text


def test_bookmarks_are_the_headings(table_pdf: bytes) -> None:
    plan = samples.table_plan()
    areas = [
        entry
        for area in plan.sections[1].sections
        for entry in [(3, f"{area.number} {area.heading}"), *((4, goal.text) for goal in area.goals)]
    ]
    assert bookmarks(table_pdf) == [
        (1, "Handlingsplan 2024"),
        (2, "Innhold"),
        (2, "Forkortelser"),
        (2, "1 Innledning"),
        (2, "2 Innsatsområder"),
        *areas,
        (2, "3 Veien videre"),
        (2, "Vedtak"),
        (3, "Partnerskapsmøtet"),
        (3, "Om denne versjonen"),
        (3, "Gjelder denne planen fortsatt?"),
    ]


def test_tags_for_those_who_do_not_see(table_pdf: bytes) -> None:
    file = open_pdf(table_pdf)
    found = list(elements(file))
    headings = [element for element, _ in found if element.S == "/TH"]
    assert {str(heading.A.Scope) for heading in headings} == {"/Column", "/Row"}
    assert [path for element, path in found if element.S == "/Link" and "/Link" in path] == []
    measures = [e for e, _ in found if e.S == "/TD" and "/Headers" in e.A and len(e.A.Headers) == 1]
    assert len(measures) >= 2 * 25  # each cell names its column


def test_words_in_another_language_say_so() -> None:
    body = (
        "<p>First.</p><div lang='nb'>"
        "<p>Så <em>dette</em> i <a href='https://x.example/'>en <b>ny</b> avtale</a></p>"
        "<ul><li>ett<ul><li>to</li></ul></li></ul>"
        "<table><caption>Tall</caption><tr><th>År</th></tr><tr><td>2024</td></tr></table></div>"
        "<p>Last, <span lang='se'>dearvvašvuohta</span>.</p>"
    )
    plan = PlanDocument(title="T", language="en", sections=(Section(key="s", heading="H", body=body),))
    data = render(plan, samples.DRAFT)
    assert open_pdf(data).Root.Lang == "en"
    runs = spoken(data)
    assert runs.pop() == ("se", "dearvvašvuohta")
    assert {language for language, _ in runs} == {"nb"}
    assert "|".join(words for _, words in runs) == "Så |dette| i |en |ny| avtale|• |ett|◦ |to|Tall|År|2024"


def test_the_file_says_what_it_is(table_pdf: bytes) -> None:
    file = open_pdf(table_pdf)
    assert file.Root.Lang == "nb"
    assert file.Root.ViewerPreferences.DisplayDocTitle
    assert (file.docinfo["/Title"], file.docinfo["/Author"]) == (
        "Handlingsplan 2024",
        "Helsefellesskapet Fjord og vidde",
    )
    assert str(file.docinfo["/CreationDate"]) == "D:20240314"
    with file.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
    fonts = {str(font["/BaseFont"]) for font in file.pages[0].Resources.Font.values()}
    assert {name.split("+")[1].split("-")[0] for name in fonts} == {"Inter"}


def test_contents_point_at_the_right_pages(table_pdf: bytes) -> None:
    pages = page_texts(table_pdf)
    entries = re.findall(r"^\s*(\d[\d.]*) (.+?) {2,}(\d+)\s*$", pages[1], re.MULTILINE)
    assert [number for number, _, _ in entries] == ["1", "2", "2.1", "2.2", "2.3", "3"]
    for number, heading, page in entries:
        assert f"{number} {heading}" in one_line(pages[int(page) - 1])


def test_every_page_but_the_cover_is_numbered(table_pdf: bytes) -> None:
    pages = page_texts(table_pdf)
    footers = [re.findall(r"Side \d+ av \d+", page) for page in pages]
    assert footers == [[], *([f"Side {n} av {len(pages)}"] for n in range(2, len(pages) + 1))]


def test_column_headings_are_repeated_on_each_page() -> None:
    pages = page_texts(render(samples.many_measures(60), samples.DRAFT))
    with_measures = [page for page in pages if "Tiltak nummer" in page]
    assert len(with_measures) > 2
    assert [page.count("Ansvarlig") for page in with_measures] == [1] * len(with_measures)


def test_prose_lines_are_at_most_75_letters_long() -> None:
    plan = samples.strategy()
    prose = plain(plan.sections[0].body)
    lines = [
        line.strip() for page in page_texts(render(plan, samples.RECEIVED)) for line in page.splitlines()
    ]
    lengths = [len(line) for line in lines if len(line) > 40 and line in one_line(prose)]
    assert len(lengths) > 20
    assert max(lengths) <= 75


def test_northern_sami_and_norwegian_letters_come_out_as_they_went_in() -> None:
    text = words(render(samples.bullets_plan(), samples.DRAFT))
    for measure in (m for _, _, m in samples.bullets_plan().walk_measures()):
        assert one_line(measure.text) in text


def test_a_figure_is_read_aloud_and_a_broken_one_described() -> None:
    document, files = samples.figure_plan()
    data = render(document, samples.DRAFT, figures=files)
    file = open_pdf(data)
    figures = [str(element.Alt) for element, _ in elements(file) if element.S == "/Figure"]
    assert figures == ["Søylediagram: 12, 21, 18 og 32 brukere."]
    assert "Figuren kan ikke vises her. Kart over kommunene" in words(data)


def test_struck_out_words_are_said_to_be_so() -> None:
    text = words(render(samples.status_plan(), samples.ADOPTED))
    assert "12) Hospitering (strøket)" in text
    assert "Utgått tiltak (strøket)" in text
    assert "1. desember 2024" in text
    assert "Ikke startet" in text
    assert "Merknad: Ses sammen med område 3" in text


def test_a_plan_as_received_is_never_called_adopted() -> None:
    plan = replace(samples.strategy(), sections=samples.strategy().sections[1:])
    text = words(render(plan, samples.RECEIVED))
    assert "Vedtaksopplysninger mangler" in text
    assert "vedtatt" not in text.lower()


def test_a_draft_says_so_on_every_page() -> None:
    pages = page_texts(render(samples.strategy(), samples.DRAFT))
    assert [page for page in pages if "Utkast" not in page] == []


def test_a_received_plan_or_a_draft_has_no_decisions() -> None:
    with pytest.raises(ValueError, match="decisions"):
        replace(samples.ADOPTED, state="received")


def test_labels_follow_the_plans_language() -> None:
    with translation.override("en"):
        pages = page_texts(render(samples.table_plan(), samples.ADOPTED))
    assert "Side 2 av" in pages[1]


def test_anything_that_weasyprint_remarks_on_stops_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = '<html lang="nb"><title>x</title><a href="#nowhere">x</a>'
    monkeypatch.setattr(pdf, "to_html", lambda *_: broken)
    with pytest.raises(RenderingFailed, match="nowhere"):
        render(samples.table_plan(), samples.ADOPTED)


def test_nothing_is_fetched_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in ("https://helsefellesskap.example/a.png", "file:///etc/hostname"):
        page = f'<html lang="nb"><title>x</title><img alt="x" src="{address}">'
        monkeypatch.setattr(pdf, "to_html", lambda *_, page=page: page)
        with pytest.raises(RenderingFailed, match="Failed to load image"):
            render(samples.table_plan(), samples.ADOPTED)


# Signs that our font may lack, dead links and Word's leftovers are part of what people paste.
SIGNS = ["a", "å", " ", "«", "\u200d", "\uf0b7", "\u2028", "\x00", "☐", "漢", "😀", "\u0301", "langtord" * 12]
ODD = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)
ODD_HTML = ODD.map(lambda t: f'<p>{t.replace("<", "")}<a href="#x">x</a> <a href="http://[">y</a></p>')
GOALS = st.builds(
    Goal,
    key=st.just("g"),
    text=ODD,
    measures=st.lists(st.builds(Measure, key=st.just("m"), label=ODD, text=ODD), max_size=2).map(tuple),
)


@st.composite
def odd_sections(draw: st.DrawFn, depth: int = 0) -> Section:
    return Section(
        key=str(draw(st.integers())),
        number=draw(st.sampled_from(["", "1", "1.1"])),
        heading=draw(ODD),
        body=draw(ODD_HTML | st.just("") | st.just("<h5>a</h5><h4></h4><table><tr></tr></table>")),
        goals=tuple(draw(st.lists(GOALS, max_size=2))),
        sections=tuple(draw(st.lists(odd_sections(depth + 1), max_size=1))) if depth < 5 else (),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sections=st.lists(odd_sections(), max_size=2).map(tuple), title=ODD)
def test_odd_documents_become_files_too(sections: tuple[Section, ...], title: str) -> None:
    file = open_pdf(render(PlanDocument(title=title, sections=sections), samples.DRAFT))
    levels = [int(str(e.S)[2]) for e, _ in elements(file) if re.fullmatch(r"/H\d", str(e.S))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_facts_may_be_few() -> None:
    facts = AdoptionFacts(community="H", state="received", created=samples.DRAFT.created)
    assert len(page_texts(render(PlanDocument(title="P"), facts))) == 3
