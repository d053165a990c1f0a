"""A meeting: planned, moved, cancelled, called to, and its list of cases in order."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import actions, rules
from committees.forms.meetings import AgendaForm, MeetingForm
from committees.models import Committee, Meeting
from committees.queries.committees import cases_without_meeting, committee_for, meeting_for
from committees.queries.meeting_page import meeting_page
from helsefellesskap.errors import Refusal
from partners.requests import SignedIn, at_work

from .trail import trail_to


@require_safe
@at_work
def meeting(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_read_papers)
    return _page(request, there)


def _page(
    request: SignedIn, there: Meeting, agenda_form: AgendaForm | None = None, status: int = 200
) -> HttpResponse:
    context = meeting_page(request.user, there)
    if context["may_prepare"] and there.coming:
        context["agenda_form"] = agenda_form or AgendaForm(cases=cases_without_meeting(there.committee))
    context["trail"] = trail_to(request.user, there.committee.community, there.committee)
    return render(request, "committees/meeting.html", context, status=status)


@at_work
def plan_meeting(request: SignedIn, community: str, committee: str) -> HttpResponse:
    body = committee_for(request.user, community, committee, may=rules.may_prepare)
    form = MeetingForm(request.POST or None, committee=body, initial={"date": request.GET.get("dato")})
    if form.is_valid():
        try:
            made = actions.plan_meeting(body, by=request.user, when=form.when())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _form_page(request, body, form, _("Nytt møte"), status=refusal.status)
        messages.success(request, _("Møtet er planlagt. Sett opp sakslisten, og kall inn."))
        return redirect(made)
    return _form_page(request, body, form, _("Nytt møte"))


@at_work
def change_meeting(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    form = MeetingForm(request.POST or None, committee=there.committee, meeting=there)
    heading = _("Endre møtet")
    if form.is_valid():
        try:
            changed = actions.change_meeting(there, by=request.user, when=form.when())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _form_page(request, there.committee, form, heading, there, status=refusal.status)
        messages.success(request, _("Møtet er endret, og de som er innkalt, får vite det."))
        return redirect(changed)
    return _form_page(request, there.committee, form, heading, there)


def _form_page(
    request: SignedIn,
    body: Committee,
    form: MeetingForm,
    heading: str,
    there: Meeting | None = None,
    status: int | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "committee": body,
        "heading": heading,
        "trail": trail_to(request.user, body.community, body, there),
        "back": there.get_absolute_url() if there else body.get_work_url(),
    }
    return render(request, "committees/form.html", context, status=status or (422 if form.is_bound else 200))


@require_POST
@at_work
def cancel_meeting(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    actions.cancel_meeting(there, by=request.user)
    messages.success(request, _("Møtet er avlyst, og de som er innkalt, får vite det."))
    return redirect(there)


@require_POST
@at_work
def call_meeting(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    called = actions.call_meeting(there, by=request.user)
    said = _("%(n)d er innkalt.") if called else _("Alle er innkalt fra før.")
    messages.success(request, said % {"n": called})
    return redirect(f"{there.get_absolute_url()}#innkalt")


@require_POST
@at_work
def answer_call(request: SignedIn, community: str, committee: str, date: date, pk: int) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_read_papers)
    call = get_object_or_404(there.calls, pk=pk)
    actions.answer_call(call, by=request.user, reply=request.POST.get("reply", ""))
    messages.success(request, _("Svaret er notert."))
    return redirect(there)


@require_POST
@at_work
def add_to_agenda(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    form = AgendaForm(request.POST, cases=cases_without_meeting(there.committee))
    if not form.is_valid():
        return _page(request, there, form, status=422)
    actions.add_to_agenda(there, form.cleaned_data["case"], by=request.user)
    return redirect(f"{there.get_absolute_url()}#saksliste")


@require_POST
@at_work
def order_agenda(request: SignedIn, community: str, committee: str, date: date, pk: int) -> HttpResponse:
    """One step up or down; without JavaScript, too."""
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    items = list(there.agenda.order_by("position", "pk").values_list("pk", flat=True))
    get_object_or_404(there.agenda, pk=pk)
    place = items.index(pk)
    to = place - 1 if request.POST.get("step") == "up" else place + 1
    if 0 <= to < len(items):
        items[place], items[to] = items[to], items[place]
        actions.order_agenda(there, by=request.user, items=items)
    return redirect(f"{there.get_absolute_url()}#sak-{pk}")


@require_POST
@at_work
def take_off_agenda(request: SignedIn, community: str, committee: str, date: date, pk: int) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    item = get_object_or_404(there.agenda.select_related("case", "meeting"), pk=pk)
    actions.take_off_agenda(item, by=request.user)
    messages.success(request, _("Saken er tatt av sakslisten."))
    return redirect(f"{there.get_absolute_url()}#saksliste")


@require_POST
@at_work
def send_papers(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    actions.send_papers(there, by=request.user)
    messages.success(request, _("Papirene er sendt. Det som endres etter nå, blir merket."))
    return redirect(there)
