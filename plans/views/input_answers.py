"""«Innspill og svar»: what came of a hearing, for everybody, when it is closed and all is answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from helsefellesskap.languages import fill_in_with
from plans import queries
from plans.exporters import input_answers as pdf_exporter
from plans.exporters import input_answers_word as word_exporter
from plans.hearing_places import WORDS, by_place
from plans.models import Hearing

from .again import SignedIn, at_work
from .word import word_answer


@require_safe
@never_cache
def input_answers(request: HttpRequest, key: str) -> HttpResponse:
    """Of a hearing that was open to everybody. Private persons are named only where they said so."""
    hearing = _answered(key)
    plan = hearing.revision.plan
    fill_in_with(plan.community.language)
    context = {
        "hearing": hearing,
        "plan": plan,
        "community": plan.community,
        "groups": by_place(queries.inputs_of(hearing), hearing.revision.load()),
        "words": WORDS,
    }
    response = render(request, "plans/hearing/input_answers.html", context)
    return _hidden(response, hearing)


@require_safe
@never_cache
def open_answers_word(request: HttpRequest, key: str) -> HttpResponse:
    """The same list as a Word file, for everybody."""
    hearing = _answered(key)
    return _hidden(_word(hearing), hearing)


@require_safe
@at_work
def input_answers_pdf(request: SignedIn, community: str, plan: str, hearing: int) -> HttpResponse:
    """For the secretariat, to lay before a committee: as far as it is answered."""
    found = queries.hearing_for(request.user, community, plan, hearing, answers=True)
    pdf = pdf_exporter.render(found, list(queries.inputs_of(found)))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="innspill-og-svar-{plan}.pdf"'
    return response


@require_safe
@at_work
def input_answers_word(request: SignedIn, community: str, plan: str, hearing: int) -> HttpResponse:
    """As the PDF: no name that everybody may not read, for such files travel."""
    return _word(queries.hearing_for(request.user, community, plan, hearing, answers=True))


def _answered(key: str) -> Hearing:
    """The open hearing, closed and all answered. Raises Http404, and Withdrawn of a plan taken down."""
    hearing = queries.open_hearing(key)
    if not queries.is_answered(hearing):
        raise Http404
    return hearing


def _hidden(response: HttpResponse, hearing: Hearing) -> HttpResponse:
    """Kept from search engines where only those who have the address shall find it."""
    if not hearing.listed:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _word(hearing: Hearing) -> HttpResponse:
    data = word_exporter.render(hearing, list(queries.inputs_of(hearing)))
    return word_answer(data, f"innspill-og-svar-{hearing.revision.plan.slug}.docx")
