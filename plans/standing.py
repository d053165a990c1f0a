"""Where a published plan stands on a day: in force, superseded, provisional … Derived, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .deadlines import due
from .document import Measure, Period
from .models import Adoption, Plan, Publication, Revision

type State = Literal["in_force", "provisional", "upcoming", "superseded", "expired", "received"]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A plan's newest public revision, and what its dates say."""

    plan: Plan
    revision: Revision
    publication: Publication
    adoptions: tuple[Adoption, ...]
    state: State
    superseded_by: Plan | None = None

    @property
    def in_force(self) -> bool:
        return self.state in ("in_force", "provisional")

    @property
    def title(self) -> str:
        return self.plan.title

    @property
    def subtitle(self) -> str:
        return self.plan.subtitle

    @property
    def kind(self) -> str:
        return self.plan.get_kind_display()

    @property
    def url(self) -> str:
        return self.plan.get_absolute_url()

    @property
    def period(self) -> Period:
        plan = self.plan
        return Period(
            text=plan.period_text,
            start=plan.period_start.isoformat() if plan.period_start else None,
            end=plan.period_end.isoformat() if plan.period_end else None,
            end_event=plan.period_end_event,
        )

    @property
    def adopted_by(self) -> str:
        """The name of the committee that adopted the whole last, empty where nobody is known to have."""
        return self.adoptions[-1].point.decision.meeting.committee.name if self.adoptions else ""

    @property
    def adopted_on(self) -> date | None:
        return self.adoptions[-1].point.decision.meeting.date if self.adoptions else None


def state_on(day: date, plan: Plan, adoptions: tuple[Adoption, ...], superseded_by: Plan | None) -> State:
    if not adoptions:
        return "received"
    if superseded_by:
        return "superseded"
    if min(a.in_force_from for a in adoptions) > day:
        return "upcoming"
    if plan.period_end and plan.period_end < day:
        return "expired"
    if all(a.provisional_until for a in adoptions):
        return "provisional"
    return "in_force"


def is_late(measure: Measure, period: Period, reported: Iterable[str], day: date) -> bool:
    """A date has passed, and nobody reported the measure done. Never inferred otherwise.

    `period`: the plan's. `reported`: the values of what stands of the measure, from every party.
    """
    last = None if measure.struck else due(measure.deadline, period)
    return last is not None and last < day and "completed" not in reported
