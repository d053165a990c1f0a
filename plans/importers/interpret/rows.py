"""The rows of one plan table: goals, measures, bands and what continues from the row above."""

import re
from dataclasses import dataclass, field, replace

from helsefellesskap.richtext import from_text
from helsefellesskap.sentences import later
from plans.document import Deadline
from plans.importers.blocks import Cell, Row, Table
from plans.importers.interpret import responsible, status
from plans.importers.interpret.cells import Piece, pieces_of, plain_of
from plans.importers.interpret.columns import Header, Place, grid_of
from plans.importers.interpret.dates import only_date
from plans.importers.interpret.drafts import GoalDraft, MeasureDraft, SectionDraft
from plans.importers.interpret.lines import Line, footnotes_only, lines_in, lines_of
from plans.importers.interpret.notes import STATUS_NOT_READ, Notes
from plans.importers.interpret.render import inline

_BAND_LONGEST = 150
# Why words are left out that stand elsewhere already.
HEADINGS_AGAIN = later("Utelatt: «%(words)s». Kolonneoverskriftene gjentas i tabellen.")
AREA_AGAIN = later("Utelatt: «%(words)s». Området gjentas på hver rad.")
GOAL_AGAIN = later("Utelatt: «%(words)s». Målet gjentas på hver rad.")
_GROUP = later("«%(group)s» i «%(words)s» er en gruppe av utvalg. Skriv hvilket utvalg som er ansvarlig.")
_SHARED = later(
    "%(n)s tiltak står i samme rute. Ansvarlig, frist og status er satt likt på alle. Kontroller dem."
)
_FOOTNOTES = later("Fotnoter i tabellen er satt etter den: «%(words)s».")
_STATUS = re.compile(r"status:\s*\S", re.IGNORECASE)


@dataclass
class _Row:
    """A row's cells by role, and what else it says."""

    at: str
    places: dict[str, Place | None] = field(default_factory=dict)
    extras: dict[str, Place | None] = field(default_factory=dict)

    def cell(self, role: str) -> Cell | None:
        place = self.places.get(role)
        return place.cell if place else None

    def text(self, role: str) -> str:
        cell = self.cell(role)
        return plain_of(cell) if cell else ""

    def continued(self, role: str) -> bool:
        place = self.places.get(role)
        return bool(place and place.continued)


class TableReader:
    """Reads one table into a section; a band or an area column opens sections inside it."""

    def __init__(
        self, table: Table, own: Header | None, header: Header, section: SectionDraft, notes: Notes
    ) -> None:
        self._table = table
        self._header = header
        self._first = own.row + 1 if own else 0
        self._repeats = own is not None and bool(section.columns)
        self._outer = self._section = section
        self._notes = notes
        self._goal: GoalDraft | None = section.goals[-1] if section.goals else None
        self._goal_cell = ""
        self._area = ""

    def read(self) -> SectionDraft:
        """The section that a table right below goes on in."""
        grid = grid_of(self._table)
        if not self._outer.columns:
            self._outer.columns = self._header.names
        elif self._repeats:
            self._repeated_heading(self._table.rows[self._first - 1])
        if self._first:
            self._beside(self._table.rows[self._first - 1])
        for row in self._table.rows[: max(self._first - 1, 0)]:
            self._outer.body += [line for cell in row.cells for line in lines_of(cell.blocks)]
        for n in range(self._first, len(self._table.rows)):
            self._row(n, self._table.rows[n], grid)
        if not self._outer.goals and self._section is not self._outer:
            self._outer.columns = ()
        return self._section

    def _repeated_heading(self, row: Row) -> None:
        words = "», «".join(plain_of(cell) for cell in row.cells if plain_of(cell))
        self._notes.add(row.at, HEADINGS_AGAIN, words=words)

    def _row(self, n: int, source: Row, grid: list[list[Place | None]]) -> None:
        filled = [place for place in grid[n] if place and plain_of(place.cell)]
        if filled and self._is_heading_again(grid[n]):
            self._repeated_heading(source)
        elif len(filled) == 1 and not filled[0].continued and self._is_band(n, source, filled[0], grid):
            self._open(replace(lines_of(filled[0].cell.blocks)[0], kind="heading", level=0))
        elif filled:
            self._measures(self._by_role(source, grid[n]))
        self._beside(source)

    def _is_heading_again(self, places: list[Place | None]) -> bool:
        names = tuple(" ".join(place.cell.text.split()) if place else "" for place in places)
        return names == self._header.names

    def _is_band(self, n: int, source: Row, place: Place, grid: list[list[Place | None]]) -> bool:
        """One cell over the whole width; or the first cell alone, and the next row begins anew."""
        width = len(grid[n])
        if len(place.cell.text) > _BAND_LONGEST or len(lines_of(place.cell.blocks)) > 1:
            return False
        if place.cell.colspan >= width > 1:
            return True
        first = next((p for p in grid[n] if p), None)
        if first is not place or width < 3 or grid[n][0] is not place or place.cell.rowspan > 1:
            return False
        if n + 1 == len(grid):
            return False
        below = grid[n + 1]
        begins = below[0] is not None and bool(plain_of(below[0].cell)) and not below[0].continued
        holds_more = sum(bool(p and plain_of(p.cell)) for p in below) > 1
        line = lines_of(place.cell.blocks)[0]
        goal_first = self._header.roles[0] in {"goal", "area"}
        return begins and holds_more and (goal_first or line.bold or line.text.isupper())

    def _open(self, heading: Line) -> None:
        self._section = SectionDraft(heading=heading, columns=self._header.names)
        self._outer.sections.append(self._section)
        self._goal, self._goal_cell = None, ""

    def _by_role(self, source: Row, places: list[Place | None]) -> _Row:
        row = _Row(at=source.at)
        for column, place in enumerate(places):
            role = self._header.roles[column]
            if role == "extra":
                name = self._header.names[column] or f"kolonne {column + 1}"
                row.extras[name if name not in row.extras else f"{name} ({column + 1})"] = place
            else:
                row.places[role] = place
        return row

    def _measures(self, row: _Row) -> None:
        self._area_of(row)
        self._goal_of(row)
        goal = self._goal or self._new_goal(GoalDraft(at=row.at))
        cell = row.cell("measure")
        if cell and not row.continued("measure") and (pieces := pieces_of(cell)):
            made = [self._measure(piece, row) for piece in pieces]
            goal.measures += made
            self._shared(row, made)
        elif self._has_more(row):
            self._goes_on(row, goal)

    def _area_of(self, row: _Row) -> None:
        cell, words = row.cell("area"), row.text("area")
        if cell is None or not words or row.continued("area"):
            return
        if words == self._area:
            self._notes.add(row.at, AREA_AGAIN, words=words)
            return
        self._area = words
        self._open(Line("heading", row.at, cell.blocks[0], html=inline(lines_of(cell.blocks))))

    def _goal_of(self, row: _Row) -> None:
        cell, words = row.cell("goal"), row.text("goal")
        if cell is None or not words or row.continued("goal"):
            return
        if self._goal and words == self._goal_cell:
            self._notes.add(row.at, GOAL_AGAIN, words=words)
            return
        self._goal_cell = words
        lines = lines_of(cell.blocks)
        named = [line for line in lines if line.kind in {"paragraph", "heading"}] or lines[:1]
        first, *rest = named
        told = next((line for line in rest if _STATUS.match(line.text)), None)
        rest = [line for line in rest if line is not told]
        goal = GoalDraft(
            html="<br>".join(filter(None, [first.words_html or inline([first]), inline(rest)])),
            label=first.label,
            body=[replace(x, footnotes=()) for x in lines if x not in named and x.kind != "figure"],
            status=status.of_line(told.text) if told else None,
            struck=all(line.struck for line in [first, *rest]),
            at=row.at,
        )
        self._new_goal(goal)

    def _new_goal(self, goal: GoalDraft) -> GoalDraft:
        self._section.goals.append(goal)
        self._goal = goal
        return goal

    def _measure(self, piece: Piece, row: _Row) -> MeasureDraft:
        who, when, how = row.text("responsible"), row.text("deadline"), row.text("status")
        number = row.text("label") if not row.continued("label") else ""
        measure = MeasureDraft(
            html=piece.html,
            label=piece.label or number.strip(" .)"),
            responsible=responsible.of_words(who),
            deadline=Deadline(text=when, date=only_date(when)) if when else None,
            status=status.of_cell(how),
            indicator=row.text("indicator"),
            extra={
                name: plain_of(place.cell)
                for name, place in row.extras.items()
                if place and plain_of(place.cell)
            },
            struck=piece.struck,
            at=row.at,
        )
        if piece.label and number:
            measure.html = f"{from_text(number)} {measure.html}"
        self._doubts(measure)
        return measure

    def _doubts(self, measure: MeasureDraft) -> None:
        if measure.responsible:
            for name in responsible.bare_groups(measure.responsible):
                self._notes.add(measure.at, _GROUP, group=name, words=measure.responsible.text)
        if measure.status and measure.status.value is None:
            self._notes.add(measure.at, STATUS_NOT_READ, status=measure.status.text)

    def _shared(self, row: _Row, made: list[MeasureDraft]) -> None:
        if len(made) > 1:
            self._notes.add(row.at, _SHARED, n=str(len(made)))

    def _has_more(self, row: _Row) -> bool:
        roles = ("responsible", "deadline", "status", "indicator", "label")
        own = any(row.text(role) and not row.continued(role) for role in roles)
        return own or any(p and not p.continued and plain_of(p.cell) for p in row.extras.values())

    def _goes_on(self, row: _Row, goal: GoalDraft) -> None:
        """A row without a measure of its own adds to the measure above it."""
        if not goal.measures or (row.text("goal") and not row.continued("goal")):
            goal.measures.append(self._measure(Piece(), row))
            return
        above = goal.measures[-1]
        more = self._measure(Piece(), _own(row))
        if more.responsible:
            text = "\n".join(
                filter(None, [above.responsible.text if above.responsible else "", more.responsible.text])
            )
            above.responsible = responsible.of_words(text)
        if more.deadline:
            text = "\n".join(
                filter(None, [above.deadline.text if above.deadline else "", more.deadline.text])
            )
            above.deadline = Deadline(text=text, date=only_date(text))
        if more.status:
            text = "\n".join(filter(None, [above.status.text if above.status else "", more.status.text]))
            above.status = status.of_cell(text)
        above.indicator = "\n".join(filter(None, [above.indicator, more.indicator]))
        above.html = " ".join(filter(None, [above.html, from_text(more.label)]))
        for name, words in more.extra.items():
            above.extra[name] = "\n".join(filter(None, [above.extra.get(name, ""), words]))

    def _beside(self, row: Row) -> None:
        """Footnotes and figures in a table stand after it; footnotes are said."""
        for line in lines_in(row.cells):
            if line.footnotes:
                self._section.after.append(footnotes_only(line))
                said = "», «".join(line.footnotes)
                self._notes.add(line.at, _FOOTNOTES, words=said)
            if line.kind == "figure":
                self._section.after.append(line)


def _own(row: _Row) -> _Row:
    """The row without what is merged down from above."""
    return _Row(
        at=row.at,
        places={role: p for role, p in row.places.items() if p and not p.continued},
        extras={name: p for name, p in row.extras.items() if p and not p.continued},
    )
