"""Recording that a plan was adopted, and publishing one whose adoption nobody can document."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal, WrongState
from plans import actions, queries, rules
from plans.actions.case_facts import source_case
from plans.actions.publishable import reasons_against
from plans.actions.undecided import undecided_sentences
from plans.forms.adopt import AdoptForm, PublishReceivedForm
from plans.models import Plan
from plans.queries.settled import Writer
from plans.snapshot import document_of

from .again import SignedIn, at_work
from .writing_now import not_told_of


@at_work
def adopt(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_adopt)
    if request.method != "POST" and target.state == Plan.State.ADOPTED:  # another tab, the back button
        raise WrongState(_("Planen er allerede vedtatt."))
    form = AdoptForm(request.POST or None, plan=target, case=source_case(target))
    if not_told_of(request, _writers(request, target)) and form.is_valid():
        return _page(request, "plans/workbench/adopt.html", target, form, 409)
    if request.method == "POST" and form.is_valid():
        try:
            actions.adopt(
                target,
                by=request.user,
                facts=form.facts(),
                in_force_from=form.cleaned_data["in_force_from"],
                published_from=form.cleaned_data["published_from"],
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _page(request, "plans/workbench/adopt.html", target, form, refusal.status)
        said = _("Vedtaket er registrert. PDF-en lages nå.")
        return _to_the_plan(request, target, form.cleaned_data["published_from"], said)
    return _page(request, "plans/workbench/adopt.html", target, form, 422 if form.is_bound else 200)


@at_work
def publish_received(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_adopt)
    if request.method != "POST" and target.locked:
        raise WrongState(_("Planen er allerede publisert."))
    form = PublishReceivedForm(request.POST or None, initial={"published_from": timezone.localdate()})
    if not_told_of(request, _writers(request, target)) and form.is_valid():
        return _page(request, "plans/workbench/publish_received.html", target, form, 409)
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_received(
                target, by=request.user, published_from=form.cleaned_data["published_from"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _page(request, "plans/workbench/publish_received.html", target, form, refusal.status)
        said = _("Planen er publisert som mottatt. PDF-en lages nå.")
        return _to_the_plan(request, target, form.cleaned_data["published_from"], said)
    status = 422 if form.is_bound else 200
    return _page(request, "plans/workbench/publish_received.html", target, form, status)


def _page(
    request: SignedIn, template: str, plan: Plan, form: AdoptForm | PublishReceivedForm, status: int
) -> HttpResponse:
    reasons = [] if plan.locked else reasons_against(document_of(plan)) + undecided_sentences(plan)
    context = {
        "community": plan.community,
        "plan": plan,
        "form": form,
        "reasons": reasons,
        "writers": _writers(request, plan),
    }
    return render(request, template, context, status=status)


def _writers(request: SignedIn, plan: Plan) -> Sequence[Writer]:
    return queries.settled(plan, reader=request.user).writers


def _to_the_plan(request: HttpRequest, plan: Plan, published_from: date, said: str) -> HttpResponse:
    """The public page, which shows it and is the same for all; until its day the workbench, which says it."""
    if published_from <= timezone.localdate():
        return redirect(plan)
    messages.success(request, said)
    return redirect(plan.get_work_url())
