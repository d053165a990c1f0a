"""What the meeting decided in a case, typed in point by point."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from committees import actions, rules
from committees.forms.decide import PointFormSet, Points, points_of, typed_points
from committees.models import AgendaItem
from committees.queries.treatment import (
    authority_at_hand,
    decision_of,
    item_for,
    later_meetings,
    other_committees,
)
from committees.quorum import quorum
from committees.subjects import subjects
from helsefellesskap.errors import Conflict, Refusal
from partners.requests import SignedIn, at_work

from .treatment import trail_of, url_of

PREFIX = "punkt"


@at_work
def decide(request: SignedIn, community: str, committee: str, date: date, year: int, nr: int) -> HttpResponse:
    item = item_for(request.user, community, committee, date, year, nr, may=rules.may_prepare)
    if request.method != "POST" and decision_of(item):  # another tab, the back button
        raise Conflict(_("Saken er allerede avgjort i dette møtet."))
    choices = {
        "subjects": subjects().of(item.case),
        "authorities": authority_at_hand(item.meeting.committee, item.meeting.date),
        "meetings": later_meetings(item.meeting),
        "committees": other_committees(item.meeting.committee),
        "votes": item.meeting.committee.rulebook.votes,
    }
    if request.method != "POST" or "add" in request.POST:
        typed = [*typed_points(request.POST, PREFIX), {}] if request.POST else points_of(item.case)
        return _page(request, item, PointFormSet(prefix=PREFIX, initial=typed, form_kwargs=choices))
    forms = PointFormSet(request.POST, prefix=PREFIX, form_kwargs=choices)
    if not forms.is_valid():
        return _page(request, item, forms, status=422)
    try:
        actions.decide(
            item,
            by=request.user,
            points=forms.points(),
            registered_afterwards="registered_afterwards" in request.POST,
        )
    except Refusal as refusal:
        return _page(request, item, forms, refusal=str(refusal), status=refusal.status)
    messages.success(request, _("Vedtaket er ført."))
    return redirect(f"{url_of(item)}#vedtak")


def _page(
    request: SignedIn, item: AgendaItem, forms: Points, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "forms": forms,
        "item": item,
        "refusal": refusal,
        "quorum": quorum(item),
        "registered_afterwards": "registered_afterwards" in request.POST,
        "trail": trail_of(request, item),
        "back": url_of(item),
    }
    return render(request, "committees/decide.html", context, status=status)
