"""The hints beside the text: what they say, where they point, and how they are answered."""

from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from partners.roles import may
from plans import actions, quality, queries
from plans.patient_groups import PATIENT_GROUPS
from plans.quality import Hint
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


@dataclass(frozen=True, slots=True)
class Shown:
    """A hint as the page shows it."""

    hint: Hint
    words: str
    code: str  # of the row that it is about; empty for the whole plan
    offer: str = ""  # what the abbreviation stands for, by the committees


class WaveOffForm(forms.Form):
    kind = forms.CharField(max_length=40)
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


@at_work
def hints(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    found = queries.hints_of(target, document_of(target))
    codes = queries.codes_of_draft(target)
    committees = dict(target.community.committees.values_list("abbreviation", "name"))
    shown = [
        Shown(
            hint=hint,
            words=str(PATIENT_GROUPS.get(hint.words, hint.words)),
            code=codes.get(hint.key, ""),
            offer=quality.explanation(hint.words, committees)
            if hint.check == "unexplained_abbreviation"
            else "",
        )
        for hint in found
    ]
    chosen = list(target.community.hint_choices.values_list("kind", flat=True))
    context = {
        "community": target.community,
        "plan": target,
        "count": len(shown),
        "groups": [(SAID[check], list(rows)) for check, rows in groupby(shown, lambda s: s.hint.check)],
        "let_be": target.waved_off.select_related("by").order_by("-at"),
        "may_choose": may(request.user, "edit_plan", target.community),
        "form": ChoiceForm(initial={"kinds": chosen}),
    }
    return render(request, "plans/workbench/hints.html", context)


@require_POST
@at_work
def wave_off(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = WaveOffForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.wave_off(target, by=request.user, hint=form.hint(), reason=form.cleaned_data["reason"])
    messages.success(request, _("Merknaden er lagt bort."))
    return redirect("hints", community, plan)


@require_POST
@at_work
def explain(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    actions.explain(target, by=request.user, short=request.POST.get("short", "")[:50])
    messages.success(request, _("Forkortelsen er lagt til."))
    return redirect("hints", community, plan)


@require_POST
@at_work
def choose_hints(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.choose_hints(target.community, by=request.user, kinds=form.cleaned_data["kinds"])
    return redirect("hints", community, plan)
