"""Measures out of frozen documents, each with its plan, its place and what was last said of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from plans.deadlines import due
from plans.document import Goal, Measure, Section
from plans.models import Revision, StatusReport
from plans.queries.open_data import codes_of_items, public_since, reports_in
from plans.queries.public import standings
from plans.standing import Standing
from plans.templatetags.documents import late


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A measure where it stands."""

    standing: Standing
    place: int  # its number in the document, from 0
    section: Section
    goal: Goal
    measure: Measure
    reports: Sequence[StatusReport]

    @property
    def due(self) -> date | None:
        """The last day of its deadline, as `plans.deadlines` reads it."""
        return due(self.measure.deadline, self.standing.period)

    @property
    def late(self) -> bool:
        return late(self.measure, self.standing.period, self.reports)

    @property
    def statuses(self) -> set[str]:
        """What the parties have reported; where nobody has, what the plan itself says."""
        if self.reports:
            return {report.value for report in self.reports}
        status = self.measure.status
        return {status.value} if status and status.value else set()

    @property
    def updated_at(self) -> datetime:
        reported = [report.reported_at for report in self.reports]
        return max([public_since(self.standing.publication), *reported])

    @property
    def patient_groups(self) -> set[str]:
        return {*self.measure.patient_groups, *self.goal.patient_groups}


def measures_in(revisions: QuerySet[Revision]) -> Iterator[Found]:
    """Every measure of these versions, in their order. Four queries.

    A document is read when its first measure is asked for, which takes longer than all the rest.
    """
    found = standings(revisions, timezone.localdate())
    said = reports_in(standing.plan.pk for standing in found)
    for standing in found:
        for place, (section, goal, measure) in enumerate(standing.revision.load().walk_measures()):
            yield Found(
                standing=standing,
                place=place,
                section=section,
                goal=goal,
                measure=measure,
                reports=said.get(measure.key, ()),
            )


def codes_for(found: Sequence[Found]) -> dict[str, str]:
    """Codes of these measures, their goals and their sections. One query."""
    return codes_of_items({part.key for one in found for part in (one.measure, one.goal, one.section)})
