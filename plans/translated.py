"""A plan in another language as a document of its own, so that every exporter takes it. Pure.

What is not translated, or was changed since, stands in the words that hold; `marked` says so in the text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from helsefellesskap.richtext import plain

from .deadlines import due
from .document import Body, Deadline, Figure, Goal, Measure, PlanDocument, Responsible, Section, Status
from .measure_table import HEADINGS
from .translating import (
    BLOCK_HTML,
    LONGEST_NAME,
    Field,
    Piece,
    State,
    named_abbreviations,
    named_columns,
)

type Say = Callable[[Field], str]
type Words = Mapping[tuple[str, str], str]  # (key, field) → what stands there


def shown(field: Field) -> str:
    """What the public reads, without a mark."""
    return field.shown


def only_translated(field: Field) -> str:
    """Nothing where the translation does not hold: for search, which has the plan's own words already."""
    return field.text if field.current else ""


def marked(notes: Mapping[State, str], *, language: str = "") -> Say:
    """What the public reads, with a note where it is not translated: «[ikke oversatt]».

    `notes` are the words for «missing» and «stale». With `language`, the plan's own, markup carries it as
    `lang`, so that words are broken by its rules.
    """

    def say(field: Field) -> str:
        if field.current or field.name == "title":  # the title's own place says it (plans/exporters)
            return field.shown
        note = f"[{notes[field.state]}]"
        if not field.rich:
            return f"{field.source} {note}"
        if field.name in BLOCK_HTML:
            body = f'<div lang="{language}">{field.source}</div>' if language else field.source
            return f"<p><em>{note}</em></p>{body}"
        words = f'<span lang="{language}">{field.source}</span>' if language else field.source
        return f"{words} <em>{note}</em>"

    return say


def translated(
    document: PlanDocument, pieces: Sequence[Piece], language: str, *, say: Say = shown
) -> PlanDocument:
    """The document in this language. It shares the items' keys; what has no words in a translation (headings
    of columns that we have a name for, the words of a status that is known by its value) is left to the
    reader's language.
    """
    words = {(piece.key, field.name): say(field) for piece in pieces for field in piece.fields}
    names = _Names(columns=_columns(document, words), bodies=_bodies(document, pieces))
    return replace(
        document,
        language=language,
        title=words.get(("", "title"), ""),
        subtitle=words.get(("", "subtitle"), ""),
        vision=words.get(("", "vision"), ""),
        period=replace(document.period, text=words.get(("", "period"), "")),
        abbreviations=tuple(
            replace(one, long=words.get(("", name), "")) for name, one in named_abbreviations(document)
        ),
        sections=tuple(_section(section, words, names) for section in _dated(document).sections),
        case=None,
        warnings=(),
    )


def _dated(document: PlanDocument) -> PlanDocument:
    """Each deadline with the day that its own words are read as: those of another language are not read."""

    def dated(section: Section) -> Section:
        goals = tuple(
            replace(goal, measures=tuple(map(measure_dated, goal.measures))) for goal in section.goals
        )
        return replace(section, goals=goals, sections=tuple(map(dated, section.sections)))

    def measure_dated(measure: Measure) -> Measure:
        day = due(measure.deadline, document.period)
        if not (measure.deadline and day):
            return measure
        return replace(measure, deadline=replace(measure.deadline, date=day.isoformat()))

    return replace(document, sections=tuple(map(dated, document.sections)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """What is called the same wherever it stands in the plan."""

    columns: Mapping[str, str]  # the source's heading → what stands over the column
    bodies: Mapping[str, str]  # the letters of a committee, party or role → its name, where it is translated


def _columns(document: PlanDocument, words: Words) -> dict[str, str]:
    """Two that are one word in this language, or a heading of ours, stay two: no column hides another."""
    found: dict[str, str] = {}
    for name, heading in named_columns(document).items():
        said = words.get(("", name)) or heading
        taken = said in found.values() or (said != heading and said in HEADINGS)
        found[heading] = f"{said} ({heading})" if taken else said
    return found


def _bodies(document: PlanDocument, pieces: Sequence[Piece]) -> dict[str, str]:
    """With a capital, as names have: a list of abbreviations may say them without."""
    current = {
        field.name: field.text
        for piece in pieces
        if piece.kind == "plan"
        for field in piece.fields
        if field.current
    }
    return {
        one.short: current[name][:1].upper() + current[name][1:]
        for name, one in named_abbreviations(document)
        if name in current
    }


def _section(section: Section, words: Words, names: _Names) -> Section:
    key = section.key
    return replace(
        section,
        heading=words.get((key, "heading"), ""),
        adoption_note=words.get((key, "adoption_note"), ""),
        body=words.get((key, "body"), ""),
        after=words.get((key, "after"), ""),
        status=_status(section.status),
        columns=(),
        figures=tuple(_figure(figure, key, words) for figure in section.figures),
        goals=tuple(_goal(goal, words, names) for goal in section.goals),
        sections=tuple(_section(part, words, names) for part in section.sections),
    )


def _figure(figure: Figure, key: str, words: Words) -> Figure:
    return replace(
        figure,
        caption=words.get((key, f"caption:{figure.sha256}"), ""),
        alt=words.get((key, f"alt:{figure.sha256}"), ""),
    )


def _goal(goal: Goal, words: Words, names: _Names) -> Goal:
    html = words.get((goal.key, "html"), "")
    return replace(
        goal,
        html=html,
        text=plain(html),
        body=words.get((goal.key, "body"), ""),
        status=_status(goal.status),
        measures=tuple(_measure(measure, words, names) for measure in goal.measures),
    )


def _measure(measure: Measure, words: Words, names: _Names) -> Measure:
    def of(name: str) -> str:
        return words.get((measure.key, name), "")

    html = of("html")
    return replace(
        measure,
        html=html,
        text=plain(html),
        responsible=_responsible(measure.responsible, of("responsible"), names),
        deadline=_deadline(measure.deadline, of("deadline")),
        status=_status(measure.status),
        indicator=of("indicator"),
        extra={names.columns[heading]: of(f"extra:{heading}"[:LONGEST_NAME]) for heading in measure.extra},
    )


def _responsible(responsible: Responsible | None, text: str, names: _Names) -> Responsible | None:
    if responsible is None:
        return None
    return replace(responsible, text=text, bodies=tuple(_body(body, names) for body in responsible.bodies))


def _body(body: Body, names: _Names) -> Body:
    return replace(body, name=names.bodies.get(body.short, body.name))


def _deadline(deadline: Deadline | None, text: str) -> Deadline | None:
    return replace(deadline, text=text) if deadline else None


def _status(status: Status | None) -> Status | None:
    """A status that is known has a name in every language; another keeps its words."""
    return replace(status, text="") if status and status.value else status
