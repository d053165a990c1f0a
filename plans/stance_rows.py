"""The measures of a version as a member is asked about them: what is theirs, what is new, what they said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from plans.compare import Field
from plans.compare.fields import changed_fields
from plans.consensus import Answer, Correction, words_of
from plans.document import Goal, Measure, PlanDocument, Section, words_hash

# What `words_hash` covers, by the comparison's names.
_WORDED = {"html", "responsible", "deadline", "struck"}


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A measure, numbered from 1 in reading order."""

    n: int
    section: Section
    goal: Goal
    measure: Measure
    words: str
    ours: bool  # names the committee, or a party that the seat speaks for
    since: str  # since the version that the seat last saw: "new", "changed" or nothing
    answer: Answer | None
    then: tuple[Field, ...]  # what differs from the words that were answered on


def stance_rows(
    document: PlanDocument,
    *,
    named: set[tuple[str, str]],
    answers: Mapping[str, Answer],
    documents: Mapping[int, PlanDocument],
    before: PlanDocument | None,
) -> list[StanceRow]:
    """`named` are (kind, key) of bodies; `documents` were answered on; `before` was seen last."""
    words_before = words_of(before) if before else {}
    indexes = {version: measures_by_key(then) for version, then in documents.items()}
    rows = []
    for n, (section, goal, measure) in enumerate(document.walk_measures(), 1):
        answer = answers.get(measure.key)
        words = words_hash(goal, measure)
        since = ""
        if before and words != words_before.get(measure.key):
            since = "changed" if measure.key in words_before else "new"
        rows.append(
            StanceRow(
                n=n,
                section=section,
                goal=goal,
                measure=measure,
                words=words,
                ours=bool(
                    measure.responsible and named & {(b.kind, b.key) for b in measure.responsible.bodies}
                ),
                since=since,
                answer=answer,
                then=_then(answer, goal, measure, indexes),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Reworded:
    """A measure whose words differ between two versions."""

    section: Section
    goal: Goal
    measure: Measure
    fields: tuple[Field, ...]
    correction: Correction
    marked: bool

    @property
    def value(self) -> str:
        """What the form sends: the words with it, so that other words than those shown are not marked."""
        return f"{self.correction.item}:{self.correction.old}:{self.correction.new}"


type Measures = Mapping[str, tuple[Goal, Measure]]


def measures_by_key(document: PlanDocument) -> Measures:
    return {measure.key: (goal, measure) for _section, goal, measure in document.walk_measures()}


def wording_changes(old: Measures, goal: Goal, measure: Measure) -> tuple[Field, ...]:
    """What differs in the words of a measure from those that it had; nothing where it was not there."""
    if measure.key not in old:
        return ()
    old_goal, old_measure = old[measure.key]
    of_goal = (
        replace(field, detail=_("Målet")) for field in changed_fields(old_goal, goal) if field.name in _WORDED
    )
    of_measure = (field for field in changed_fields(old_measure, measure) if field.name in _WORDED)
    return (*of_goal, *of_measure)


def _then(
    answer: Answer | None, goal: Goal, measure: Measure, indexes: Mapping[int, Measures]
) -> tuple[Field, ...]:
    if answer is None or answer.given is None or not (answer.stale or answer.corrected):
        return ()
    return wording_changes(indexes[answer.given.version], goal, measure)
