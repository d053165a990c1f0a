"""A meeting's papers as one page and as one PDF, and a case's as a PDF of its own."""

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees import rules
from committees.models import Case, Meeting
from committees.papers import papers_pdf as make_papers
from committees.queries.committees import case_for, meeting_for
from committees.queries.followups import earlier_than, lines_read_by
from committees.queries.papers import Reads, paper_of, papers_of
from helsefellesskap.dates import local_day
from partners.requests import SignedIn, at_work

from .guests import guests_case, guests_meeting
from .trail import trail_to


@require_safe
@never_cache
def papers(request: HttpRequest, community: str, committee: str, date: date) -> HttpResponseBase:
    """For whoever may read them; and for the guest of a personal link to them."""
    if there := guests_meeting(request, community, committee, date):
        return _page(request, there, _all)
    return _papers(request, community, committee, date)


@at_work
def _papers(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_read_papers)
    trail = trail_to(request.user, there.committee.community, there.committee, there)
    return _page(request, there, partial(rules.may_read_case, request.user), trail)


def _all(_case: Case) -> bool:
    """The papers are a seat's own."""
    return True


def _page(
    request: HttpRequest, there: Meeting, reads: Reads, trail: list[tuple[str, str]] | None = None
) -> HttpResponse:
    sent = there.papers.first()
    context = {
        "meeting": there,
        "committee": there.committee,
        "community": there.committee.community,
        "cases": papers_of(there, reads=reads, sent=sent),
        "earlier": lines_read_by(reads, earlier_than(there), linked=trail is not None),
        "sent": sent,
        "trail": trail,
    }
    return render(request, "committees/papers.html", context)


@require_safe
@never_cache
def papers_pdf(request: HttpRequest, community: str, committee: str, date: date) -> HttpResponseBase:
    if there := guests_meeting(request, community, committee, date):
        return _pdf(there, _all)
    return _papers_pdf(request, community, committee, date)


@at_work
def _papers_pdf(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_read_papers)
    return _pdf(there, partial(rules.may_read_case, request.user))


def _pdf(there: Meeting, reads: Reads) -> HttpResponse:
    with translation.override(there.committee.community.language):
        cases = papers_of(there, reads=reads, sent=there.papers.first())
        earlier = lines_read_by(reads, earlier_than(there), linked=False)
        title = _("Møtepapirer %(committee)s %(day)s") % {
            "committee": there.committee.abbreviation,
            "day": f"{there.date:%d.%m.%Y}",
        }
        data = make_papers(
            there.committee, cases, title=title, day=timezone.localdate(), meeting=there, earlier=earlier
        )
    return _sent(data, f"{there.committee.slug}-{there.date:%Y-%m-%d}.pdf")


@require_safe
@never_cache
def case_pdf(request: HttpRequest, community: str, committee: str, year: int, nr: int) -> HttpResponseBase:
    if case := guests_case(request, community, committee, year, nr):
        return _case_pdf(case)
    return _own_case_pdf(request, community, committee, year, nr)


@at_work
def _own_case_pdf(request: SignedIn, community: str, committee: str, year: int, nr: int) -> HttpResponse:
    return _case_pdf(case_for(request.user, community, committee, year, nr, may=rules.may_read_papers))


def _case_pdf(case: Case) -> HttpResponse:
    day = case.document_date or local_day(timezone.now())
    with translation.override(case.committee.community.language):
        title = _("Sak %(number)s %(title)s") % {"number": case.printed_number, "title": case.title}
        data = make_papers(case.committee, [paper_of(case)], title=title, day=day)
    return _sent(data, f"{case.committee.slug}-sak-{case.year}-{case.number}.pdf")


def _sent(data: bytes, name: str) -> HttpResponse:
    disposition = f'inline; filename="{name}"'
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": disposition})
