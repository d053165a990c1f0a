"""A measure, or how it goes with a plan, on partners' own sites: small pages that may stand in any frame."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from plans.queries.open_data import newest_revisions, public_revisions
from plans.queries.public import Withdrawn, newest_public_revision_with, public_standing
from plans.templatetags.documents import STATUS_NAMES

from .answers import sent
from .measures import Found, codes_for, measures_in

# No script, nothing from elsewhere, no form; and the only pages that others may show in a frame.
_POLICY: dict[str, list[str]] = {
    "default-src": [str(CSP.NONE)],
    "style-src": [str(CSP.SELF)],
    "base-uri": [str(CSP.NONE)],
    "form-action": [str(CSP.NONE)],
    "frame-ancestors": ["*"],
}


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """May be shown in a frame anywhere; what is gone or not there says so there, too."""

    @require_safe
    @xframe_options_exempt
    @csp_override(_POLICY)
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            page = view(request, *args, **kwargs)
        except Withdrawn as error:
            return render(request, "embed/gone.html", {"withdrawal": error.withdrawal}, status=410)
        except Http404:
            return render(request, "embed/gone.html", status=404)
        response = sent(request, page.content, "text/html; charset=utf-8")
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@framed
def embed_measure(request: HttpRequest, code: str) -> HttpResponse:
    revision = newest_public_revision_with(code)
    rows = list(measures_in(public_revisions().filter(pk=revision.pk)))
    codes = codes_for(rows)
    for one in rows:
        if codes[one.measure.key] == code:
            return render(request, "embed/measure.html", {"one": one, "code": code})
    raise Http404  # a section's or a goal's


@framed
def embed_plan(request: HttpRequest, community: str, plan: str) -> HttpResponse:
    standing = public_standing(community, plan)
    rows = [
        one
        for one in measures_in(newest_revisions().filter(pk=standing.revision.pk))
        if not (one.measure.struck or one.goal.struck)
    ]
    context = {
        "standing": standing,
        "parts": progress(rows),
        "measures": len(rows),
        "late": sum(one.late for one in rows),
        "last": max((report.as_of for one in rows for report in one.reports), default=None),
    }
    return render(request, "embed/plan.html", context)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So many measures of which the same was last reported; its piece of the bar (of 100, as SVG has it)."""

    status: str
    name: str
    number: int
    start: str
    width: str


# Of what the parties of one measure report differently, nobody's word is chosen.
_DIFFERS, _SILENT = "differs", "silent"
_ORDER = (
    *("completed", "continuous", "ongoing", "planned", "not_started", "postponed", "carried_over", "dropped"),
    *(_DIFFERS, _SILENT),
)


def progress(found: Sequence[Found]) -> list[Part]:
    """By what was last reported, done first. What the plan itself says of a measure is no report."""
    counts = Counter(_reported(one) for one in found)
    parts, before = [], 0
    for status in _ORDER:
        if number := counts[status]:
            parts.append(
                Part(
                    status=status,
                    name=_name(status),
                    number=number,
                    start=f"{100 * before / len(found):.2f}",
                    width=f"{100 * number / len(found):.2f}",
                )
            )
            before += number
    return parts


def _reported(one: Found) -> str:
    values = {report.value for report in one.reports}
    if not values:
        return _SILENT
    return values.pop() if len(values) == 1 else _DIFFERS


def _name(status: str) -> str:
    if status == _SILENT:
        return _("Ingen har meldt status")
    return _("Partene melder ulikt") if status == _DIFFERS else str(STATUS_NAMES[status])
