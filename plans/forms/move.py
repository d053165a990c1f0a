"""To which other parent a row can be moved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import field_of
from plans.actions.arrange import parent_of
from plans.actions.edit import plan_of
from plans.editable import Row
from plans.levels import too_deep, within
from plans.models import Goal, Measure, Plan, Section
from plans.queries.draft import sections_in_order


class MoveForm(forms.Form):
    to = forms.ChoiceField(label=_("Flytt til"), required=False)

    def __init__(self, *args: Any, row: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "to", forms.ChoiceField).choices = places_for(row)
        parent = parent_of(row)
        self.initial["to"] = "" if isinstance(parent, Plan) else parent.item.code


def places_for(row: Row) -> list[tuple[str, str]]:
    """(code, name) of every possible parent in the plan, in reading order; "" is the plan itself."""
    sections = sections_in_order(plan_of(row))
    match row:
        case Section():
            return [
                ("", str(_("Øverst i planen"))),
                *((s.item.code, _name(s)) for s in _possible(row, sections)),
            ]
        case Goal():
            return [(s.item.code, _name(s)) for s in sections]
        case Measure():
            return [(g.item.code, f"{_name(s)}: {_name(g)}") for s in sections for g in s.goals.all()]


def _possible(section: Section, sections: list[Section]) -> list[Section]:
    """Those that the section may lie under."""
    parents = {s.pk: s.parent_id for s in sections}
    inside = within(section.pk, parents)
    return [s for s in sections if s.pk not in inside and not too_deep(section.pk, s.pk, parents)]


def _name(row: Section | Goal) -> str:
    return str(row).replace("\n", " ")[:80] or str(_("uten tekst"))
