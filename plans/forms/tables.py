"""The form for a table of measures that comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TableForm(forms.Form):
    table = forms.FileField(
        label=_("Tabell med tiltak"),
        allow_empty_file=True,  # the reader has a sentence of its own for those
        help_text=_("Excel (.xlsx) eller CSV som ble lastet ned herfra, høyst 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Velg en fil først.")},
    )
