"""Which of the changed measures changed in language only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import field_of
from plans.consensus import Correction
from plans.stance_rows import Reworded


class LinguisticForm(forms.Form):
    """`corrections` of a valid form."""

    mark = forms.MultipleChoiceField(
        label=_("Språklige rettelser"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Velg minst ett tiltak."),
            "invalid_choice": _("Ordlyden er endret igjen. Se på tiltaket slik det står nå."),
        },
    )

    def __init__(self, *args: Any, reworded: Sequence[Reworded], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_value = {one.value: one for one in reworded if not one.marked}
        field_of(self, "mark", forms.ChoiceField).choices = [(value, value) for value in self.by_value]

    @property
    def corrections(self) -> list[Correction]:
        return [self.by_value[value].correction for value in self.cleaned_data["mark"]]
