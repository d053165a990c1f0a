"""Forms for agreements: their facts, a version, one party's line, a table that comes back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import DayField, field_of
from partners.models import Agreement, AgreementParty, HealthCommunity, Partner
from partners.queries import partners_of

from .fields import RichText


class AgreementForm(forms.ModelForm):
    parties = forms.ModelMultipleChoiceField(
        label=_("Parter"),
        queryset=Partner.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Agreement
        fields = ("kind", "title", "own_name", "parent", "start", "end", "next_revision", "summary")
        field_classes = dict.fromkeys(("start", "end", "next_revision"), DayField)
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, community: HealthCommunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = community.agreements.exclude(pk=self.instance.pk)
        field_of(self, "parent", forms.ModelChoiceField).queryset = others
        field_of(self, "parent", forms.ModelChoiceField).empty_label = _("Ingen")
        now = list(self.instance.parties.values_list("partner", flat=True)) if self.instance.pk else []
        # A party that is no longer a member stays a choice.
        field_of(self, "parties", forms.ModelChoiceField).queryset = partners_of(
            community
        ) | Partner.objects.filter(pk__in=now)
        self.initial["parties"] = now

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class VersionForm(forms.Form):
    label = forms.CharField(label=_("Versjon slik den er trykt"), required=False, max_length=100)
    start = DayField(label=_("Gjelder fra"), required=False)
    text = forms.CharField(label=_("Avtalens tekst"), required=False, widget=RichText())
    file = forms.FileField(
        label=_("Eller en fil"),
        required=False,
        help_text=_("PDF, høyst 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )


class LineForm(forms.ModelForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = AgreementParty
        fields = (
            "case_number", "adopted_on", "signed_on", "signatory", "sent_on", "expires_on",
            "archive_reference", "version",
        )  # fmt: skip
        field_classes = dict.fromkeys(("adopted_on", "signed_on", "sent_on", "expires_on"), DayField)

    def __init__(self, data: Any = None, *, instance: AgreementParty) -> None:
        super().__init__(data, instance=instance, initial={"row_version": instance.row_version})
        field_of(self, "version", forms.ModelChoiceField).queryset = instance.agreement.versions.all()
        field_of(self, "version", forms.ModelChoiceField).empty_label = _("Ikke oppgitt")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class MatrixForm(forms.Form):
    table = forms.FileField(
        label=_("Tabell med avtaler"),
        allow_empty_file=True,  # the reader has a sentence of its own for those
        help_text=_("Excel (.xlsx) eller CSV som ble lastet ned herfra, høyst 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Velg en fil først.")},
    )
