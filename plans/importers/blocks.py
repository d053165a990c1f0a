"""The intermediate form: what a reader saw in a file, in reading order, before anybody interprets it.

A reader decides nothing about plans. It keeps the words, what they looked like (bold, struck, style,
list level, printed label) and where they stood; `interpret.py` turns the blocks into a PlanDocument.
What a reader leaves out (deleted text, comments, speaker notes, contents fields) is said in `omitted`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Why = Literal[
    "deleted",  # tracked deletion
    "comment",
    "hidden",
    "contents",  # typed or generated contents page
    "notes",  # speaker notes
    "header_footer",
    "author",
    "debris",  # page numbers, lone dashes
    "added",  # what our own files print beside a plan's words: facts of adoption, full names
    "embedded",  # something that is not text: an embedded workbook, an equation
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    at: str  # «avsnitt 12», «lysbilde 4», «linje 30»
    level: int  # 1–9, as the source claims; printed numbers may say otherwise
    text: str
    html: str  # inline subset
    label: str = ""  # number made by the program, as printed, without final bracket or full stop
    struck: bool = False
    styled: bool = (
        True  # a heading style, or `#`; False where only bold suggests it (readers leave that to interpret)
    )
    marks: tuple[str, ...] = ()  # our own bookmarks here (`plans.word_marks`): which part of a plan this is


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    at: str
    text: str
    html: str
    bold: bool = False  # every word bold
    italic: bool = False
    struck: bool = False  # every word struck out
    style: str = ""  # the style's name in the source: «Title», «Quote»
    footnotes: tuple[str, ...] = ()  # texts of footnotes called here
    marks: tuple[str, ...] = ()  # our own bookmarks here (`plans.word_marks`): which part of a plan this is


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A list item. `level` from 0. `label` is the printed one («a», «1», «ii»), empty for bullets."""

    at: str
    level: int
    text: str
    html: str
    label: str = ""
    glyph: str = ""  # the bullet's character: «•», «✓»
    bold: bool = False
    struck: bool = False
    footnotes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()  # our own bookmarks here (`plans.word_marks`): which part of a plan this is


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    blocks: tuple["Heading | Paragraph | Item | Table | Figure", ...] = ()
    colspan: int = 1
    rowspan: int = 1  # a cell merged downwards stands once, in its first row

    @property
    def text(self) -> str:
        return "\n".join(text_of(block) for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    at: str
    cells: tuple[Cell, ...]
    header: bool = False  # marked as a repeated header in the source


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    at: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    at: str
    sha256: str
    media_type: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divider:
    """A new slide or page, or a ruled line. `title` is a slide's title, which also comes as a Heading."""

    at: str
    kind: Literal["slide", "page", "rule"]
    title: str = ""


Block = Heading | Paragraph | Item | Table | Figure | Divider


@dataclass(frozen=True, slots=True, kw_only=True)
class Omitted:
    at: str
    text: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything a reader found: blocks in order, what it left out, and the figures' bytes by SHA-256."""

    blocks: tuple[Block, ...]
    omitted: tuple[Omitted, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)


def text_of(block: Block) -> str:
    """The plain words of a block, labels included."""
    match block:
        case Heading():
            return f"{block.label} {block.text}".strip()
        case Item():
            return "\n".join([f"{block.label} {block.text}".strip(), *block.footnotes])
        case Paragraph():
            return "\n".join([block.text, *block.footnotes])
        case Table():
            return "\n".join(cell.text for row in block.rows for cell in row.cells)
        case Figure():
            return "\n".join(filter(None, [block.alt, block.caption]))
        case Divider():
            return ""


# --- to and from JSON: how the sandbox's child process hands the blocks to its parent ---

_KINDS: dict[str, type] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "item": Item,
    "table": Table,
    "figure": Figure,
    "divider": Divider,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def to_dict(block: Block) -> dict[str, Any]:
    """The block as plain JSON values; `type` names its class."""
    if isinstance(block, Table):
        rows = [
            {"at": row.at, "header": row.header, "cells": [_cell_to_dict(cell) for cell in row.cells]}
            for row in block.rows
        ]
        return {"type": "table", "at": block.at, "rows": rows}
    return {"type": _NAMES[type(block)]} | {f.name: getattr(block, f.name) for f in fields(block)}


def _cell_to_dict(cell: Cell) -> dict[str, Any]:
    blocks = [to_dict(block) for block in cell.blocks]
    return {"blocks": blocks, "colspan": cell.colspan, "rowspan": cell.rowspan}


def from_dict(data: Mapping[str, Any]) -> Block:
    """The block of these JSON values. Raises KeyError or TypeError where the shape is unknown."""
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k != "type"}
    if data["type"] == "table":
        values["rows"] = tuple(_row_from_dict(row) for row in data["rows"])
    block: Block = _KINDS[data["type"]](**values)
    return block


def _row_from_dict(data: Mapping[str, Any]) -> Row:
    cells = (
        Cell(
            # no divider ever stands in a cell
            blocks=tuple(block for b in cell["blocks"] if not isinstance(block := from_dict(b), Divider)),
            colspan=cell["colspan"],
            rowspan=cell["rowspan"],
        )
        for cell in data["cells"]
    )
    return Row(at=data["at"], cells=tuple(cells), header=data["header"])
