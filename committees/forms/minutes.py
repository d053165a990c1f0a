"""What is said in the minutes beside the items."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MinutesForm(forms.Form):
    opening = forms.CharField(
        label=_("Innledning"), widget=forms.Textarea(attrs={"rows": 6}), max_length=10000, required=False
    )
    closing = forms.CharField(
        label=_("Avslutning"), widget=forms.Textarea(attrs={"rows": 6}), max_length=10000, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
