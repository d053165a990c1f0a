"""A plan in another language as a document of its own, so that every exporter takes it. Pure.

What is not translated, or was changed since, stands in the words that hold; `marked` says so in the text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from helsefellesskap.richtext import plain

from .deadlines import due
from .document import Deadline, Figure, Goal, Measure, PlanDocument, Responsible, Section, Status
from .translating import BLOCK_HTML, Field, Piece, State

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
    """The document in this language. It shares the items' keys; what has no words in a translation (names of
    columns, the words of a status that is known by its value) is left to the reader's language.
    """
    words = {(piece.key, field.name): say(field) for piece in pieces for field in piece.fields}
    return replace(
        document,
        language=language,
        title=words.get(("", "title"), ""),
        subtitle=words.get(("", "subtitle"), ""),
        vision=words.get(("", "vision"), ""),
        period=replace(document.period, text=words.get(("", "period"), "")),
        sections=tuple(_section(section, words) for section in _dated(document).sections),
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


def _section(section: Section, words: Words) -> Section:
    key = section.key
    return replace(
        section,
        heading=words.get((key, "heading"), ""),
        body=words.get((key, "body"), ""),
        after=words.get((key, "after"), ""),
        status=_status(section.status),
        columns=(),
        figures=tuple(_figure(figure, key, words) for figure in section.figures),
        goals=tuple(_goal(goal, words) for goal in section.goals),
        sections=tuple(_section(part, words) for part in section.sections),
    )


def _figure(figure: Figure, key: str, words: Words) -> Figure:
    return replace(
        figure,
        caption=words.get((key, f"caption:{figure.sha256}"), ""),
        alt=words.get((key, f"alt:{figure.sha256}"), ""),
    )


def _goal(goal: Goal, words: Words) -> Goal:
    html = words.get((goal.key, "html"), "")
    return replace(
        goal,
        html=html,
        text=plain(html),
        body=words.get((goal.key, "body"), ""),
        status=_status(goal.status),
        measures=tuple(_measure(measure, words) for measure in goal.measures),
    )


def _measure(measure: Measure, words: Words) -> Measure:
    def of(name: str) -> str:
        return words.get((measure.key, name), "")

    html = of("html")
    return replace(
        measure,
        html=html,
        text=plain(html),
        responsible=_responsible(measure.responsible, of("responsible")),
        deadline=_deadline(measure.deadline, of("deadline")),
        status=_status(measure.status),
        indicator=of("indicator"),
        extra={heading: of(f"extra:{heading}"[:400]) for heading in measure.extra},
    )


def _responsible(responsible: Responsible | None, text: str) -> Responsible | None:
    return replace(responsible, text=text) if responsible else None


def _deadline(deadline: Deadline | None, text: str) -> Deadline | None:
    return replace(deadline, text=text) if deadline else None


def _status(status: Status | None) -> Status | None:
    """A status that is known has a name in every language; another keeps its words."""
    return replace(status, text="") if status and status.value else status
