"""To which other parent a row can be moved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.actions.arrange import parent_of
from plans.actions.edit import plan_of
from plans.editable import Row
from plans.models import Goal, Measure, Plan, Section


class MoveForm(forms.Form):
    to = forms.ChoiceField(label=_("Flytt til"), required=False)

    def __init__(self, *args: Any, row: Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = places_for(row)  # type: ignore[attr-defined]
        parent = parent_of(row)
        self.initial["to"] = "" if isinstance(parent, Plan) else parent.item.code


def places_for(row: Row) -> list[tuple[str, str]]:
    """(code, name) of every possible parent in the plan, in reading order by table; "" is the plan itself."""
    plan = plan_of(row)
    sections = Section.objects.filter(plan=plan).select_related("item")
    match row:
        case Section():
            return [
                ("", str(_("Øverst i planen"))),
                *((s.item.code, _name(s)) for s in _outside(row, sections)),
            ]
        case Goal():
            return [(s.item.code, _name(s)) for s in sections]
        case Measure():
            goals = Goal.objects.filter(section__plan=plan).select_related("item", "section")
            return [(g.item.code, f"{_name(g.section)}: {_name(g)}") for g in goals]


def _outside(section: Section, sections: Any) -> list[Section]:
    """Those that do not lie under the section."""
    inside = {section.pk}
    rest = list(sections)
    while more := {s.pk for s in rest if s.parent_id in inside} - inside:
        inside |= more
    return [s for s in rest if s.pk not in inside]


def _name(row: Section | Goal) -> str:
    return str(row).replace("\n", " ")[:80] or str(_("uten tekst"))
