"""Text files into blocks: encodings, Markdown's marks, tables, bullets, wrapped lines."""

import pytest

from helsefellesskap.file_checks import Refused
from plans.importers import read_text
from plans.importers.blocks import (
    Block,
    Divider,
    Heading,
    Item,
    Paragraph,
    Table,
)


def blocks(text: str) -> list[Block]:
    return list(read_text.read(text.encode()).blocks)


def short(block: Block) -> tuple[object, ...]:
    match block:
        case Heading():
            return ("h", block.level, block.text)
        case Paragraph():
            return ("p", block.text)
        case Item():
            return ("i", block.level, block.text)
        case Divider():
            return ("d", block.kind)
        case Table():
            return ("t", [[cell.text for cell in row.cells] for row in block.rows])
    raise AssertionError(block)


def shapes(*lines: str) -> list[tuple[object, ...]]:
    return [short(block) for block in blocks("\n".join(lines))]


@pytest.mark.parametrize(
    "data",
    [
        "Mål på Ås".encode(),
        b"\xef\xbb\xbf" + "Mål på Ås".encode(),
        "Mål på Ås".encode("utf-16"),
        "\ufeffMål på Ås".encode("utf-16-be"),
        "Mål på Ås".encode("utf-32"),
        "Mål på Ås".encode("cp1252"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert [short(b) for b in read_text.read(data).blocks] == [("p", "Mål på Ås")]


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\x00\x00", b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n\x00\x00", b"a\x01\x02b"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="ikke en tekstfil"):
        read_text.read(data)


def test_an_empty_file_has_no_blocks() -> None:
    assert read_text.read(b" \n\n").blocks == ()


@pytest.mark.parametrize(
    ("marked", "html"),
    [
        ("**fet** og *skrå*", "<strong>fet</strong> og <em>skrå</em>"),
        ("<b>fet</b>, <u>under</u>", "<strong>fet</strong>, <u>under</u>"),
        ("~~strøket~~ ut", "<s>strøket</s> ut"),
        ("***begge***", "<strong><em>begge</em></strong>"),
        ("[avtalen](https://eksempel.no/a)", '<a href="https://eksempel.no/a">avtalen</a>'),
        ("[avtalen](#)", "avtalen"),
        ("[farlig](javascript:x)", "farlig"),
        ("<https://eksempel.no>", '<a href="https://eksempel.no">https://eksempel.no</a>'),
        ("2 * 3 * 4 og a_b_c", "2 * 3 * 4 og a_b_c"),
        ("<navn> & <script>", "&lt;navn&gt; &amp; &lt;script&gt;"),
        ("__fet__, _skrå_ ____", "<strong>fet</strong>, <em>skrå</em> ____"),
    ],
)
def test_marks_are_not_words(marked: str, html: str) -> None:
    (block,) = blocks(marked)
    assert isinstance(block, Paragraph)
    assert block.html == html


def test_headings() -> None:
    assert shapes("# En", "## To ##", "#tre", "", "Fire", "====", "", "Fem", "---") == [
        ("h", 1, "En"),
        ("h", 2, "To"),
        ("p", "#tre"),
        ("h", 1, "Fire"),
        ("h", 2, "Fem"),
    ]


def test_a_wrapped_paragraph_is_joined_and_fields_are_not() -> None:
    assert shapes(
        "Dette er en setning som går over mer enn én linje, og den",
        "fortsetter her.",
        "",
        "Saksbehandler: Kari Nordmann",
        "Møtedato: 1. mai 2024",
        "SSU = strategisk samarbeidsutvalg",
        "**Mål**",
        "Teksten under.",
    ) == [
        ("p", "Dette er en setning som går over mer enn én linje, og den fortsetter her."),
        ("p", "Saksbehandler: Kari Nordmann"),
        ("p", "Møtedato: 1. mai 2024"),
        ("p", "SSU = strategisk samarbeidsutvalg"),
        ("p", "Mål"),
        ("p", "Teksten under."),
    ]


def test_bullets_get_levels_by_indentation_and_shape() -> None:
    assert shapes("- a", " - b", "    - c", "- d", "", "• e", "o f", "▪ g", "• h") == [
        ("i", 0, "a"), ("i", 1, "b"), ("i", 2, "c"), ("i", 0, "d"),
        ("i", 0, "e"), ("i", 1, "f"), ("i", 2, "g"), ("i", 0, "h"),
    ]  # fmt: skip


def test_ticks_are_bullets_and_an_items_line_break_is_its_own() -> None:
    found = blocks("- ✓ **Team** er i gang\n(i to kommuner)\n- Rutinen gjelder\n  for alle\n✓ Bart punkt")
    assert [(b.text, b.glyph) for b in found if isinstance(b, Item)] == [
        ("Team er i gang\n(i to kommuner)", "✓"),
        ("Rutinen gjelder for alle", "-"),
        ("Bart punkt", "✓"),
    ]


def test_a_line_that_leads_up_to_the_next_list_is_no_part_of_the_item() -> None:
    assert shapes("Mål 1", "- Rutine", "Mål 2", "- Kurs", "Her står det mer om kurset.", "- Bok") == [
        ("p", "Mål 1"), ("i", 0, "Rutine"),
        ("p", "Mål 2"), ("i", 0, "Kurs\nHer står det mer om kurset."), ("i", 0, "Bok"),
    ]  # fmt: skip


def test_numbered_lines_begin_anew_and_dates_do_not() -> None:
    assert shapes("1. Først", "2. Så", "2.1 Under", "a) bokstav") == [
        ("p", "1. Først"), ("p", "2. Så"), ("p", "2.1 Under"), ("p", "a) bokstav"),
    ]  # fmt: skip
    assert shapes("Utvalget behandlet hele planen i møtet sitt den", "12. mai og vedtok den.") == [
        ("p", "Utvalget behandlet hele planen i møtet sitt den 12. mai og vedtok den.")
    ]


def test_pages_and_rules() -> None:
    assert shapes("a", "", "", "", "b", "", "---", "", "c", "\fd") == [
        ("p", "a"), ("d", "page"), ("p", "b"), ("d", "rule"), ("p", "c"), ("d", "page"), ("p", "d"),
    ]  # fmt: skip


def test_pipe_table() -> None:
    (table,) = blocks("| Mål | Tiltak |\n|:--|--:|\n| **Trygt** | a) x<br>b) y |\n| a \\| b | |")
    assert short(table) == ("t", [["Mål", "Tiltak"], ["Trygt", "a) x\nb) y"], ["a | b", ""]])
    assert isinstance(table, Table)
    assert [row.header for row in table.rows] == [True, False, False]


def test_tab_table_with_a_band_and_a_broken_cell() -> None:
    (table,) = blocks("Mål\tTiltak\tAnsvar\nOmråde 1\nTrygt\tLage plan\tSSU\nsom er for alle.\n\tMer\tUNN")
    assert short(table) == (
        "t",
        [
            ["Mål", "Tiltak", "Ansvar"],
            ["Område 1"],
            ["Trygt", "Lage plan", "SSU\nsom er for alle."],
            ["", "Mer", "UNN"],
        ],
    )
    assert isinstance(table, Table)
    assert table.rows[1].cells[0].colspan == 3


def test_tabs_that_make_no_table() -> None:
    assert shapes("1. Om planen\ts. 2", "2. Mål\ts. 3") == [
        ("p", "1. Om planen\ts. 2"),
        ("p", "2. Mål\ts. 3"),
    ]
    assert shapes("Saksbehandler:\tKari", "Møtedato:\t1. mai") == [
        ("p", "Saksbehandler:\tKari"),
        ("p", "Møtedato:\t1. mai"),
    ]


def test_lists_pasted_from_word_are_no_tables() -> None:
    assert shapes("•\tLage plan", "o\tfor barn", "•\tØve") == [
        ("i", 0, "Lage plan"),
        ("i", 1, "for barn"),
        ("i", 0, "Øve"),
    ]
    assert shapes("1.\tInnledning", "2.\tMål") == [("p", "1.\tInnledning"), ("p", "2.\tMål")]


def test_comments_are_left_out_and_said() -> None:
    source = read_text.read("Før <!-- husk\ndette --> etter".encode())
    assert [(o.text, o.why, o.at) for o in source.omitted] == [("husk dette", "comment", "linje 1")]


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(Refused, match="5 000 tabellrader"):
        read_text.read(b"a\tb\tc\n" * 5_001)
