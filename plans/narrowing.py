"""A document with only some of its measures, for a reader who asked for them. No database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from helsefellesskap.slugs import slug_of

from .deadlines import due
from .document import Goal, Measure, Period, PlanDocument, Section
from .standing import is_late

type Keep = Callable[[Goal, Measure], bool]


def narrowed(document: PlanDocument, keep: Keep) -> PlanDocument:
    """The measures that are kept, under their goals and chapters; no text around them."""
    return replace(document, sections=_sections(document.sections, keep))


def _sections(sections: Sequence[Section], keep: Keep) -> tuple[Section, ...]:
    left = []
    for section in sections:
        goals = tuple(
            replace(goal, measures=measures, body="")
            for goal in section.goals
            if (measures := tuple(measure for measure in goal.measures if keep(goal, measure)))
        )
        below = _sections(section.sections, keep)
        if goals or below:
            left.append(replace(section, body="", after="", figures=(), goals=goals, sections=below))
    return tuple(left)


def responsible_of(measure: Measure) -> dict[str, str]:
    """Each who is responsible, as an address says it → as the plan does: «fsu-bu» → «FSU BU»."""
    responsible = measure.responsible
    if responsible is None:
        return {}
    bodies = {slug_of(body.short or body.name): body.short or body.name for body in responsible.bodies}
    known = {slug_of(name) for body in responsible.bodies for name in (body.short, body.name) if name}
    known |= {f"{name}-kommune" for name in known}
    others = {slug_of(name): name for name in responsible.parties if slug_of(name) not in known}
    return bodies | {slug: name for slug, name in others.items() if slug}


def groups_of(goal: Goal, measure: Measure) -> tuple[str, ...]:
    """The patient groups of the measure, and of the goal that it is under."""
    return tuple(dict.fromkeys((*goal.patient_groups, *measure.patient_groups)))


def statuses_of(measure: Measure, reported: Mapping[str, Sequence[str]]) -> set[str]:
    """What the parties reported last; where nobody has, what the plan itself says."""
    if values := reported.get(measure.key):
        return set(values)
    return {measure.status.value} if measure.status and measure.status.value else set()


def deadline_of(
    measure: Measure, period: Period, reported: Mapping[str, Sequence[str]], today: date
) -> set[str]:
    """«forsinket», the year of the deadline, or «ingen» where no day is set."""
    day = due(measure.deadline, period)
    found = {str(day.year)} if day else {"ingen"}
    return found | {"forsinket"} if is_late(measure, period, reported.get(measure.key, ()), today) else found
