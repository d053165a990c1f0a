"""Answers to the hints beside the text: let one be, bring it back, add an abbreviation, choose what is
hinted at."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import HealthCommunity, User
from partners.roles import may
from plans import quality
from plans.editable import values_of
from plans.models import HintChoice, Plan, WavedOff
from plans.quality import Hint
from plans.queries.writing import body_names

from .edit import edit_row, lock_draft


@transaction.atomic
def wave_off(plan: Plan, *, by: User, hint: Hint, reason: str) -> None:
    """Lets the hint be, for this plan and these words. Twice is once.

    Raises NotAllowed, WrongState, and Refusal without a reason.
    """
    lock_draft(plan, by=by)
    if not reason.strip():
        raise Refusal(_("Skriv kort hvorfor merknaden ikke gjelder."))
    WavedOff.objects.get_or_create(
        plan=plan, fingerprint=hint.fingerprint, defaults={"reason": reason.strip()[:300], "by": by}
    )


@transaction.atomic
def bring_back(plan: Plan, *, by: User, hint: Hint) -> None:
    """The hint stands again. Twice is once. Raises NotAllowed and WrongState."""
    lock_draft(plan, by=by)
    plan.waved_off.filter(fingerprint=hint.fingerprint).delete()


@transaction.atomic
def explain(plan: Plan, *, by: User, short: str, long: str = "") -> None:
    """Adds the abbreviation to the plan's, by default with the name of the community's own body.

    One that is explained already stays as it is. Raises NotAllowed, WrongState, and Refusal where no body
    is called so and nothing else is said.
    """
    plan = lock_draft(plan, by=by)
    long = long.strip()[:300] or quality.explanation(short, body_names(plan.community))
    if not long:
        raise Refusal(_("Skriv hva «%(short)s» står for: ingen av utvalgene heter det.") % {"short": short})
    abbreviations = values_of(plan)["abbreviations"]
    if short and short not in (known for known, _long in abbreviations):
        values = {"abbreviations": [*abbreviations, [short, long]]}
        edit_row(plan, by=by, version=plan.version, values=values)


@transaction.atomic
def choose_hints(community: HealthCommunity, *, by: User, kinds: Collection[str]) -> None:
    """Turns the optional hints on or off for the whole community. Raises NotAllowed."""
    if not may(by, "edit_plan", community):
        raise NotAllowed(_("Bare sekretariatet velger merknader."))
    community.hint_choices.exclude(kind__in=kinds).delete()
    for kind in quality.ON_REQUEST:
        if kind in kinds:
            HintChoice.objects.get_or_create(community=community, kind=kind)
