"""PDF files into blocks: the text of each page in reading order, ruled tables with their merged cells.

A PDF says where letters stand and no more, so all structure here is read off the page as people do: size
and weight make headings, glyphs and indents lists, rules tables. What repeats on every page is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from helsefellesskap.file_checks import Refused
from helsefellesskap.sentences import later
from plans.importers import pdf_own
from plans.importers.blocks import (
    Block,
    Divider,
    Omitted,
    Source,
)
from plans.importers.pdf_layout import Layout, Line, layout_of, lines_of
from plans.importers.pdf_lines import blocks_of
from plans.importers.pdf_margins import without_margins
from plans.importers.pdf_pages import Box, Page, pages_of
from plans.importers.pdf_tables import Grid, goes_on, grid_of, join, table_of

IMAGE_ONLY = later(
    "Filen er et bilde av tekst, for eksempel en skannet side, og kan ikke leses; "
    "last opp en PDF som er laget fra et tekstprogram."
)


@dataclass(slots=True)
class _Sheet:
    """A page's lines outside tables, and its tables, from above."""

    page: Page
    lines: list[Line]
    grids: list[Grid] = field(default_factory=list)


def read(data: bytes) -> Source:
    """The blocks of a PDF with text. Raises Refused where it is damaged, locked, too long or an image."""
    sheets = [_sheet(page) for page in pages_of(data)]
    if not any(sheet.lines or sheet.grids for sheet in sheets):
        raise Refused(IMAGE_ONLY)
    omitted = [said for sheet in sheets for said in sheet.page.omitted]
    pages = [(sheet.page.height, sheet.lines) for sheet in sheets]
    zone = {"zone": pdf_own.MARGIN} if sheets[0].page.own else {}
    kept, margins = without_margins(pages, **zone)
    for sheet, lines in zip(sheets, kept, strict=True):
        sheet.lines = lines
    if not any(sheet.lines or sheet.grids for sheet in sheets):
        raise Refused(IMAGE_ONLY)  # scanned pages with printed page numbers
    _join_tables(sheets)
    if sheets[0].page.own:
        omitted += _without_added(sheets)
    outside = [line for sheet in sheets for line in sheet.lines]
    within = [line for s in sheets for grid in s.grids for slot in grid.slots for line in slot.lines]
    layout = layout_of(outside, [*outside, *within])
    blocks = tuple(_with_dividers(_blocks(sheets, layout)))
    omitted += margins + [said for sheet in sheets for grid in sheet.grids for said in grid.omitted]
    return Source(blocks=blocks, omitted=tuple(omitted))


def _sheet(page: Page) -> _Sheet:
    grids = []
    words = page.words
    page.words = []
    frames: list[Box] = []
    for cells in page.tables:
        grid = grid_of(cells, words, page.number)
        if grid is None or not any(slot.lines for slot in grid.slots):
            frames += cells if grid is None else []
            continue
        held = {id(word) for slot in grid.slots for line in slot.lines for word in line.words}
        words = [word for word in words if id(word) not in held]
        grids.append(grid)
    lines = lines_of(words, page.number)
    for line in lines:
        line.frame = next((box[1] for box in frames if box[1] <= line.top and line.bottom <= box[3]), 0.0)
    return _Sheet(page, lines, sorted(grids, key=lambda grid: grid.top))


def _join_tables(sheets: Sequence[_Sheet]) -> None:
    """A table that ends a page takes up the one that begins the next, where their columns are the same."""
    open_: Grid | None = None
    last: Grid | None
    for sheet in sheets:
        first = next(iter(sheet.grids), None)
        above = [line for line in sheet.lines if first is None or line.bottom <= first.top + 2]
        if open_ and first and not above and goes_on(open_, first):
            join(open_, first)
            open_.bottom = first.bottom
            sheet.grids.pop(0)
            last = sheet.grids[-1] if sheet.grids else open_
            bottom = first.bottom if last is open_ else last.bottom
        else:
            last = sheet.grids[-1] if sheet.grids else None
            bottom = last.bottom if last else 0.0
        below = [line for line in sheet.lines if line.top >= bottom - 2]
        open_ = None if below else last


def _without_added(sheets: Sequence[_Sheet]) -> list[Omitted]:
    """Brings a PDF of our own back to the shape that the plan was written in; returns what is left out."""
    first = sheets[0]
    first.lines, omitted = pdf_own.cover(first.lines)
    closed = False
    for sheet in sheets[1:]:
        sheet.lines, said = pdf_own.without_struck_notes(sheet.lines)
        omitted += said
        for slot in [slot for grid in sheet.grids for slot in grid.slots]:
            slot.lines, said = pdf_own.without_struck_notes(slot.lines)
            omitted += said
        for grid in sheet.grids:
            pdf_own.without_abbreviation_heads(grid)
        end = 0.0 if closed else pdf_own.closing(sheet.lines)
        if end is not None:
            closed = True
            gone = [line for line in sheet.lines if line.top >= end]
            tables = [grid for grid in sheet.grids if grid.top >= end]
            gone += [line for grid in tables for slot in grid.slots for line in slot.lines]
            omitted += pdf_own.added(gone)
            sheet.lines = [line for line in sheet.lines if line.top < end]
            sheet.grids = [grid for grid in sheet.grids if grid.top < end]
        omitted += _with_goals(sheet)
    heads = [grid for sheet in sheets for grid in sheet.grids if grid.of_goal]
    for sheet in sheets[1:]:
        lines = sheet.lines
        if heads:
            lines, alone = pdf_own.goals_alone(lines, heads[0])
            sheet.grids = sorted([*sheet.grids, *alone], key=lambda grid: grid.top)
        sheet.lines = []
        tops = [grid.top for grid in sheet.grids]
        for start, end in pairwise([0.0, *tops, sheet.page.height]):
            listed, said = pdf_own.as_list([line for line in lines if start <= line.top < end])
            sheet.lines += listed
            omitted += said
    return omitted


def _with_goals(sheet: _Sheet) -> list[Omitted]:
    """Puts goals that stand over their measures beside them; returns what is left out."""
    omitted: list[Omitted] = []
    kept: list[Line] = []
    seen = 0.0
    for grid in sheet.grids:
        above = [line for line in sheet.lines if seen <= line.top < grid.top]
        seen = grid.top
        lines, named, goal, notes = pdf_own.split_goal(above)
        kept += lines
        if goal:
            pdf_own.without_added(grid)
            told, other = pdf_own.status_first(notes)
            pdf_own.with_goal(grid, named, goal + told)
            omitted += pdf_own.added(other)
    sheet.lines = kept + [line for line in sheet.lines if line.top >= seen]
    return omitted


def _blocks(sheets: Sequence[_Sheet], layout: Layout) -> Iterator[Block]:
    """The sheets in order; a paragraph that runs over the edge of a page stays whole."""
    run: list[Line] = []
    for sheet in sheets:
        rest = sheet.lines
        for number, grid in enumerate(sheet.grids, 1):
            run += [line for line in rest if line.top < grid.top]
            rest = [line for line in rest if line.top >= grid.top]
            yield from blocks_of(run, layout)
            run = []
            yield table_of(grid, number, layout)
        run += rest
    yield from blocks_of(run, layout)


def _with_dividers(blocks: Iterable[Block]) -> Iterator[Block]:
    """A divider before the first block that begins on a page."""
    page = ""
    for block in blocks:
        here = block.at.partition(",")[0]
        if here != page:
            yield Divider(at=here, kind="page")
            page = here
        yield block
