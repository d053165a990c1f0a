"""Word files that this portal made (`plans/exporters/word.py`): what it added to a plan is left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plans.importers.back_tables import is_abbreviations
from plans.importers.back_text import NOTES, first_mark
from plans.importers.blocks import Block, Cell, Omitted, Paragraph, Row, Source, Table, text_of
from plans.importers.docx_xml import Element, W
from plans.word_marks import mark_of

_FACTS = {"plan opplysning", "toc heading"}


def is_own(root: Element) -> bool:
    """Whether paragraphs say which part of a plan they hold."""
    return any(mark_of(mark.get(W + "name", "")) for mark in root.iter(W + "bookmarkStart"))


def without_added(source: Source) -> Source:
    """The source without the facts, headings and patient groups that the portal prints beside the plan."""
    omitted: list[Omitted] = []
    blocks = tuple(_kept(source.blocks, omitted))
    return replace(source, blocks=blocks, omitted=(*source.omitted, *omitted))


def _kept[B: Block](blocks: Iterable[B], omitted: list[Omitted]) -> Iterator[B]:
    blocks = list(blocks)
    for n, block in enumerate(blocks, 1):
        below = blocks[n] if n < len(blocks) else None
        if isinstance(block, Table):
            yield replace(block, rows=_rows(block, omitted))
        elif isinstance(below, Table) and is_abbreviations(below):
            yield block
        elif isinstance(block, Paragraph) and _is_added(block):
            omitted.append(Omitted(at=block.at, text=text_of(block), why="added"))
        else:
            yield block


def _is_added(block: Paragraph) -> bool:
    style = block.style.lower()
    return style in _FACTS or (style in NOTES and first_mark(block) is None and "\t" not in block.html)


def _rows(table: Table, omitted: list[Omitted]) -> tuple[Row, ...]:
    rows: Sequence[Row] = table.rows
    if is_abbreviations(table) and rows[0].header:
        omitted.append(Omitted(at=rows[0].at, text=" ".join(c.text for c in rows[0].cells), why="added"))
        rows = rows[1:]
    return tuple(replace(row, cells=tuple(_cell(cell, omitted) for cell in row.cells)) for row in rows)


def _cell(cell: Cell, omitted: list[Omitted]) -> Cell:
    return replace(cell, blocks=tuple(_kept(cell.blocks, omitted)))
