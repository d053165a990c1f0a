"""Giving the draft's words a name and a number, while the draft stays open."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal
from plans import actions, queries
from plans.forms.freeze_named import FreezeNamedForm
from plans.models import Plan, Revision

from .again import SignedIn, at_work
from .edit_plan import draft_for
from .writing_now import not_told_of


@at_work
def freeze_named(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = FreezeNamedForm(request.POST or None, plan=target)
    status = 422 if form.is_bound else 200
    writers = queries.settled(target, reader=request.user).writers
    if form.is_valid() and not_told_of(request, writers):
        status = 409
    elif form.is_valid():
        try:
            revision = actions.freeze_named(target, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            return _frozen(request, target, revision)
    context = {"community": target.community, "plan": target, "form": form, "writers": writers}
    return render(request, "plans/workbench/freeze_named.html", context, status=status)


def _frozen(request: SignedIn, plan: Plan, revision: Revision) -> HttpResponse:
    messages.success(
        request,
        _("Versjon %(number)s, «%(name)s», er låst. Utkastet er fortsatt åpent.")
        % {"number": revision.number, "name": revision.name},
    )
    return redirect(f"{plan.get_work_url()}#versjoner")
