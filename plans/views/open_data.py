"""What is open, for people: one page that tells of the API, the files and the feeds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from helsefellesskap.databases import by_norwegian
from partners.models import HealthCommunity
from plans.opendata.answers import LICENCE, LICENCE_URL, absolute
from plans.opendata.api.endpoint import BASE
from plans.opendata.api.endpoints import ENDPOINTS
from plans.opendata.files import COLUMNS


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
    }
    return render(request, "about/open_data.html", context)
