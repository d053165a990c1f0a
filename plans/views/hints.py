"""The hints beside the text: what they say, where they point, and how they are answered.

The page lists them all with plain forms. The writing page fetches the same list, forms and all, as a
fragment, and shows each hint beside its row.
"""

import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from partners.roles import may
from plans import actions, quality, queries
from plans.models import Plan, WavedOff
from plans.patient_groups import PATIENT_GROUPS
from plans.quality import Hint
from plans.queries.writing import body_names
from plans.snapshot import document_of

from .again import SignedIn, at_work
from .edit_plan import draft_for

# What each check is called, and what it says where it is met.
SAID = {
    "national_id": gettext_lazy("Fødselsnummer eller D-nummer: må ut før planen kan publiseres"),
    "no_responsible": gettext_lazy("Ingen er satt opp som ansvarlig"),
    "goal_without_measures": gettext_lazy("Målet har ingen tiltak"),
    "unexplained_abbreviation": gettext_lazy("Forkortelsen er ikke forklart"),
    "same_measure": gettext_lazy("Et tiltak tidligere i planen sier det samme"),
    "spelling": gettext_lazy("Helsefellesskap skrives i ett ord med to s-er"),
    "unserved_group": gettext_lazy("Ingen mål eller tiltak er merket med denne prioriterte pasientgruppen"),
    "no_deadline": gettext_lazy("Ingen frist er satt"),
    "vague_verb": gettext_lazy("Verbet er vagt: hva skal være gjort når tiltaket er gjennomført?"),
}


# Whose hint is about the whole row: its words are the row's own.
ABOUT_THE_ROW = {"no_responsible", "goal_without_measures", "same_measure", "no_deadline"}
# The cell to write in, where that is another than the one with the words.
FIELDS = {"no_responsible": "responsible_text", "no_deadline": "deadline_text"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hint as the page shows it."""

    hint: Hint
    words: str
    offer: str = ""  # what the abbreviation stands for, by the community's own bodies
    let_be: WavedOff | None = None

    @property
    def said(self) -> str:
        return str(SAID[self.hint.check])

    @property
    def about_the_row(self) -> bool:
        return self.hint.check in ABOUT_THE_ROW

    @property
    def field(self) -> str:
        return FIELDS.get(self.hint.check, "")


class HintForm(forms.Form):
    kind = forms.ChoiceField(choices=[(check, check) for check in quality.CHECKS])
    key = forms.CharField(max_length=40, required=False)
    words = forms.CharField(max_length=300)
    reason = forms.CharField(max_length=300, required=False)

    def hint(self) -> Hint:
        facts = self.cleaned_data
        return Hint(facts["kind"], facts["key"], facts["words"])


class ChoiceForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Vis også"),
        required=False,
        choices=[(kind, SAID[kind]) for kind in quality.ON_REQUEST],
        widget=forms.CheckboxSelectMultiple,
    )


@require_safe
@at_work
def hints(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    chosen = list(target.community.hint_choices.values_list("kind", flat=True))
    context = _shown(target) | {
        "may_choose": may(request.user, "edit_plan", target.community),
        "form": ChoiceForm(initial={"kinds": chosen}),
    }
    return render(request, "plans/workbench/hints.html", context)


@require_safe
@at_work
def write_hints(request: SignedIn, community: str, plan: str) -> HttpResponse:
    """The hints as a fragment of the writing page; 204 where it has them: `?tag=` as the fragment said."""
    target = draft_for(request, community, plan)
    context = _shown(target)
    tag = hashlib.sha256(repr((context["groups"], context["let_be"])).encode()).hexdigest()[:16]
    if request.GET.get("tag") == tag:
        return HttpResponse(status=204)
    return render(request, "plans/workbench/_write_hints.html", context | {"tag": tag, "writing": True})


def _shown(plan: Plan) -> dict[str, Any]:
    """What page and fragment show. The queries are as many for 3 measures as for 300."""
    found = queries.hints_of(plan, document_of(plan))
    bodies = body_names(plan.community)

    def shown(hint: Hint, let_be: WavedOff | None = None) -> Shown:
        short = hint.words if hint.check == "unexplained_abbreviation" else ""
        return Shown(
            hint=hint,
            words=str(PATIENT_GROUPS.get(hint.words, hint.words)),
            offer=quality.explanation(short, bodies) if short else "",
            let_be=let_be,
        )

    rows = [shown(hint) for hint in found.standing]
    return {
        "community": plan.community,
        "plan": plan,
        "work_url": plan.get_work_url(),
        "count": len(rows),
        "groups": [(said, list(group)) for said, group in groupby(rows, lambda row: row.said)],
        "let_be": [shown(hint, row) for hint, row in found.let_be],
    }


@require_POST
@at_work
def wave_off(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = _sent(request)
    actions.wave_off(target, by=request.user, hint=form.hint(), reason=form.cleaned_data["reason"])
    return _answered(request, target, _("Merknaden er lagt bort."))


@require_POST
@at_work
def bring_back(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    actions.bring_back(target, by=request.user, hint=_sent(request).hint())
    return _answered(request, target, _("Merknaden er hentet tilbake."))


@require_POST
@at_work
def explain(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    short, long = request.POST.get("short", "")[:50], request.POST.get("long", "")
    actions.explain(target, by=request.user, short=short, long=long)
    return _answered(request, target, _("Forkortelsen er lagt til."))


def _sent(request: SignedIn) -> HintForm:
    form = HintForm(request.POST)
    if not form.is_valid():
        raise Http404
    return form


def _answered(request: SignedIn, plan: Plan, said: str) -> HttpResponse:
    """To where the form stood. The writing page says by itself what it did."""
    address = [plan.community.slug, plan.slug]
    if request.POST.get("from") == "write":
        return redirect("write_hints", *address)
    messages.success(request, said)
    return redirect("hints", *address)


@require_POST
@at_work
def choose_hints(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.choose_hints(target.community, by=request.user, kinds=form.cleaned_data["kinds"])
    return redirect("hints", community, plan)
