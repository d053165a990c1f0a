"""Forms for one section, goal or measure: change it, add one, move it, delete it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from plans import actions, queries
from plans.actions.arrange import blank_row, part_of
from plans.actions.structure import place_in_words
from plans.editable import Row
from plans.forms.move import MoveForm
from plans.forms.rows import ROW_FORMS
from plans.models import Item, Plan
from plans.snapshot import document_of

from .again import SignedIn, at_work
from .edit_plan import draft_for
from .saving import gone_page, save

NEW = {
    "kapittel": (Item.Kind.SECTION, gettext_lazy("Nytt kapittel")),
    "maal": (Item.Kind.GOAL, gettext_lazy("Nytt mål")),
    "tiltak": (Item.Kind.MEASURE, gettext_lazy("Nytt tiltak")),
}
HEADINGS = {
    Item.Kind.SECTION: gettext_lazy("Rediger kapittel"),
    Item.Kind.GOAL: gettext_lazy("Rediger mål"),
    Item.Kind.MEASURE: gettext_lazy("Rediger tiltak"),
}


@at_work
def edit_row(request: SignedIn, community: str, plan: str, code: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    item = get_object_or_404(Item, code=code)
    row = queries.row_of(target, item)
    if row is None and request.method == "POST":
        return gone_page(request, item.kind, target)
    if row is None:
        raise Http404
    form = ROW_FORMS[item.kind](request.POST or None, instance=row)
    if form.is_valid():
        refused = save(request, form, row)
        if refused is None:
            messages.success(request, _("Lagret."))
        return refused or _to(target, row)
    context = {
        "community": target.community,
        "plan": target,
        "form": form,
        "row": row,
        "heading": HEADINGS[Item.Kind(item.kind)],
        "move_form": MoveForm(row=row),
    }
    return render(request, "plans/workbench/edit.html", context, status=422 if form.is_bound else 200)


@at_work
def add_row(request: SignedIn, community: str, plan: str, kind: str, code: str | None = None) -> HttpResponse:
    target = draft_for(request, community, plan)
    under = _row(target, code) if code else target
    try:
        row = blank_row(under, NEW[kind][0])
    except (KeyError, ValueError) as error:  # no such kind, or not under this
        raise Http404 from error
    form = ROW_FORMS[row.item.kind](request.POST or None, instance=row)
    if form.is_valid():
        code = actions.add_row_once(
            under, NEW[kind][0], by=request.user, values=form.values(), op=form.operation()
        )
        messages.success(request, _("Lagt til."))
        return redirect(f"{target.get_work_url()}#rad-{code}")
    context = {"community": target.community, "plan": target, "form": form, "heading": NEW[kind][1]}
    return render(request, "plans/workbench/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@at_work
def move_row(request: SignedIn, community: str, plan: str, code: str) -> HttpResponse:
    """`step` «up» or «down» among neighbours, or `to` a parent's code (empty: the plan itself)."""
    target = draft_for(request, community, plan)
    row = _row(target, code)
    if "step" in request.POST:
        down = request.POST["step"] != "up"
        if not actions.move_row(row, by=request.user, step=1 if down else -1):
            messages.info(request, _("Står nederst i planen.") if down else _("Står øverst i planen."))
            return _to(target, row)
    else:
        form = MoveForm(request.POST, row=row)
        if not form.is_valid():
            raise Http404
        to = form.cleaned_data["to"]
        actions.move_to(row, _row(target, to) if to else target, by=request.user)
    place = place_in_words(_row(target, code))
    messages.success(request, _("Flyttet til %(place)s.") % {"place": place})
    return _to(target, row)


@at_work
def delete_row(request: SignedIn, community: str, plan: str, code: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    row = _row(target, code)
    if request.method == "POST":
        actions.delete_row(row, by=request.user)
        messages.success(request, _("Slettet."))
        return redirect(target.get_work_url())
    part = part_of(document_of(target), str(row.item_id))
    context = {"community": target.community, "plan": target, "row": row, "part": part}
    return render(request, "plans/workbench/delete_row.html", context)


def _row(plan: Plan, code: str) -> Row:
    row = queries.row_of(plan, get_object_or_404(Item, code=code))
    if row is None:
        raise Http404
    return row


def _to(plan: Plan, row: Row) -> HttpResponse:
    """Back to the overview, at the row."""
    return redirect(f"{plan.get_work_url()}#rad-{row.item.code}")
