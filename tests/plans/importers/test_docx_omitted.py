"""What is left out of a Word file is said: tracked deletions, comments, hidden text, contents."""

from plans.importers.blocks import (
    Omitted,
    Table,
)

from .make_docx import deleted, field, listed, paragraph, row, run, table
from .reading import labels, omitted, read, texts


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
