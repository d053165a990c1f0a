"""What was pasted, into blocks: the HTML that came with it, or text in columns set apart by tabs."""

import csv
import io

from helsefellesskap.file_checks import Refused
from helsefellesskap.sentences import later
from plans.importers import read_html
from plans.importers.blocks import (
    Cell,
    Paragraph,
    Row,
    Source,
    Table,
)
from plans.importers.inline import Piece, to_html

MOST = 3_000_000  # characters; static/js/editor/paste.js sends no more
TOO_LARGE = later("Det du limte inn, er for stort. Last det heller opp som en fil.")
NO_TABLE = later("Fant ingen tabell i det du limte inn.")


def read(html: str, text: str) -> Source:
    """The blocks of what was pasted. Raises Refused where it is too large or holds no table."""
    if len(html) + len(text) > MOST:
        raise Refused(TOO_LARGE)
    source = read_html.read(html) if html.strip() else Source(blocks=())
    if any(isinstance(block, Table) for block in source.blocks):
        return source
    if "\t" not in text:
        raise Refused(NO_TABLE)
    return Source(blocks=(_tabs(text),))


def _tabs(text: str) -> Table:
    """Spreadsheets put a cell of several lines in quotation marks."""
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter="\t"))
    except csv.Error:  # quotation marks that are only words
        rows = [line.split("\t") for line in text.splitlines()]
    rows = [row for row in rows if any(words.strip() for words in row)]
    if len(rows) > read_html.MAX_ROWS:
        raise Refused(read_html.TOO_MANY_ROWS)
    return Table(
        at="tabellen",
        rows=tuple(
            Row(
                at=f"rad {n}", cells=tuple(_cell(f"rad {n}", words) for words in row[: read_html.MAX_COLUMNS])
            )
            for n, row in enumerate(rows, 1)
        ),
    )


def _cell(at: str, words: str) -> Cell:
    lines = [" ".join(line.split()) for line in words.splitlines()]
    return Cell(blocks=tuple(Paragraph(at=at, text=x, html=to_html([Piece(text=x)])) for x in lines if x))
