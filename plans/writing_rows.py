"""A draft's rows as the writing page shows them: exactly what is stored, cell by cell. Five queries."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from .cell_notes import deadline_note, unlinked_note
from .importers.interpret.responsible import split
from .labels import labels_of
from .models import Figure, Goal, Measure, Plan, Responsible, Section

LONG = 75  # measures


@dataclass(slots=True)
class MeasureLines:
    row: Measure
    label: str = ""  # as shown: the printed one, or the letter that runs by itself
    responsible_note: str = ""
    deadline_note: str = ""


@dataclass(slots=True)
class GoalLines:
    row: Goal
    measures: list[MeasureLines]


@dataclass(slots=True)
class SectionLines:
    """A section with its goals. Sections come in reading order, those below after their parent."""

    row: Section
    depth: int  # from 1
    parent: str  # the key of the section that it is under, or nothing
    goals: list[GoalLines] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)  # the headings of the source's own columns


@dataclass(slots=True)
class Writing:
    sections: list[SectionLines]
    status: bool  # whether any row has one
    indicator: bool
    is_long: bool  # then a browser lays out only what is in sight


def writing_rows(plan: Plan) -> Writing:
    children: dict[int | None, list[Section]] = defaultdict(list)
    for section in plan.sections.order_by("position", "pk"):
        children[section.parent_id].append(section)
    goals: dict[int, list[Goal]] = defaultdict(list)
    for goal in Goal.objects.filter(section__plan=plan).order_by("position", "pk"):
        goals[goal.section_id].append(goal)
    measures: dict[int, list[Measure]] = defaultdict(list)
    for measure in Measure.objects.filter(goal__section__plan=plan).order_by("position", "pk"):
        measures[measure.goal_id].append(measure)
    figures: dict[int, list[Figure]] = defaultdict(list)
    for figure in Figure.objects.filter(section__plan=plan).select_related("file"):
        figures[figure.section_id].append(figure)
    linked = _linked_names(plan)

    def lines(parent: Section | None, depth: int) -> Iterator[SectionLines]:
        for section in children[parent.pk if parent else None]:
            found = SectionLines(section, depth, str(parent.item_id) if parent else "")
            found.figures = figures[section.pk]
            rows = [m for g in goals[section.pk] for m in measures[g.pk]]
            found.extra = list(dict.fromkeys(heading for m in rows for heading in m.extra))
            labels = labels_of(rows)
            found.goals = [
                GoalLines(g, [_measure(m, labels[m.pk], linked[m.pk]) for m in measures[g.pk]])
                for g in goals[section.pk]
            ]
            yield found
            yield from lines(section, depth + 1)

    every = [m for rows in measures.values() for m in rows]
    return Writing(
        sections=list(lines(None, 1)),
        status=any(m.status_text or m.status_value for m in every),
        indicator=any(m.indicator for m in every),
        is_long=len(every) > LONG,
    )


def _measure(row: Measure, label: str, linked: set[str]) -> MeasureLines:
    names = [name for name in split(row.responsible_text) if _folded(name) not in linked]
    return MeasureLines(row, label, unlinked_note(names), deadline_note(row.deadline_date, row.deadline_text))


def _linked_names(plan: Plan) -> dict[int, set[str]]:
    """Measure → every name of the bodies that it is linked to."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Responsible.objects.filter(measure__goal__section__plan=plan)
    for row in rows.select_related("committee", "partner", "role"):
        body = row.body
        short = getattr(body, "abbreviation", "") or getattr(body, "short", "")
        found[row.measure_id] |= {_folded(n) for n in (short, body.name, f"{body.name} kommune") if n}
    return found


def _folded(name: str) -> str:
    return " ".join(name.split()).strip(" .").casefold()
