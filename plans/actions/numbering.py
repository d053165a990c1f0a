"""A table whose letters ran by themselves does so after every step, and so do the numbers of sections."""

from collections.abc import Iterator
from contextlib import contextmanager

from partners.models import User
from plans.labels import Running, labels_of, running
from plans.models import Measure, Plan

from .in_one_go import in_one_go
from .section_numbers import numbers_running

type Table = list[list[Measure]]  # the measures of each goal of one section, in order


@contextmanager
def in_order(plan: Plan, *, by: User, undoing: bool = False) -> Iterator[dict[str, str]]:
    """Around what adds, moves or deletes rows: letters and numbers run on, and all of it is one step.

    Then gives the numbers of sections that changed, by key. Call with the plan's row locked.
    """
    with (
        in_one_go(plan, by=by, undoing=undoing),
        numbers_running(plan, by=by) as numbers,
        labels_running(plan),
    ):
        yield numbers


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
    changed = []
    for n, goal in enumerate(table):
        for m, measure in enumerate(goal):
            label = way.start if m == 0 and (way.anew or n == 0) else ""
            if measure.label != label:
                measure.label = label
                measure.version += 1
                changed.append(measure)
    Measure.objects.bulk_update(changed, ["label", "version"])
