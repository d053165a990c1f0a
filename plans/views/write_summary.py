"""«Kort sagt», written by the secretariat, before or after the plan is adopted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from plans import actions, queries, rules
from plans.forms.summary import SummaryForm

from .again import SignedIn, at_work


@at_work
def write_summary(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_write_summary)
    stands = target.summaries.select_related("by").first()
    data = request.POST if request.method == "POST" else None
    form = SummaryForm(data, initial={"text": stands.text if stands else ""})
    if form.is_valid():
        actions.write_summary(target, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, _("Den korte omtalen er lagret."))
        return redirect(target.get_work_url())
    context = {"community": target.community, "plan": target, "form": form, "stands": stands}
    status = 422 if form.is_bound else 200
    return render(request, "plans/workbench/write_summary.html", context, status=status)
