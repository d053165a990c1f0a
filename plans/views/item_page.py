"""The permanent address of a section, goal or measure. A measure has a page: «hvorfor står dette her?»"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from helsefellesskap.languages import fill_in_with
from helsefellesskap.slugs import slug_of
from plans import queries
from plans.document import Measure
from plans.models import Item
from plans.templatetags.documents import late


@require_safe
def item_page(request: HttpRequest, code: str) -> HttpResponse:
    """A section or a goal leads to its place in the newest version that it stands in."""
    found = queries.newest_public_revision_with(code)
    item = get_object_or_404(Item, code=code)
    versions = list(queries.public_versions(found.plan))
    if item.kind != Item.Kind.MEASURE:
        where = found.plan if versions[0] == found else found  # taken out since: the old version says so
        return redirect(f"{where.get_absolute_url()}#t-{code}")
    standing = queries.public_standing(found.plan.community.slug, found.plan.slug, found.number)
    document = standing.revision.load()
    place = queries.place_of(document, str(item.pk))
    if place is None:
        raise Http404
    plan = standing.plan
    fill_in_with(plan.community.language)
    known = queries.why(item, standing, place)
    context = {
        "community": plan.community,
        "plan": plan,
        "item": item,
        "document": document,
        "revision": standing.revision,
        "state": standing.state,
        "place": place,
        "measure": place.measure,
        "responsible": _responsible(place.measure),
        "why": known,
        "late": late(place.measure, document.period, known.reports),
        "past": queries.pasts(plan).get(str(item.pk)),
        "adoptions": standing.adoptions,
        "chain": queries.chain_of(plan),
        "stances": queries.stances_on(standing.adoptions, standing.revision, str(item.pk)),
        "corrections": list(queries.corrections_of(plan)),
        "taken_out": versions[0] != standing.revision,
        "instead": queries.last_successor(plan) if standing.superseded_by else None,
    }
    return render(request, "plans/item_page.html", context)


def _responsible(measure: Measure) -> list[tuple[str, str]]:
    """(name spelled out, last part of the address of what it has taken on) of each that is known."""
    bodies = measure.responsible.bodies if measure.responsible else ()
    return [(body.name, slug_of(body.short) if body.kind == "role" else body.key) for body in bodies]
