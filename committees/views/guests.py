"""Guests of a personal link on the pages of a meeting's papers: what their seat may read, of that meeting."""

from datetime import date

from django.http import HttpRequest

from committees.links import guest_link, papers_of
from committees.models import Case, Meeting, PersonalLink


def guests_meeting(request: HttpRequest, community: str, committee: str, day: date) -> Meeting | None:
    """The meeting whose papers this browser was let in to; None for everybody else, and for those who
    signed in. Raises LinkClosed.
    """
    if link := _link_of(request):
        there = papers_of(link).filter(committee__community__slug=community, committee__slug=committee)
        return there.select_related("committee__community").filter(date=day).first()
    return None


def guests_case(request: HttpRequest, community: str, committee: str, year: int, nr: int) -> Case | None:
    """The same of a case on the list of such a meeting."""
    if link := _link_of(request):
        listed = Case.objects.filter(agenda_items__meeting__in=papers_of(link), year=year, number=nr)
        here = listed.filter(committee__community__slug=community, committee__slug=committee)
        return here.select_related("committee__community").distinct().first()
    return None


def _link_of(request: HttpRequest) -> PersonalLink | None:
    return None if request.user.is_authenticated else guest_link(request)
