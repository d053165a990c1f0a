"""A request that was sent twice counts once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal
from partners.models import User
from plans.models import Operation, Plan


def once(op: UUID, plan: Plan, *, by: User, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `do` answers, or what it answered to this operation before. Call with the plan's row locked."""
    answered = Operation.objects.filter(pk=op).first()
    if answered is None:
        answer = do()
        Operation.objects.create(pk=op, plan=plan, by=by, answer=answer)
        return answer
    if (answered.plan_id, answered.by_id) != (plan.pk, by.pk):
        raise Refusal(_("Denne lagringen er ikke din."))
    return dict(answered.answer)
