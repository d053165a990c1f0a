"""Where somebody begins who has only the address of the API, and where those end who guessed one."""

from django.http import Http404, HttpRequest, HttpResponse

from plans.opendata.answers import LICENCE_URL, absolute, as_json, for_all, sent

from .endpoint import BASE
from .endpoints import ENDPOINTS


@for_all
def api_root(request: HttpRequest) -> HttpResponse:
    lists = {endpoint.route: absolute(BASE + endpoint.route) for endpoint in ENDPOINTS if not endpoint.parts}
    links = {
        "openapi": absolute(f"{BASE}openapi.json"),
        "about": absolute("/apne-data/"),
        "license": LICENCE_URL,
    }
    return sent(request, as_json({**lists, **links}), "application/json")


@for_all
def api_not_found(request: HttpRequest, rest: str) -> HttpResponse:
    raise Http404
