"""The people of a community: secretariat, representatives and seats; and the forms about seats."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import actions
from committees.forms.seats import SeatForm
from committees.models import Seat
from committees.queries.seats import committees_with_seats
from partners.forms import EndForm
from partners.queries import community_for, representatives_of, secretariat_of
from partners.requests import SignedIn, signed_in
from partners.rules import may_manage_people


@require_safe
@signed_in
def people(request: SignedIn, community: str) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    return render(
        request,
        "committees/people.html",
        {
            "community": place,
            "secretariat": secretariat_of(place),
            "representatives": representatives_of(place),
            "committees": committees_with_seats(place),
            "roles": place.roles.prefetch_related("members"),
        },
    )


@signed_in
def invite_to_seat(request: SignedIn, community: str) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    form = SeatForm(request.POST or None, community=place)
    if form.is_valid():
        seat = actions.invite_to_seat(by=request.user, **form.cleaned_data)
        messages.success(
            request,
            _("%(name)s er invitert.") % {"name": seat.printed_name}
            if seat.user
            else _("Vervet er lagt inn."),
        )
        return redirect("people", place.slug)
    return render(
        request,
        "partners/invite.html",
        {"community": place, "form": form, "heading": _("Gi noen et verv i et utvalg")},
    )


@signed_in
def end_seat(request: SignedIn, community: str, pk: int) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    seat = get_object_or_404(Seat.objects.select_related("committee"), committee__community=place, pk=pk)
    form = EndForm(request.POST or None)
    if form.is_valid():
        actions.end_seat(seat, by=request.user, **form.cleaned_data)
        messages.success(request, _("Vervet er avsluttet."))
        return redirect("people", place.slug)
    return render(request, "partners/end_place.html", {"community": place, "place": seat, "form": form})
