"""A table of goals and measures in an edited file: which column is which, which row is which measure."""

from collections.abc import Iterator
from dataclasses import dataclass

from plans.edited import EditedGoal, EditedMeasure
from plans.importers.back_text import (
    NOTES,
    Text,
    first_mark,
    labelled,
    line_of,
    lines_of_blocks,
    named,
    words_of,
)
from plans.importers.blocks import Cell, Figure, Paragraph, Row, Table
from plans.importers.interpret.columns import role_of
from plans.lines import Line, joined
from plans.word_marks import Mark

_FIELDS = {
    "goal": "goal",
    "measure": "html",
    "responsible": "responsible_text",
    "deadline": "deadline_text",
    "status": "status_text",
    "indicator": "indicator",
}
_HEADER_WITHIN = 2  # rows


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell and the column that it begins in; `above` where it began in a row before."""

    column: int
    cell: Cell
    above: bool = False


def is_abbreviations(table: Table) -> bool:
    marks = [mark for mark in _marks(table) if mark.kind == "plan"]
    heads = [words_of(cell.blocks).lower() for cell in table.rows[0].cells] if table.rows else []
    # «forkorting» is nynorsk.
    return bool(marks) or (len(heads) == 2 and heads[0].startswith(("forkortelse", "forkorting")))


def is_plan_table(table: Table) -> bool:
    """Whether it holds measures: it says so itself, or its headings do."""
    marks = list(_marks(table))
    if any(mark.kind in ("column", "measure") or mark.field in ("label", "html") for mark in marks):
        return True
    if marks:  # a table in running text
        return False
    fields = set(_by_heading(table.rows[0]).values()) if table.rows else set()
    return "html" in fields and bool(fields & set(_FIELDS.values()) - {"html"})


def _marks(table: Table) -> Iterator[Mark]:
    for row in table.rows:
        for cell in row.cells:
            for block in cell.blocks:
                if not isinstance(block, Table | Figure) and (mark := first_mark(block)):
                    yield mark


def _by_heading(row: Row) -> dict[int, str]:
    found: dict[int, str] = {}
    for placed in _placed(row, {}):
        field = _field_called(words_of(placed.cell.blocks))
        if field and field not in found.values():
            found[placed.column] = field
    return found


def _field_called(heading: str) -> str:
    """The field that a heading speaks of; one that is the source's own is «extra:» and the heading."""
    return _FIELDS.get(role_of(heading), f"extra:{heading}" if heading else "")


def _placed(row: Row, reaching: dict[int, tuple[Cell, int]]) -> Iterator[_Placed]:
    """The row's cells by column. `reaching` holds cells from above and the rows that they have left."""
    column = 0
    cells = list(row.cells)
    while cells or column in reaching:
        if column in reaching:
            cell, left = reaching.pop(column)
            above = True
        else:
            cell, left, above = cells[0], cells.pop(0).rowspan, False
        if left > 1:
            reaching[column] = (cell, left - 1)
        yield _Placed(column, cell, above)
        column += cell.colspan


class TableReader:
    """Reads the rows in order; a row belongs to the goal whose cell stands beside it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.section: Mark | None = None  # of the section whose table it was
        self._fields, self._first_row = self._columns()
        self.headings = self._headings()
        self._goals: list[EditedGoal] = []

    def _columns(self) -> tuple[dict[int, str], int]:
        """Column → field, by the bookmarks in the headings or else by their words; the first row of words."""
        for n, row in enumerate(self._table.rows[:_HEADER_WITHIN]):
            marked: dict[int, str] = {}
            for placed in _placed(row, {}):
                mark = next(_of_kind(placed.cell, "column"), None)
                if mark:
                    self.section = self.section or mark
                    marked[placed.column] = f"{mark.field}{mark.number or ''}"
            if marked:
                return _by_heading(row) | marked, n + 1
        found = _by_heading(self._table.rows[0])
        if "html" in found.values():
            return found, 1
        return {}, 0

    def _headings(self) -> dict[str, str]:
        """The words over each field, from the left."""
        head = list(_placed(self._table.rows[self._first_row - 1], {})) if self._first_row else []
        words = {self._fields.get(placed.column, ""): words_of(placed.cell.blocks) for placed in head}
        return {field: said for field, said in words.items() if field}

    def goals(self) -> list[EditedGoal]:
        reaching: dict[int, tuple[Cell, int]] = {}
        for n, row in enumerate(self._table.rows):
            placed = list(_placed(row, reaching))
            if n >= self._first_row and not row.header:
                self._row(placed)
        self._settle_first()
        return self._goals

    def _settle_first(self) -> None:
        """Rows put by hand above the first goal have an empty goal cell of their own: they are its."""
        first, *others = self._goals or [EditedGoal()]
        if others and not first.name.whole and not first.ident and not any(m.ident for m in first.measures):
            others[0].measures[:0] = first.measures
            self._goals = others

    def _row(self, placed: list[_Placed]) -> None:
        cells = {self._field_of(p): p for p in placed}
        goal = cells.pop("goal", None)
        if goal is not None and not goal.above:
            self._goal(goal.cell)
        if not self._goals:
            self._goals.append(EditedGoal())
        measure = _measure({field: p.cell for field, p in cells.items() if field and not p.above})
        measure.headings = self.headings | measure.headings
        if measure.ident or measure.words:
            self._goals[-1].measures.append(measure)

    def _field_of(self, placed: _Placed) -> str:
        """By what the cell says it is, else by its column."""
        if next(_of_kind(placed.cell, "goal"), None):
            return "goal"
        return self._fields.get(placed.column, "")

    def _goal(self, cell: Cell) -> None:
        goal = _goal(cell)
        words = goal.name.whole
        if not (words or goal.ident or goal.body or goal.fields):
            return
        same = next((g for g in self._goals if _is_same(g, goal)), None)
        if same is None:
            self._goals.append(goal)
        elif same is not self._goals[-1]:  # goes on after others: its rows are found by their own marks
            self._goals.append(EditedGoal(ident=same.ident, copied=True, name=same.name))


def _is_same(a: EditedGoal, b: EditedGoal) -> bool:
    """By identity where both carry one, unless a copy was written over: two goals may have the same words."""
    if a.ident and b.ident:
        return a.ident == b.ident and b.name.whole in ("", a.name.whole)
    return bool(b.name.whole) and a.name.whole == b.name.whole


def _of_kind(cell: Cell, kind: str) -> Iterator[Mark]:
    for block in cell.blocks:
        if not isinstance(block, Table | Figure) and (mark := first_mark(block)) and mark.kind == kind:
            yield mark


def _goal(cell: Cell) -> EditedGoal:
    goal = EditedGoal()
    first = True
    for block in cell.blocks:
        if isinstance(block, Figure):
            continue
        if isinstance(block, Table):
            goal.body += lines_of_blocks([block])
            continue
        mark = first_mark(block)
        if mark and mark.kind == "goal":
            goal.ident = goal.ident or mark.ident
        if mark and mark.field == "status_text":
            goal.fields["status_text"] = labelled(block).text
        elif _is_note(block) and not mark:
            if _field_called(labelled(block).label.rstrip(":")) == "status_text":
                goal.fields.setdefault("status_text", labelled(block).text)
        elif (mark and mark.field == "body") or goal.body:
            goal.body += line_of(block, goal.body)
        elif first:
            goal.name = named(block)
        else:
            goal.name.runs = joined([Line("p", goal.name.runs), *line_of(block, [])])
        first = False
    return goal


def _measure(cells: dict[str, Cell]) -> EditedMeasure:
    measure = EditedMeasure()
    marks = [mark for cell in cells.values() for mark in _of_kind(cell, "measure")]
    if marks:
        mark = min(marks, key=lambda mark: (mark.copied, mark.field not in ("label", "html")))
        measure.ident, measure.copied = mark.ident, mark.copied
    for field, cell in cells.items():
        if field == "html":
            _text(cell, measure)
        else:
            measure.fields[field] = words_of(cell.blocks)
    return measure


def _text(cell: Cell, measure: EditedMeasure) -> None:
    """The measure's own words, and the fields that stand below them for want of room."""
    lines: list[Line] = []
    for block in cell.blocks:
        if isinstance(block, Table | Figure):
            lines += lines_of_blocks([block])
            continue
        mark = first_mark(block)
        if mark and mark.kind == "measure" and mark.field not in ("label", "html"):
            said, key = labelled(block), f"{mark.field}{mark.number or ''}"
            measure.fields[key], measure.headings[key] = said.text, said.label.rstrip(":")
        elif _is_note(block) and not mark:
            _note(block, measure)
        elif not lines and not measure.name.whole:
            measure.name = named(block)
            lines.append(Line("p", measure.name.runs))
        else:
            lines += line_of(block, lines)
    measure.name.runs = joined(lines)


def _note(block: Text, measure: EditedMeasure) -> None:
    """«Indikator:», a tab and words, without a bookmark: known by its heading."""
    said = labelled(block)
    field = _field_called(said.label.rstrip(":"))
    if said.label and field not in ("goal", "html"):
        measure.fields.setdefault(field, said.text)


def _is_note(block: Text) -> bool:
    return isinstance(block, Paragraph) and block.style.lower() in NOTES
