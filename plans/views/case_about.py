"""«Sak fra plan»: a case of a frozen version, versions laid in a case, and read there by its members."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees.models import Case
from committees.queries.committees import case_for
from committees.rules import may_prepare, may_read_papers
from committees.views.guests import guests_case
from committees.views.trail import trail_to
from helsefellesskap.errors import Refusal
from plans import actions, queries, rules
from plans.forms.case_about import CaseAboutForm, LayInCaseForm
from plans.models import CaseItem, Revision

from .again import SignedIn, at_work


@at_work
def case_about(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_adopt)
    form = CaseAboutForm(request.POST or None, plan=target)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        facts = form.cleaned_data
        try:
            case = actions.case_about(facts["revision"], by=request.user, committee=facts["committee"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Sak %(case)s er laget av planen.") % {"case": case})
            return redirect(case)
    context = {
        "form": form,
        "heading": _("Lag sak av «%(plan)s»") % {"plan": target.title},
        "lead": _("Saken får tittel og bakgrunn fra planen, og den låste versjonen følger med."),
        "trail": [*trail_to(request.user, target.community), (target.title, target.get_work_url())],
        "back": target.get_work_url(),
    }
    return render(request, "committees/form.html", context, status=status)


@at_work
def lay_in_case(request: SignedIn, community: str, committee: str, year: int, nr: int) -> HttpResponse:
    case = case_for(request.user, community, committee, year, nr, may=may_prepare)
    readable = Revision.objects.filter(
        plan__in=[p for p in case.committee.community.plans.all() if rules.may_read_draft(request.user, p)]
    ).exclude(case_items__case=case)
    revisions = readable.select_related("plan").order_by("plan__title", "-number")
    form = LayInCaseForm(request.POST or None, revisions=revisions)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.lay_in_case(case, by=request.user, revision=form.cleaned_data["revision"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Versjonen er lagt til saken."))
            return redirect(case)
    context = {
        "form": form,
        "heading": _("Legg en planversjon til sak %(number)s") % {"number": case.printed_number},
        "lead": _("En versjon låses på planens arbeidsside når teksten går ut av sekretariatet."),
        "trail": trail_to(request.user, case.committee.community, case.committee),
        "back": case.get_absolute_url(),
    }
    return render(request, "committees/form.html", context, status=status)


@require_safe
@never_cache
def plan_in_case(
    request: HttpRequest, community: str, committee: str, year: int, nr: int, pk: int
) -> HttpResponseBase:
    """The frozen version, for those who may read the case: also where they may not read the draft."""
    if case := guests_case(request, community, committee, year, nr):
        return _plan_in_case(request, case, pk)
    return _own_plan_in_case(request, community, committee, year, nr, pk)


@at_work
def _own_plan_in_case(
    request: SignedIn, community: str, committee: str, year: int, nr: int, pk: int
) -> HttpResponse:
    case = case_for(request.user, community, committee, year, nr, may=may_read_papers)
    return _plan_in_case(request, case, pk)


def _plan_in_case(request: HttpRequest, case: Case, pk: int) -> HttpResponse:
    item = get_object_or_404(_items(case), pk=pk)
    revision = get_object_or_404(Revision, pk=item.revision_id)
    queries.check_not_taken_down(revision)
    context = {
        "community": item.plan.community,
        "plan": item.plan,
        "document": revision.load(),
        "codes": {},  # nothing of a draft has an address that others may keep
        "state": "draft",
        "follows": item.plan.follows,
        "agreements": list(item.plan.agreements.all()),
    }
    return render(request, "plans/plan_page.html", context)


@require_POST
@at_work
def take_out_of_case(
    request: SignedIn, community: str, committee: str, year: int, nr: int, pk: int
) -> HttpResponse:
    case = case_for(request.user, community, committee, year, nr, may=may_prepare)
    actions.take_out_of_case(get_object_or_404(_items(case), pk=pk), by=request.user)
    messages.success(request, _("Versjonen er tatt ut av saken."))
    return redirect("case", community, committee, year, nr)


def _items(case: Case) -> QuerySet[CaseItem]:
    """The frozen versions of the case; a draft without one has no page here."""
    return case.plan_items.filter(revision__isnull=False).select_related(
        "plan__community", "plan__follows", "revision", "case__committee__community"
    )
