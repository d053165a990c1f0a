"""Authority that was given elsewhere: by a kommunestyre or a board to its member, or between committees."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Seat
from helsefellesskap.forms import DayField, field_of
from partners.models import HealthCommunity, Partner
from partners.queries import current, partners_of
from plans.models import Plan


class DelegateForm(forms.Form):
    giver = forms.ChoiceField(label=_("Hvem ga myndigheten?"))
    holder = forms.ChoiceField(label=_("Hvem fikk den?"))
    case_number = forms.CharField(
        label=_("Giverens sak"), max_length=100, help_text=_("For eksempel «k-sak 45/26».")
    )
    covers = forms.CharField(
        label=_("Hva den gjelder"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    plans = forms.ModelMultipleChoiceField(
        Plan.objects.none(),
        label=_("Planer den dekker"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Uten noen plan kan den ikke brukes til å vedta en plan."),
    )
    start = DayField(label=_("Fra"), initial=timezone.localdate)
    end = DayField(label=_("Til og med"), required=False)

    def __init__(self, *args: Any, community: HealthCommunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = list(community.committees.all())
        parties = list(partners_of(community))
        seats = list(current(Seat.objects.filter(committee__in=bodies)).select_related("committee"))
        self._givers: dict[str, Committee | Partner] = {f"utvalg-{body.pk}": body for body in bodies}
        self._givers |= {f"part-{party.pk}": party for party in parties}
        self._holders: dict[str, Committee | Seat] = {f"utvalg-{body.pk}": body for body in bodies}
        self._holders |= {f"verv-{seat.pk}": seat for seat in seats}
        for name, found in (("giver", self._givers), ("holder", self._holders)):
            choices = [(key, _named(one)) for key, one in found.items()]
            field_of(self, name, forms.ChoiceField).choices = [("", _("Velg")), *choices]
        unlocked = (Plan.State.DRAFT, Plan.State.IN_REVIEW)
        field_of(self, "plans", forms.ModelChoiceField).queryset = community.plans.filter(state__in=unlocked)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("giver") and given.get("giver") == given.get("holder"):
            self.add_error("holder", _("Ingen kan gi myndighet til seg selv."))
        return given

    def facts(self) -> dict[str, Any]:
        """As `delegate` takes them."""
        given = self.cleaned_data
        return {
            "giver": self._givers[given["giver"]],
            "holder": self._holders[given["holder"]],
            "case_number": given["case_number"],
            "covers": given["covers"],
            "about": [f"plan:{plan.pk}" for plan in given["plans"]],
            "start": given["start"],
            "end": given["end"],
        }


def _named(one: Committee | Partner | Seat) -> str:
    return f"{one} ({one.committee.abbreviation})" if isinstance(one, Seat) else str(one)
