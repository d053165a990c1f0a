"""The hints that a plan has now, without those that somebody let be."""

from plans import quality
from plans.document import PlanDocument
from plans.models import Plan
from plans.quality import Hint


def hints_of(plan: Plan, document: PlanDocument) -> list[Hint]:
    """Two queries."""
    also = set(plan.community.hint_choices.values_list("kind", flat=True))
    let_be = set(plan.waved_off.values_list("fingerprint", flat=True))
    return [h for h in quality.hints(document, also=also) if h.fingerprint not in let_be]
