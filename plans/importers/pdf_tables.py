"""Ruled tables of a PDF: cells by their boxes, merged cells as spans, and tables that go on over pages."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from helsefellesskap.file_checks import Refused
from plans.importers.blocks import (
    Cell,
    Omitted,
    Row,
    Table,
)
from plans.importers.office import MAX_TABLE_ROWS, TOO_MANY_ROWS
from plans.importers.pdf_layout import Layout, Line, lines_of
from plans.importers.pdf_lines import blocks_of, starts_anew
from plans.importers.pdf_pages import Box, Word

_SAME = 3.0  # points: edges nearer than this are one
_ENDS = (".", "!", "?", ":")
_OPENS_LOWER = re.compile(r"[a-zæøå(]")


@dataclass(slots=True)
class Slot:
    """A cell under way: where it stands in the grid, and its lines, from several pages where it is cut."""

    row: int
    column: int
    rowspan: int
    colspan: int
    right: float  # where its text column ends
    lines: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class Grid:
    """A table by rows and columns. `edges` are the columns' left edges, then the table's right edge."""

    page: int
    top: float
    bottom: float
    edges: list[float]
    rows: int
    slots: list[Slot]
    starts: list[int] = field(default_factory=list)  # the page that each row begins on
    header: bool = False  # its first row is repeated on a later page
    of_goal: bool = False  # of a PDF of our own: the measures of one goal, which stands in the first column
    omitted: list[Omitted] = field(default_factory=list)

    def row(self, number: int) -> list[Slot]:
        return [slot for slot in self.slots if slot.row == number]

    def covering(self, column: int, row: int) -> Slot | None:
        found = (s for s in self.slots if s.column <= column < s.column + s.colspan)
        return next((s for s in found if s.row <= row < s.row + s.rowspan), None)

    def fill_holes(self) -> None:
        """A place in the grid without a box is an empty cell."""
        taken = {
            (row, column)
            for s in self.slots
            for row in range(s.row, s.row + s.rowspan)
            for column in range(s.column, s.column + s.colspan)
        }
        for row in range(self.rows):
            for column in range(len(self.edges) - 1):
                if (row, column) not in taken:
                    self.slots.append(Slot(row, column, 1, 1, self.edges[column + 1]))


def grid_of(cells: Sequence[Box], words: Sequence[Word], page: int) -> Grid | None:
    """The table of these cells with the words in them; None where it is a frame, not a table."""
    edges = _merged([x for cell in cells for x in (cell[0], cell[2])])
    tops = _merged([cell[1] for cell in cells])
    bottom = max(cell[3] for cell in cells)
    if len(edges) < 3:
        return None
    slots = []
    for box in sorted(cells, key=lambda cell: (_index(tops, cell[1]), cell[0])):
        row, column = _index(tops, box[1]), _index(edges, box[0])
        inside = [word for word in words if _in(box, word)]
        lines = lines_of(inside, page)
        padding = min((line.left - box[0] for line in lines), default=0.0)
        slot = Slot(
            row=row,
            column=column,
            rowspan=max(_index([*tops, bottom], box[3]) - row, 1),
            colspan=max(_index(edges, box[2]) - column, 1),
            right=box[2] - min(max(padding, 0.0), 8.0),
            lines=lines,
        )
        slots.append(slot)
    grid = Grid(page, tops[0], bottom, edges, len(tops), slots, starts=[page] * len(tops))
    grid.fill_holes()
    return grid


def _merged(values: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _SAME:
            kept.append(value)
    return kept


def _index(edges: Sequence[float], value: float) -> int:
    at = bisect_left(edges, value - _SAME)
    return min(at, len(edges) - 1)


def _in(box: Box, word: Word) -> bool:
    x, y = word.middle
    return box[0] <= x < box[2] and box[1] <= y < box[3]


# --- over pages ---


def goes_on(above: Grid, below: Grid) -> bool:
    """Whether a table first on its page has the columns of the one that was last on the page before."""
    return len(above.edges) == len(below.edges) and all(
        abs(a - b) <= _SAME for a, b in zip(above.edges, below.edges, strict=True)
    )


def join(above: Grid, below: Grid) -> None:
    """Puts what stands on the next page at the end of the table above."""
    repeated = _repeated_header(above, below)
    if repeated:
        above.header = True
        words = " ".join(slot.text for slot in below.row(0))
        above.omitted.append(Omitted(at=f"side {below.page}", text=words, why="header_footer"))
    first = 1 if repeated else 0
    if below.rows == first:
        return
    last = above.rows - 1
    cut = _is_cut(above, below, first)
    shift = above.rows - first - (1 if cut else 0)
    for slot in below.slots:
        if slot.row < first:
            continue
        over = above.covering(slot.column, last)
        if slot.row == first and over and over.colspan == slot.colspan and (cut or not slot.lines):
            over.lines += slot.lines
            over.rowspan += slot.rowspan - (1 if cut else 0)
        else:
            above.slots.append(replace(slot, row=slot.row + shift))
    above.rows = below.rows + shift
    above.starts += [below.page] * (above.rows - len(above.starts))


def _repeated_header(above: Grid, below: Grid) -> bool:
    ours, theirs = above.row(0), below.row(0)
    words = [slot.text for slot in ours]
    return any(words) and words == [slot.text for slot in theirs]


def _is_cut(above: Grid, below: Grid, first: int) -> bool:
    """Whether the first row below is the rest of the last row above, cut by the end of the page."""
    pairs = [(slot, above.covering(slot.column, above.rows - 1)) for slot in below.row(first)]
    if any(over is None or over.colspan != slot.colspan for slot, over in pairs):
        return False
    filled = [slot for slot, _ in pairs if slot.lines]
    if any(starts_anew(slot.lines[0]) for slot in filled):
        return False
    if not filled or any(_OPENS_LOWER.match(slot.text) for slot in filled):
        return True
    ended = all(over.text.endswith(_ENDS) for slot, over in pairs if over and slot.lines)
    # The first column is left out: a goal that spans several rows is empty in every new one.
    said_above = any(not slot.lines and over and over.lines for slot, over in pairs if slot.column)
    return said_above and not ended


# --- to blocks ---


def table_of(grid: Grid, number: int, layout: Layout) -> Table:
    """The finished table, the page's `number`th. Raises Refused where it is longer than may be read."""
    if grid.rows > MAX_TABLE_ROWS:
        raise Refused(TOO_MANY_ROWS)
    by_row: dict[int, list[Slot]] = {}
    for slot in grid.slots:
        by_row.setdefault(slot.row, []).append(slot)
    rows = tuple(
        _row(grid, by_row.get(n, []), n, f"tabell {number}, rad {n + 1}", layout) for n in range(grid.rows)
    )
    return Table(at=f"side {grid.page}, tabell {number}", rows=rows)


def _row(grid: Grid, slots: list[Slot], number: int, place: str, layout: Layout) -> Row:
    cells = (
        Cell(
            blocks=tuple(blocks_of(slot.lines, layout, slot.right)),
            colspan=slot.colspan,
            rowspan=slot.rowspan,
        )
        for slot in sorted(slots, key=lambda slot: slot.column)
    )
    at = f"side {grid.starts[number]}, {place}"
    return Row(at=at, cells=tuple(cells), header=grid.header and number == 0)
