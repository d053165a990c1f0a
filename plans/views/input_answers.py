"""«Innspill og svar»: what came of a hearing, for everybody, when it is closed and all is answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from plans import queries
from plans.exporters import input_answers as exporter
from plans.hearing_places import WORDS, by_place

from .again import SignedIn, at_work


@require_safe
@never_cache
def input_answers(request: HttpRequest, key: str) -> HttpResponse:
    """Of a hearing that was open to everybody. Private persons are named only where they said so."""
    hearing = queries.open_hearing(key)
    if not queries.is_answered(hearing):
        raise Http404
    plan = hearing.revision.plan
    context = {
        "hearing": hearing,
        "plan": plan,
        "community": plan.community,
        "groups": by_place(queries.inputs_of(hearing), hearing.revision.load()),
        "words": WORDS,
    }
    response = render(request, "plans/hearing/input_answers.html", context)
    if not hearing.listed:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@at_work
def input_answers_pdf(request: SignedIn, community: str, plan: str, hearing: int) -> HttpResponse:
    """For the secretariat, to lay before a committee: as far as it is answered."""
    found = queries.hearing_for(request.user, community, plan, hearing, answers=True)
    pdf = exporter.render(found, list(queries.inputs_of(found)))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="innspill-og-svar-{plan}.pdf"'
    return response
