"""A reading with its mends, made in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from plans.document import Figure, Goal, Measure, PlanDocument, Section
from plans.lines import Line

from . import steps
from .pieces import Columns, Piece, chapters_of, document_of, in_order, pieces_of
from .steps import CannotMend, Pieces
from .words import Turnable, notes_of, words_of

Verb = Literal[
    "heading", "goal", "measure", "text",  # this is one
    "higher", "deeper",  # a heading, with those under it
    "join",  # with the next
    "split",  # at its line breaks; a table at its rows
    "out", "out_below",  # not part of the plan, alone or with what stands under it
    "back",  # part of the plan after all
]  # fmt: skip


class Mend(NamedTuple):
    verb: Verb
    key: str  # of the piece
    alike: bool = False  # and those like it right after, where the verb is a kind or «out»


@dataclass(frozen=True, slots=True)
class Mended:
    """A reading with its mends made."""

    document: PlanDocument
    pieces: Pieces  # in the order that they were read, those that were taken out too
    shown: Pieces  # in the order that they have in the plan
    said: tuple[str, ...]  # for each mend, the words that it was about

    @property
    def left_out(self) -> dict[str, list[str]]:
        """All that was taken out, by the key that brings it back: a text for each piece."""
        found: dict[str, list[str]] = {}
        for piece in self.pieces:
            if piece.out:
                found.setdefault(piece.out, []).append(_all_words(piece))
        return found

    def near(self, key: str) -> str:
        """The key, if its piece stands in the plan; else that of the next which does, else of the last."""
        standing = {piece.key for piece in self.shown if piece.kind != "columns"}
        start = next((n for n, piece in enumerate(self.pieces) if piece.key == key), 0)
        order = [*self.pieces[start:], *reversed(self.pieces[:start])]
        return next((piece.key for piece in order if piece.key in standing), "")


def mended(read: PlanDocument, mends: Iterable[Mend]) -> Mended:
    """The document that was read, with the mends made in order. Raises CannotMend.

    Without mends it is the very document that was read.
    """
    pieces, said = pieces_of(read), []
    for mend in mends:
        said.append(text_of(pieces[steps.place_of(pieces, mend.key)]))
        for key in _keys(pieces, mend):
            pieces = _step(pieces, key, mend.verb)
    chapters = chapters_of(pieces)
    document = document_of(read, chapters) if said else read
    return Mended(document, pieces, in_order(chapters), tuple(said))


def _keys(pieces: Pieces, mend: Mend) -> list[str]:
    if not (mend.alike and mend.verb in (*get_args(Turnable), "out")):
        return [mend.key]
    shown = steps.standing(pieces)
    like_it = steps.alike(shown, steps.place_of(shown, mend.key))
    return [mend.key, *(piece.key for piece in like_it)]


def _step(pieces: Pieces, key: str, verb: Verb) -> Pieces:
    at = steps.place_of(pieces, key)
    if pieces[at].out and verb != "back":
        raise CannotMend("gone")
    match verb:
        case "heading" | "goal" | "measure" | "text":
            changed = steps.turn(pieces, at, verb)
        case "join":
            changed = steps.join(pieces, at)
        case "split":
            changed = steps.split(pieces, at)
        case "higher" | "deeper":
            changed = steps.move(pieces, at, -1 if verb == "higher" else 1)
        case "back":
            changed = steps.take_back(pieces, at)
        case "out" | "out_below":
            changed = steps.leave_out(pieces, at, below=verb == "out_below")
    return tuple(changed)


def text_of(piece: Piece) -> str:
    """The piece's words and label, as plain text."""
    part = piece.part
    if isinstance(part, Section | Goal | Measure | Line):
        words = words_of(part)
        return f"{words.label} {''.join(run.text for run in words.runs)}".strip()
    return " · ".join(part.headings) if isinstance(part, Columns) else part.caption or part.alt


def _all_words(piece: Piece) -> str:
    """The piece's words and its facts."""
    part = piece.part
    if isinstance(part, Figure):
        return "\n".join(filter(None, (part.alt, part.caption)))
    facts = notes_of(part, "text", {}) if isinstance(part, Section | Goal | Measure) else []
    return "\n".join([text_of(piece), *("".join(run.text for run in runs) for runs in facts)])


def choices(shown: Pieces) -> dict[str, tuple[Verb, ...]]:
    """What can be done with each piece that stands in the plan and can be mended."""
    return {
        piece.key: tuple(_choices(shown, at)) for at, piece in enumerate(shown) if piece.kind != "columns"
    }


def _choices(shown: Pieces, at: int) -> Iterator[Verb]:
    piece = shown[at]
    part = piece.part
    after = steps.next_to(shown, at)
    if isinstance(part, Section | Goal | Measure | Line):
        yield from (kind for kind in get_args(Turnable) if kind != piece.kind)
        if steps.may_move(shown, at, -1):
            yield "higher"
        if steps.may_move(shown, at, 1):
            yield "deeper"
        if after and not steps.is_table(part):
            yield "join"
        if steps.has_lines(part):
            yield "split"
    yield "out"
    if after and _stands_under(after, piece):
        yield "out_below"


def _stands_under(below: Piece, piece: Piece) -> bool:
    if piece.kind == "goal":
        return below.kind in ("measure", "text")
    return piece.kind == "heading" and not (below.kind == "heading" and below.level <= piece.level)
