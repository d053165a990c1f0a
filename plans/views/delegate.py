"""«PM ga SSU myndighet til å vedta endelig»: authority in a community, registered and taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees import actions
from committees.queries.authority import authorities_of
from committees.views.trail import trail_to
from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import HealthCommunity
from partners.roles import may
from plans.forms.delegate import DelegateForm

from .again import SignedIn, at_work


def _community(request: SignedIn, slug: str) -> HealthCommunity:
    found = get_object_or_404(HealthCommunity, slug=slug)
    if not may(request.user, "prepare_meetings", found):
        raise NotAllowed(_("Bare sekretariatet kan registrere delegert myndighet."))
    return found


@require_safe
@at_work
def authorities(request: SignedIn, community: str) -> HttpResponse:
    found = _community(request, community)
    held = authorities_of(found)
    context = {
        "community": found,
        "authorities": [(one, actions.holds_on(one, timezone.localdate())) for one in held],
        "trail": trail_to(request.user, found),
    }
    return render(request, "committees/authorities.html", context)


@at_work
def delegate(request: SignedIn, community: str) -> HttpResponse:
    found = _community(request, community)
    form = DelegateForm(request.POST or None, community=found)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.delegate(found, by=request.user, **form.facts())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Myndigheten er registrert."))
            return redirect("authorities", community)
    context = {
        "form": form,
        "trail": trail_to(request.user, found),
        "back": reverse("authorities", args=[community]),
    }
    return render(request, "committees/delegate.html", context, status=status)


@require_POST
@at_work
def revoke_authority(request: SignedIn, community: str, pk: int) -> HttpResponse:
    found = _community(request, community)
    authority = get_object_or_404(found.authorities, pk=pk)
    actions.revoke_authority(authority, by=request.user, day=timezone.localdate())
    messages.success(request, _("Myndigheten er trukket tilbake fra i dag."))
    return redirect("authorities", community)
