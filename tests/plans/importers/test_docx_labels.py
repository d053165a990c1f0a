"""The labels of Word files: those that Word numbers by itself, and bullets."""

import pytest

from plans.importers.blocks import (
    Heading,
    Item,
    Paragraph,
    Table,
)

from .make_docx import cell, listed, paragraph, row, styled, table
from .reading import labels, read


def test_numbers_made_by_word_at_three_levels_start_again_below_a_higher_one() -> None:
    levels = [0, 1, 1, 2, 1, 0, 1]
    source = read("".join(listed(str(n), 1, level) for n, level in enumerate(levels)))
    assert [label for label, _ in labels(source)] == ["1", "a", "b", "i", "c", "2", "a"]
    assert [b.level for b in source.blocks if isinstance(b, Item)] == levels


def test_a_list_restarts_where_its_number_says_so_and_only_there() -> None:
    body = listed("en", 1) + listed("to", 1) + listed("ny", 2) + listed("igjen", 2) + listed("videre", 1)
    assert labels(read(body)) == [("1", "en"), ("2", "to"), ("1", "ny"), ("2", "igjen"), ("3", "videre")]


def test_a_list_goes_on_after_text_in_between_and_inside_a_table() -> None:
    source = read(
        listed("en", 1) + paragraph("mellom") + table(row(cell(listed("to", 1)))) + listed("tre", 1)
    )
    inner = source.blocks[2]
    assert isinstance(inner, Table)
    assert labels(source) == [("1", "en"), ("3", "tre")]
    assert inner.rows[0].cells[0].blocks == (
        Item(at="tabell 1, rad 1, kolonne 1", level=0, text="to", html="to", label="2"),
    )


def test_numbers_come_through_the_style_chain_and_zero_takes_them_away() -> None:
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("arvet", "OurList") + styled("uten", "OurList", none) + styled("neste", "OurList")
    source = read(body)
    assert labels(source) == [("1", "arvet"), ("2", "neste")]
    assert isinstance(source.blocks[1], Paragraph)


def test_heading_styles_tied_to_a_list_print_their_chapter_numbers() -> None:
    body = "".join(styled(t, s) for t, s in [("A", "H1"), ("B", "H2"), ("C", "H2"), ("D", "H1"), ("E", "H2")])
    source = read(body)
    assert labels(source) == [("1", "A"), ("1.1", "B"), ("1.2", "C"), ("2", "D"), ("2.1", "E")]
    assert [b.level for b in source.blocks if isinstance(b, Heading)] == [1, 2, 2, 1, 2]


def test_bullets_keep_their_glyph_and_the_depth_of_their_style() -> None:
    source = read(listed("ett", 3) + styled("to", "ListBullet2"))
    assert [(b.level, b.glyph, b.label) for b in source.blocks if isinstance(b, Item)] == [
        (0, "•", ""),
        (1, "•", ""),
    ]


def test_bullets_typed_by_hand_are_bullets_but_a_quotation_dash_is_not() -> None:
    source = read(paragraph("✓ Fagdag - pågår") + paragraph("- Rutine") + paragraph("– Ja, sa lederen"))
    assert source.blocks == (
        Item(at="avsnitt 1", level=0, text="Fagdag - pågår", html="Fagdag - pågår", glyph="✓"),
        Item(at="avsnitt 2", level=0, text="Rutine", html="Rutine", glyph="-"),
        Paragraph(at="avsnitt 3", text="– Ja, sa lederen", html="– Ja, sa lederen"),
    )


@pytest.mark.parametrize(
    ("form", "number", "written"),
    [
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 2, "B"),
        ("lowerRoman", 14, "xiv"),
        ("upperRoman", 1999, "MCMXCIX"),
        ("decimalZero", 7, "07"),
        ("chicago", 7, "7"),
    ],
)
def test_number_forms(form: str, number: int, written: str) -> None:
    level = f'<w:start w:val="{number}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="(%1)"/>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert labels(read(listed("x", 1), numbering=numbering)) == [(written, "x")]
