"""How what is open is answered: for everybody's pages (CORS), with an ETag, and errors in clear words."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from helsefellesskap.errors import Refusal

from .limits import seconds_to_wait
from .shapes import Problem, plain

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.no"
# Shared caches may keep an answer so many seconds before they ask again: as long as the pages.
MAX_AGE = 60

type View = Callable[..., HttpResponseBase]


class BadRequest(Refusal):
    """A parameter that cannot be read."""

    status = 400


def absolute(path: str) -> str:
    """The path as an address that can be used anywhere."""
    return settings.SITE_URL + path


def for_all(view: View) -> View:
    """A view that only reads, for programs anywhere: CORS, few methods, a limit; refusals as problem+json."""

    @csrf_exempt  # nothing is ever written here
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
        return response

    return answer


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204,
            headers={
                "Allow": "GET, HEAD, OPTIONS",
                "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
                "Access-Control-Allow-Headers": "If-None-Match",
                "Access-Control-Max-Age": "86400",
            },
        )
    if request.method not in ("GET", "HEAD"):
        refused = problem(
            405, _("Her kan man bare lese"), _("Bruk GET. Ingenting kan endres gjennom API-et.")
        )
        refused["Allow"] = "GET, HEAD, OPTIONS"
        return refused
    if wait := seconds_to_wait(request):
        words = _("Det har kommet uvanlig mange forespørsler herfra. Vent %(seconds)s sekunder, eller hent "
                  "alt på én gang fra filene på /apne-data/.")  # fmt: skip
        refused = problem(429, _("For mange forespørsler"), words % {"seconds": wait})
        refused["Retry-After"] = str(wait)
        return refused
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return not_found()
    except Refusal as refusal:
        if refusal.status == 410:
            return problem(410, _("Trukket tilbake"), _gone(refusal))
        return problem(refusal.status, _("Forespørselen kan ikke besvares"), str(refusal))


def _gone(refusal: Refusal) -> str:
    withdrawal = getattr(refusal, "withdrawal", None)
    return f"{refusal} {withdrawal.reason}" if withdrawal else str(refusal)


def not_found() -> HttpResponse:
    return problem(
        404,
        _("Finnes ikke"),
        _("Det er ingenting offentlig på denne adressen. Adressene står i /api/v1/openapi.json."),
    )


def problem(status: int, title: str, detail: str) -> HttpResponse:
    """RFC 9457. Kept by no cache: what is refused now may be there in a minute."""
    told = Problem(type="about:blank", title=title, status=status, detail=detail)
    response = HttpResponse(as_json(plain(told)), status=status, content_type="application/problem+json")
    response["Cache-Control"] = "no-store"
    return response


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def sent(request: HttpRequest, body: bytes, content_type: str, *, etag: str = "") -> HttpResponse:
    """The body with its ETag, or 304 where the client has it. `etag`: where something cheaper is known."""
    etag = f'"{etag or hashlib.sha256(body).hexdigest()[:32]}"'
    response = (
        HttpResponseNotModified() if holds(request, etag) else HttpResponse(body, content_type=content_type)
    )
    return kept_for_a_while(response, etag)


def holds(request: HttpRequest, etag: str) -> bool:
    """Whether the client says that it has this already."""
    asked = request.headers.get("If-None-Match", "")
    return asked == "*" or etag in [tag.removeprefix("W/") for tag in parse_etags(asked)]


def kept_for_a_while[R: HttpResponseBase](response: R, etag: str) -> R:
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return response
