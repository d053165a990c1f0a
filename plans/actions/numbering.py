"""Letters that run by themselves: a table whose labels follow each other does so after every step.

Through all goals of a section, or from the start in each, as the table did before. Labels that follow no
order were printed so, and stay.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import F

from plans.models import Measure, Plan
from plans.snapshot import labels_of, next_letter

type Table = list[list[Measure]]  # the measures of each goal of one section, in order


@dataclass(frozen=True, slots=True)
class Running:
    start: str
    anew: bool  # from the start in each goal

    def labels(self, sizes: Iterable[int]) -> list[list[str]]:
        """The labels of goals with so many measures."""
        found, label = [], ""
        for size in sizes:
            goal: list[str] = []
            for n in range(size):
                label = next_letter(label) if label and not (self.anew and n == 0) else self.start
                goal.append(label)
            found.append(goal)
        return found


def running(labels: list[list[str]]) -> Running | None:
    """How these labels (of each goal) run; None where they do not."""
    start = next((goal[0] for goal in labels if goal), "")
    if not start:
        return None
    sizes = [len(goal) for goal in labels]
    ways = (Running(start, anew=False), Running(start, anew=True))
    return next((way for way in ways if way.labels(sizes) == labels), None)


@contextmanager
def labels_running(plan: Plan) -> Iterator[None]:
    """Around a step: the tables that it changes go on running as they did."""
    before = _tables(plan)
    ways = {section: running(_shown(table)) for section, table in before.items()}
    usual = next((way for way in ways.values() if way), None)
    yield
    for section, table in _tables(plan).items():
        way = ways.get(section, usual)  # a section that had no measures does as the others
        if way and _keys(table) != _keys(before.get(section, [])):
            _write(table, way)


def _tables(plan: Plan) -> dict[int, Table]:
    tables: dict[int, dict[int, list[Measure]]] = {}
    measures = Measure.objects.filter(goal__section__plan=plan).select_related("goal")
    order = ("goal__section__position", "goal__section", "goal__position", "goal", "position", "pk")
    for measure in measures.order_by(*order):
        tables.setdefault(measure.goal.section_id, {}).setdefault(measure.goal_id, []).append(measure)
    return {section: list(goals.values()) for section, goals in tables.items()}


def _shown(table: Table) -> list[list[str]]:
    labels = labels_of([measure for goal in table for measure in goal])
    return [[labels[measure.pk] for measure in goal] for goal in table]


def _keys(table: Table) -> list[list[int]]:
    return [[measure.pk for measure in goal] for goal in table]


def _write(table: Table, way: Running) -> None:
    """Stores where the letters start, and leaves the others to run."""
    for n, goal in enumerate(table):
        for m, measure in enumerate(goal):
            label = way.start if m == 0 and (way.anew or n == 0) else ""
            if measure.label != label:
                Measure.objects.filter(pk=measure.pk).update(label=label, version=F("version") + 1)
