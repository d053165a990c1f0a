"""What is open, for people: one page that tells of the API, the files and the feeds."""

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from helsefellesskap.databases import by_norwegian
from partners.models import HealthCommunity
from plans.models import Item, Plan
from plans.opendata.answers import LICENCE, LICENCE_URL, absolute
from plans.opendata.api.endpoint import BASE
from plans.opendata.api.endpoints import ENDPOINTS
from plans.opendata.files import COLUMNS
from plans.queries.open_data import newest_revisions
from plans.queries.public import in_state


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    lists = [endpoint for endpoint in ENDPOINTS if endpoint.listed]
    context = {
        "site": absolute(""),
        "base": absolute(BASE),
        "lists": [(endpoint, absolute(BASE + endpoint.route)) for endpoint in lists],
        "communities": HealthCommunity.objects.order_by(by_norwegian("name")),
        "columns": COLUMNS,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "example": _example(),
    }
    return render(request, "about/open_data.html", context)


def _example() -> tuple[Plan, str] | None:
    """A plan in force, and the code of one of its measures: what one copies shall work. One query."""
    in_force = in_state(newest_revisions().defer("content"), "in_force", timezone.localdate())
    measures = Item.objects.filter(kind=Item.Kind.MEASURE, occurrences__revision=OuterRef("pk"))
    revision = in_force.annotate(code=Subquery(measures.values("code")[:1])).exclude(code=None).first()
    return (revision.plan, revision.code) if revision else None
