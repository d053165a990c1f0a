"""Copies of old measures in a draft, each in the goal that its own goal became."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from partners.models import User
from plans.bodies import Bodies
from plans.carrying import OldMeasure
from plans.editable import MEASURE_FIELDS, as_text, bodies_of
from plans.models import Edit, Fate, Goal, Item, Measure, Plan, Responsible, Section
from plans.models.rows import GAP

from .arrange import add_row
from .numbering import running


class Copies:
    """Collects new measures in memory; `write` inserts each table at once."""

    def __init__(self, plan: Plan, by: User) -> None:
        self.plan = plan
        self.by = by
        self.bodies = Bodies(plan.community)
        self.measures: list[Measure] = []
        self.responsibles: list[Responsible] = []
        became = dict(_structure(plan).values_list("old", "new"))
        goals = {goal.item_id: goal for goal in Goal.objects.filter(section__plan=plan)}
        self.begun = set(Measure.objects.filter(goal__section__plan=plan).values_list("goal", flat=True))
        self.begun_sections = {goal.section_id for goal in goals.values() if goal.pk in self.begun}
        sections = {section.item_id: section for section in plan.sections.all()}
        self.goals = {str(old): goals[new] for old, new in became.items() if new in goals}
        self.sections = {str(old): sections[new] for old, new in became.items() if new in sections}

    def add(self, old: OldMeasure) -> UUID:
        """The new measure's item. Its status is the old year's, and stays there."""
        source, goal = old.measure, self._goal(old)
        measure = Measure(
            goal=goal,
            item=Item(kind=Item.Kind.MEASURE),
            position=(old.place + 1) * GAP,
            label=self._label(old, goal),
            html=source.html,
            responsible_text=source.responsible.text if source.responsible else "",
            deadline_text=source.deadline.text if source.deadline else "",
            deadline_date=_date(source.deadline.date if source.deadline else None),
            indicator=source.indicator,
            extra=dict(source.extra),
            patient_groups=list(source.patient_groups),
        )
        self.measures.append(measure)
        names = [body.name for body in source.responsible.bodies] if source.responsible else []
        for n, link in enumerate(self.bodies.recognise(names)):
            self.responsibles.append(Responsible(measure=measure, position=n, **link))
        return measure.item_id

    def _label(self, old: OldMeasure, goal: Goal) -> str:
        """Only where letters start, for those that ran in the old table; others keep the printed one."""
        way = running([[measure.label for measure in g.measures] for g in old.section.goals])
        if way is None:
            return old.measure.label
        begins = goal.pk not in self.begun if way.anew else goal.section_id not in self.begun_sections
        self.begun.add(goal.pk)
        self.begun_sections.add(goal.section_id)
        return way.start if begins else ""

    def write(self) -> None:
        Item.objects.bulk_create(measure.item for measure in self.measures)
        Measure.objects.bulk_create(self.measures)
        Responsible.objects.bulk_create(self.responsibles)
        made: QuerySet[Measure] = Measure.objects.filter(item__in=[m.item_id for m in self.measures])
        Edit.objects.bulk_create(
            Edit(plan=self.plan, item_id=row.item_id, field="added", after=_words(row), by=self.by)
            for row in made.prefetch_related("responsibles")
        )

    def _goal(self, old: OldMeasure) -> Goal:
        """The goal that the old one became; made anew where somebody has deleted it."""
        source = old.goal
        if source.key not in self.goals:
            values = {"html": source.html, "label": source.label, "body": source.body}
            goal = add_row(self._section(old), Item.Kind.GOAL, by=self.by, values=values)
            assert isinstance(goal, Goal)
            self._became(source.key, goal)
            self.goals[source.key] = goal
        return self.goals[source.key]

    def _section(self, old: OldMeasure) -> Section:
        source = old.section
        if source.key not in self.sections:
            values = {"number": source.number, "heading": source.heading, "columns": list(source.columns)}
            section = add_row(self.plan, Item.Kind.SECTION, by=self.by, values=values)
            assert isinstance(section, Section)
            self._became(source.key, section)
            self.sections[source.key] = section
        return self.sections[source.key]

    def _became(self, old: str, row: Goal | Section) -> None:
        _structure(self.plan).filter(old=UUID(old)).delete()
        kind = Fate.Kind.CONTINUED
        Fate.objects.create(plan=self.plan, old_id=old, new=row.item, kind=kind, by=self.by)


def _structure(plan: Plan) -> QuerySet[Fate]:
    """What the old plan's sections and goals became."""
    return Fate.objects.filter(plan=plan).exclude(old__kind=Item.Kind.MEASURE)


def _words(row: Measure) -> str:
    return as_text({field: getattr(row, field) for field in MEASURE_FIELDS} | {"bodies": bodies_of(row)})


def _date(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
