"""The form of the plain summary."""

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.errors import Refusal
from plans.actions.write_summary import check


class SummaryForm(forms.Form):
    text = forms.CharField(
        label=_("Kort sagt"),
        help_text=_(
            "Høyst tre setninger i klart språk: hva planen er, hvem den gjelder, og hva den skal føre til. "
            "Omtalen er ikke en del av det som er vedtatt, og kan endres når som helst."
        ),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv hva planen er, i høyst tre setninger.")},
    )

    def clean_text(self) -> str:
        text = " ".join(self.cleaned_data["text"].split())
        try:
            check(text)
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return text
