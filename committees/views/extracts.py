"""Extracts of approved minutes (særutskrifter): what they say of one case, for its own and for everybody."""

from datetime import date

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import rules
from committees.minutes_pdf import render_extract
from committees.models import AgendaItem, Meeting
from committees.queries.minutes import Line, Protocol, extract_of, protocol_of
from committees.queries.treatment import item_for
from helsefellesskap.errors import WrongState
from partners.requests import SignedIn, at_work

from .trail import trail_to


@require_safe
@at_work
def extract(
    request: SignedIn, community: str, committee: str, date: date, year: int, nr: int
) -> HttpResponse:
    """With what is exempt from public access, for those who may read the case."""
    item = item_for(request.user, community, committee, date, year, nr, may=rules.may_read_papers)
    protocol, line = _approved(item)
    body = item.meeting.committee
    context = _context(item, protocol, line) | {
        "trail": trail_to(request.user, body.community, body, item.meeting)
    }
    return render(request, "committees/extract.html", context)


@require_safe
@at_work
def extract_pdf(
    request: SignedIn, community: str, committee: str, date: date, year: int, nr: int
) -> HttpResponse:
    """Made when it is asked for, since what is restricted is kept nowhere as a file."""
    item = item_for(request.user, community, committee, date, year, nr, may=rules.may_read_papers)
    _approved(item)
    data = render_extract(item, restricted=True, public=False)
    assert data, "the minutes speak of the case"
    disposition = f'inline; filename="{_name(item)}"'
    return HttpResponse(data, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _approved(item: AgendaItem) -> tuple[Protocol, Line]:
    """Raises WrongState before the minutes are approved."""
    if item.meeting.state != Meeting.State.MINUTES_APPROVED:
        raise WrongState(_("Særutskrifter lages når protokollen er godkjent."))
    return _found(item, protocol_of(item.meeting, restricted=True, public=False))


@require_safe
def public_extract(
    request: HttpRequest, community: str, committee: str, date: date, year: int, nr: int
) -> HttpResponse:
    item = _public_item(community, committee, date, year, nr)
    found = _found(item, protocol_of(item.meeting, restricted=False, public=True))
    return render(request, "committees/public_extract.html", _context(item, *found))


@require_safe
def public_extract_pdf(
    request: HttpRequest, community: str, committee: str, date: date, year: int, nr: int
) -> FileResponse:
    """The stored file; 404 until it is made."""
    item = _public_item(community, committee, date, year, nr)
    if not (file := item.extract):
        raise Http404
    response = FileResponse(file.open(), filename=_name(item), content_type=file.media_type)
    response["ETag"] = f'"{file.sha256}"'
    return response


def _public_item(community: str, committee: str, day: date, year: int, nr: int) -> AgendaItem:
    return get_object_or_404(
        AgendaItem.objects.select_related("meeting__committee__community", "case", "extract"),
        meeting__committee__community__slug=community,
        meeting__committee__slug=committee,
        meeting__date=day,
        meeting__state=Meeting.State.MINUTES_APPROVED,
        case__year=year,
        case__number=nr,
    )


def _found(item: AgendaItem, protocol: Protocol) -> tuple[Protocol, Line]:
    """Raises Http404 where the minutes say nothing of the case."""
    line = extract_of(protocol, item.case)
    if line is None:
        raise Http404
    return protocol, line


def _context(item: AgendaItem, protocol: Protocol, line: Line) -> dict[str, object]:
    return {
        "item": item,
        "meeting": item.meeting,
        "committee": item.meeting.committee,
        "community": item.meeting.committee.community,
        "protocol": protocol,
        "line": line,
    }


def _name(item: AgendaItem) -> str:
    return f"saerutskrift-{item.meeting.committee.slug}-{item.case.year}-{item.case.number}.pdf"
