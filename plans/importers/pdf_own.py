"""PDFs that this portal made (`plans/exporters/pdf.py`): what the layout added is taken off again.

There a goal is a heading over its measures rather than a cell beside them, and names, dates and facts of
adoption are printed that are no part of the plan's own words. Sizes in points, as in `static/print/plan.css`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from plans.importers.blocks import Omitted
from plans.importers.inline import Piece
from plans.importers.pdf_layout import Line
from plans.importers.pdf_pages import Word
from plans.importers.pdf_tables import Grid, Slot

MARGIN = 25 / 297  # of the page's height; what stands within it is text, however often it returns there
_TITLE, _STATE = 27.0, 13.0
_CHAPTER, _GOAL, _NOTE, _SMALL = 20.0, 11.5, 9.0, 8.0
_WIDE = 600.0  # a goal's words are joined as if their column had no end
_TEXT = 10.0  # of measures that stand without a table
_PUT = 9.9  # of what is put to that size, and yet must not be measured with it
# What the portal prints in each language, as in the catalogues (tests/plans/importers/test_read_own.py).
_CLOSING = {"Vedtak", "Om dokumentet", "Decisions", "About the document"}
_STRUCK = {"(strøket)", "(stroke)", "(struck)"}
_STATUS = "Status: "
_ABBREVIATION_HEADS = {("Forkortelse", "Betyr"), ("Forkorting", "Tyder"), ("Abbreviation", "Means")}
_MORE = re.compile(r"([A-ZÆØÅ][^:]{1,40}): ")  # «Indikator: …» under a measure


def cover(lines: Sequence[Line]) -> tuple[list[Line], list[Omitted]]:
    """The cover's lines in the order of a plan: the title first; who and which version are left out."""
    first = next((n for n, line in enumerate(lines) if line.size >= _TITLE), 0)
    state = next((n for n, line in enumerate(lines) if line.size == _STATE and line.bold), len(lines))
    shown = [line if line.size >= _TITLE else _sized(line) for line in lines[first:state]]
    return shown, added(lines[:first]) + added(lines[state:])


def added(lines: Sequence[Line]) -> list[Omitted]:
    return [Omitted(at=lines[0].at, text=" ".join(x.text for x in lines), why="added")] if lines else []


def without_abbreviation_heads(grid: Grid) -> None:
    """Takes away the headings over the abbreviations."""
    heads = grid.row(0)
    if tuple(slot.text for slot in heads) in _ABBREVIATION_HEADS:
        grid.omitted += added([line for slot in heads for line in slot.lines])
        for slot in heads:
            grid.slots.remove(slot)
        for slot in grid.slots:
            slot.row -= 1
        grid.rows -= 1
        grid.starts.pop(0)


def closing(lines: Sequence[Line]) -> float | None:
    """The height on a page from which the facts of adoption stand, if they begin there."""
    return next((x.top for x in lines if x.size == _CHAPTER and x.text in _CLOSING), None)


def without_struck_notes(lines: Sequence[Line]) -> tuple[list[Line], list[Omitted]]:
    """The lines without «(strøket)», which the portal says after what is struck out."""
    kept: list[Line] = []
    gone: list[Line] = []
    struck = False  # the word before
    for line in lines:
        notes = []
        for word in line.words:
            if struck and word.text in _STRUCK:
                notes.append(word)
            struck = word.pieces[-1].struck
        words = [word for word in line.words if not any(word is note for note in notes)]
        gone += [Line([note], line.page) for note in notes]
        if words:
            kept.append(Line(words, line.page, line.frame) if notes else line)
    return kept, added(gone)


def split_goal(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line], list[Line]]:
    """Lines above measures → the text before the goal, its column heading, its words, notes under it.

    What is written under the goal is among its words.
    """
    end = next((n for n in range(len(lines), 0, -1) if _is_goal(lines[n - 1])), 0)
    start = end
    while start and _is_goal(lines[start - 1]):
        start -= 1
    named = start - 1 if start and _is_kicker(lines[start - 1]) else start
    if start == end or any(line.size > _GOAL for line in lines[end:]):
        return lines, [], [], []
    notes = [line for line in lines[end:] if line.size == _NOTE]
    text = [line for line in lines[end:] if line.size != _NOTE]
    return lines[:named], lines[named:start], lines[start:end] + text, notes


def _is_goal(line: Line) -> bool:
    return line.size == _GOAL and line.bold


def _is_kicker(line: Line) -> bool:
    """Whether the line is the column heading that stands over a goal."""
    return line.size == _SMALL and line.bold


def status_first(notes: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The notes under a goal: those that tell its status, and those that the portal added."""
    told: list[Line] = []
    other: list[Line] = []
    for note in notes:
        begins = re.match(r"[A-ZÆØÅ][\wæøå]+: ", note.text)
        into = told if note.text.startswith(_STATUS) or (told and not other and not begins) else other
        into.append(note)
    return told, other


def goals_alone(lines: Sequence[Line], like: Grid) -> tuple[list[Line], list[Grid]]:
    """Goals without measures, in a plan where others have theirs in tables, as tables of their own.

    Returns the lines that are left, and the tables, with the headings of the one that they are `like`.
    """
    left: list[Line] = []
    grids: list[Grid] = []
    at = 0
    while at < len(lines):
        named = at + 1 if _is_kicker(lines[at]) else at
        end = named
        while end < len(lines) and _is_goal(lines[end]):
            end += 1
        notes = end
        while notes < len(lines) and lines[notes].size == _NOTE:
            notes += 1
        below = lines[notes] if notes < len(lines) else None
        if named == end or (below and below.size == _TEXT):  # its measures are a list
            left += lines[at : max(notes, at + 1)]
        else:
            grids.append(_alone(lines[at:named], lines[named:end], lines[end:notes], like))
        at = max(notes, at + 1)
    return left, grids


def _alone(named: Sequence[Line], goal: Sequence[Line], notes: Sequence[Line], like: Grid) -> Grid:
    told, other = status_first(notes)
    page, top, bottom = goal[0].page, goal[0].top, [*goal, *notes][-1].bottom
    heads = [replace(slot, lines=list(slot.lines)) for slot in like.row(0)]
    slots = [*heads, Slot(1, 0, 1, 1, _WIDE, [*goal, *told])]
    grid = Grid(page, top, bottom, list(like.edges), 2, slots, starts=[page] * 2, of_goal=True)
    grid.omitted = added(named) + added(other)
    grid.fill_holes()
    return grid


def with_goal(grid: Grid, named: list[Line], goal: list[Line]) -> None:
    """Puts the goal in a column of its own, before the others, merged over its measures."""
    grid.of_goal = True
    for slot in grid.slots:
        slot.column += 1
    grid.edges.insert(0, 0.0)
    grid.slots.append(Slot(0, 0, 1, 1, _WIDE, named or [_printed("Mål", grid.page)]))
    if grid.rows > 1:
        grid.slots.append(Slot(1, 0, grid.rows - 1, 1, _WIDE, goal))


def _printed(text: str, page: int) -> Line:
    return Line([Word(box=(0, 0, 0, 0), size=_SMALL, pieces=(Piece(text=text, bold=True),))], page)


def without_added(grid: Grid) -> None:
    """Takes away the full names under responsible, and gives «Indikator: …» a column of its own."""
    columns: dict[str, int] = {}
    for slot in [slot for slot in grid.slots if slot.row]:
        small = [line for line in slot.lines if line.size <= _SMALL]
        slot.lines = [line for line in slot.lines if line.size > _SMALL]
        if slot.column:
            grid.omitted += added(small)
            continue
        for heading, lines in _more(small):
            if heading in {"", "Pasientgrupper"}:
                grid.omitted += added(lines)
                continue
            if heading not in columns:
                columns[heading] = len(grid.edges) - 1
                grid.edges.append(grid.edges[-1] + 1)
                grid.slots.append(Slot(0, columns[heading], 1, 1, _WIDE, [_printed(heading, grid.page)]))
            words = lines[0].words[len(heading.split()) :]
            rest = [Line(words, lines[0].page), *lines[1:]] if words else lines[1:]
            rest[0].left = lines[-1].left
            grid.slots.append(Slot(slot.row, columns[heading], 1, 1, slot.right, rest))
    grid.fill_holes()


def _more(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The small lines under a measure by what they are about; "" where they do not say."""
    found: list[tuple[str, list[Line]]] = []
    for line in lines:
        heading = _MORE.match(line.text + " ")
        if heading or not found:
            found.append((heading[1] if heading else "", [line]))
        else:
            found[-1][1].append(line)
    return found


def as_list(lines: Sequence[Line]) -> tuple[list[Line], list[Omitted]]:
    """Goals and measures that stand without a table get bullets for the frames that are drawn round them."""
    out: list[Line] = []
    notes: list[Line] = []
    goal = False
    for line in lines:
        above = out[-1] if out else None
        if line.size == _GOAL and line.bold:
            going_on = goal and above and above.page == line.page and line.top - above.bottom < _GOAL
            out.append(_sized(line) if going_on else _bulleted(_sized(line), 24))
            goal = True
            continue
        if goal and line.size == _NOTE:
            notes.append(line)
            continue
        same = above is not None and above.frame == line.frame and above.page == line.page
        # One measure alone has no frame that can be told.
        starts = not same if line.frame else above is not None and above.size == _PUT and line.size == _TEXT
        out.append(_bulleted(line, 12) if starts and goal else line)
        goal = goal and line.size < _STATE
    return out, added(notes)


def _sized(line: Line) -> Line:
    words = [Word(box=w.box, size=_PUT, pieces=w.pieces) for w in line.words]
    return Line(words, line.page, line.frame)


def _bulleted(line: Line, out: float) -> Line:
    left, top, _, bottom = line.words[0].box
    mark = Word(box=(left - out, top, left - out + 4, bottom), size=line.size, pieces=(Piece(text="•"),))
    return Line([mark, *line.words], line.page, line.frame)
