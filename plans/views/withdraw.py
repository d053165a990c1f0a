"""«Ta planen ned nå», and publishing it again with what must not be public taken out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal, WrongState
from plans import actions, queries, rules
from plans.forms.correct import RedactedForm, WithdrawForm
from plans.models import Plan

from .again import SignedIn, at_work


@at_work
def withdraw(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_correct)
    if request.method != "POST" and not target.locked:
        raise WrongState(_("Planen er ikke publisert."))
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.withdraw(target, by=request.user, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Planen er tatt ned. Ordene ligger som utkast, bare hos dere."))
            return redirect(target.get_work_url())
    return _page(request, target, form, "withdraw", status)


@at_work
def publish_redacted(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_correct)
    if request.method != "POST" and not queries.awaits_redaction(target):
        raise WrongState(_("Planen har ingen tilbaketrukket versjon som venter på en sladdet."))
    form = RedactedForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.publish_redacted(target, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            return redirect(target)
    return _page(request, target, form, "publish_redacted", status)


def _page(
    request: SignedIn, plan: Plan, form: WithdrawForm | RedactedForm, name: str, status: int
) -> HttpResponse:
    context = {"community": plan.community, "plan": plan, "form": form}
    return render(request, f"plans/workbench/{name}.html", context, status=status)
