"""Answers to the hints beside the text: let one be, add an abbreviation, choose what is hinted at."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import HealthCommunity, User
from partners.roles import may
from plans import quality, rules
from plans.editable import values_of
from plans.models import HintChoice, Plan, WavedOff
from plans.quality import Hint

from .edit import edit_row


@transaction.atomic
def wave_off(plan: Plan, *, by: User, hint: Hint, reason: str) -> None:
    """Lets the hint be, for this plan and these words. Twice is once. Raises NotAllowed and Refusal."""
    if not rules.may_edit(by, plan):
        raise NotAllowed(_("Du har ikke rett til å endre denne planen."))
    if not reason.strip():
        raise Refusal(_("Skriv kort hvorfor merknaden ikke gjelder."))
    WavedOff.objects.get_or_create(
        plan=plan, fingerprint=hint.fingerprint, defaults={"reason": reason.strip()[:300], "by": by}
    )


def explain(plan: Plan, *, by: User, short: str) -> None:
    """Adds the abbreviation with the name of the community's committee. Raises what `edit_row` raises."""
    committees = dict(plan.community.committees.values_list("abbreviation", "name"))
    long = quality.explanation(short, committees)
    if not long:
        raise Refusal(
            _("Ingen av utvalgene heter «%(short)s». Legg forkortelsen til selv.") % {"short": short}
        )
    abbreviations = values_of(plan)["abbreviations"]
    if short not in (known for known, _long in abbreviations):
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
