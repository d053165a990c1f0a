"""A frozen version that is not public, for those who may read the draft."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from plans import queries, rules

from .again import SignedIn, at_work


@require_safe
@at_work
def frozen_page(request: SignedIn, community: str, plan: str, number: int) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    revision = get_object_or_404(target.revisions, number=number)
    queries.check_not_purged(revision)
    context = {
        "community": target.community,
        "plan": target,
        "document": revision.load(),
        "codes": {},  # nothing of a draft has an address that others may keep
        "state": "draft",
        "follows": target.follows,
        "agreements": list(target.agreements.all()),
    }
    return render(request, "plans/plan_page.html", context)
