"""What tests of the editor share: a form as a browser would send it."""

from typing import Any

from django.test import Client

from plans.models import Goal, Measure, Plan, Section
from plans.models.rows import _Row


def sent(client: Client, url: str, **changes: Any) -> dict[str, Any]:
    """The fields of the page's form as they stand, with some changed, as a browser sends them."""
    form = client.get(url).context["form"]
    data = {}
    for field in form:
        value = field.value()
        widget = field.field.widget
        if widget.allow_multiple_selected if hasattr(widget, "allow_multiple_selected") else False:
            value = [str(getattr(v, "pk", v)) for v in value or ()]
        elif isinstance(value, bool):
            value = "on" if value else None
        elif value is not None:
            value = str(field.subwidgets[0].data["value"] if field.name == "base" else value)
        if value is not None:
            data[field.html_name] = value
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def row_url(plan: Plan, row: _Row) -> str:
    return f"{plan.get_work_url()}rad/{row.item.code}/"


def section(plan: Plan, number: str = "2.1") -> Section:
    return plan.sections.select_related("item").get(number=number)


def goal(plan: Plan, html: str = "Trygge overganger") -> Goal:
    return Goal.objects.select_related("item").get(section__plan=plan, html=html)


def measure(plan: Plan, label: str = "a") -> Measure:
    return Measure.objects.select_related("item").get(goal__section__plan=plan, label=label)
