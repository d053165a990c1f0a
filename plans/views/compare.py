"""Any two plans or versions side by side: for the public what is public, on the workbench drafts too."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from plans import queries, rules
from plans.change_words import summary
from plans.compare import compare
from plans.document import PlanDocument
from plans.forms.compare import CompareForm
from plans.models import Plan, Revision
from plans.queries.compare import Side
from plans.renderings import MAX_AGE, build

from .again import SignedIn, at_work


@require_safe
def compare_public(request: HttpRequest, community: str, plan: str) -> HttpResponse:
    target = queries.public_standing(community, plan).plan
    form = _form(request, target, queries.public_sides(target))
    etag = _etag(request, form)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _page(request, "plans/compare_public.html", target, form)
    if response.status_code in (200, 304):
        response["ETag"] = etag
        response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


@require_safe
@at_work
def compare_work(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    form = _form(request, target, queries.work_sides(target, request.user))
    return _page(request, "plans/workbench/compare_work.html", target, form)


def since_frozen(draft: PlanDocument, versions: list[Revision]) -> str:
    """What differs from the newest of these frozen versions, in a sentence; empty where there is none."""
    return summary(compare(versions[0].load(), draft)) if versions else ""


def _form(request: HttpRequest, plan: Plan, sides: list[Side]) -> CompareForm:
    """The form of this query; without one, of the pair that is asked for most."""
    if request.GET:
        return CompareForm(request.GET, sides=sides)
    pair = queries.usual_pair(plan, sides)
    return CompareForm({"fra": pair[0].value, "til": pair[1].value} if pair else None, sides=sides)


def _page(request: HttpRequest, template: str, plan: Plan, form: CompareForm) -> HttpResponse:
    context = {"community": plan.community, "plan": plan, "form": form}
    if form.is_valid():
        context["comparison"] = compare(form.old.load(), form.new.load())
    return render(request, template, context, status=422 if form.errors else 200)


def _etag(request: HttpRequest, form: CompareForm) -> str:
    """Of all that the page shows: both choices, what can be chosen, this build and the day's date."""
    shown = [build(), timezone.localdate().isoformat(), request.get_full_path()]
    shown += [f"{side.label} {side.revision.sha256 if side.revision else ''}" for side in form.sides.values()]
    return quote_etag(hashlib.sha256("\n".join(shown).encode()).hexdigest()[:32])
