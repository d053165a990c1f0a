"""A document as pieces in reading order, and pieces as a document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from plans.document import Figure, Goal, Measure, PlanDocument, Section
from plans.lines import Line, block_html
from plans.lines_html import lines_of

Kind = Literal["heading", "goal", "measure", "text", "figure", "columns"]
Place = Literal["body", "goal", "after"]


@dataclass(frozen=True, slots=True)
class Columns:
    """The headings of a source's table, which stand with the section that the table is in."""

    headings: tuple[str, ...]


_KINDS: dict[type, Kind] = {
    Section: "heading",
    Goal: "goal",
    Measure: "measure",
    Line: "text",
    Figure: "figure",
    Columns: "columns",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A heading, goal, measure, line of text, figure or row of column headings, alone.

    `part` holds its own words and facts: a Section without texts and goals, a Goal without text and
    measures. `key` is the document's, or made from it; no two pieces have the same.
    """

    key: str
    part: Section | Goal | Measure | Line | Figure | Columns
    level: int = 0  # of a heading, from 1
    place: Place = "body"  # of a text, where it was read
    out: str = ""  # not part of the plan: the key of the piece that it was taken out with

    @property
    def kind(self) -> Kind:
        return _KINDS[type(self.part)]


@dataclass(slots=True)
class Group:
    """A goal with what stands under it; `goal` is None where measures come before any goal."""

    goal: Piece | None = None
    texts: list[Piece] = field(default_factory=list)
    measures: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Chapter:
    """A heading with what stands before the next; `heading` is None for what comes before the first."""

    heading: Piece | None = None
    columns: list[Piece] = field(default_factory=list)
    texts: list[Piece] = field(default_factory=list)
    figures: list[Piece] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)


# --- document → pieces ---


def pieces_of(document: PlanDocument) -> tuple[Piece, ...]:
    """Every piece of the document's sections, in reading order."""
    return tuple(
        piece for depth, section in document.walk_sections() for piece in _of_section(section, depth)
    )


def _of_section(section: Section, depth: int) -> Iterator[Piece]:
    bare = replace(section, body="", after="", columns=(), figures=(), goals=(), sections=())
    yield Piece(key=section.key, part=bare, level=depth)
    if section.columns:
        yield Piece(key=f"{section.key}-k", part=Columns(section.columns))
    yield from _texts(f"{section.key}-t", section.body, "body")
    for n, figure in enumerate(section.figures, 1):
        yield Piece(key=f"{section.key}-f{n}", part=figure)
    for goal in section.goals:
        yield Piece(key=goal.key, part=replace(goal, body="", measures=()))
        yield from _texts(f"{goal.key}-t", goal.body, "goal")
        for measure in goal.measures:
            yield Piece(key=measure.key, part=measure)
    yield from _texts(f"{section.key}-e", section.after, "after")


def _texts(stem: str, html: str, place: Place) -> Iterator[Piece]:
    for n, line in enumerate(lines_of(html), 1):
        yield Piece(key=f"{stem}{n}", part=line, place=place)


# --- which piece belongs to which ---


def chapters_of(pieces: Iterable[Piece]) -> list[Chapter]:
    """The pieces that were not taken out, sorted under the headings and goals that they follow.

    Text after measures stands after the goals; where more goals or measures follow, it belongs to the goal
    above. A heading stands at most one level under the one before it.
    """
    chapters: list[Chapter] = []
    for piece in pieces:
        if piece.out:
            continue
        if piece.kind == "heading":
            above = chapters[-1].heading if chapters else None
            level = min(piece.level, above.level + 1 if above else 1)
            chapters.append(Chapter(heading=replace(piece, level=level)))
        else:
            if not chapters:
                chapters.append(Chapter())
            _set_in(chapters[-1], piece)
    return chapters


def _set_in(chapter: Chapter, piece: Piece) -> None:
    match piece.kind:
        case "columns":
            chapter.columns.append(piece)
        case "figure":
            chapter.figures.append(piece)
        case "goal":
            _close_texts(chapter)
            chapter.groups.append(Group(piece))
        case "measure":
            _close_texts(chapter)
            if not chapter.groups:
                chapter.groups.append(Group())
            chapter.groups[-1].measures.append(piece)
        case _:
            _room_for_text(chapter, piece).append(piece)


def _close_texts(chapter: Chapter) -> None:
    """A goal or measure follows: the text before it was not the chapter's last."""
    into = chapter.groups[-1].texts if chapter.groups else chapter.texts
    into += chapter.after
    chapter.after = []


def _room_for_text(chapter: Chapter, piece: Piece) -> list[Piece]:
    if chapter.after or piece.place == "after":
        return chapter.after
    if not chapter.groups:
        return chapter.texts
    last = chapter.groups[-1]
    return chapter.after if last.measures else last.texts


def in_order(chapters: Iterable[Chapter]) -> tuple[Piece, ...]:
    """The pieces as they stand in the plan."""
    return tuple(piece for chapter in chapters for piece in _flat(chapter))


def _flat(chapter: Chapter) -> list[Piece]:
    heading = [chapter.heading] if chapter.heading else []
    goals = [p for g in chapter.groups for p in ([g.goal] if g.goal else []) + g.texts + g.measures]
    return heading + chapter.columns + chapter.texts + chapter.figures + goals + chapter.after


# --- pieces → document ---


def document_of(read: PlanDocument, chapters: Sequence[Chapter]) -> PlanDocument:
    """The document that was read, with the chapters in place of its sections."""
    builder = _Builder(read)
    sections = [builder.section(chapter) for chapter in chapters]
    levels = [chapter.heading.level if chapter.heading else 1 for chapter in chapters]
    return replace(read, sections=_nested(sections, levels, 0, len(sections)))


def _nested(sections: list[Section], levels: list[int], start: int, end: int) -> tuple[Section, ...]:
    """The sections from `start` to `end` as a tree: what has a deeper level stands inside what it follows."""
    found = []
    while start < end:
        below = next((n for n in range(start + 1, end) if levels[n] <= levels[start]), end)
        found.append(replace(sections[start], sections=_nested(sections, levels, start + 1, below)))
        start = below
    return tuple(found)


class _Builder:
    def __init__(self, read: PlanDocument) -> None:
        self._as_read = _bodies(read)

    def section(self, chapter: Chapter) -> Section:
        part = chapter.heading.part if chapter.heading else None
        return replace(
            part if isinstance(part, Section) else Section(key=f"{_flat(chapter)[0].key}-s"),
            columns=_columns(chapter.columns),
            body=self._html(chapter.texts),
            after=self._html(chapter.after),
            figures=tuple(p.part for p in chapter.figures if isinstance(p.part, Figure)),
            goals=tuple(self._goal(group) for group in chapter.groups),
        )

    def _goal(self, group: Group) -> Goal:
        measures = tuple(p.part for p in group.measures if isinstance(p.part, Measure))
        part = group.goal.part if group.goal else None
        return replace(
            part if isinstance(part, Goal) else Goal(key=f"{measures[0].key}-g"),
            body=self._html(group.texts),
            measures=measures,
        )

    def _html(self, pieces: Iterable[Piece]) -> str:
        """The lines as block HTML: as it was read where nothing of it has changed."""
        lines = {p.key: p.part for p in pieces if isinstance(p.part, Line)}
        return self._as_read.get(tuple(lines.items())) or block_html(list(_stepwise(lines.values())))


def _bodies(read: PlanDocument) -> Mapping[tuple[tuple[str, Line], ...], str]:
    """Each text of the document by the lines that it was laid out as, with their keys."""
    texts = [(f"{s.key}-t", s.body) for _depth, s in read.walk_sections()]
    texts += [(f"{s.key}-e", s.after) for _depth, s in read.walk_sections()]
    texts += [(f"{goal.key}-t", goal.body) for _section, goal in read.walk_goals()]
    found = {tuple((p.key, p.part) for p in _texts(stem, html, "body")): html for stem, html in texts}
    return {lines: html for lines, html in found.items() if lines}  # type: ignore[misc]  # a text is laid out as lines


def _stepwise(lines: Iterable[Line]) -> Iterator[Line]:
    """A list inside a list goes one step deeper than the item above, which may have gone elsewhere."""
    deepest = 0
    for line in lines:
        in_list = line.kind in ("ul", "ol", "more")
        level = min(line.level, deepest) if in_list else 0
        deepest = level + 1 if in_list else 0
        yield replace(line, level=level)


def _columns(pieces: Iterable[Piece]) -> tuple[str, ...]:
    """A heading that tables of the section share stands once."""
    found: tuple[str, ...] = ()
    for piece in pieces:
        if isinstance(piece.part, Columns):
            found += tuple(h for h in piece.part.headings if h not in found)
    return found
