"""A PDF that somebody orders of a draft or a comparison: asked for, waited for, fetched."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from plans import actions, queries, rules
from plans.forms.compare import CompareForm
from plans.models import OrderedFile, Plan
from plans.word_identity import last_edit, of_draft

from .again import SignedIn, at_work

# The kind as it stands in the address.
Kind = OrderedFile.Kind


@at_work
def ordered_file(request: SignedIn, community: str, plan: str, ordered: str) -> HttpResponse:
    """GET shows how far it is; POST orders it."""
    target = _plan(request, community, plan, ordered)
    if request.method != "POST":
        return _progress(request, target, ordered)
    if ordered == Kind.COMPARISON:
        form = CompareForm(request.POST, sides=queries.work_sides(target, request.user))
        if not form.is_valid():
            return redirect("compare_work", community, plan)
        source = f"{form.old.value}|{form.new.value}"
        actions.order_file(target, by=request.user, kind=ordered, source=source)
    else:
        source = of_draft(target, last_edit(target))
        actions.order_file(target, by=request.user, kind=ordered, source=source, reuse=True)
    return redirect("ordered_file", community, plan, ordered)


@require_safe
@at_work
def ordered_pdf(request: SignedIn, community: str, plan: str, ordered: str) -> FileResponse:
    target = _plan(request, community, plan, ordered)
    made = OrderedFile.objects.select_related("file").exclude(file=None)
    found = get_object_or_404(made, plan=target, by=request.user, kind=ordered)
    assert found.file, "only made ones are asked for"
    return FileResponse(found.file.open(), filename=f"{plan}-{ordered}.pdf", content_type="application/pdf")


def _plan(request: SignedIn, community: str, plan: str, ordered: str) -> Plan:
    if ordered not in (Kind.DRAFT, Kind.COMPARISON):
        raise Http404
    return queries.plan_for(request.user, community, plan, may=rules.may_read_draft)


def _progress(request: SignedIn, plan: Plan, kind: str) -> HttpResponse:
    """The page, or only its part that changes, for the script that asks for it."""
    mine = OrderedFile.objects.filter(plan=plan, by=request.user, kind=kind)
    ordered = mine.select_related("file").first()
    pair = ordered.source.split("|") if ordered and kind == Kind.COMPARISON else []
    back = "compare_work" if kind == Kind.COMPARISON else "plan_work"
    context = {
        "plan": plan,
        "community": plan.community,
        "ordered": ordered,
        "kind": kind,
        "ahead": _ahead(ordered) if ordered and not ordered.started_at else 0,
        "file_url": reverse("ordered_pdf", args=[plan.community.slug, plan.slug, kind]),
        "order_url": reverse("ordered_file", args=[plan.community.slug, plan.slug, kind]),
        "chosen": dict(zip(("fra", "til"), pair, strict=False)),
        "back": reverse(back, args=[plan.community.slug, plan.slug]),
    }
    template = "_ordered_progress" if "del" in request.GET else "ordered_file"
    return render(request, f"plans/workbench/{template}.html", context)


def _ahead(ordered: OrderedFile) -> int:
    """How many orders came before and are not begun."""
    return OrderedFile.objects.filter(file=None, started_at=None, asked_at__lt=ordered.asked_at).count()
