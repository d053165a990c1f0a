"""Word's tables: rows and cells wherever they are wrapped, and merged cells as spans."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from plans.importers.blocks import Block, Cell, Divider, Row, Table, text_of
from plans.importers.docx_xml import W, value
from plans.importers.office import Element, whole
from plans.importers.office_xml import outermost

_WIDEST = 63  # Word's own limit of columns


@dataclass
class _Slot:
    blocks: list[Block]
    colspan: int
    rowspan: int = 1


@dataclass
class _Line:
    at: str
    header: bool
    slots: list[_Slot] = field(default_factory=list)


class Grid:
    """A table as it is filled row by row; a cell merged downwards becomes one cell with a rowspan."""

    def __init__(self, at: str) -> None:
        self._at = at
        self._lines: list[_Line] = []
        self._open: dict[int, _Slot] = {}  # by column: the cell that may go on in the next row
        self._still_open: dict[int, _Slot] = {}
        self._column = 0

    def start_row(self, at: str, *, header: bool, skipped: int) -> None:
        """`skipped`: grid columns left empty before the first cell."""
        self._open, self._still_open = self._still_open, {}
        self._lines.append(_Line(at, header))
        self._column = 0
        if skipped:
            self._add(_Slot([], min(skipped, _WIDEST)))

    def add_cell(self, properties: Element | None, blocks: list[Block]) -> list[Block]:
        """Puts a cell; returns the blocks that Word does not show, because the cell goes on from above."""
        colspan = min(max(whole(value(properties, "gridSpan"), 1), 1), _WIDEST)
        down = value(properties, "vMerge")
        slots = self._lines[-1].slots
        if value(properties, "hMerge") in {"continue", ""} and slots:
            slots[-1].colspan += colspan
            self._column += colspan
            return blocks
        above = self._open.get(self._column)
        if down is not None and down != "restart" and above is not None and above.colspan == colspan:
            above.rowspan += 1
            self._still_open[self._column] = above
            self._column += colspan
            return blocks
        slot = _Slot(blocks, colspan)
        if down is not None:
            self._still_open[self._column] = slot
        self._add(slot)
        return []

    def _add(self, slot: _Slot) -> None:
        self._lines[-1].slots.append(slot)
        self._column += slot.colspan

    def table(self) -> Table:
        return Table(at=self._at, rows=tuple(_row(line) for line in self._lines))


def _row(line: _Line) -> Row:
    cells = (
        Cell(
            blocks=tuple(b for b in slot.blocks if not isinstance(b, Divider)),
            colspan=slot.colspan,
            rowspan=slot.rowspan,
        )
        for slot in line.slots
    )
    return Row(at=line.at, cells=tuple(cells), header=line.header)


def rows_of(table: Element) -> Iterator[Element]:
    """The table's own rows, also those inside content controls."""
    return outermost(table, W + "tr")


def cells_of(row: Element) -> Iterator[Element]:
    return outermost(row, W + "tc")


def words_of(blocks: list[Block]) -> str:
    return " ".join(" ".join(text_of(block) for block in blocks).split())
