"""Tables in text files: rows of pipes, and rows of tabs as a table pasted from Word becomes."""

import re

from helsefellesskap.file_checks import Refused
from helsefellesskap.sentences import later
from plans.importers.blocks import (
    Cell,
    Heading,
    Item,
    Paragraph,
    Row,
    Table,
)
from plans.importers.text_lines import HEADING, bullet, cells_of_pipes, pipe_rule
from plans.importers.text_markup import Words

MAX_ROWS = 5_000
TOO_MANY_ROWS = later("Filen har flere enn 5 000 tabellrader og kan ikke leses.")

_PAGE_REFERENCE = re.compile(r"^(s\.?\s*|side\s+)?\d{1,3}\.?$", re.IGNORECASE)
_MARK = re.compile(r"^(?:[^\w\s]|o|\(?\w{1,4}[.)]|\d{1,2}(?:\.\d{1,2})+)$")
_BREAK = re.compile(r"<br\s*/?>|\x0b", re.IGNORECASE)
_BAND_MAX = 100

Numbered = tuple[int, str]  # line number from 1, and the line


def pipe_table(lines: list[Numbered]) -> Table:
    rows = [(number, cells_of_pipes(line)) for number, line in lines if not ("|" in line and pipe_rule(line))]
    header = len(lines) > 1 and pipe_rule(lines[1][1])
    return _table(rows, header_first=header)


def starts_pipes(lines: list[Numbered]) -> bool:
    """Whether a table of pipes begins with the first of these lines."""
    first = lines[0][1]
    if "|" not in first or pipe_rule(first):
        return False
    if len(lines) > 1 and "|" in lines[1][1] and pipe_rule(lines[1][1]):
        return True
    return first.lstrip().startswith("|") and first.count("|") > 1


def pipe_rows(lines: list[Numbered], at: int) -> int:
    """How many lines, from this one, make one table of pipes."""
    end = at
    while end < len(lines) and "|" in lines[end][1]:
        end += 1
    return end - at


def tab_rows(lines: list[Numbered], at: int) -> int:
    """How many lines, from this one, make one table of tabs; 0 where they make none."""
    end = at
    while end < len(lines) and lines[end][1].strip() and not HEADING.match(lines[end][1]):
        end += 1
    while end > at and "\t" not in lines[end - 1][1].rstrip():
        end -= 1  # a last line without a tab is a paragraph
    count, lines = end - at, lines[at:end]
    rows = [_tabs(line) for _, line in lines]
    tabbed = [row for row in rows if len(row) > 1]
    if len(tabbed) < 2 or _is_contents(tabbed) or _are_fields(tabbed) or _are_listed(tabbed):
        return 0
    wide = sum(len(row) > 2 for row in tabbed)
    same = sum(len(row) == len(tabbed[0]) for row in tabbed)
    return count if wide or same * 2 > len(tabbed) else 0


def tab_table(lines: list[Numbered]) -> Table:
    rows: list[tuple[int, list[str]]] = []
    for number, line in lines:
        cells = _tabs(line)
        if len(cells) == 1 and rows and not _is_band(line):
            rows[-1][1][-1] += f"<br>{line.strip()}"  # the cell above was broken into lines
        else:
            rows.append((number, cells))
    return _table(rows, header_first=False)


def _tabs(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t")]


def _is_contents(rows: list[list[str]]) -> bool:
    return all(_PAGE_REFERENCE.match(row[-1]) for row in rows)


def _are_fields(rows: list[list[str]]) -> bool:
    """«Saksbehandler:⇥Kari Nordmann»: header fields set with tabs."""
    return all(row[0].endswith(":") and len(row) == 2 for row in rows)


def _are_listed(rows: list[list[str]]) -> bool:
    """«•⇥…», «1.⇥…»: list items as they are pasted from Word."""
    return all(len(row) == 2 and _MARK.match(row[0]) for row in rows)


def _is_band(line: str) -> bool:
    words = line.strip()
    return len(words) <= _BAND_MAX and not words[:1].islower() and not words.endswith((".", ",", ";"))


def _table(rows: list[tuple[int, list[str]]], *, header_first: bool) -> Table:
    if len(rows) > MAX_ROWS:
        raise Refused(TOO_MANY_ROWS)
    width = max(len(cells) for _, cells in rows)
    return Table(
        at=f"linje {rows[0][0]}",
        rows=tuple(
            Row(at=f"linje {number}", cells=_cells(number, cells, width), header=header_first and i == 0)
            for i, (number, cells) in enumerate(rows)
        ),
    )


def _cells(number: int, texts: list[str], width: int) -> tuple[Cell, ...]:
    if len(texts) == 1 and width > 1:
        return (Cell(blocks=_blocks(number, texts[0]), colspan=width),)
    texts = texts + [""] * (width - len(texts))
    return tuple(Cell(blocks=_blocks(number, text)) for text in texts)


def _blocks(number: int, text: str) -> tuple[Heading | Paragraph | Item, ...]:
    return tuple(
        _block(f"linje {number}", part) for part in _lines_of(text) if part.strip() and Words(part).text
    )


def _lines_of(text: str) -> list[str]:
    """The cell's lines, broken only where no mark is open, so that none is torn apart."""
    parts = _BREAK.split(text)
    torn = any(part.count(mark) % 2 for part in parts for mark in ("**", "~~"))
    torn = torn or any(part.lower().count("<b>") != part.lower().count("</b>") for part in parts)
    return [text] if torn else parts


def _block(at: str, text: str) -> Paragraph | Item:
    if found := bullet(text):
        words = Words(found[2])
        return Item(
            at=at, level=0, text=words.text, html=words.html, glyph=found[1],
            bold=words.bold, struck=words.struck,
        )  # fmt: skip
    words = Words(text)
    return Paragraph(
        at=at, text=words.text, html=words.html, bold=words.bold, italic=words.italic, struck=words.struck
    )
