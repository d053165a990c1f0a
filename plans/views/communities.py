"""The front page, «min kommune», and each community's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from helsefellesskap.languages import fill_in_with
from partners.models import HealthCommunity, Partner
from plans import queries
from plans.community_map import HEIGHT, WIDTH, circles
from plans.queries.duties import OVER


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """All communities; with `?kommune=` the kommuner of that name, at once where there is only one."""
    query = request.GET.get("kommune", "").replace("\x00", "").strip()[:60]  # PostgreSQL takes no NUL
    matches = queries.municipalities_named(query) if query else []
    if len(matches) == 1:
        return redirect("municipality_page", matches[0].slug)
    communities = queries.communities_with_plans()
    context = {
        "communities": communities,
        "circles": circles(
            (c.slug, c.name, c.municipality_count, bool(c.plan_in_force))  # type: ignore[attr-defined]  # set by the query
            for c in communities
        ),
        "map_size": (WIDTH, HEIGHT),
        "with_plan": sum(bool(c.plan_in_force) for c in communities),  # type: ignore[attr-defined]  # the same
        "municipalities": queries.municipality_names(),
        "adopted": queries.adopted_lately(),
        "hearings": queries.listed_hearings(),
        "query": query,
        "matches": matches,
    }
    return render(request, "plans/front_page.html", context)


@require_safe
def municipality_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A kommune's permanent address: its community, or each of them, and what it has taken on there."""
    municipality = get_object_or_404(Partner, kind="kommune", slug=slug)
    places = []
    for membership in queries.present_memberships().filter(partner=municipality):
        plans = [p for p in queries.public_plans(membership.community) if p.state not in OVER]
        fill_in_with(membership.community.language)
        places.append((membership, plans, queries.duties_of(membership.community, municipality, plans)))
    context = {
        "municipality": municipality,
        "name": queries.body_name(municipality),
        "places": places,
    }
    return render(request, "plans/municipality_page.html", context)


@require_safe
def community_page(request: HttpRequest, community: str) -> HttpResponse:
    owner = get_object_or_404(HealthCommunity, slug=community)
    plans = queries.public_plans(owner)
    context = {
        "community": owner,
        "current": [p for p in plans if p.in_force or p.state == "upcoming"],
        "hearings": queries.listed_hearings().filter(revision__plan__community=owner),
        "received": [p for p in plans if p.state == "received"],
        "older": [p for p in plans if p.state in ("superseded", "expired")],
        "committees": queries.committees_with_seats(owner),
        "agreements": queries.agreements_of(owner),
        "members": queries.members_by_kind(owner),
    }
    return render(request, "plans/community_page.html", context)
