"""A case in its meeting, and who was there at it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import actions, rules
from committees.forms.attendance import AttendanceForm
from committees.models import AgendaItem, Recusal
from committees.queries.treatment import attendance_guess, item_for, items_after, seats_on, treatment
from helsefellesskap.errors import Refusal
from partners.requests import SignedIn, at_work

from .trail import trail_to


def url_of(item: AgendaItem) -> str:
    """The page of the case in its meeting."""
    return reverse("treat_case", args=place_of(item))


def place_of(item: AgendaItem) -> list[object]:
    """What the addresses under that page begin with."""
    committee, case = item.meeting.committee, item.case
    return [committee.community.slug, committee.slug, item.meeting.date, case.year, case.number]


@require_safe
@at_work
def treat_case(
    request: SignedIn, community: str, committee: str, date: date, year: int, nr: int
) -> HttpResponse:
    item = item_for(request.user, community, committee, date, year, nr, may=rules.may_read_papers)
    context = treatment(request.user, item)
    context["trail"] = trail_to(
        request.user, item.meeting.committee.community, item.meeting.committee, item.meeting
    )
    return render(request, "committees/treat_case.html", context)


@at_work
def record_attendance(
    request: SignedIn, community: str, committee: str, date: date, year: int, nr: int
) -> HttpResponse:
    """Who was there, seat by seat; the same as at the case before until something else is recorded."""
    item = item_for(request.user, community, committee, date, year, nr, may=rules.may_prepare)
    guess, after = attendance_guess(item), items_after(item)
    recused = item.case.recusals.filter(outcome=Recusal.Outcome.RECUSED)
    present = dict(guess.seats)
    present.update((r.deputy_id, r.seat_id) for r in recused if r.deputy_id)
    form = AttendanceForm(
        request.POST or None,
        seats=seats_on(item.meeting),
        present=present,
        recused=[r.seat_id for r in recused],
        more=bool(after),
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        items = [item, *after] if form.cleaned_data.get("rest") else [item]
        try:
            actions.record_attendance(items, by=request.user, present=form.present())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Frammøtet er ført."))
            return redirect(url_of(item))
    context = {
        "form": form,
        "item": item,
        "guess": guess,
        "trail": trail_of(request, item),
        "back": url_of(item),
    }
    return render(request, "committees/record_attendance.html", context, status=status)


def trail_of(request: SignedIn, item: AgendaItem) -> list[tuple[str, str]]:
    committee = item.meeting.committee
    here = _("Sak %(number)s") % {"number": item.case.printed_number}
    return [*trail_to(request.user, committee.community, committee, item.meeting), (here, url_of(item))]
