"""Forms for status: one line's report, and asking for a round."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import DecisionPoint
from helsefellesskap.forms import DayField
from plans import queries
from plans.models import Measure, Plan

VALUES = [(value, label) for value, label in Measure._meta.get_field("status_value").choices or [] if value]


class ReportForm(forms.Form):
    value = forms.ChoiceField(
        label=_("Status"), choices=VALUES, error_messages={"required": _("Velg en status.")}
    )
    words = forms.CharField(
        label=_("Med egne ord"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    as_of = DayField(label=_("Per"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = timezone.localdate()


class AskStatusForm(forms.Form):
    due = DayField(label=_("Svarfrist"))
    message = forms.CharField(
        label=_("Følgebrev"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class ConfirmStatusForm(forms.Form):
    point = forms.ModelChoiceField(
        label=_("Vedtakspunktet der utvalget bekreftet status"),
        queryset=DecisionPoint.objects.none(),
        empty_label=_("Velg vedtakspunkt"),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = queries.points_about(plan)  # type: ignore[attr-defined]
