"""Two selects: which version, and against which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import field_of
from plans.queries.compare import Side


class CompareForm(forms.Form):
    """Bound to the query of a GET; `old` and `new` are the chosen sides once it is valid."""

    fra = forms.ChoiceField(label=_("Fra"))
    til = forms.ChoiceField(label=_("Til"))

    def __init__(self, *args: Any, sides: list[Side], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {side.value: side for side in sides}
        for name in ("fra", "til"):
            field_of(self, name, forms.ChoiceField).choices = _choices(sides)

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if chosen.get("fra") and chosen.get("fra") == chosen.get("til"):
            raise forms.ValidationError(_("Velg to forskjellige versjoner."))
        return chosen

    @property
    def old(self) -> Side:
        return self.sides[self.cleaned_data["fra"]]

    @property
    def new(self) -> Side:
        return self.sides[self.cleaned_data["til"]]


def _choices(sides: list[Side]) -> list[tuple[Any, Any]]:
    """The plan's own versions under «Denne planen», others under the name of their community."""
    groups: dict[Any, list[tuple[str, str]]] = {}
    for side in sides:
        group = _("Denne planen") if side.own else side.plan.community.name
        groups.setdefault(group, []).append((side.value, side.label))
    return list(groups.items())
