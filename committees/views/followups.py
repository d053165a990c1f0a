"""What meetings decided to do: written, listed, changed, and said to be done."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import actions, rules
from committees.forms.followups import DoneForm, FollowUpForm, begun_with
from committees.models import FollowUp, Meeting
from committees.queries.committees import committee_for, meeting_for, seats_of
from committees.queries.followups import fact_of, follow_up_for, line_of, lines_read_by, of_committee
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.queries import partners_of
from partners.requests import SignedIn, at_work

from .trail import trail_to


@require_safe
@at_work
def follow_ups(request: SignedIn, community: str, committee: str) -> HttpResponse:
    """The committee's, what is open first."""
    body = committee_for(request.user, community, committee, may=rules.may_read_papers)
    lines = lines_read_by(partial(rules.may_read_case, request.user), of_committee(body))
    context = {
        "committee": body,
        "still": [line for line in lines if not line.done],
        "finished": [line for line in lines if line.done],
        "trail": trail_to(request.user, body.community, body),
    }
    return render(request, "committees/follow_ups.html", context)


@require_safe
@at_work
def follow_up(request: SignedIn, community: str, committee: str, pk: int) -> HttpResponse:
    return _page(request, follow_up_for(request.user, community, committee, pk))


def _page(request: SignedIn, item: FollowUp, form: DoneForm | None = None, status: int = 200) -> HttpResponse:
    user, body = request.user, item.meeting.committee
    context = {
        "item": item,
        "line": line_of(fact_of(item)),
        "meeting": item.meeting,
        "committee": body,
        "community": body.community,
        "form": form or (DoneForm() if not item.done_on and rules.may_finish(user, item) else None),
        "may_prepare": rules.may_prepare(user, body),
        "may_drop": item.meeting.state != Meeting.State.MINUTES_APPROVED,
        "may_read_papers": rules.may_read_papers(user, body),
        "trail": _trail(request, item),
    }
    return render(request, "committees/follow_up.html", context, status=status)


def _trail(request: SignedIn, item: FollowUp) -> list[tuple[str, str]]:
    """Whoever is responsible, and sits nowhere in the committee, has no page of it to go back to."""
    body = item.meeting.committee
    if not rules.may_read_papers(request.user, body):
        return trail_to(request.user, body.community)
    address = reverse("follow_ups", args=[body.community.slug, body.slug])
    return [*trail_to(request.user, body.community, body), (_("Oppfølging"), address)]


@at_work
def write_follow_up(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    if not there.can_be_followed_up:
        raise WrongState(_("Oppfølging skrives når møtet er i gang, og til protokollen er godkjent."))
    form = _form(request, there, {"case": request.GET.get("sak", "")})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            item = actions.write_follow_up(there, by=request.user, to_do=form.to_do())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Punktet er skrevet, og den som er ansvarlig, får vite det."))
            return redirect(f"{_minutes(there)}#oppfolging-{item.pk}")
    heading = _("Oppfølging etter %(meeting)s") % {"meeting": there}
    return _form_page(request, there, form, heading, _minutes(there), status)


@at_work
def edit_follow_up(request: SignedIn, community: str, committee: str, pk: int) -> HttpResponse:
    item = follow_up_for(request.user, community, committee, pk)
    if not rules.may_prepare(request.user, item.meeting.committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan skrive oppfølgingspunkter."))
    form = _form(request, item.meeting, begun_with(item), item)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.edit_follow_up(item, by=request.user, version=version, to_do=form.to_do())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
            # What was typed stays in the fields, and can be saved over what the page now shows.
            form.data = {**request.POST.dict(), "version": str(item.version)}
        else:
            messages.success(request, _("Punktet er endret."))
            return redirect(item)
    return _form_page(request, item.meeting, form, _("Endre punktet"), item.get_absolute_url(), status)


def _form(
    request: SignedIn, meeting: Meeting, initial: dict[str, Any], item: FollowUp | None = None
) -> FollowUpForm:
    agenda = meeting.agenda.select_related("case").order_by("position", "pk")
    return FollowUpForm(
        request.POST or None,
        initial=initial,
        cases=[item.case for item in agenda],
        # Who is responsible already can stay so, whatever has ended since.
        seats=_and(seats_of(meeting.committee), item.seat if item else None),
        partners=_and(list(partners_of(meeting.committee.community)), item.partner if item else None),
        frozen=meeting.state == Meeting.State.MINUTES_APPROVED,
    )


def _and[T](things: list[T], one: T | None) -> list[T]:
    return things if one is None or one in things else [*things, one]


def _form_page(
    request: SignedIn, meeting: Meeting, form: FollowUpForm, heading: str, back: str, status: int
) -> HttpResponse:
    body = meeting.committee
    context = {
        "form": form,
        "committee": body,
        "heading": heading,
        "back": back,
        "trail": trail_to(request.user, body.community, body, meeting),
    }
    return render(request, "committees/form.html", context, status=status)


@require_POST
@at_work
def finish_follow_up(request: SignedIn, community: str, committee: str, pk: int) -> HttpResponse:
    item = follow_up_for(request.user, community, committee, pk)
    if not rules.may_finish(request.user, item):
        raise NotAllowed(_("Bare den som er ansvarlig, og sekretariatet, kan melde punktet utført."))
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _page(request, item, form, status=422)
    try:
        actions.finish_follow_up(item, by=request.user, **form.cleaned_data)
    except WrongState:
        raise
    except Refusal as refusal:
        form.add_error("day", str(refusal))
        return _page(request, item, form, status=refusal.status)
    messages.success(request, _("Punktet er meldt utført."))
    return redirect(item)


@require_POST
@at_work
def drop_follow_up(request: SignedIn, community: str, committee: str, pk: int) -> HttpResponse:
    item = follow_up_for(request.user, community, committee, pk)
    actions.drop_follow_up(item, by=request.user)
    messages.success(request, _("Punktet er tatt ut."))
    return redirect(_minutes(item.meeting))


@require_POST
@at_work
def reopen_follow_up(request: SignedIn, community: str, committee: str, pk: int) -> HttpResponse:
    item = follow_up_for(request.user, community, committee, pk)
    actions.reopen_follow_up(item, by=request.user)
    messages.success(request, _("Punktet er åpnet igjen, og den som er ansvarlig, får vite det."))
    return redirect(item)


def _minutes(meeting: Meeting) -> str:
    committee = meeting.committee
    return reverse("minutes", args=[committee.community.slug, committee.slug, meeting.date])
