"""The form for the one-time code."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode"),
        help_text=_("Seks siffer, fra den siste e-posten."),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code", "size": 8}),
    )

    def clean_code(self) -> str:
        """The digits, however somebody spaced them."""
        return "".join(self.cleaned_data["code"].split())
