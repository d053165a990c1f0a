"""The hints that a plan has now, and those of them that somebody let be."""

from dataclasses import dataclass

from plans import quality
from plans.document import PlanDocument
from plans.models import Plan, WavedOff
from plans.quality import Hint


@dataclass(frozen=True, slots=True)
class Hints:
    standing: list[Hint]
    let_be: list[tuple[Hint, WavedOff]]


def hints_of(plan: Plan, document: PlanDocument) -> Hints:
    """Two queries. One that was let be and whose words are gone is in neither list."""
    also = set(plan.community.hint_choices.values_list("kind", flat=True))
    waved = {row.fingerprint: row for row in plan.waved_off.select_related("by")}
    found = quality.hints(document, also=also)
    return Hints(
        standing=[hint for hint in found if hint.fingerprint not in waved],
        let_be=[(hint, waved[hint.fingerprint]) for hint in found if hint.fingerprint in waved],
    )
