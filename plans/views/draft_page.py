"""A draft as the public will read it, for those who may see it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plans import queries, rules

from .again import SignedIn
from .edit_plan import figure_urls


@require_safe
@never_cache
@login_required
def draft_page(request: SignedIn, community: str, plan: str) -> HttpResponse:
    draft = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    found = queries.settled(draft, reader=request.user)
    context = {
        "community": draft.community,
        "plan": draft,
        "document": found.document,
        "writers": found.writers,
        "codes": {},  # nothing of a draft has an address that others may keep
        "state": "draft",
        "follows": draft.follows,
        "agreements": list(draft.agreements.all()),
        "figure_urls": figure_urls(draft),
    }
    return render(request, "plans/plan_page.html", context)
