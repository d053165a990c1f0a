"""Tables from the clipboard of Word, Excel, LibreOffice and Google Docs; hostile ones too."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsefellesskap.file_checks import Refused
from plans.document import PlanDocument
from plans.importers import read_html, read_pasted, sandbox
from plans.importers.blocks import (
    Item,
    Table,
    text_of,
)
from plans.importers.interpret.pasted import interpret_pasted
from plans.pasted import Pasted, pasted

from .clipboards import sample, word_item, word_table


def read(html: str, text: str = "", roles: tuple = ()) -> Pasted:
    return pasted(*interpret_pasted(read_pasted.read(html, text), roles))


def rows(found: Pasted) -> list[tuple[str, list[str]]]:
    """Each goal with its measures as «label words | responsible | deadline»."""
    return [
        (
            f"{goal.label} {goal.html}".strip(),
            [
                " | ".join(
                    [
                        f"{m.label} {m.html}".strip(),
                        m.responsible.text if m.responsible else "",
                        m.deadline.text if m.deadline else "",
                    ]
                )
                for m in goal.measures
            ],
        )
        for goal in found.goals
    ]


def roles(found: Pasted) -> list[str]:
    return [column.role for column in found.columns]


def test_word():
    found = read(sample("word"))
    link = '<a href="https://example.org/avtale">avtalen</a>'
    assert rows(found) == [
        (
            "Trygge overganger",
            [
                "a Lage <strong>felles</strong> rutine for utskriving | SEKR og kommunene | 1. juni 2027",
                f"b <s>Møtes hver måned</s>, se {link} | SSU,\nUNN | løpende",
            ],
        ),
        ("Læring på tvers", ["c Dele erfaringer |  | "]),
    ]
    assert [(c.name, c.role) for c in found.columns] == [
        ("Hva vil vi?", "goal"),
        ("Hvordan få det til?", "measure"),
        ("Ansvarlig", "responsible"),
        ("Frist", "deadline"),
    ]
    assert (found.left_out, found.warnings) == ((), ())


def test_excel():
    found = read(sample("excel"))
    assert rows(found) == [
        ("", ["1 <strong>Kartlegge</strong> behov | FSU BU | ", "2 Lage rapport | UNN\nSSU | "])
    ]
    first, second = found.own_measures
    assert (first.extra, first.struck, second.struck) == ({"Kostnad": "20 000"}, False, True)
    assert roles(found) == ["label", "measure", "responsible", "extra"]


def test_libreoffice():
    found = read(sample("libreoffice"))
    assert rows(found) == [
        (
            "Bedre samhandling",
            ["c Første punkt |  | Q2", "d Andre punkt |  | Q2", "Et tiltak til<br>på to linjer |  | "],
        )
    ]
    assert [w.said for w in found.warnings] == [
        "2 tiltak står i samme rute. Ansvarlig, frist og status er satt likt på alle. Kontroller dem."
    ]


def test_google_docs():
    found = read(sample("google"))
    assert rows(found) == [("", ["Ringe <strong>før </strong><s>etter</s> | SSU\nUNN | "])]


def test_columns_set_apart_by_tabs():
    text = 'Mål\tTiltak\tFrist\r\nTrygghet\t"Ringe\r\nhver dag"\tQ1\r\n\tMøtes\t\r\n\r\n'
    assert rows(read("", text)) == [("Trygghet", ["Ringe<br>hver dag |  | Q1", "Møtes |  | "])]
    quoted = 'Tiltak\tAnsvarlig\n"Åpen\tSSU\n'
    assert rows(read("<p>ikke noe</p>", quoted))[0][0] == ""
    with pytest.raises(Refused, match="Fant ingen tabell"):
        read("<p>Bare ord</p>", "Bare ord")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a)\tRinge hjem etter utskriving\tSSU\tQ1", ["label", "measure", "responsible", "deadline"]),
        (
            "Trygghet for alle\tRinge hjem\tUNN og kommunene\tløpende",
            ["goal", "measure", "responsible", "deadline"],
        ),
        ("Trygghet for alle\tRinge hjem etter utskriving", ["goal", "measure"]),
        ("Ringe hjem etter utskriving\tSekretariatet", ["measure", "responsible"]),
        ("Ringe hjem\tSSU\tAndel som svarer\tpågår", ["measure", "responsible", "extra", "status"]),
    ],
)
def test_rows_without_headings_are_told_by_what_stands_in_them(text: str, expected: list[str]):
    assert roles(read("", f"{text}\n{text}")) == expected


def test_the_person_says_what_the_columns_are():
    text = "Ringe hjem\tTrygghet\t7\nMøtes\t\t8"
    found = read("", text, ("measure", "goal", "left_out"))
    assert rows(found) == [("Trygghet", ["Ringe hjem |  | ", "Møtes |  | "])]
    assert found.left_out == ()
    assert roles(read("", text, ("measure",))) == roles(read("", text))  # as many as there are, or none


def test_a_band_over_measures_is_their_goal_and_one_over_goals_is_not():
    row = ["Ringe", "SSU"]
    assert rows(read(word_table(["Tiltak", "Ansvarlig"], row, ["1. Overganger"], row))) == [
        ("", ["Ringe | SSU | "]),
        ("1 Overganger", ["Ringe | SSU | "]),
    ]
    headings, row = ["Mål", "Tiltak", "Ansvarlig"], ["Trygghet", "Ringe", "SSU"]
    found = read(word_table(headings, ["Innsatsområde"], row, below="<p>Etter tabellen</p>"))
    assert rows(found) == [("Trygghet", ["Ringe | SSU | "])]
    assert found.left_out == ("Etter tabellen", "Innsatsområde")


def test_comments_deleted_and_hidden_words_are_left_out_and_said():
    cell = (
        "<p>Ny<del cite='mailto:x' datetime='2026-01-01T10:00'> gammel</del><ins> tekst</ins>"
        "<span class=MsoCommentReference>[KN1]</span><span style='display:none'>skjult</span></p>"
    )
    found = read(f"<table><tr><th>Tiltak<th>Ansvarlig<tr><td>{cell}<td>SSU</table>")
    assert rows(found) == [("", ["Ny tekst | SSU | "])]
    assert [warning.said for warning in found.warnings] == [
        "Slettet tekst (sporede endringer) er utelatt: «gammel».",
        "En kommentar er utelatt: «[KN1]».",
        "Skjult tekst er utelatt: «skjult».",
    ]


def test_too_long_for_their_field_no_word_is_lost():
    label, deadline = "tiltak " * 10, "innen " * 60
    text = f"Nr\tTiltak\tFrist\n{label}\tRinge\t{deadline}"
    measure = read("", text).own_measures[0]
    assert (measure.label, measure.html) == ("", f"{label.strip()} Ringe")
    assert (measure.deadline, measure.extra) == (None, {"Frist": deadline.strip()})


def test_word_lists_keep_their_levels():
    source = read_html.read(
        word_item("·", "Først")
        + word_item("o", "Under", level=2)
        + word_item("2.1", "Så", level=1)
        + "<p class=MsoNormal>Etter</p>"
    )
    found = [(b.level, b.label, b.glyph, b.text) for b in source.blocks if isinstance(b, Item)]
    assert found == [(0, "", "•", "Først"), (1, "", "◦", "Under"), (0, "2.1", "", "Så")]
    assert text_of(source.blocks[-1]) == "Etter"


# --- hostile ---


def test_nothing_runs_and_nothing_unsafe_is_kept():
    hostile = (
        "<table><tr><td>Tiltak<td>Ansvarlig<tr><td onclick='x()'>Ringe<script>alert(1)</script>"
        "<img src=x onerror=alert(2)><iframe src='https://evil.example'></iframe>"
        "<a href='javascript:alert(3)'>her</a><svg><a xlink:href='javascript:x'>y</a></svg>"
        "<style>*{color:red}</style><td>SSU</table><script>alert(4)</script>"
    )
    found = read(hostile)
    assert rows(found) == [("", ["Ringeher | SSU | "])]
    assert [warning.said for warning in found.warnings] == [
        "Noe som er bygget inn og ikke er tekst, er utelatt: «et bilde»."
    ]


@pytest.mark.parametrize("count", [501, 10_000])
def test_more_rows_than_a_page_holds_are_refused(count: int):
    for html, text in (("<table>" + "<tr><td>a<td>b" * count + "</table>", ""), ("", "a\tb\n" * count)):
        with pytest.raises(Refused, match="flere enn 500 rader"):
            read_pasted.read(html, text)


def test_claims_of_enormous_spans_are_no_more_than_the_table():
    html = (
        "<table><tr><td>Mål<td>Tiltak<tr><td rowspan=999999999>Trygghet<td colspan=65535>Ringe"
        "<tr><td rowspan=0>Møtes<tr><td colspan=-1 rowspan=x></table>"
    )
    source = read_pasted.read(html, "")
    (table,) = [block for block in source.blocks if isinstance(block, Table)]
    assert [(c.colspan, c.rowspan) for row in table.rows for c in row.cells] == [
        (1, 1), (1, 1), (1, 3), (63, 1), (1, 2), (1, 1),
    ]  # fmt: skip
    assert rows(read(html)) == [("Trygghet", ["Ringe |  | ", "Møtes |  | "])]


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "b"])
def test_endless_depth_is_refused(tag: str):
    with pytest.raises(Refused):
        sandbox.read_pasted(f"<{tag}>" * 100_000 + "<table><tr><td>a<td>b</table>", "")


def test_too_much_is_refused():
    with pytest.raises(Refused, match="for stort"):
        read_pasted.read("<p>" + "x" * read_pasted.MOST, "")


@pytest.mark.parametrize(
    "html", ["", "  ", "<table></table>", "<table><tr><td>&nbsp;<td></table>", "\x00", "<!--"]
)
def test_nothing_in_it(html: str):
    with pytest.raises(Refused):
        read(html)


def test_the_sandbox_answers_as_it_is_read_here():
    document, columns = sandbox.read_pasted(sample("word"), "")
    here: tuple[PlanDocument, list] = interpret_pasted(read_pasted.read(sample("word"), ""))
    assert (document, columns) == here


_words = st.text("abcæøåé", min_size=1, max_size=6)
_cells = st.lists(_words, max_size=3).map(" ".join)
_rows = st.lists(st.lists(_cells, min_size=2, max_size=5), min_size=1, max_size=6)


@given(_rows, st.lists(st.integers(1, 3), min_size=30, max_size=30), st.booleans())
def test_no_word_is_lost(table: list[list[str]], spans: list[int], headed: bool):
    if not any(words for row in table for words in row):
        return
    heading = "<tr><td>Mål<td>Tiltak<td>Ansvarlig" if headed else ""
    cells = iter(spans)
    lines = "".join("<tr>" + "".join(f"<td rowspan={next(cells)}>{words}" for words in row) for row in table)
    found = read(f"<table>{heading}{lines}</table>")
    shown = [*found.left_out, *(w.said for w in found.warnings), *(c.name for c in found.columns)]
    for goal in found.goals:
        shown += [goal.label, goal.html, goal.body]
        for m in goal.measures:
            shown += [m.label, m.html, m.indicator, *m.extra, *m.extra.values()]
            shown += [part.text for part in (m.responsible, m.deadline, m.status) if part]
    told = set(re.findall(r"\w+", " ".join(shown)))
    assert {word for row in table for words in row for word in words.split()} <= told
