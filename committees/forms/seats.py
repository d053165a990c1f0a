"""The form that gives somebody a seat."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Seat
from committees.queries.seats import seats_to_stand_in_for
from partners.forms import PersonForm, choose_among
from partners.models import HealthCommunity, Partner
from partners.queries import partners_of


class _SeatChoice(forms.ModelChoiceField):
    def label_from_instance(self, seat: Seat) -> str:
        return f"{seat.committee.abbreviation}: {seat.printed_name}"


class SeatForm(PersonForm):
    committee = forms.ModelChoiceField(
        label=_("Utvalg"), queryset=Committee.objects.none(), empty_label=_("Velg utvalg")
    )
    role = forms.ChoiceField(label=_("Verv"), choices=Seat.Role, initial=Seat.Role.MEMBER)
    side = forms.ChoiceField(label=_("Side"), choices=Seat.Side)
    represents = forms.ModelMultipleChoiceField(
        label=_("Representerer"),
        queryset=Partner.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Én eller flere parter."),
    )
    area = forms.CharField(
        label=_("Område som representeres"),
        max_length=200,
        required=False,
        help_text=_("Der vervet gjelder et område og ikke bestemte parter."),
    )
    deputy_for = _SeatChoice(
        label=_("Vara for"), queryset=Seat.objects.none(), required=False, empty_label=_("Ingen bestemt")
    )

    named_in_public = forms.BooleanField(
        label=_("Navnet kan vises offentlig"),
        required=False,
        initial=True,
        help_text=_("Spør brukerrepresentanter først: navnet kan fortelle om helsen deres."),
    )

    without_account = forms.BooleanField(
        label=_("Uten brukerkonto: personlige lenker sendes til e-postadressen"), required=False
    )

    field_order = [
        "committee",
        "name",
        "email",
        "without_account",
        "role",
        "side",
        "deputy_for",
        "start",
        "area",
        "named_in_public",
        "represents",
    ]

    def __init__(self, *args: Any, community: HealthCommunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = False
        self.fields["email"].help_text = _("Uten adresse står bare navnet på vervet, og ingen får tilgang.")
        choose_among(
            self,
            committee=community.committees.all(),
            represents=partners_of(community),
            deputy_for=seats_to_stand_in_for(community),
        )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("without_account") and not facts.get("email") and "email" not in self.errors:
            self.add_error("email", _("Skriv adressen som lenkene skal sendes til."))
        stands_in_for = facts.get("deputy_for")
        if stands_in_for and facts.get("role") != Seat.Role.DEPUTY:
            self.add_error("deputy_for", _("Bare en vara kan være vara for noen."))
        elif stands_in_for and facts.get("committee") not in (None, stands_in_for.committee):
            self.add_error("deputy_for", _("Dette vervet er i et annet utvalg."))
        return facts
