"""A table is pasted on the writing page: shown first, then all of it becomes rows in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal, why_refused
from partners.models import User
from plans import document as doc
from plans.bodies import Bodies
from plans.cell_notes import year_of
from plans.cells import CELLS, stored
from plans.deadlines import understand
from plans.editable import as_text, values_of
from plans.importers import sandbox
from plans.models import Edit, Goal, Item, Measure, Plan, Responsible, Section
from plans.models.rows import GAP
from plans.pasted import Pasted, pasted
from plans.queries.draft import row_of

from .arrange import delete_row
from .edit import Gone, lock_draft_at
from .intake import Unreadable
from .numbering import in_order
from .once import once
from .structure import after_step


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """What stood on the clipboard, and what the person says that the columns are, if anything."""

    html: str
    text: str
    roles: tuple[str, ...] = ()


def read_table(community: str, plan: str, clip: Clip, *, by: User) -> tuple[Plan, Pasted]:
    """The rows that the table would become. Nothing changes.

    Raises Plan.DoesNotExist, NotAllowed, WrongState (the words are locked) and Unreadable.
    """
    with transaction.atomic():
        draft = lock_draft_at(community, plan, by=by)
    try:
        return draft, pasted(*sandbox.read_pasted(clip.html, clip.text, clip.roles))
    except sandbox.Refused as refused:
        raise Unreadable(why_refused(refused)) from refused


def paste_table(community: str, plan: str, clip: Clip, *, op: UUID, row: UUID, by: User) -> dict[str, Any]:
    """Makes the rows once, after the row (a goal or a measure) with this key; the answer is JSON.

    Measures before any goal go into the row's own goal, goals after it. A row without words that one
    stands in gives way: it is `gone`. Raises as `read_table`, and Gone.
    """
    _draft, found = read_table(community, plan, clip, by=by)
    with transaction.atomic():
        draft = lock_draft_at(community, plan, by=by)
        return once(op, draft, by=by, do=lambda: _paste(draft, row, found, by))


def _paste(plan: Plan, key: UUID, found: Pasted, by: User) -> dict[str, Any]:
    item = Item.objects.filter(pk=key).first()
    row = row_of(plan, item) if item else None
    if row is None:
        raise Gone
    if isinstance(row, Section):
        raise Refusal(_("Det kan ikke stå der."))
    goal = row.goal if isinstance(row, Measure) else row
    gone = []
    with in_order(plan, by=by):
        rows = _Rows(plan, goal, row)
        rows.make(found)
        rows.log(by)
        if rows.made and _gives_way(row):
            delete_row(row, by=by)
            gone.append(str(key))
    keys = [str(made.item_id) for made in rows.made]
    first = keys[0] if keys else None
    return {"keys": keys, "key": first, "gone": gone} | after_step(plan, by, first, [goal.section_id])


def _gives_way(row: Goal | Measure) -> bool:
    """Whether nobody has written anything in the row or under it; letters run by themselves."""
    if any(stored(row, field) for field in CELLS[type(row)] - {"label"}):
        return False
    if isinstance(row, Goal):
        return not row.measures.exists()
    return not (any(row.extra.values()) or row.responsibles.exists())


class _Rows:
    """The rows of a paste, each table inserted at once: so many queries whatever their number."""

    def __init__(self, plan: Plan, goal: Goal, row: Goal | Measure) -> None:
        self._plan = plan
        self._goal = goal
        self._after = row if isinstance(row, Measure) else None
        self._bodies = Bodies(plan.community)
        self._year = year_of(plan)
        self._labels = _has_labels(goal, but=row)
        self._goals: list[Goal] = []
        self._measures: list[Measure] = []
        self._links: list[Responsible] = []
        self.made: list[Goal | Measure] = []  # in reading order

    def make(self, found: Pasted) -> None:
        beside = list(self._goal.measures.all())
        self._put(found.own_measures, self._goal, _places(self._after, beside, len(found.own_measures)))
        goals = found.new_goals
        places = _places(self._goal, list(Goal.objects.filter(section=self._goal.section_id)), len(goals))
        for source, place in zip(goals, places, strict=True):
            goal = _new_goal(source, self._goal.section, place)
            self._goals.append(goal)
            self.made.append(goal)
            self._put(source.measures, goal, [n * GAP for n in range(1, len(source.measures) + 1)])
        Item.objects.bulk_create(row.item for row in self.made)
        Goal.objects.bulk_create(self._goals)
        Measure.objects.bulk_create(self._measures)
        Responsible.objects.bulk_create(self._links)

    def _put(self, sources: Sequence[doc.Measure], goal: Goal, places: Sequence[int]) -> None:
        for source, place in zip(sources, places, strict=True):
            measure = self._new_measure(source, goal, place)
            names = source.responsible.parties if source.responsible else ()
            for n, link in enumerate(self._bodies.recognise(names)):
                self._links.append(Responsible(measure=measure, position=n, **link))
            self._measures.append(measure)
            self.made.append(measure)

    def _new_measure(self, source: doc.Measure, goal: Goal, place: int) -> Measure:
        deadline = source.deadline.text if source.deadline else ""
        return Measure(
            goal=goal,
            item=Item(kind=Item.Kind.MEASURE),
            position=place,
            label=source.label if self._labels else "",
            html=source.html,
            responsible_text=source.responsible.text if source.responsible else "",
            deadline_text=deadline,
            deadline_date=understand(deadline, year=self._year).day,
            status_text=source.status.text if source.status else "",
            status_value=(source.status.value or "") if source.status else "",
            indicator=source.indicator,
            extra=dict(source.extra),
            patient_groups=list(source.patient_groups),
            struck=source.struck,
        )

    def log(self, by: User) -> None:
        rows = Measure.objects.filter(pk__in=[m.pk for m in self._measures]).prefetch_related("responsibles")
        measures = {measure.pk: measure for measure in rows}
        Edit.objects.bulk_create(
            Edit(
                plan=self._plan,
                item=row.item,
                field="added",
                after=as_text(values_of(measures[row.pk] if isinstance(row, Measure) else row)),
                by=by,
            )
            for row in self.made
        )


def _new_goal(source: doc.Goal, section: Section, place: int) -> Goal:
    return Goal(
        section=section,
        item=Item(kind=Item.Kind.GOAL),
        position=place,
        label=source.label,
        html=source.html,
        body=source.body,
        patient_groups=list(source.patient_groups),
        status_text=source.status.text if source.status else "",
        status_value=(source.status.value or "") if source.status else "",
        struck=source.struck,
    )


def _has_labels(goal: Goal, *, but: Goal | Measure) -> bool:
    """Whether printed labels fit into the goal's table: it has some, or no measures yet."""
    others = [m for m in Measure.objects.filter(goal__section=goal.section_id) if m != but]
    return not others or any(measure.label for measure in others)


def _places[R: (Goal, Measure)](neighbour: R | None, rows: list[R], count: int) -> list[int]:
    """So many free positions behind the neighbour (None: before all rows); where there is no room, the
    rows behind make it."""
    at = next((n for n, row in enumerate(rows, 1) if neighbour and row.pk == neighbour.pk), 0)
    before = rows[at - 1].position if at else 0
    behind = rows[at].position if at < len(rows) else before + (count + 1) * GAP
    step = (behind - before) // (count + 1)
    if step < 1:
        step = GAP
        for n, row in enumerate(rows[at:], count + 1):
            row.position = before + n * GAP
        type(rows[0])._default_manager.bulk_update(rows[at:], ["position"])
    return [before + n * step for n in range(1, count + 1)]
