"""A draft as the public will read it, for those who may see it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plans import queries, rules
from plans.snapshot import document_of

from .edit_plan import figure_urls


@require_safe
@never_cache
@login_required
def draft_page(request: HttpRequest, community: str, plan: str) -> HttpResponse:
    draft = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    context = {
        "community": draft.community,
        "plan": draft,
        "document": document_of(draft),
        "codes": {},  # nothing of a draft has an address that others may keep
        "state": "draft",
        "follows": draft.follows,
        "agreements": list(draft.agreements.all()),
        "figure_urls": figure_urls(draft),
    }
    return render(request, "plans/plan_page.html", context)
