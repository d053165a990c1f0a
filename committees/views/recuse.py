"""«Et medlem ble kjent inhabil»: reported by the member, decided by the committee for one case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from committees import actions, rules
from committees.forms.recuse import RecuseForm, ReportRecusalForm
from committees.models import Case, Seat
from committees.queries.committees import case_for
from helsefellesskap.errors import NotAllowed, Refusal
from partners.queries import current
from partners.requests import SignedIn, at_work

from .trail import trail_to
from .treatment import url_of


@at_work
def report_recusal(request: SignedIn, community: str, committee: str, year: int, nr: int) -> HttpResponse:
    case = case_for(request.user, community, committee, year, nr, may=rules.may_read_papers)
    reported = set(case.recusals.values_list("seat", flat=True))
    prepares = rules.may_prepare(request.user, case.committee)
    held = (
        list(current(case.committee.seats.all()))
        if prepares
        else rules.seats_held(request.user, case.committee)
    )
    if not held:
        raise NotAllowed(_("Inhabilitet meldes av medlemmet selv eller føres av sekretariatet."))
    seats = [seat for seat in held if seat.pk not in reported and seat.role != Seat.Role.SECRETARY]
    form = ReportRecusalForm(request.POST or None, seats=seats, own=not prepares)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.report_recusal(
                case, form.seat_chosen(), by=request.user, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Det er meldt. Utvalget avgjør det før saken behandles."))
            return redirect(_back(case))
    lead = _("Sak %(number)s: %(title)s") % {"number": case.printed_number, "title": case.title}
    return _page(request, case, form, _("Meld mulig inhabilitet"), lead, status, nobody=not seats)


@at_work
def recuse(request: SignedIn, community: str, committee: str, year: int, nr: int, pk: int) -> HttpResponse:
    case = case_for(request.user, community, committee, year, nr, may=rules.may_prepare)
    recusal = get_object_or_404(case.recusals.select_related("seat"), pk=pk)
    deputies = current(case.committee.seats.filter(role=Seat.Role.DEPUTY).exclude(pk=recusal.seat_id))
    form = RecuseForm(request.POST or None, deputies=list(deputies), recusal=recusal)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.recuse(recusal, by=request.user, **form.facts())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Avgjørelsen er ført."))
            return redirect(_back(case))
    heading = _("Er %(name)s inhabil?") % {"name": recusal.seat.printed_name}
    return _page(request, case, form, heading, recusal.reason, status)


def _back(case: Case) -> str:
    """Where the case is treated; before it stands on a list, the case."""
    item = case.agenda_items.select_related("meeting").order_by("-meeting__date").first()
    if item is None:
        return case.get_absolute_url()
    item.case, item.meeting.committee = case, case.committee
    return url_of(item)


def _page(
    request: SignedIn,
    case: Case,
    form: ReportRecusalForm | RecuseForm,
    heading: str,
    lead: str,
    status: int,
    nobody: bool = False,
) -> HttpResponse:
    context = {
        "form": None if nobody else form,
        "heading": heading,
        "lead": lead,
        "trail": trail_to(request.user, case.committee.community, case.committee),
        "back": _back(case),
    }
    return render(request, "committees/recuse.html", context, status=status)
