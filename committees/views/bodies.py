"""Pages where a community's committees and roles are written down."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from committees import actions
from committees.forms.bodies import CommitteeForm, RoleForm
from committees.models import Committee
from helsefellesskap.errors import Refusal
from partners.models import HealthCommunity, RoleParty
from partners.queries import community_for
from partners.requests import SignedIn, at_work
from partners.rules import may_manage_people


@at_work
def write_committee(request: SignedIn, community: str, committee: str = "") -> HttpResponse:
    """A new one, or the facts of the one that is named."""
    place = community_for(request.user, community, may=may_manage_people)
    row = get_object_or_404(Committee, community=place, slug=committee) if committee else None
    form = CommitteeForm(request.POST or None, community=place, committee=row)
    if form.is_valid():
        try:
            made = actions.write_committee(place, row, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("abbreviation", str(refusal))
        else:
            messages.success(request, _("%(committee)s er lagret.") % {"committee": made})
            return redirect(f"{reverse('people', args=[place.slug])}#utvalg")
    return _form_page(request, place, form, str(row) if row else _("Nytt utvalg"))


@at_work
def write_role(request: SignedIn, community: str, pk: int | None = None) -> HttpResponse:
    """A new one, or the facts of the one that is named."""
    place = community_for(request.user, community, may=may_manage_people)
    row = get_object_or_404(RoleParty, community=place, pk=pk) if pk else None
    form = RoleForm(request.POST or None, community=place, role=row)
    if form.is_valid():
        try:
            made = actions.write_role(place, row, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("abbreviation", str(refusal))
        else:
            messages.success(request, _("%(role)s er lagret.") % {"role": made})
            return redirect(f"{reverse('people', args=[place.slug])}#roller")
    return _form_page(request, place, form, str(row) if row else _("Ny rolle"))


def _form_page(request: SignedIn, place: HealthCommunity, form: Form, heading: str) -> HttpResponse:
    people = reverse("people", args=[place.slug])
    context = {
        "form": form,
        "heading": heading,
        "lead": _("Utkast som alt nevner navnet eller forkortelsen som ansvarlig, blir koblet til."),
        "trail": [
            (_("Mitt arbeid"), reverse("my_work")),
            (_("Folk i %(community)s") % {"community": place}, people),
        ],
        "back": people,
    }
    return render(request, "committees/form.html", context, status=422 if form.is_bound else 200)
