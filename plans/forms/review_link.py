"""To whom a personal link to a review is mailed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReviewLinkForm(forms.Form):
    name = forms.CharField(label=_("Navn"), max_length=200)
    email = forms.EmailField(label=_("E-postadresse"))
