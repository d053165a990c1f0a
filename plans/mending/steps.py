"""The single steps: each makes new pieces of pieces, in reading order, with every word kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby, takewhile
from typing import Literal, cast, get_args

from plans.document import Goal, Measure, Section
from plans.headings import source_headings
from plans.lines import Line, Run, Runs, even, joined

from .pieces import Columns, Piece, Place, chapters_of, in_order
from .words import Part, Turnable, Words, notes_of, part_of, put_together, with_words, words_of

type Pieces = tuple[Piece, ...]
Why = Literal["gone", "same", "last", "table", "whole", "level", "fixed"]


class CannotMend(ValueError):
    """The pieces do not allow it."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def _part(piece: Piece) -> Part:
    if isinstance(piece.part, Section | Goal | Measure | Line):
        return piece.part
    raise CannotMend("fixed")


def _fresh(pieces: Iterable[Piece], stem: str) -> Iterator[str]:
    """Keys that no piece has."""
    taken = {piece.key for piece in pieces}
    return (key for n in count(2) if (key := f"{stem}-{n}") not in taken)


# --- this is a goal ---


def turn(pieces: Pieces, at: int, kind: Turnable) -> Sequence[Piece]:
    piece = pieces[at]
    part = _part(piece)
    if piece.kind == kind:
        raise CannotMend("same")
    turned = part_of(kind, piece.key, words_of(part))
    around = _Around(pieces, piece)
    place: Place = "after" if piece.kind == "heading" and around.goals_before else "goal"
    kept = [replace(piece, part=turned, place=place, level=_level(turned, around))]
    if isinstance(turned, Line) and not turned.runs:
        kept = []  # «tiltak uten eget mål» has no words
    return [*pieces[:at], *kept, *_notes(pieces, around, kind), *pieces[at + 1 :]]


class _Around:
    """What stands around a piece in the plan, as far as the headings before and after it."""

    def __init__(self, pieces: Pieces, piece: Piece) -> None:
        self.piece = piece
        shown = standing(pieces)
        at = place_of(shown, piece.key)
        before = list(takewhile(lambda p: p.kind != "heading", reversed(shown[:at])))
        after = list(takewhile(lambda p: p.kind != "heading", shown[at + 1 :]))
        self.above = next((p.level for p in shown[at - len(before) - 1 : at - len(before)]), 0)
        self.below = next((p.level for p in shown[at + 1 + len(after) : at + 2 + len(after)]), 0)
        self.goals_before = any(p.kind in ("goal", "measure") for p in before)
        own = [piece, *after] if piece.kind == "heading" else [*reversed(before), piece, *after]
        self.columns = tuple(h for p in own if isinstance(p.part, Columns) for h in p.part.headings)


def _level(part: Part, around: _Around) -> int:
    """«2.1» tells the level of its heading; any other stands beside the one above, or the one below it."""
    if not isinstance(part, Section):
        return 0
    if "." in part.number:
        return part.number.rstrip(".").count(".") + 1
    return max(around.above, min(around.below, around.above + 1), 1)


def _notes(pieces: Pieces, around: "_Around", kind: Turnable) -> list[Piece]:
    """What the piece in the middle says that this kind has no room for, as lines to stand under it."""
    place: Place = "body" if kind == "heading" else "goal"
    headings = source_headings(Section(key="", columns=around.columns))
    notes = notes_of(_part(around.piece), kind, headings)
    keys = _fresh(pieces, around.piece.key)
    return [Piece(key=key, part=Line("p", runs), place=place) for key, runs in zip(keys, notes, strict=False)]


def move(pieces: Pieces, at: int, step: int) -> Sequence[Piece]:
    """The heading and those under it, one level up or down."""
    shown = standing(pieces)
    here = place_of(shown, pieces[at].key)
    if not may_move(shown, here, step):
        raise CannotMend("level")
    levels = {piece.key: piece.level + step for piece in (shown[here], *under(shown, here))}
    return [replace(p, level=levels.get(p.key, p.level)) if p.kind == "heading" else p for p in pieces]


# --- one of two, several of one ---


def join(pieces: Pieces, at: int) -> Sequence[Piece]:
    piece = pieces[at]
    first = _part(piece)
    if is_table(first):
        raise CannotMend("table")
    shown = standing(pieces)
    after = next_to(shown, place_of(shown, piece.key))
    if after is None:
        raise CannotMend("last")
    second = _part(after)
    together = replace(piece, part=put_together(first, second))
    notes = _notes(pieces, _Around(pieces, after), cast(Turnable, piece.kind))
    others = [p for p in pieces[at + 1 :] if p.key != after.key]
    before = [p for p in pieces[:at] if p.key != after.key]
    return [*before, together, *notes, *others]


def split(pieces: Pieces, at: int) -> Sequence[Piece]:
    piece = pieces[at]
    part = _part(piece)
    first, *rest = _lines(part)
    if not rest:
        raise CannotMend("whole")
    words = words_of(part)
    # What stands under a goal stays with its first line.
    place: Place = "goal" if piece.kind == "goal" else piece.place
    new = [replace(piece, part=with_words(part, replace(words, runs=first)))]
    for key, runs in zip(_fresh(pieces, piece.key), rest, strict=False):
        one = Words(runs=runs, struck=words.struck)
        if isinstance(part, Line):
            new.append(Piece(key=key, part=with_words(replace(part, label=""), one), place=place))
        else:
            kind: Turnable = "measure" if isinstance(part, Measure) else "text"
            new.append(Piece(key=key, part=part_of(kind, key, one), place=place))
    return [*pieces[:at], *new, *pieces[at + 1 :]]


def _lines(part: Part) -> list[Runs]:
    """The words line by line; of a table, row by row."""
    if isinstance(part, Line) and part.kind == "table":
        rows = [[runs for cell in row if (runs := joined(cell.lines))] for row in part.rows]
        return [even(_between(row, " – ")) for row in rows if row] or [()]
    runs = words_of(part).runs
    stretches = groupby(runs, key=lambda run: run.text == "\n")
    return [even(stretch) for is_break, stretch in stretches if not is_break] or [()]


def _between(stretches: Iterable[Runs], sign: str) -> Iterator[Run]:
    for n, runs in enumerate(stretches):
        if n:
            yield Run(sign)
        yield from runs


# --- not part of the plan ---


def leave_out(pieces: Pieces, at: int, *, below: bool) -> Sequence[Piece]:
    key = pieces[at].key
    if pieces[at].kind == "columns":
        raise CannotMend("fixed")
    shown = standing(pieces)
    gone = {key, *(p.key for p in under(shown, place_of(shown, key)) if below)}
    return [replace(piece, out=key) if piece.key in gone else piece for piece in pieces]


def take_back(pieces: Pieces, at: int) -> Sequence[Piece]:
    key = pieces[at].key
    if pieces[at].out != key:
        raise CannotMend("gone")
    return [replace(piece, out="") if piece.out == key else piece for piece in pieces]


# --- how the pieces stand ---


def standing(pieces: Iterable[Piece]) -> Pieces:
    """The pieces that were not taken out, in the order that they have in the plan."""
    return in_order(chapters_of(pieces))


def place_of(pieces: Pieces, key: str) -> int:
    """Raises CannotMend where no piece has the key."""
    found = next((n for n, piece in enumerate(pieces) if piece.key == key), None)
    if found is None:
        raise CannotMend("gone")
    return found


def next_to(shown: Pieces, at: int) -> Piece | None:
    """The next piece with words of its own."""
    rest = (shown[n] for n in range(at + 1, len(shown)))
    return next((piece for piece in rest if piece.kind in get_args(Turnable)), None)


def under(shown: Pieces, at: int) -> list[Piece]:
    """What stands under a heading or a goal."""
    piece = shown[at]
    rest = (shown[n] for n in range(at + 1, len(shown)))
    if piece.kind == "heading":
        return list(takewhile(lambda p: p.kind != "heading" or p.level > piece.level, rest))
    groups = (g for chapter in chapters_of(shown) for g in chapter.groups if piece.kind == "goal")
    return next((g.texts + g.measures for g in groups if g.goal and g.goal.key == piece.key), [])


def alike(shown: Pieces, at: int) -> list[Piece]:
    """What comes right after and was read in the same way: the rest of a list, of a goal's measures, …"""
    piece = shown[at]
    rest = takewhile(lambda p: p.kind != "heading", (shown[n] for n in range(at + 1, len(shown))))
    if piece.kind == "goal":
        return [p for p in rest if p.kind == "goal"]
    if not isinstance(piece.part, Line):
        return list(takewhile(lambda p: p.kind == piece.kind == "measure", rest))
    kind, level = piece.part.kind, piece.part.level
    lines = takewhile(
        lambda p: isinstance(p.part, Line) and (p.part.kind == kind or p.part.level > level), rest
    )
    return [p for p in lines if isinstance(p.part, Line) and (p.part.kind, p.part.level) == (kind, level)]


def may_move(shown: Pieces, at: int, step: int) -> bool:
    """Whether the heading can go a level up (-1) or down (1)."""
    piece = shown[at]
    if piece.kind != "heading":
        return False
    above = next((shown[n] for n in range(at - 1, -1, -1) if shown[n].kind == "heading"), None)
    return piece.level > 1 if step < 0 else above is not None and above.level >= piece.level


def is_table(part: Part) -> bool:
    return isinstance(part, Line) and part.kind == "table"


def has_lines(part: Part) -> bool:
    match part:
        case Line():
            return len(part.rows) > 1 or any(run.text == "\n" for run in part.runs)
        case Goal() | Measure():
            return "\n" in part.text
    return False
