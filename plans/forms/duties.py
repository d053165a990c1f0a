"""Which of a party's measures are shown: of which plan, in which status, only the late ones."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import field_of
from plans.queries.duties import OVER, Duty
from plans.standing import Standing
from plans.templatetags.documents import STATUS_NAMES

ALL = "alle"
NONE = "ingen"


class DutiesForm(forms.Form):
    """Bound to the query of a GET, so that what is chosen has an address. Nothing chosen: all that apply."""

    plan = forms.ChoiceField(label=_("Plan"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Alle")), *STATUS_NAMES.items(), (NONE, _("Ingen har meldt"))],
    )
    forsinket = forms.BooleanField(label=_("Bare forsinket"), required=False)

    def __init__(self, *args: Any, plans: Sequence[Standing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = plans
        field_of(self, "plan", forms.ChoiceField).choices = [
            ("", _("Planer som gjelder")),
            *((plan.plan.slug, plan.title) for plan in plans),
            (ALL, _("Alle, også tidligere")),
        ]

    @property
    def chosen_plans(self) -> list[Standing]:
        """Those that apply where nothing else is chosen; a plan whose time is over only when asked for."""
        chosen = self.cleaned_data.get("plan", "") if self.is_valid() else ""
        if chosen == ALL:
            return list(self.plans)
        if chosen:
            return [plan for plan in self.plans if plan.plan.slug == chosen]
        return [plan for plan in self.plans if plan.state not in OVER]

    def shows(self, duty: Duty) -> bool:
        if not self.is_valid():
            return True
        status, values = self.cleaned_data["status"], {report.value for report in duty.reports}
        if status and (status not in values if status != NONE else values):
            return False
        return duty.late or not self.cleaned_data["forsinket"]

    @property
    def narrows(self) -> bool:
        """Whether a status or only the late ones were asked for."""
        return self.is_valid() and bool(self.cleaned_data["status"] or self.cleaned_data["forsinket"])
