"""The forms that send a version to hearing, and a personal link to one who is asked."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import Committee
from helsefellesskap.databases import by_norwegian
from helsefellesskap.forms import DayField, field_of
from partners.models import Partner
from partners.queries import partners_of
from plans.models import Hearing, Plan


class SendHearingForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Navn på versjonen"),
        max_length=100,
        initial=gettext_lazy("Til høring"),
        help_text=gettext_lazy("Ordene låses som en versjon med dette navnet. Utkastet er fortsatt åpent."),
    )
    deadline = DayField(
        label=gettext_lazy("Høringsfrist"), help_text=gettext_lazy("Siste dag det kan gis innspill.")
    )
    message = forms.CharField(
        label=gettext_lazy("Følgebrev"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Hva dere særlig vil ha innspill til. Står øverst på høringssiden."),
    )
    committees = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Utvalg"),
        queryset=Committee.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    all_parties = forms.BooleanField(label=gettext_lazy("Alle partene"), required=False)
    parties = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Parter"),
        queryset=Partner.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    open_to_all = forms.BooleanField(
        label=gettext_lazy("Lag en åpen adresse: alle som får den, kan lese versjonen og gi innspill"),
        required=False,
    )
    listed = forms.BooleanField(
        label=gettext_lazy("Vis høringen på portalens forside, åpen for alle"), required=False
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        working = Q(until=None) | Q(until__gte=timezone.localdate())
        field_of(self, "committees", forms.ModelChoiceField).queryset = plan.community.committees.filter(
            working
        )
        parties = partners_of(plan.community).order_by(by_norwegian("name"))
        field_of(self, "parties", forms.ModelChoiceField).queryset = parties

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.plan.revisions.filter(name=name).exists():
            raise forms.ValidationError(_("Planen har allerede en versjon med dette navnet."))
        return name

    def clean_deadline(self) -> Any:
        deadline = self.cleaned_data["deadline"]
        if deadline < timezone.localdate():
            raise forms.ValidationError(_("Høringsfristen har allerede vært."))
        return deadline

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.pop("all_parties", False):
            cleaned["parties"] = field_of(self, "parties", forms.ModelChoiceField).queryset
        cleaned["open_to_all"] = cleaned.get("open_to_all") or cleaned.get("listed")
        if not any(cleaned.get(whom) for whom in ("committees", "parties", "open_to_all")):
            raise forms.ValidationError(_("Velg hvem som skal høres."))
        return cleaned


class HearingLinkForm(forms.Form):
    """To whom a personal link is mailed, and for which of the parties that were asked."""

    partner = forms.ModelChoiceField(
        label=gettext_lazy("Part"), queryset=Partner.objects.none(), empty_label=None
    )
    name = forms.CharField(label=gettext_lazy("Navn"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-postadresse"))

    def __init__(self, *args: Any, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "partner", forms.ModelChoiceField).queryset = hearing.parties.order_by(
            by_norwegian("name")
        )
