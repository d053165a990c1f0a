"""Forms about the bodies of a community: a committee, and a role that is neither committee nor party."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.actions import below
from committees.models import Committee
from helsefellesskap.forms import DayField
from partners.forms import choose_among
from partners.models import HealthCommunity, Partner, RoleParty
from partners.queries import partners_of


class CommitteeForm(forms.Form):
    name = forms.CharField(
        label=_("Navn"), max_length=200, help_text=_("For eksempel «Strategisk samarbeidsutvalg».")
    )
    abbreviation = forms.CharField(
        label=_("Forkortelse"),
        max_length=30,
        help_text=_("Slik planene skriver den, for eksempel «SSU» eller «FSU BU»."),
    )
    level = forms.CharField(
        label=_("Nivå"),
        max_length=100,
        help_text=_("For eksempel «øverste nivå», «strategisk nivå», «faglig nivå» eller «arbeidsgruppe»."),
    )
    parent = forms.ModelChoiceField(
        label=_("Nedsatt av"), queryset=Committee.objects.none(), required=False, empty_label=_("Ingen")
    )
    until = DayField(label=_("Virker til"), required=False, help_text=_("Tomt for faste utvalg."))
    mandate = forms.CharField(label=_("Mandat"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(
        self, *args: Any, community: HealthCommunity, committee: Committee | None = None, **kwargs: Any
    ) -> None:
        if committee:
            facts = ("name", "abbreviation", "level", "until", "mandate")
            kwargs["initial"] = {name: getattr(committee, name) for name in facts} | {
                "parent": committee.parent_id
            }
        super().__init__(*args, **kwargs)
        above = community.committees.all()
        choose_among(self, parent=above.exclude(pk__in=below(committee)) if committee else above)


class RoleForm(forms.Form):
    name = forms.CharField(
        label=_("Navn"), max_length=200, help_text=_("For eksempel «Helsefellesskapets sekretariat».")
    )
    abbreviation = forms.CharField(
        label=_("Forkortelse"),
        max_length=30,
        help_text=_("Slik planene skriver den, for eksempel «SEKR» eller «Felles»."),
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Parter som omfattes"),
        queryset=Partner.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen: rollen er ingen bestemt parts."),
    )

    def __init__(
        self, *args: Any, community: HealthCommunity, role: RoleParty | None = None, **kwargs: Any
    ) -> None:
        if role:
            kwargs["initial"] = {
                "name": role.name,
                "abbreviation": role.abbreviation,
                "members": role.members.all(),
            }
        super().__init__(*args, **kwargs)
        choose_among(self, members=partners_of(community))
