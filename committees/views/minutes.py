"""The minutes: read and written by the committee's own, approved by the leader and one more, then public."""

from datetime import date

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import actions, rules
from committees.approving import approving_seats
from committees.forms.minutes import MinutesForm
from committees.models import Meeting
from committees.queries.committees import meeting_for
from committees.queries.minutes import failed_files, protocol_of
from helsefellesskap.errors import Refusal
from partners.requests import SignedIn, at_work

from .trail import trail_to


@require_safe
@at_work
def minutes(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_read_papers)
    body = there.committee
    own = bool(rules.seats_held(request.user, body)) or rules.may_prepare(request.user, body)
    protocol = protocol_of(there, restricted=own, public=False)
    open_ = there.state == Meeting.State.HELD
    seats = list(approving_seats(there).exclude(user=None)) if open_ else []
    left = [seat for seat in seats if seat.user_id not in protocol.approvers]
    context = {
        "meeting": there,
        "committee": body,
        "community": body.community,
        "protocol": protocol,
        "may_write": open_ and rules.may_prepare(request.user, body),
        "may_approve": any(seat.user_id == request.user.pk for seat in left),
        "approvers_left": left,
        "needed": body.rulebook.minutes_approvers,
        "failed": failed_files(there) if protocol.approved else (None, []),
        "may_remake": rules.may_prepare(request.user, body),
        "trail": trail_to(request.user, body.community, body, there),
    }
    return render(request, "committees/minutes.html", context)


@at_work
def write_minutes(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    now = protocol_of(there, restricted=True, public=False)
    initial = {
        "opening": now.opening,
        "closing": now.closing,
        "version": now.minutes.version if now.minutes else 0,
    }
    form = MinutesForm(request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    theirs = None
    if form.is_valid():
        facts = form.cleaned_data
        try:
            actions.write_minutes(there, by=request.user, **{**facts, "version": facts["version"] or 0})
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
            theirs = now if status == 409 else None
            # What was typed stays in the fields, and can be saved over what the page now shows.
            form.data = {**request.POST.dict(), "version": str(initial["version"])}
        else:
            messages.success(request, _("Protokollen er lagret."))
            return redirect("minutes", community, committee, date)
    context = {
        "form": form,
        "theirs": theirs,
        "meeting": there,
        "committee": there.committee,
        "community": there.committee.community,
        "trail": trail_to(request.user, there.committee.community, there.committee, there),
    }
    return render(request, "committees/write_minutes.html", context, status=status)


@require_POST
@at_work
def approve_minutes(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_read_papers)
    minutes = actions.approve_minutes(there, by=request.user, words=request.POST.get("words", ""))
    if minutes.approved_at:
        messages.success(request, _("Protokollen er godkjent og offentlig. PDF-en lages nå."))
    else:
        messages.success(request, _("Du har godkjent protokollen. Den låses når en til har godkjent den."))
    return redirect("minutes", community, committee, date)


@require_POST
@at_work
def remake_minutes(request: SignedIn, community: str, committee: str, date: date) -> HttpResponse:
    there = meeting_for(request.user, community, committee, date, may=rules.may_prepare)
    actions.remake_minutes(there, by=request.user)
    messages.success(request, _("Filene er bestilt på nytt, og lages nå."))
    return redirect("minutes", community, committee, date)


@require_safe
def public_minutes(request: HttpRequest, community: str, committee: str, date: date) -> HttpResponse:
    """For everybody, once approved: without what is restricted, with the names that may be shown."""
    there = _public_meeting(community, committee, date)
    context = {
        "meeting": there,
        "committee": there.committee,
        "community": there.committee.community,
        "protocol": protocol_of(there, restricted=False, public=True),
    }
    return render(request, "committees/public_minutes.html", context)


@require_safe
def minutes_pdf(request: HttpRequest, community: str, committee: str, date: date) -> FileResponse:
    """The stored file of the public minutes; 404 until it is made."""
    there = _public_meeting(community, committee, date)
    if not (file := there.minutes.file):
        raise Http404
    name = f"protokoll-{there.committee.slug}-{there.date}.pdf"
    response = FileResponse(file.open(), filename=name, content_type=file.media_type)
    response["ETag"] = f'"{file.sha256}"'
    return response


def _public_meeting(community: str, committee: str, day: date) -> Meeting:
    meetings = Meeting.objects.filter(state=Meeting.State.MINUTES_APPROVED)
    return get_object_or_404(
        meetings.select_related("committee__community", "minutes__file"),
        committee__community__slug=community,
        committee__slug=committee,
        date=day,
    )
