"""Forms for what happens to a published plan's words: a correction, a withdrawal, a redacted version."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from committees.models import DecisionPoint
from helsefellesskap.forms import field_of
from plans import queries
from plans.models import Plan


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor planen rettes"),
        help_text=_("Vises på den offentlige siden."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decided_by = forms.CharField(
        label=_("Hvem bestemte det"),
        help_text=_("For eksempel «lederen av SSU» eller «SSU»."),
        max_length=300,
    )


class CorrectForm(ReasonForm):
    point = forms.ModelChoiceField(
        label=_("Vedtakspunkt"),
        queryset=DecisionPoint.objects.none(),
        required=False,
        empty_label=_("Ikke vedtatt i et møte"),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "point", forms.ModelChoiceField).queryset = queries.points_about(plan)


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Hvorfor planen trekkes tilbake"),
        help_text=_("Blir stående offentlig. Skriv hvorfor, aldri hva som sto der."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    understood = forms.BooleanField(
        label=_("Jeg forstår at alle offentlige versjoner blir slettet og ikke kan hentes tilbake."),
        error_messages={"required": _("Kryss av for at du forstår at versjonene blir slettet.")},
    )


class RedactedForm(ReasonForm):
    reason = forms.CharField(
        label=_("Hva som er tatt ut"),
        help_text=_("Vises på den offentlige siden."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
