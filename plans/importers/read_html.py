"""HTML as programs put it on the clipboard, into blocks: paragraphs, headings, lists and tables.

Styling is dropped; what a reader would see as bold, italic, struck out, raised or linked is kept. Word's
comments, deleted text (tracked) and what is hidden are left out and said.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html

from helsefellesskap import richtext
from helsefellesskap.file_checks import Refused
from helsefellesskap.sentences import later
from plans.importers import nameless
from plans.importers.blocks import (
    Block,
    Cell,
    Divider,
    Heading,
    Item,
    Omitted,
    Paragraph,
    Row,
    Source,
    Table,
)
from plans.importers.html_lists import Lists, Mark, is_word_mark, word_level, word_mark
from plans.importers.html_styles import Says, Styles, is_comment, is_hidden, styled
from plans.importers.inline import Piece, every, split_omitted, to_html
from plans.importers.office import Element

MAX_ROWS = 500
MAX_COLUMNS = 63
TOO_MANY_ROWS = later("Tabellen har flere enn 500 rader. Last den heller opp som en fil.")
TOO_DEEP = later("Innholdet er for dypt nøstet til å leses.")

# What Windows puts before the HTML itself: «Version:0.9 StartHTML:0000000105 …».
_CLIPBOARD_HEAD = re.compile(
    r"\s*Version:[\d.]+\s+(?:(?:(?:Start|End)(?:HTML|Fragment|Selection):-?\d+|SourceURL:\S*)\s+)*"
)
_BLANKS = re.compile(r"[ \t\r\n\f\xa0]+")
_NOT_WORDS = {
    "head", "style", "script", "title", "meta", "link", "template", "iframe", "object", "embed", "svg",
    "math", "noscript", "select", "button", "input", "textarea", "xml", "colgroup", "col", "audio", "video",
    "canvas",
}  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "blockquote",
    "pre", "dl", "dt", "dd", "figure", "figcaption", "form", "fieldset", "center", "caption", "hr", "body",
    "li", "ul", "ol", *_HEADINGS,
}  # fmt: skip


def read(text: str) -> Source:
    """The blocks of HTML from a clipboard. Raises Refused where it is too large or too deep."""
    text = text[found.end() :] if (found := _CLIPBOARD_HEAD.match(text)) else text
    root = _parsed(text.replace("\x00", ""))
    if root is None:
        return Source(blocks=())
    sheet = "\n".join(style.text or "" for style in root.iter("style"))
    reader = _Reader(Styles(sheet))
    blocks = reader.blocks(root, "utenfor tabellen")
    return Source(blocks=tuple(blocks), omitted=tuple(reader.omitted))


def _parsed(text: str) -> Element | None:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing in it
        return None
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise Refused(TOO_DEEP)
    return root


class _Reader:
    """Walks the tree once; counts the tables' rows as it goes."""

    def __init__(self, styles: Styles) -> None:
        self.omitted: list[Omitted] = []
        self._styles = styles
        self._rows = 0

    def blocks(self, element: Element, at: str, look: Piece | None = None) -> list[Block]:
        """What an element holds."""
        flow = _Flow(at, self.omitted)
        self._into(flow, element, look or Piece(text=""))
        flow.end()
        return flow.blocks

    def _into(self, flow: "_Flow", element: Element, look: Piece) -> None:
        flow.add(element.text, look)
        for child in element:
            if isinstance(child.tag, str):
                self._child(flow, child, look)
            flow.add(child.tail, look)

    def _child(self, flow: "_Flow", child: Element, look: Piece) -> None:
        tag, said = str(child.tag).lower(), self._styles.of(child)
        if tag in _NOT_WORDS:
            return
        look = styled(look, child, said)
        if is_comment(child, said):
            look = replace(look, omit="comment")
        elif is_hidden(said):
            look = replace(look, omit="hidden")
        elif tag == "del" and child.get("datetime"):  # tracked; without a time somebody struck it out
            look = replace(look, omit="deleted")
        if tag == "br":
            flow.add_break(look)
        elif tag == "img":
            flow.picture(child.get("alt") or "")
        elif tag == "table":
            flow.end()
            if rows := list(self._table_rows(child, look)):
                flow.blocks.append(Table(at=flow.at, rows=tuple(rows)))
        elif is_word_mark(said):
            flow.word_mark += _BLANKS.sub(" ", "".join(map(str, child.itertext())))
        elif tag in _BLOCKS:
            self._block(flow, child, tag, said, look)
        else:
            self._into(flow, child, look)

    def _block(self, flow: "_Flow", child: Element, tag: str, said: Says, look: Piece) -> None:
        flow.end()
        if tag in {"ul", "ol"}:
            flow.lists.start(child, said)
            self._into(flow, child, look)
            flow.end()
            flow.lists.end()
            return
        if tag == "li":
            flow.mark = flow.lists.mark(child, said)
        elif (level := word_level(said)) is not None:
            flow.word_level = level
        elif tag in _HEADINGS:
            flow.heading = _HEADINGS[tag]
        self._into(flow, child, look)
        flow.end()
        flow.forget()

    def _table_rows(self, table: Element, look: Piece) -> Iterator[Row]:
        rows = [row for row in _rows_of(table) if not is_hidden(self._styles.of(row))]
        self._rows += len(rows)
        if self._rows > MAX_ROWS:
            raise Refused(TOO_MANY_ROWS)
        for n, row in enumerate(rows):
            cells = [cell for cell in row if cell.tag in {"td", "th"}][:MAX_COLUMNS]
            at = f"rad {n + 1}"
            header = _parent_tag(row) == "thead" or (bool(cells) and all(c.tag == "th" for c in cells))
            row_look = styled(look, row, self._styles.of(row))
            made = [self._cell(cell, at, row_look, len(rows) - n) for cell in cells]
            yield Row(at=at, cells=tuple(made), header=header)

    def _cell(self, cell: Element, at: str, look: Piece, rows_left: int) -> Cell:
        said = self._styles.of(cell)
        look = styled(look, cell, said)
        if is_hidden(said):
            look = replace(look, omit="hidden")
        return Cell(
            blocks=tuple(b for b in self.blocks(cell, at, look) if not isinstance(b, Divider)),
            colspan=min(_span(cell, "colspan") or 1, MAX_COLUMNS),
            rowspan=min(_span(cell, "rowspan", otherwise=rows_left), rows_left),
        )


def _rows_of(table: Element) -> Iterator[Element]:
    """The table's own rows, not those of tables inside it."""
    for part in table:
        if part.tag == "tr":
            yield part
        elif part.tag in {"thead", "tbody", "tfoot"}:
            yield from (row for row in part if row.tag == "tr")


def _parent_tag(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _span(cell: Element, name: str, *, otherwise: int = 1) -> int:
    """How far a cell reaches; 0 («to the end») is `otherwise`."""
    value = (cell.get(name) or "1").strip()
    if not (value.isascii() and value.isdecimal()):
        return 1
    return int(value[:6]) or otherwise


class _Flow:
    """Words and blocks of one place (the document, a cell) while they are read."""

    def __init__(self, at: str, omitted: list[Omitted]) -> None:
        self.at = at
        self.blocks: list[Block] = []
        self.lists = Lists()
        self.mark: Mark | None = None  # the list item that the next words belong to
        self.word_level: int | None = None
        self.word_mark = ""
        self.heading = 0
        self._omitted = omitted
        self._pieces: list[Piece] = []

    def add(self, text: str | None, look: Piece) -> None:
        if text:
            self._pieces.append(replace(look, text=_BLANKS.sub(" ", text)))

    def add_break(self, look: Piece) -> None:
        self._pieces.append(replace(look, text="\n"))

    def picture(self, alt: str) -> None:
        self._omitted.append(
            Omitted(at=self.at, text=" ".join(alt.split()) or nameless.PICTURE, why="embedded")
        )

    def end(self) -> None:
        """Makes a block of the words so far, if there are any."""
        pieces, omitted = split_omitted(_evened(self._pieces), self.at)
        self._pieces = []
        self._omitted += omitted
        html_ = re.sub(r" *<br> *", "<br>", to_html(pieces))
        if not richtext.plain(html_):
            return
        if self.word_level is not None:
            self.mark = word_mark(self.word_mark, self.word_level)
        self.blocks.append(self._made(pieces, html_))
        self.forget()

    def forget(self) -> None:
        """What comes next is plain words again."""
        self.mark, self.word_level, self.word_mark, self.heading = None, None, "", 0

    def _made(self, pieces: list[Piece], html_: str) -> Block:
        text = "\n".join(line.strip() for line in "".join(p.text for p in pieces).strip().split("\n"))
        struck = every(pieces, lambda piece: piece.struck)
        bold = every(pieces, lambda piece: piece.bold)
        if self.mark:
            return Item(
                at=self.at, level=self.mark.level, text=text, html=html_, label=self.mark.label,
                glyph=self.mark.glyph, bold=bold, struck=struck,
            )  # fmt: skip
        if self.heading:
            return Heading(at=self.at, level=self.heading, text=text, html=html_, struck=struck)
        italic = every(pieces, lambda piece: piece.italic)
        return Paragraph(at=self.at, text=text, html=html_, bold=bold, italic=italic, struck=struck)


def _evened(pieces: list[Piece]) -> list[Piece]:
    """The pieces with one blank where HTML shows one: none after a blank or a break."""
    even: list[Piece] = []
    before = "\n"
    for piece in pieces:
        text = piece.text.lstrip(" ") if before in " \n" else piece.text
        if text:
            even.append(replace(piece, text=text))
            before = text[-1]
    return even
