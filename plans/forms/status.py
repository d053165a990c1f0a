"""Forms for status: one line's report, which lines are shown, and asking for a round."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import DecisionPoint
from helsefellesskap.forms import DayField, field_of
from plans import queries
from plans.models import Measure, Plan
from plans.queries.status import Line
from plans.templatetags.documents import STATUS_NAMES

NONE = "ingen"
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


class LinesForm(forms.Form):
    """Bound to the query of a GET, so that what is chosen has an address. Nothing chosen: every line."""

    part = forms.ChoiceField(label=_("Ansvarlig"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Alle")), *STATUS_NAMES.items(), (NONE, _("Ingen har meldt"))],
    )
    mangler = forms.BooleanField(label=_("Bare de som venter på svar"), required=False)

    def __init__(self, *args: Any, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        names = {line.party_slug: line.party_name for line in lines}
        counts = Counter(line.party_slug for line in lines)
        parties = sorted(names, key=lambda slug: names[slug].casefold())
        field_of(self, "part", forms.ChoiceField).choices = [
            ("", _("Alle")),
            *((slug, f"{names[slug]} ({counts[slug]})") for slug in parties),
        ]
        if not any(line.waiting for line in lines):
            del self.fields["mangler"]

    @property
    def shown(self) -> list[Line]:
        """The lines that were asked for; a choice that there is none of is told, and narrows nothing."""
        self.is_valid()
        party, status = self.cleaned_data.get("part"), self.cleaned_data.get("status")
        return [
            line
            for line in self.lines
            if (not party or line.party_slug == party)
            and (not status or (line.standing.value if line.standing else NONE) == status)
            and (line.waiting or not self.cleaned_data.get("mangler"))
        ]

    @property
    def narrows(self) -> bool:
        self.is_valid()
        return any(self.cleaned_data.values())


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
        field_of(self, "point", forms.ModelChoiceField).queryset = queries.points_about(plan)
