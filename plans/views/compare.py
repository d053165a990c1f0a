"""Any two plans or versions side by side: for the public what is public, on the workbench drafts too."""

import hashlib
from urllib.parse import urlencode

from allauth.core.ratelimit import consume
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from partners.models import StoredFile
from plans import actions, queries, rules
from plans.change_words import summary
from plans.compare import compare
from plans.document import PlanDocument
from plans.forms.compare import CompareForm
from plans.models import OrderedFile, Plan, Revision
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


@csrf_exempt  # nothing of anybody's is changed by what is sent, and public pages hold no token
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def compare_pdf(request: HttpRequest, community: str, plan: str) -> HttpResponseBase:
    """GET gives the comparison's PDF, or tells how far it is; POST orders it."""
    target = queries.public_standing(community, plan).plan
    form = CompareForm(request.POST or request.GET, sides=queries.public_sides(target))
    if not form.is_valid():
        return redirect("compare_public", community, plan)
    old, new = form.old.revision, form.new.revision
    assert old, "the sides are public versions"
    assert new, "the sides are public versions"
    chosen = {"fra": form.old.value, "til": form.new.value}
    order_url = reverse("compare_pdf", args=[community, plan])
    address = f"{order_url}?{urlencode(chosen)}"
    same = OrderedFile.objects.filter(plan=target, by=None, old=old, new=new)
    ordered = same.select_related("file").first()
    context = {"plan": target, "community": target.community, "form": form, "ordered": ordered}
    context |= {"file_url": address, "order_url": order_url, "chosen": chosen, "public": True}
    if request.method == "POST":
        if not consume(request, action="order_comparison"):
            error = _("Det er bestilt mange filer herfra på kort tid. Vent noen minutter, og prøv igjen.")
            return render(request, "plans/compare_pdf.html", context | {"error": error}, status=429)
        actions.order_comparison(target, old=old, new=new)
        return redirect(address)
    if ordered and ordered.file and "del" not in request.GET:
        return _file(ordered.file, f"{plan}-sammenligning.pdf")
    template = "workbench/_ordered_progress" if "del" in request.GET else "compare_pdf"
    response = render(request, f"plans/{template}.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _file(file: StoredFile, name: str) -> FileResponse:
    response = FileResponse(file.open(), filename=name, content_type=file.media_type)
    response["ETag"] = quote_etag(file.sha256)
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
