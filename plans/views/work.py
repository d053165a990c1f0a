"""«Mitt arbeid» and a community's workbench."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plans import actions, queries
from plans.forms.intake import StartPlanForm

from .again import SignedIn, at_work


@at_work
def my_work(request: SignedIn) -> HttpResponse:
    return render(request, "plans/work/my_work.html", queries.my_work(request.user))


@at_work
def community_work(request: SignedIn, community: str) -> HttpResponse:
    place = queries.community_for(request.user, community, may="see_work")
    context = queries.community_work(request.user, place) | {"community": place}
    return render(request, "plans/work/community_work.html", context)


@at_work
def start_plan(request: SignedIn, community: str) -> HttpResponse:
    place = queries.community_for(request.user, community, may="import_plan")
    form = StartPlanForm(request.POST or None)
    if form.is_valid():
        plan = actions.start_plan(place, by=request.user, **form.cleaned_data)
        messages.success(request, _("Utkastet er laget. Legg til kapitler, mål og tiltak."))
        return redirect(plan.get_work_url())
    context = {"community": place, "form": form}
    return render(request, "plans/work/start_plan.html", context, status=422 if form.is_bound else 200)
