"""The page where a whole plan is written: every cell open, saved as one types."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans import queries, rules
from plans.document import DEEPEST
from plans.forms.fields import RichText
from plans.models import Item
from plans.queries.writing import body_names, newest_edit
from plans.writing_rows import writing_rows

from .again import SignedIn, at_work
from .edit_plan import draft_for

COLUMNS = ("status", "indicator")


@require_safe
@at_work
def write(request: SignedIn, community: str, plan: str) -> HttpResponse:
    """`?vis=status&vis=indicator` shows columns that the plan does not use yet."""
    target = draft_for(request, community, plan)
    since = timezone.now()  # before the rows are read: what comes later, is news
    edit = newest_edit(target)
    rows = writing_rows(target)
    shown = [c for c in COLUMNS if getattr(rows, c) or c in request.GET.getlist("vis")]
    rich = RichText()
    context = {
        "community": target.community,
        "plan": target,
        "rows": rows,
        "pasts": queries.pasts(target),
        "columns": shown,
        "more_columns": [c for c in COLUMNS if c not in shown],
        "since": since.isoformat(),
        "edit": edit,
        "deepest": DEEPEST,
        "work_url": target.get_work_url(),
        "rich_media": rich.media,
        "rich_inline": RichText(inline=True).render("rich", "", {"id": "rik"}),
        "rich_block": rich.render("rich", "", {"id": "rik"}),
    }
    return render(request, "plans/workbench/write.html", context)


@require_safe
@at_work
def write_row(request: SignedIn, community: str, plan: str, key: UUID) -> HttpResponse:
    """From a row of the writing page to its form with all fields."""
    target = draft_for(request, community, plan)
    row = queries.row_of(target, get_object_or_404(Item, pk=key))
    if row is None:
        raise Http404
    return redirect(reverse("edit_row", args=[community, plan, row.item.code]))


@require_safe
@at_work
def responsible_names(request: SignedIn, community: str, plan: str) -> JsonResponse:
    """The committees, roles and parties that can be responsible: [what is written, its full name]."""
    target = queries.plan_for(request.user, community, plan, may=rules.may_edit)
    return JsonResponse({"names": body_names(target.community)})
