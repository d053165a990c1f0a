"""Word files into blocks: labels that Word makes, what it hides, and what it tracks."""

import json
import struct
import zlib
from typing import Any

import pytest

from plans.importers import read_docx
from plans.importers.blocks import (
    Cell,
    Divider,
    Figure,
    Heading,
    Item,
    Omitted,
    Paragraph,
    Row,
    Source,
    Table,
    from_dict,
    to_dict,
)
from plans.importers.office import sha256

from . import make_docx as make
from .make_docx import cell, deleted, docx, field, listed, paragraph, relation, row, run, styled, table


def read(body: str, **parts: str | bytes) -> Source:
    return read_docx.read(docx(body, **parts))


def labels(source: Source) -> list[tuple[str, str]]:
    return [(b.label, b.text) for b in source.blocks if isinstance(b, Heading | Item)]


def texts(source: Source) -> list[str]:
    return [getattr(block, "text", "") for block in source.blocks]


def omitted(source: Source) -> list[tuple[str, str]]:
    return [(o.why, o.text) for o in source.omitted]


# --- labels ---


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


# --- formats, links, breaks ---


def test_bold_italic_both_strikes_and_styles_become_inline_html() -> None:
    strong = run("sterk", '<w:rStyle w:val="Strong"/>')
    both = run("x", "<w:strike/>") + run("y", "<w:dstrike/>")
    plain = run("ikke", '<w:b w:val="0"/>')
    body = paragraph(run("fet ", "<w:b/>") + run("skrå", "<w:i/>") + both + strong + plain)
    html = "<strong>fet </strong><em>skrå</em><s>xy</s><strong>sterk</strong>ikke"
    assert [getattr(b, "html", "") for b in read(body).blocks] == [html]


def test_a_whole_bold_or_struck_paragraph_says_so_and_a_heading_style_is_no_emphasis() -> None:
    source = read(paragraph(run("alt", "<w:b/><w:dstrike/>") + run(" ")) + styled("Tittel", "H3"))
    first, heading = source.blocks
    assert first == Paragraph(
        at="avsnitt 1",
        text="alt",
        html="<strong><s>alt</s></strong>",
        bold=True,
        struck=True,
    )
    assert heading == Heading(at="avsnitt 2", level=3, text="Tittel", html="Tittel")


def test_links_by_relation_and_by_field_but_never_to_scripts() -> None:
    by_relation = f'<w:hyperlink r:id="web">{run("avtalen", "<w:b/>")}{run(" vår")}</w:hyperlink>'
    script = f'<w:hyperlink r:id="bad">{run("kode")}</w:hyperlink>'
    by_field = field('HYPERLINK "https://example.org/b?x=1&y=2"', run("veileder"))
    links = relation("web", "hyperlink", "https://example.org/a", external=True)
    links += relation("bad", "hyperlink", "javascript:alert(1)", external=True)
    source = read(paragraph(by_relation) + paragraph(by_field) + paragraph(script), links=links)
    assert [getattr(b, "html", "") for b in source.blocks] == [
        '<a href="https://example.org/a"><strong>avtalen</strong> vår</a>',
        '<a href="https://example.org/b?x=1&amp;y=2">veileder</a>',
        "kode",
    ]


def test_line_breaks_tabs_and_page_breaks() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    body = paragraph(run("a") + "<w:r><w:br/></w:r>" + run("b") + "<w:r><w:tab/></w:r>" + run("c"))
    source = read(body + paragraph(run("før") + page + run("etter")))
    assert [(type(b).__name__, getattr(b, "text", "")) for b in source.blocks] == [
        ("Paragraph", "a\nb c"),
        ("Paragraph", "før"),
        ("Divider", ""),
        ("Paragraph", "etter"),
    ]
    assert source.blocks[2] == Divider(at="avsnitt 2", kind="page")


# --- tables ---


def test_cells_merged_down_and_across() -> None:
    restart, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    header = row("Hva", cell("Hvordan", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>")
    source = read(
        table(header, row(cell("mål", restart), "a", "b"), row(cell("", more), "c", "d"), row("x", "y", "z"))
    )
    (found,) = source.blocks
    assert isinstance(found, Table)
    shape = [[(c.text, c.colspan, c.rowspan) for c in r.cells] for r in found.rows]
    assert shape == [
        [("Hva", 1, 1), ("Hvordan", 2, 1)],
        [("mål", 1, 2), ("a", 1, 1), ("b", 1, 1)],
        [("c", 1, 1), ("d", 1, 1)],
        [("x", 1, 1), ("y", 1, 1), ("z", 1, 1)],
    ]
    assert [r.header for r in found.rows] == [True, False, False, False]


def test_a_table_in_a_cell_stays_in_its_cell() -> None:
    source = read(table(row(cell(paragraph("ytre") + table(row("indre")) + paragraph("")))))
    inner = Table(
        at="tabell 2",
        rows=(
            Row(
                at="tabell 2, rad 1",
                cells=(
                    Cell(blocks=(Paragraph(at="tabell 2, rad 1, kolonne 1", text="indre", html="indre"),)),
                ),
            ),
        ),
    )
    outer = source.blocks[0]
    assert isinstance(outer, Table)
    assert outer.rows[0].cells[0].blocks[1] == inner


def test_rows_inside_content_controls_are_rows() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row('to')}</w:sdtContent></w:sdt>"
    (found,) = read(table(row("en"), wrapped)).blocks
    assert isinstance(found, Table)
    assert [r.cells[0].text for r in found.rows] == ["en", "to"]


# --- left out, and said ---


def test_tracked_changes_keep_what_is_inserted_and_report_what_is_deleted() -> None:
    inserted = f'<w:ins w:author="Ola">{run("nytt ")}</w:ins>'
    source = read(paragraph(run("Et ") + deleted("gammelt ") + inserted + run("ord")))
    assert texts(source) == ["Et nytt ord"]
    assert omitted(source) == [("deleted", "gammelt"), ("author", "Kari"), ("author", "Ola")]


def test_moved_text_is_read_once_where_it_went() -> None:
    away = f'<w:moveFrom w:author="Ola">{run("flyttet")}</w:moveFrom>'
    here = f'<w:moveTo w:author="Ola">{run("flyttet")}</w:moveTo>'
    source = read(paragraph(away) + paragraph("midt") + paragraph(here))
    assert texts(source) == ["midt", "flyttet"]
    assert omitted(source) == [("deleted", "flyttet"), ("author", "Ola")]


def test_a_deleted_paragraph_mark_joins_two_and_a_deleted_item_takes_no_number() -> None:
    gone = '<w:rPr><w:del w:author="Kari"/></w:rPr>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = listed("en", 1) + paragraph(deleted("strøket"), number + gone) + listed("to", 1)
    joined = paragraph("første ", gone) + paragraph("andre")
    source = read(body + joined)
    assert labels(source) == [("1", "en"), ("2", "to")]
    assert texts(source)[2:] == ["første andre"]


def test_deleted_and_hidden_rows_are_not_in_the_table() -> None:
    gone = row("strøket", "rad", properties='<w:del w:author="Kari"/>')
    hidden = row("skjult", properties="<w:hidden/>")
    source = read(table(row("a", "b"), gone, hidden, row("c", "d")))
    (found,) = source.blocks
    assert isinstance(found, Table)
    assert [r.cells[0].text for r in found.rows] == ["a", "c"]
    assert omitted(source) == [("deleted", "strøket rad"), ("hidden", "skjult"), ("author", "Kari")]


def test_comments_hidden_text_headers_and_authors_are_said() -> None:
    call = '<w:r><w:commentReference w:id="0"/></w:r>'
    source = read(
        paragraph(run("synlig") + run(" skjult", "<w:vanish/>") + call),
        comments=f'<w:comment w:id="0" w:author="Per">{paragraph("Er dette rett?")}</w:comment>',
        hdr=paragraph("Unntatt offentlighet"),
    )
    assert texts(source) == ["synlig"]
    assert source.omitted == (
        Omitted(at="avsnitt 1", text="skjult", why="hidden"),
        Omitted(at="avsnitt 1", text="Er dette rett?", why="comment"),
        Omitted(at="topptekst", text="Unntatt offentlighet", why="header_footer"),
        Omitted(at="merknader", text="Per", why="author"),
    )


def test_contents_fields_and_contents_controls_are_left_out_over_many_paragraphs() -> None:
    opening, closing = field('TOC \\o "1-3"', "|").split("|")
    over_two = paragraph(opening + run("Innledning 3")) + paragraph(run("Tiltak 4") + closing)
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Innhold')}</w:sdtContent></w:sdt>"
    )
    simple = f'<w:fldSimple w:instr=" TOC ">{run("Figur 1")}</w:fldSimple>'
    source = read(over_two + control + paragraph(simple) + paragraph("Teksten"))
    assert texts(source) == ["Teksten"]
    assert omitted(source) == [("contents", t) for t in ("Innledning 3", "Tiltak 4", "Innhold", "Figur 1")]


# --- notes, boxes, pictures ---


def test_a_footnote_stands_by_the_paragraph_that_calls_it() -> None:
    call = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("Kilde: egen telling.")}</w:footnote>'
    (block,) = read(paragraph(run("Målt i 2022") + call), footnotes=notes).blocks
    assert isinstance(block, Paragraph)
    assert (block.text, block.footnotes) == ("Målt i 2022", ("Kilde: egen telling.",))


def test_a_text_box_is_read_once_though_it_is_written_twice() -> None:
    content = f"<w:txbxContent>{paragraph('I boksen')}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
    drawing = f"<w:drawing><a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )
    source = read(paragraph(run("Ved siden av") + f"<w:r>{both}</w:r>"))
    assert source.blocks == (
        Paragraph(at="avsnitt 1", text="Ved siden av", html="Ved siden av"),
        Paragraph(at="tekstboks 1", text="I boksen", html="I boksen"),
    )
    assert source.omitted == ()


def drawing(key: str, alt: str) -> str:
    blip = f'<pic:pic><pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic>'
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Bilde 1" descr="{alt}"/>'
        f"<a:graphic><a:graphicData>{blip}</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def test_pictures_come_with_their_alternative_text_and_other_formats_are_said() -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    parts = make.parts_of(
        paragraph(drawing("p1", "Kart over området")) + paragraph(drawing("p2", "Et gammelt diagram")),
        links=relation("p1", "image", "media/a.png") + relation("p2", "image", "media/b.emf"),
    )
    source = read_docx.read(make.pack(parts | {"word/media/a.png": png, "word/media/b.emf": b"\x01\x00"}))
    assert source.blocks == (
        Figure(at="avsnitt 1", sha256=sha256(png), media_type="image/png", alt="Kart over området"),
    )
    assert source.files == {sha256(png): png}
    assert omitted(source) == [("embedded", "Et gammelt diagram")]


def test_a_formula_is_said_not_flattened_into_the_sentence() -> None:
    formula = "<m:oMath><m:r><m:t>x²</m:t></m:r></m:oMath>"
    source = read(paragraph(run("Der ") + formula + run("gjelder")))
    assert (texts(source), omitted(source)) == (["Der gjelder"], [("embedded", "x²")])


def test_strict_open_xml_reads_the_same() -> None:
    transitional, strict = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    parts = make.parts_of(listed("en", 1) + styled("A", "H1"))

    def in_strict(text: str | bytes) -> str:
        for family in ("wordprocessingml", "officeDocument"):
            text = str(text).replace(f"{transitional}{family}/2006/", f"{strict}{family}/")
        return str(text)

    written = make.pack({name: in_strict(text) for name, text in parts.items()})
    assert read_docx.read(written) == read_docx.read(make.pack(parts))


# --- the form that crosses to the parent process ---


def test_blocks_survive_the_way_to_json_and_back() -> None:
    source = read(
        styled("A", "H1")
        + listed("b", 1)
        + table(row(cell(paragraph("c") + table(row("d")))))
        + paragraph('<w:r><w:br w:type="page"/></w:r>')
    )
    assert tuple(from_dict(_through_json(to_dict(block))) for block in source.blocks) == source.blocks


def _through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))
