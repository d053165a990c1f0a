"""A plan is not sent on while measures of the plan before are undecided, unless somebody says why."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsefellesskap.errors import Refusal, WrongState
from partners.models import Audit, User
from plans.models import Plan
from plans.queries.carry_over import undecided

from .edit import lock_draft


class Undecided(WrongState):
    """Measures of the plan before are undecided, and nobody has said why."""


def check_decided(plan: Plan) -> None:
    """Raises Undecided."""
    for sentence in undecided_sentences(plan):
        raise Undecided(sentence)


def undecided_sentences(plan: Plan) -> list[str]:
    """What the undecided measures stand in the way of, in a sentence; nothing where somebody said why."""
    n = 0 if plan.undecided_reason else undecided(plan)
    if not n:
        return []
    sentence = ngettext(
        "%(n)s tiltak i den forrige planen er ikke avgjort. Avgjør det under «Videreføring», "
        "eller skriv der hvorfor det står åpent.",
        "%(n)s tiltak i den forrige planen er ikke avgjort. Avgjør dem under «Videreføring», "
        "eller skriv der hvorfor de står åpne.",
        n,
    )
    return [sentence % {"n": n}]


@transaction.atomic
def explain_undecided(plan: Plan, *, by: User, reason: str) -> None:
    """Says why the plan is sent on with undecided measures. Raises NotAllowed, WrongState and Refusal."""
    plan = lock_draft(plan, by=by)
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Skriv hvorfor planen kan gå videre med uavgjorte tiltak."))
    plan.undecided_reason = reason
    plan.save(update_fields=["undecided_reason"])
    Audit.objects.write(
        plan.community,
        by=by,
        verb="explain_undecided",
        what="«%(plan)s» kan gå videre med %(n)s uavgjorte tiltak: %(reason)s",
        facts={"plan": plan.title, "n": undecided(plan), "reason": reason},
    )
