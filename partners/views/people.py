"""Pages where the secretariat invites people and ends their places. The list of people shows seats too,
so it is a page of `committees`."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners import actions
from partners.forms import EndForm, RepresentativeForm, SecretariatForm
from partners.models import Representative, SecretariatPlace, User
from partners.queries import community_for
from partners.requests import SignedIn, signed_in
from partners.rules import may_manage_people


@require_safe
@signed_in
def account_email(request: SignedIn) -> HttpResponse:
    """Which address one logs in with. It came with the invitation, so others change it."""
    return render(request, "account/email_address.html")


@signed_in
def invite_to_secretariat(request: SignedIn, community: str) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    form = SecretariatForm(request.POST or None)
    if form.is_valid():
        actions.invite_to_secretariat(place, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s er invitert.") % form.cleaned_data)
        return redirect("people", place.slug)
    return render(
        request,
        "partners/invite.html",
        {"community": place, "form": form, "heading": _("Inviter til sekretariatet")},
    )


@signed_in
def invite_representative(request: SignedIn, community: str) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    form = RepresentativeForm(request.POST or None, community=place)
    if form.is_valid():
        actions.invite_representative(place, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s er invitert.") % form.cleaned_data)
        return redirect("people", place.slug)
    return render(
        request,
        "partners/invite.html",
        {"community": place, "form": form, "heading": _("Inviter en representant for en part")},
    )


@require_POST
@signed_in
def resend_invitation(request: SignedIn, community: str, pk: int) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    user = get_object_or_404(User, pk=pk)
    actions.resend_invitation(user, by=request.user, community=place)
    messages.success(request, _("Invitasjonen til %(name)s er sendt på nytt.") % {"name": user})
    return redirect("people", place.slug)


@signed_in
def end_secretariat_place(request: SignedIn, community: str, pk: int) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    return _end(request, get_object_or_404(SecretariatPlace, community=place, pk=pk))


@signed_in
def end_representation(request: SignedIn, community: str, pk: int) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    return _end(request, get_object_or_404(Representative, community=place, pk=pk))


def _end(request: SignedIn, place: SecretariatPlace | Representative) -> HttpResponse:
    form = EndForm(request.POST or None)
    if form.is_valid():
        actions.end_place(place, by=request.user, **form.cleaned_data)
        messages.success(request, _("Plassen er avsluttet."))
        return redirect("people", place.community.slug)
    return render(
        request, "partners/end_place.html", {"community": place.community, "place": place, "form": form}
    )
