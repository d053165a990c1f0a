"""A committee's page at work, its yearly wheel, and its own rules."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import actions, rules
from committees.forms.meetings import RulesForm, WheelForm
from committees.queries.committees import committee_for, work_of
from helsefellesskap.errors import Refusal
from partners.requests import SignedIn, at_work

from .trail import trail_to


@require_safe
@at_work
def committee_work(request: SignedIn, community: str, committee: str) -> HttpResponse:
    body = committee_for(request.user, community, committee, may=rules.may_read_papers)
    context = work_of(request.user, body)
    return render(
        request,
        "committees/committee_work.html",
        {**context, "trail": trail_to(request.user, body.community), "wheel_form": WheelForm()},
    )


@at_work
def set_rules(request: SignedIn, community: str, committee: str) -> HttpResponse:
    body = committee_for(request.user, community, committee, may=rules.may_set_rules)
    form = RulesForm(request.POST or None, initial=asdict(body.rulebook))
    if form.is_valid():
        try:
            actions.set_rules(body, by=request.user, rulebook=form.rulebook())
        except Refusal as refusal:
            form.add_error("case_number", str(refusal))
        else:
            messages.success(request, _("Reglene er lagret."))
            return redirect(body.get_work_url())
    context = {
        "form": form,
        "committee": body,
        "heading": _("Regler for %(committee)s") % {"committee": body.abbreviation},
        "lead": _("Hva mandatet sier. Reglene gjelder fra nå; det som er vedtatt, står."),
        "trail": trail_to(request.user, body.community, body),
        "back": body.get_work_url(),
    }
    return render(request, "committees/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@at_work
def add_to_wheel(request: SignedIn, community: str, committee: str) -> HttpResponse:
    body = committee_for(request.user, community, committee, may=rules.may_prepare)
    form = WheelForm(request.POST)
    if form.is_valid():
        facts = form.cleaned_data
        actions.add_to_wheel(body, by=request.user, day=facts["date"], kind=facts["kind"], text=facts["text"])
        messages.success(request, _("Dagen er lagt i årshjulet."))
        return redirect(f"{body.get_work_url()}#arshjul")
    context = work_of(request.user, body)
    return render(
        request,
        "committees/committee_work.html",
        {**context, "trail": trail_to(request.user, body.community), "wheel_form": form},
        status=422,
    )


@require_POST
@at_work
def take_off_wheel(request: SignedIn, community: str, committee: str, pk: int) -> HttpResponse:
    body = committee_for(request.user, community, committee, may=rules.may_prepare)
    actions.take_off_wheel(get_object_or_404(body.wheel, pk=pk), by=request.user)
    messages.success(request, _("Dagen er tatt ut av årshjulet."))
    return redirect(f"{body.get_work_url()}#arshjul")
