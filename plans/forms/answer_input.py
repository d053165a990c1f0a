"""The answer to one input, and what the list of a hearing's inputs shows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Input

ANSWERS = [(value, label) for value, label in Input.Disposition.choices if value]
UNANSWERED = "nei"


class AnswerForm(forms.Form):
    disposition = forms.ChoiceField(
        label=_("Svar"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg om innspillet er tatt inn.")},
    )
    reason = forms.CharField(
        label=_("Begrunnelse"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kan være tom bare der innspillet er tatt inn."),
    )


class FilterForm(forms.Form):
    svar = forms.ChoiceField(
        label=_("Svar"), required=False, choices=[("", _("alle")), (UNANSWERED, _("ikke besvart")), *ANSWERS]
    )
    slag = forms.ChoiceField(label=_("Slag"), required=False, choices=[("", _("alle")), *Input.Kind.choices])
    fra = forms.ChoiceField(
        label=_("Fra"),
        required=False,
        choices=[("", _("alle")), ("parter", _("parter og utvalg")), ("personer", _("personer"))],
    )
