"""Public pages kept as they were sent: one query answers, and 304 never touches the body.

A cache, never the archive. What is kept holds for one address, one build and one day; whatever
changes what a plan's pages say calls `drop_renderings`. Kept compressed only, as browsers take it: for
the few that take neither, expanding costs less than fetching the whole page from the database.
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache, wraps
from typing import Any

import brotli
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.autoreload import file_changed
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from helsefellesskap.databases import at_once
from partners.models import Audit

from .models import Plan, Rendering, RevisionFile

# Shared caches may keep a page this long before they ask again, in seconds.
MAX_AGE = 60

_KEPT = re.compile(r"(/[a-z]{2})?/[-\w]+/planer/[-\w]+/(v\d+/|oversettelse/[-\w]+/)?")

type Answer = Callable[[HttpRequest], HttpResponseBase]
type PublicView = Callable[..., tuple[Plan, HttpResponse]]


def is_kept_at(path: str) -> bool:
    """Whether a plan, a version or a translation lies here. Known without Django's resolving of the address,
    which takes longer than all the rest of such an answer.
    """
    return _KEPT.fullmatch(path) is not None


def unchanged_pages(get_response: Answer) -> Answer:
    """Middleware: 304 to whom has the page that is kept. It comes first: a 304 needs none of the headers that
    others give to pages (RFC 9110, 15.4.5), and the page stays in the database.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        asked = request.headers.get("If-None-Match", "")
        row = _row(request.path, "etag") if asked and _is_kept(request) else None
        if row and _matches(asked, row[0]):
            return _headed(HttpResponseNotModified(), row[0])
        return get_response(request)

    return answer


def kept_pages(get_response: Answer) -> Answer:
    """Middleware: a kept page is sent before sessions, users and addresses are looked at."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return (_is_kept(request) and _from_kept(request)) or get_response(request)

    return answer


def kept(view: PublicView) -> Callable[..., HttpResponse]:
    """For a view that knows no user and returns (plan, response): what it answers is kept."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before = _changed_last(kwargs["community"])
        plan, response = view(request, *args, **kwargs)
        if response.status_code != 200 or not _may_be_kept(request):
            return response
        etag = _keep(request.path, plan, response.content, before)
        # The first answer is compressed too: a cache in front keeps it for all who come after.
        return _from_kept(request) or _sent(etag, response.content)

    return answer


def _is_kept(request: HttpRequest) -> bool:
    if not (_may_be_kept(request) and is_kept_at(request.path)):
        return False
    request.get_host()  # refuses the hosts that are not ours, as CommonMiddleware would
    return True


def _matches(asked: str, etag: str) -> bool:
    return asked == "*" or etag in [one.removeprefix("W/") for one in parse_etags(asked)]


def _may_be_kept(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")


def _from_kept(request: HttpRequest) -> HttpResponse | None:
    encoding = _encoding(request)
    if row := _row(request.path, "etag", encoding or "gzip"):
        etag, body = row
        return _sent(etag, body if encoding else gzip.decompress(body), encoding)
    return None


def _row(address: str, *columns: str) -> tuple[Any, ...] | None:
    """These columns of what was kept for the address today, by this build.

    Plain SQL, since building the query in the ORM took two thirds of the time of a whole answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM {Rendering._meta.db_table} "  # noqa: S608 - our own names
            "WHERE address = %s AND build = %s AND day = %s",
            [address, build(), timezone.localdate().isoformat()],
        )
        return cursor.fetchone()


def _changed_last(community: str) -> tuple[Any, ...]:
    """What moves with whatever the community's pages show: the day, its log, when a file was made last."""
    logged = Audit.objects.filter(community__slug=community).aggregate(last=Max("seq"))
    made = RevisionFile.objects.filter(revision__plan__community__slug=community).aggregate(
        last=Max("made_at")
    )
    return timezone.localdate(), logged["last"], made["last"]


def _keep(address: str, plan: Plan, html: bytes, before: tuple[Any, ...]) -> str:
    """Keeps the page, unless midnight passed or something of the community changed while it was made; gives
    its etag.

    Who changes what the page shows holds the plan's row: then it is not kept, so that no page hides the
    tombstone, or shows a translation that was taken away.
    """
    etag = f'"{hashlib.sha256(html).hexdigest()[:32]}"'
    facts = {
        "plan": plan,
        "build": build(),
        "day": before[0],
        "brotli": brotli.compress(html, quality=5),
        "gzip": gzip.compress(html, 6, mtime=0),
        "etag": etag,
    }
    # On a read-only replica or beside a busy writer nothing is kept; the page is sent all the same, at once.
    with suppress(DatabaseError), at_once():
        with transaction.atomic():
            Plan.objects.select_for_update(of=("self",), no_key=True, nowait=True).get(pk=plan.pk)
            if _changed_last(plan.community.slug) == before:
                Rendering.objects.update_or_create(address=address, defaults=facts)
        # A change of a neighbour, which this page tells too, holds another row: it may have come just now.
        if _changed_last(plan.community.slug) != before:
            Rendering.objects.filter(address=address).delete()
    return etag


def _sent(etag: str, body: bytes, encoding: str = "") -> HttpResponse:
    response = HttpResponse(bytes(body))
    response["Content-Length"] = len(body)
    if encoding:
        response["Content-Encoding"] = {"brotli": "br", "gzip": "gzip"}[encoding]
    return _headed(response, etag)


def _headed(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _encoding(request: HttpRequest) -> str:
    """The field to send: br where it is taken, else gzip, else none. Quality 0 means «not this»."""
    taken = {}
    for part in request.headers.get("Accept-Encoding", "").lower().split(","):
        name, _sep, quality = part.strip().partition(";q=")
        taken[name] = quality.strip() not in ("0", "0.0", "0.00", "0.000")
    for name, field in (("br", "brotli"), ("gzip", "gzip")):
        if taken.get(name):
            return field
    return ""


def drop_renderings(plan: Plan) -> None:
    """Forgets the pages of this plan and of the plans before and after it, which name it: now, and once more
    when the change holds, since those of the neighbours may be kept meanwhile.
    """
    theirs = Rendering.objects.filter(Q(plan=plan) | Q(plan__followed_by=plan) | Q(plan__follows=plan))
    theirs.delete()
    transaction.on_commit(lambda: theirs.all().delete(), robust=True)


@cache
def build() -> str:
    """What the pages are made with: templates, styles and the code of the pages. New build, new pages."""
    seen = hashlib.sha256()
    for folder, pattern in (
        ("templates", "**/*.html"),
        ("static/css", "*.css"),
        ("static/js", "*.js"),
        ("plans", "**/*.py"),
        ("locale", "**/*.mo"),
    ):
        for file in sorted((settings.BASE_DIR / folder).glob(pattern)):
            seen.update(file.name.encode() + file.read_bytes())
    return seen.hexdigest()[:16]


# Where the development server watches the files, a changed template is a new build.
file_changed.connect(lambda **kwargs: build.cache_clear(), weak=False, dispatch_uid="new build")
