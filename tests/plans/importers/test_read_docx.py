"""Word files into blocks: formats, links, tables, notes, text boxes and pictures."""

import io
import json
import struct
import zlib
from typing import Any

from docx import Document

from plans.importers import read_docx
from plans.importers.blocks import (
    Cell,
    Divider,
    Figure,
    Heading,
    Item,
    Paragraph,
    Row,
    Table,
    from_dict,
    to_dict,
)
from plans.importers.office import sha256

from . import make_docx as make
from .make_docx import cell, field, listed, paragraph, relation, row, run, styled, table
from .reading import omitted, read, texts

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


def test_an_ordinary_file_of_another_program() -> None:
    document = Document()
    document.core_properties.author = ""
    document.add_heading("Handlingsplan", 1)
    document.add_paragraph("Første", style="List Number")
    document.add_paragraph("Andre", style="List Number")
    document.add_paragraph("Under", style="List Bullet 3")
    document.sections[0].header.paragraphs[0].text = "Utkast"
    file = io.BytesIO()
    document.save(file)
    source = read_docx.read(file.getvalue())
    assert source.blocks == (
        Heading(at="avsnitt 1", level=1, text="Handlingsplan", html="Handlingsplan"),
        Item(at="avsnitt 2", level=0, text="Første", html="Første", label="1"),
        Item(at="avsnitt 3", level=0, text="Andre", html="Andre", label="2"),
        Item(at="avsnitt 4", level=2, text="Under", html="Under", glyph="•"),
    )
    assert omitted(source) == [("header_footer", "Utkast")]


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
