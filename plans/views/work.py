"""«Mitt arbeid» and a community's workbench."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plans import actions, queries
from plans.forms.intake import StartPlanForm
from plans.models import Plan

from .again import SignedIn, at_work


@at_work
def my_work(request: SignedIn) -> HttpResponse:
    return render(request, "plans/workbench/my_work.html", queries.my_work(request.user))


@at_work
def community_work(request: SignedIn, community: str) -> HttpResponse:
    place = queries.community_for(request.user, community, may="see_work")
    context = queries.community_work(request.user, place) | {"community": place}
    return render(request, "plans/workbench/community_work.html", context)


@at_work
def start_plan(request: SignedIn, community: str) -> HttpResponse:
    place = queries.community_for(request.user, community, may="import_plan")
    form = StartPlanForm(
        request.POST or None,
        community=place,
        sources=queries.sources_for(place),
        initial={"source": request.GET.get("fra", "")},
    )
    if form.is_valid():
        facts = form.cleaned_data
        if source := form.sources.get(facts["source"]):
            plan = actions.start_from(place, by=request.user, source=source, title=facts["title"])
            return _after_start(request, plan)
        plan = actions.start_plan(place, by=request.user, title=facts["title"], kind=facts["kind"])
        messages.success(request, _("Utkastet er laget. Legg til kapitler, mål og tiltak."))
        return redirect(plan.get_work_url())
    context = {"community": place, "form": form}
    return render(request, "plans/workbench/start_plan.html", context, status=422 if form.is_bound else 200)


def _after_start(request: SignedIn, plan: Plan) -> HttpResponse:
    """To the list of old measures, where there are any to decide on."""
    if not queries.undecided(plan):
        messages.success(request, _("Utkastet er laget."))
        return redirect(plan.get_work_url())
    messages.success(request, _("Utkastet er laget. Nå avgjøres det hva som skjer med hvert tiltak."))
    return redirect("carry_over", plan.community.slug, plan.slug)
