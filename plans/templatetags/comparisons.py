"""How templates show a comparison: <ins> and <del> that one also hears, unchanged parts folded."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from plans import change_words
from plans.compare import Comparison, Field, Line, Move, Row, Run
from plans.compare.changes import LABELS

register = template.Library()
register.simple_tag(change_words.translated_field_name)

register.filter("field_name", change_words.field_name)
register.filter("state_words", change_words.state_words)
register.filter("unchanged", change_words.unchanged)
_ROW_NAMES = {"section": "heading", "goal": "html", "measure": "html"}
# Read from the words beside them: told only where those are as they were.
_FOLLOWS = {"responsible": "bodies", "deadline": "deadline_date", "status": "status_value"}


class Group[T](NamedTuple):
    """Neighbours that are all unchanged (quiet), or that all have something to show."""

    quiet: bool
    items: list[T]


@register.filter
def folded(parts: Iterable[Row] | Iterable[Line]) -> list[Group]:
    return [Group(quiet, list(items)) for quiet, items in groupby(parts, key=lambda part: part.quiet)]


@register.filter
def summary(comparison: Comparison) -> str:
    return change_words.summary(comparison)


@register.filter
def move_words(move: Move) -> str:
    return change_words.move_words(move)


@register.filter
def in_words(line: Line, field: Field) -> SafeString:
    """A line's words with what was taken out and what was added."""
    return format_html_join("", "{}", ((_run(run, field.name),) for run in line.runs))


def _run(run: Run, name: str) -> SafeString:
    """The words in <ins> or <del>, with what a screen reader says around them; spaces stay outside."""
    text = change_words.shown_value(name, run.text)
    words = text.strip()
    if run.kind == "equal" or not words:
        return conditional_escape("" if run.kind == "removed" else text)
    tag, spoken = ("del", _("tatt ut:")) if run.kind == "removed" else ("ins", _("lagt til:"))
    said = '<span class="ds-sr-only"> {} </span>'
    before, _words, after = text.partition(words)
    return format_html(f"{{}}<{tag}>{said}{{}}{said}</{tag}>{{}}", before, spoken, words, _("slutt"), after)


@register.filter
def name_in_words(row: Row) -> SafeString:
    """The heading of a section, the text of a goal or measure, with its changes."""
    field = row.field(_ROW_NAMES[row.kind])
    if field is None:
        part = row.part
        return conditional_escape(getattr(part, "heading", "") or getattr(part, "text", ""))
    return format_html_join(mark_safe("<br>"), "{}", ((in_words(line, field),) for line in field.lines))


@register.filter
def label_in_words(row: Row) -> SafeString:
    """The number or letter, changed where it changed; empty where the row has none."""
    for name in LABELS:
        if (field := row.field(name)) and row.old and row.new:
            return format_html_join(" ", "{}", ((in_words(line, field),) for line in field.lines))
    return conditional_escape(getattr(row.part, "number", "") or row.part.label)


@register.filter
def other_fields(row: Row) -> list[Field]:
    """The fields that differ beside the row's name; what follows from changed words is not said again."""
    shown = {_ROW_NAMES[row.kind], *LABELS}
    shown |= {follows for name, follows in _FOLLOWS.items() if row.field(name)}
    return [field for field in row.fields if field.name not in shown]


@register.filter
def only_markup(row: Row) -> bool:
    field = row.field(_ROW_NAMES[row.kind])
    return bool(field and field.markup)
