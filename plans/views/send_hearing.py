"""A version is sent to hearing, a party without an account gets a personal link, a hearing is closed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helsefellesskap.errors import Refusal, WrongState
from plans import actions, queries, rules
from plans.forms.send_hearing import HearingLinkForm, SendHearingForm

from .again import SignedIn, at_work
from .writing_now import not_told_of


@at_work
def send_hearing(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_send_hearing)
    if target.locked:
        raise WrongState(_("Planen er publisert, og kan ikke sendes på høring."))
    form = SendHearingForm(request.POST or None, plan=target)
    status = 422 if form.is_bound else 200
    writers = queries.settled(target, reader=request.user).writers
    if form.is_valid() and not_told_of(request, writers):
        status = 409
    elif form.is_valid():
        try:
            hearing = actions.send_hearing(target, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Planen er på høring."))
            return redirect("answer_input", community, plan, hearing.pk)
    context = {"community": target.community, "plan": target, "form": form, "writers": writers}
    return render(request, "plans/hearing/send_hearing.html", context, status=status)


@require_POST
@at_work
def close_hearing(request: SignedIn, community: str, plan: str, hearing: int) -> HttpResponse:
    found = queries.hearing_for(request.user, community, plan, hearing, answers=True)
    actions.close_hearing(found, by=request.user)
    messages.success(request, _("Høringen er avsluttet. Det tas ikke imot flere innspill."))
    return redirect("answer_input", community, plan, hearing)


@at_work
def hearing_link(request: SignedIn, community: str, plan: str, hearing: int) -> HttpResponse:
    """A personal link for somebody without an account who answers for a party that was asked."""
    found = queries.hearing_for(request.user, community, plan, hearing, answers=True)
    form = HearingLinkForm(request.POST or None, hearing=found)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.send_hearing_link(found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Lenken er sendt til %(email)s.") % form.cleaned_data)
            return redirect("answer_input", community, plan, hearing)
    context = {"community": found.revision.plan.community, "plan": found.revision.plan, "hearing": found}
    return render(request, "plans/hearing/hearing_link.html", {**context, "form": form}, status=status)
