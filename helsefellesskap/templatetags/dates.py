"""The `date` filter of every template: what is written as in Norwegian follows the page's language."""

from typing import Any

from django import template
from django.template.defaultfilters import date as as_written

from helsefellesskap.dates import in_words

register = template.Library()


@register.filter("date", expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> Any:
    """`{{ day|date:"j. F Y" }}`: «3. mars 2027» in Norwegian, «3 March 2027» in English."""
    return as_written(value, in_words(form) if form else form)
