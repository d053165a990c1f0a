"""PowerPoint files into blocks: what a slide shows, in reading order, and what it does not."""

import io
from collections.abc import Callable
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from plans.importers import read_pptx
from plans.importers.blocks import Block, Divider, Figure, Heading, Item, Omitted, Paragraph, Source, Table

A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def read(*fill: Callable[[Any], None]) -> Source:
    """The blocks of slides of «title and content» that these functions filled."""
    deck = Presentation()
    deck.core_properties.author = ""
    deck.core_properties.last_modified_by = ""
    for function in fill:
        function(deck.slides.add_slide(deck.slide_layouts[1]))
    file = io.BytesIO()
    deck.save(file)
    return read_pptx.read(file.getvalue())


def bullets(slide: Any, *lines: tuple[int, str]) -> list[Any]:
    """Fills the slide's content with (level, text); returns the paragraphs."""
    frame = slide.placeholders[1].text_frame
    paragraphs = [frame.paragraphs[0], *(frame.add_paragraph() for _ in lines[1:])]
    for paragraph, (level, text) in zip(paragraphs, lines, strict=True):
        paragraph.level, paragraph.text = level, text
    return paragraphs


def bullet(paragraph: Any, kind: str, **attributes: str) -> None:
    etree.SubElement(paragraph._p.get_or_add_pPr(), f"{{{A}}}{kind}", attributes)


def items(source: Source) -> list[tuple[int, str, str, str]]:
    return [(b.level, b.glyph, b.label, b.text) for b in source.blocks if isinstance(b, Item)]


def test_each_slide_is_a_divider_with_its_title_and_bullets_are_inherited_from_the_master() -> None:
    def fill(slide: Any) -> None:
        slide.shapes.title.text = "Status i år"
        _, _, last = bullets(slide, (0, "Område"), (1, "under"), (0, "uten punkt"))
        bullet(last, "buNone")

    expected: tuple[Block, ...] = (
        Divider(at="lysbilde 1", kind="slide", title="Status i år"),
        Heading(at="lysbilde 1", level=1, text="Status i år", html="Status i år"),
        Item(at="lysbilde 1", level=0, text="Område", html="Område", glyph="•"),
        Item(at="lysbilde 1", level=1, text="under", html="under", glyph="–"),
        Paragraph(at="lysbilde 1", text="uten punkt", html="uten punkt"),
        Divider(at="lysbilde 2", kind="slide"),
    )
    assert read(fill, lambda slide: None).blocks == expected


def test_typed_ticks_and_symbol_fonts_are_bullets_but_a_lone_dash_is_a_word() -> None:
    def fill(slide: Any) -> None:
        *_, winged = bullets(slide, (1, "✓ Fagdag - pågår"), (0, "-"), (0, "– sa lederen"), (0, "fra font"))
        bullet(winged, "buFont", typeface="Wingdings")
        bullet(winged, "buChar", char="ü")

    assert items(read(fill)) == [
        (1, "✓", "", "Fagdag - pågår"),
        (0, "•", "", "-"),
        (0, "•", "", "– sa lederen"),
        (0, "✓", "", "fra font"),
    ]


def test_numbers_that_powerpoint_makes_go_on_past_deeper_levels_and_stop_at_other_bullets() -> None:
    def fill(slide: Any) -> None:
        lines = [(0, "en"), (1, "under"), (0, "to"), (0, "punkt"), (0, "ny"), (0, "fra fire")]
        one, under, two, _, new, four = bullets(slide, *lines)
        for paragraph in (one, two, new):
            bullet(paragraph, "buAutoNum", type="arabicPeriod")
        bullet(under, "buAutoNum", type="alphaLcParenR")
        bullet(four, "buAutoNum", type="romanUcPeriod", startAt="4")

    assert [label for _, _, label, _ in items(read(fill))] == ["1", "a", "2", "", "1", "IV"]


def test_bold_and_both_strikes_and_line_breaks() -> None:
    def fill(slide: Any) -> None:
        (paragraph,) = bullets(slide, (0, ""))
        for text, attribute, value in [("fet", "b", "1"), (" ", "b", "0"), ("ut", "strike", "dblStrike")]:
            run = paragraph.add_run()
            run.text = text
            run._r.get_or_add_rPr().set(attribute, value)
        paragraph.add_line_break()
        paragraph.add_run().text = "ny linje"

    block = read(fill).blocks[1]
    assert isinstance(block, Item)
    assert block.html == "<strong>fet </strong><s>ut</s><br>ny linje"
    assert block.text == "fet ut\nny linje"


def test_free_and_grouped_shapes_come_after_the_placeholders_from_the_top_down() -> None:
    def fill(slide: Any) -> None:
        low = slide.shapes.add_textbox(Inches(1), Inches(6), Inches(2), Inches(1))
        low.text_frame.text = "nederst"
        group = slide.shapes.add_group_shape()
        inner = group.shapes.add_textbox(Inches(1), Inches(1), Inches(2), Inches(1))
        inner.text_frame.text = "i gruppe"
        bullets(slide, (0, "innhold"))

    assert [b.text for b in read(fill).blocks if isinstance(b, Item | Paragraph)] == [
        "innhold",
        "i gruppe",
        "nederst",
    ]


def test_tables_with_merged_cells() -> None:
    def fill(slide: Any) -> None:
        shape = slide.shapes.add_table(3, 2, Inches(1), Inches(1), Inches(4), Inches(2))
        cells = [["Hva", "Hvordan"], ["mål", "a"], ["", "b"]]
        for r, texts in enumerate(cells):
            for c, text in enumerate(texts):
                shape.table.cell(r, c).text = text
        shape.table.cell(1, 0).merge(shape.table.cell(2, 0))

    table = read(fill).blocks[-1]
    assert isinstance(table, Table)
    assert [[(c.text, c.rowspan) for c in row.cells] for row in table.rows] == [
        [("Hva", 1), ("Hvordan", 1)],
        [("mål", 2), ("a", 1)],
        [("b", 1)],
    ]
    assert [row.header for row in table.rows] == [True, False, False]


def test_notes_hidden_slides_and_page_marks_are_said_and_not_shown() -> None:
    def with_notes(slide: Any) -> None:
        slide.shapes.title.text = "Vises"
        slide.notes_slide.notes_text_frame.text = "Husk å si dette muntlig"

    def hidden(slide: Any) -> None:
        slide.shapes.title.text = "Skjult lysbilde"
        slide._element.set("show", "0")

    source = read(with_notes, hidden)
    assert [b.text for b in source.blocks if isinstance(b, Heading)] == ["Vises"]
    assert source.omitted == (
        Omitted(at="lysbilde 1", text="Husk å si dette muntlig", why="notes"),
        Omitted(at="lysbilde 2", text="Skjult lysbilde", why="hidden"),
    )


def test_pictures_keep_their_alternative_text() -> None:
    gif = b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

    def fill(slide: Any) -> None:
        shape = slide.shapes.add_picture(io.BytesIO(gif), Inches(1), Inches(1), Inches(1), Inches(1))
        shape._element.nvPicPr.cNvPr.set("descr", "Kart over kommunene")

    source = read(fill)
    (figure,) = [b for b in source.blocks if isinstance(b, Figure)]
    assert (figure.media_type, figure.alt) == ("image/gif", "Kart over kommunene")
    assert source.files == {figure.sha256: gif}
