"""The front page, «min kommune», and each community's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from partners.models import HealthCommunity, Partner
from plans import queries


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """All communities; with `?kommune=` those of that kommune, at once where there is only one."""
    query = request.GET.get("kommune", "").replace("\x00", "").strip()[:60]  # PostgreSQL takes no NUL
    matches = queries.municipalities_named(query) if query else []
    if len(matches) == 1 and len(matches[0].found_in) == 1:
        return redirect(matches[0].found_in[0].community)
    context = {
        "communities": queries.communities_with_plans(),
        "municipalities": queries.municipality_names(),
        "hearings": queries.listed_hearings(),
        "query": query,
        "matches": matches,
    }
    return render(request, "plans/front_page.html", context)


@require_safe
def municipality_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A kommune's permanent address: leads to its community, or to the choice where it has several."""
    municipality = get_object_or_404(Partner, kind="kommune", slug=slug)
    named = urlencode({"kommune": municipality.municipality_number})
    return redirect(f"{reverse('front_page')}?{named}")


@require_safe
def community_page(request: HttpRequest, community: str) -> HttpResponse:
    owner = get_object_or_404(HealthCommunity, slug=community)
    plans = queries.public_plans(owner)
    context = {
        "community": owner,
        "current": [p for p in plans if p.in_force or p.state == "upcoming"],
        "received": [p for p in plans if p.state == "received"],
        "older": [p for p in plans if p.state in ("superseded", "expired")],
        "committees": queries.committees_with_seats(owner),
        "agreements": queries.agreements_of(owner),
        "members": queries.members_by_kind(owner),
    }
    return render(request, "plans/community_page.html", context)
