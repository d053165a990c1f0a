"""«Er dette den vedtatte planen?»: a file is held up against what was adopted, by its SHA-256. So are
the files of approved minutes.

The code and the short address on a PDF's last page lead here. The browser counts the hash, and only
that is sent; without JavaScript the file is sent, counted as it comes in, and let go.
"""

import re

from allauth.core.ratelimit import consume
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from helsefellesskap.languages import fill_in_with
from helsefellesskap.uploads import HashOnly
from plans import queries
from plans.queries.check_file import Known, KnownMinutes
from plans.renderings import MAX_AGE

type Document = Known | KnownMinutes  # whose address a page is
_HASH = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[0-9a-f]{8,63}")  # what documents print: the beginning of their own hash


@csrf_exempt  # nothing is changed by what is sent, and public pages hold no token
@require_http_methods(["GET", "HEAD", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    return _answer(request, None)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def document_page(request: HttpRequest, prefix: str) -> HttpResponse:
    """The permanent address of a frozen document, by the beginning of its SHA-256."""
    document = _by_prefix(prefix)
    if document is None:
        raise Http404
    fill_in_with(document.community.language)
    return _answer(request, document)


def _by_prefix(prefix: str) -> Document | None:
    return queries.known_by_prefix(prefix) or queries.minutes_by_prefix(prefix)


def _answer(request: HttpRequest, document: Document | None) -> HttpResponse:
    if request.method == "POST":
        return _posted(request, document)
    typed = request.GET.get("sha256", "")
    said = re.sub(r"^sha-?256[:=]?|\s", "", typed.strip().lower())
    if not said:
        return _page(request, document, said=typed)
    if _HASH.fullmatch(said):
        return _page(request, document, sha256=said, said=typed)
    if _CODE.fullmatch(said) and (found := _by_prefix(said)):
        return redirect("document_page", found.sha256[:12])
    error = _("Dette er ingen kontrollsum. En kontrollsum har 64 tegn: sifre og bokstavene a til f.")
    if _CODE.fullmatch(said):
        error = _("Ingen offentlig plan og ingen godkjent protokoll har denne koden.")
    return _page(request, document, said=typed, error=error, status=422)


def _posted(request: HttpRequest, document: Document | None) -> HttpResponse:
    if not consume(request, action="check_file"):
        error = _("Det er kontrollert mange filer herfra på kort tid. Vent noen minutter, og prøv igjen.")
        return _page(request, document, file_error=error, status=429)
    counted = HashOnly(request, name="file")
    request.upload_handlers = [counted]
    request.POST  # noqa: B018 - reads the body, by way of the handler
    if counted.exceeded:
        error = _("Filen er større enn 20 MB. Skriv inn kontrollsummen i stedet.")
        return _page(request, document, file_error=error, status=413)
    if not counted.sha256:
        return _page(request, document, file_error=_("Velg en fil som ikke er tom."), status=422)
    return _page(request, document, sha256=counted.sha256)


def _page(
    request: HttpRequest, document: Document | None, *, sha256: str = "", status: int = 200, **shown: str
) -> HttpResponse:
    plan = document if isinstance(document, Known) else None
    checked = queries.check_file(sha256, plan) if sha256 else None
    if plan and plan.withdrawal and not checked:
        status = 410
    context: dict[str, object] = {"document": plan, "checked": checked, **shown}
    if isinstance(document, KnownMinutes):
        context["minutes"] = document
    if plan:
        context["stored"] = queries.made_files(plan.revision)
        context["stored_translations"] = queries.made_translations(plan.revision)
    response = render(request, "plans/check_file.html", context, status=status)
    if status == 200 and request.method != "POST":
        response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
