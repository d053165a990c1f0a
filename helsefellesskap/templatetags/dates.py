"""The `date` filter of every template: in the language of the page, the day and its month held together."""

from typing import Any

from django import template
from django.template.defaultfilters import date as as_written

from helsefellesskap.dates import on_a_page

register = template.Library()


@register.filter("date", expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> Any:
    """`{{ day|date:"j. F Y" }}`: «3. mars 2027» in Norwegian, «3 March 2027» in English."""
    return as_written(value, on_a_page(form) if form else form)
