"""«Vis tiltak»: by responsible, patient group, status and deadline. What is chosen is an address to share."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from helsefellesskap.forms import field_of
from plans.document import Goal, Measure, PlanDocument
from plans.narrowing import deadline_of, groups_of, narrowed, responsible_of, statuses_of
from plans.templatetags.documents import STATUS_NAMES, patient_group

NONE, LATE = "ingen", "forsinket"


class NarrowForm(forms.Form):
    """Bound to the query of a GET. A choice that the plan does not offer is told, and the whole plan shown.

    `reported`: item key → the values that the parties reported last.
    """

    ansvarlig = forms.ChoiceField(label=gettext_lazy("Ansvarlig"), required=False)
    gruppe = forms.ChoiceField(label=gettext_lazy("Pasientgruppe"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    frist = forms.ChoiceField(label=gettext_lazy("Frist"), required=False)

    def __init__(
        self, *args: Any, document: PlanDocument, reported: Mapping[str, Sequence[str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.document, self.reported, self.today = document, reported, timezone.localdate()
        self.all = [(goal, measure) for _section, goal, measure in document.walk_measures()]
        for name, choices in self._choices().items():
            if choices:
                field_of(self, name, forms.ChoiceField).choices = [("", _("Alle")), *choices]
            else:
                del self.fields[name]

    def _choices(self) -> dict[str, list[tuple[str, Any]]]:
        """What the plan offers, in its own order; nothing of what all its measures have alike."""
        names: dict[str, str] = {}
        for _goal, measure in self.all:
            names = responsible_of(measure) | names
        groups = dict.fromkeys(key for goal, measure in self.all for key in groups_of(goal, measure))
        values = [statuses_of(measure, self.reported) for _goal, measure in self.all]
        days = [self._deadline(measure) for _goal, measure in self.all]
        statuses = [
            (key, name) for key, name in STATUS_NAMES.items() if any(key in found for found in values)
        ]
        deadlines = sorted(set().union(*days) - {LATE, NONE})
        late = [(LATE, _("Forsinket"))] if any(LATE in found for found in days) else []
        undated = [(NONE, _("Ingen dato satt"))] if any(NONE in found for found in days) else []
        return {
            "ansvarlig": sorted(names.items(), key=lambda item: item[1].casefold()),
            "gruppe": [(key, patient_group(key)) for key in groups],
            "status": [*statuses, (NONE, _("Ingen status"))] if statuses else [],
            "frist": [*late, *((year, year) for year in deadlines), *undated] if deadlines else [],
        }

    def _deadline(self, measure: Measure) -> set[str]:
        return deadline_of(measure, self.document.period, self.reported, self.today)

    @property
    def numbers(self) -> list[tuple[int, str, str]]:
        """How the plan goes: (how many, of what, the query that shows them). Empty where nobody can say."""
        if not self.reported and not any(measure.deadline for _goal, measure in self.all):
            return []
        values = [statuses_of(measure, self.reported) for _goal, measure in self.all]
        late = sum(LATE in self._deadline(measure) for _goal, measure in self.all)
        return [
            (len(self.all), ngettext("tiltak", "tiltak", len(self.all)), ""),
            (sum("completed" in found for found in values), _("gjennomført"), "status=completed"),
            (late, _("forsinket"), f"frist={LATE}"),
        ]

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    @property
    def said(self) -> str:
        """«Ansvarlig: FSU BU. Frist: Forsinket.»"""
        fields = {name: field_of(self, name, forms.ChoiceField) for name in self.chosen}
        told = {f.label: str(dict(f.choices)[self.chosen[name]]) for name, f in fields.items()}  # type: ignore[arg-type]  # pairs
        return " ".join(f"{label}: {capfirst(words)}." for label, words in told.items())

    def narrow(self) -> PlanDocument:
        return narrowed(self.document, self._keeps) if self.chosen else self.document

    def _keeps(self, goal: Goal, measure: Measure) -> bool:
        has = {
            "ansvarlig": lambda: responsible_of(measure),
            "gruppe": lambda: groups_of(goal, measure),
            "status": lambda: statuses_of(measure, self.reported) or {NONE},
            "frist": lambda: self._deadline(measure),
        }
        return all(value in has[name]() for name, value in self.chosen.items())
