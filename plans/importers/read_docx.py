"""Word files (.docx) into blocks, by our own walk over the XML.

Our own, because libraries lose what plans are made of: labels that Word numbers by itself, list
restarts, rows deleted under change tracking, double strike. The language is ECMA-376 (Office Open
XML), part 1, chapter 17.
"""

from collections.abc import Iterator
from dataclasses import replace

from helsefellesskap import richtext
from helsefellesskap.file_checks import DAMAGED, Refused
from plans.importers import docx_own, docx_parts, nameless
from plans.importers.blocks import Block, Divider, Heading, Item, Omitted, Paragraph, Source, Why
from plans.importers.docx_inline import PAGE_BREAK, Content, InlineReader, own_mark
from plans.importers.docx_numbering import Mark, Numbering
from plans.importers.docx_styles import Styles
from plans.importers.docx_tables import Grid, cells_of, rows_of, words_of
from plans.importers.docx_xml import W, plain_words, switch, value
from plans.importers.inline import Piece, every, split_omitted, to_html, typed_bullet
from plans.importers.office import MAX_TABLE_ROWS, TOO_DEEP, TOO_MANY_ROWS, Element, Package, whole
from plans.importers.office_xml import ALTERNATIVES, readable_branch

_MAX_DEPTH = 12  # tables and text boxes in each other
_CONTENTS = {"Table of Contents", "Table of Figures"}
_DELETED = {W + "del", W + "moveFrom"}


def read(data: bytes, *, as_written: bool = False) -> Source:
    """The blocks of a .docx. Raises Refused where the file is damaged, too deep or too long.

    `as_written`: a bullet typed by hand stays in its text and all that the portal added stays too, for files
    that it wrote itself and somebody edited. Else what it added is left out of such a file.
    """
    package = Package(data)
    part = docx_parts.main_part(package)
    root = package.xml(part)
    body = None if root is None else root.find(W + "body")
    if root is None or body is None:
        raise Refused(DAMAGED)
    own = not as_written and docx_own.is_own(root)
    walk = _Walk(package, part, as_written=as_written or own)
    blocks = walk.story(body, None)
    omitted = walk.omitted + walk.uncalled()
    omitted += docx_parts.headers_and_footers(package, part) + docx_parts.authors(package, root, part)
    source = Source(blocks=tuple(blocks), omitted=tuple(omitted), files=walk.files)
    return docx_own.without_added(source) if own else source


class _Walk:
    def __init__(self, package: Package, part: str, *, as_written: bool = False) -> None:
        self._as_written = as_written
        self._marks: list[str] = []  # bookmarks that stand between paragraphs: the next one's
        self.omitted: list[Omitted] = []
        self.files: dict[str, bytes] = {}
        self._styles = Styles(_first(package, part, "styles"))
        self._numbering = Numbering(_first(package, part, "numbering"), self._styles)
        self._inline = InlineReader(package, part, self._styles, self.files)
        self._inline.notes = docx_parts.notes(package, part, self._styles, self.omitted)
        self._inline.comments = docx_parts.comments(package, part)
        self._paragraphs = self._tables = self._boxes = self._rows = self._depth = 0
        self._carried = Content()  # text whose paragraph mark is deleted: it goes on in the next paragraph

    def story(self, container: Element, place: str | None) -> list[Block]:
        """The blocks of the body, a cell or a text box. `place` names it; None is the body."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise Refused(TOO_DEEP)
        with self._inline.fields_end_here():
            blocks = list(self._blocks(container, place))
            carried, self._carried = self._carried, Content()
            blocks += self._finished(carried, place or "siste avsnitt")
        self._depth -= 1
        return blocks

    def uncalled(self) -> list[Omitted]:
        """Notes and comments that nothing in the text points to."""
        notes = [Omitted(at="fotnoter", text=t, why="hidden") for t in self._inline.notes.values() if t]
        comments = self._inline.comments.values()
        return notes + [Omitted(at="merknader", text=t, why="comment") for t in comments if t]

    def _omit(self, at: str, text: str, why: Why) -> None:
        if text.strip():
            self.omitted.append(Omitted(at=at, text=text, why=why))

    def _blocks(self, container: Element, place: str | None) -> Iterator[Block]:
        for element in container:
            tag = element.tag
            here = place or f"avsnitt {self._paragraphs + 1}"
            if tag == W + "p":
                yield from self._paragraph(element, place)
            elif tag == W + "tbl":
                yield self._table(element)
            elif tag == W + "sdt" and value(element.find(f".//{W}docPartObj"), "docPartGallery") in _CONTENTS:
                self._omit(here, plain_words(element), "contents")
            elif tag in _DELETED:
                self._omit(here, plain_words(element), "deleted")
            elif tag == W + "bookmarkStart":
                self._marks += own_mark(element)
            elif tag == ALTERNATIVES:
                branch = readable_branch(element)
                yield from [] if branch is None else self._blocks(branch, place)
            elif tag == W + "altChunk":
                self._omit(here, nameless.DOCUMENT, "embedded")
            elif isinstance(tag, str) and not tag.endswith("Pr"):
                yield from self._blocks(element, place)

    # --- paragraphs ---

    def _paragraph(self, element: Element, place: str | None) -> Iterator[Block]:
        if place is None:
            self._paragraphs += 1
        at = place or f"avsnitt {self._paragraphs}"
        properties = element.find(W + "pPr")
        style = value(properties, "pStyle") or self._styles.default
        level = self._styles.heading_level(style, properties)
        content = self._inline.read(element, at=at, style=style, heading=level is not None)
        content.marks, self._marks = self._marks + content.marks, []
        kept, left_out = split_omitted(content.pieces, at)
        self.omitted += left_out + content.omitted
        content.pieces = self._carried.pieces + kept
        content.footnotes = self._carried.footnotes + content.footnotes
        self._carried = Content()
        mark_properties = None if properties is None else properties.find(W + "rPr")
        if _any(mark_properties, "del", "moveFrom"):
            self._carried.pieces, self._carried.footnotes = content.pieces, content.footnotes
            content.pieces, content.footnotes = [], []
            yield from self._finished(content, at)
            return
        hidden = bool(left_out) and not kept and switch(mark_properties, "vanish") is True
        mark = None if hidden else self._numbering.mark(properties, style)
        if switch(properties, "pageBreakBefore"):
            yield Divider(at=at, kind="page")
        name = "" if style == self._styles.default else self._styles.name(style)
        yield from self._finished(content, at, level=level, mark=mark, style=name)
        section = None if properties is None else properties.find(W + "sectPr")
        if section is not None and value(section, "type") != "continuous":
            yield Divider(at=at, kind="page")

    def _finished(
        self,
        content: Content,
        at: str,
        *,
        level: int | None = None,
        mark: Mark | None = None,
        style: str = "",
    ) -> Iterator[Block]:
        """The blocks of one paragraph: what stands before and after a page break, pictures, text boxes."""
        footnotes = tuple(content.footnotes)
        for number, pieces in enumerate(_pages(content.pieces)):
            if number:
                yield Divider(at=at, kind="page")
            as_it_is = self._as_written or level is not None
            glyph, pieces = ("", pieces) if as_it_is else typed_bullet(pieces)
            if glyph:
                mark = Mark(mark.level if mark else 0, mark.label if mark else "", glyph)
            html = to_html(pieces)
            if text := richtext.plain(html):
                paragraph = Paragraph(
                    at=at,
                    text=text,
                    html=html,
                    bold=every(pieces, lambda piece: piece.bold),
                    italic=every(pieces, lambda piece: piece.italic),
                    struck=every(pieces, lambda piece: piece.struck),
                    style=style,
                    footnotes=footnotes,
                    marks=tuple(content.marks),
                )
                yield from _as_it_is(paragraph, level, mark)
                level, mark, footnotes, content.marks = None, None, (), []
        if footnotes:  # called from a paragraph without words
            yield Paragraph(at=at, text="", html="", footnotes=footnotes)
        yield from content.figures
        for box in content.boxes:
            self._boxes += 1
            yield from self.story(box, f"tekstboks {self._boxes}")

    # --- tables ---

    def _table(self, table: Element) -> Block:
        self._tables += 1
        at = f"tabell {self._tables}"
        grid = Grid(at)
        for number, row in enumerate(rows_of(table), 1):
            self._rows += 1
            if self._rows > MAX_TABLE_ROWS:
                raise Refused(TOO_MANY_ROWS)
            self._row(grid, row, f"{at}, rad {number}")
        return grid.table()

    def _row(self, grid: Grid, row: Element, at: str) -> None:
        properties = row.find(W + "trPr")
        if _any(properties, "del", "moveFrom"):
            self._omit(at, plain_words(row), "deleted")
            return
        if switch(properties, "hidden"):
            self._omit(at, plain_words(row), "hidden")
            return
        skipped = whole(value(properties, "gridBefore"))
        grid.start_row(at, header=switch(properties, "tblHeader") is True, skipped=skipped)
        for number, cell in enumerate(cells_of(row), 1):
            place = f"{at}, kolonne {number}"
            cell_properties = cell.find(W + "tcPr")
            if _any(cell_properties, "cellDel"):
                self._omit(place, plain_words(cell), "deleted")
                continue
            not_shown = grid.add_cell(cell_properties, self.story(cell, place))
            self._omit(place, words_of(not_shown), "hidden")


def _first(package: Package, part: str, kind: str) -> Element | None:
    name = next(iter(package.related(part, kind)), None)
    return None if name is None else package.xml(name)


def _any(properties: Element | None, *names: str) -> bool:
    return any(value(properties, name) is not None for name in names)


def _pages(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces of a paragraph, cut at its page breaks."""
    pages: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.text == PAGE_BREAK:
            pages.append([])
        else:
            pages[-1].append(piece)
    return pages


def _as_it_is(paragraph: Paragraph, level: int | None, mark: Mark | None) -> Iterator[Block]:
    """The paragraph as the heading or the list item that it is."""
    p = paragraph
    if level is not None:
        label = mark.label if mark else ""
        yield Heading(
            at=p.at, level=level, text=p.text, html=p.html, label=label, struck=p.struck, marks=p.marks
        )
        if p.footnotes:
            yield replace(p, text="", html="", bold=False, italic=False, struck=False, marks=())
    elif mark is not None:
        yield Item(
            at=p.at,
            level=mark.level,
            text=p.text,
            html=p.html,
            label=mark.label,
            glyph=mark.glyph,
            bold=p.bold,
            struck=p.struck,
            footnotes=p.footnotes,
            marks=p.marks,
        )
    else:
        yield p
