"""What can be edited in a plan and its rows, field by field: reading, cleaning, and text for the log."""

import json
import re
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from helsefellesskap.richtext import clean_block, clean_inline

from .models import Figure, Goal, Measure, Plan, Section

type Row = Section | Goal | Measure
type Editable = Plan | Row

_STATUS = ("status_value", "status_text")
PLAN_FIELDS = (
    "kind", "title", "subtitle", "vision", "language",
    "period_text", "period_start", "period_end", "period_end_event",
    "follows", "under",
)  # fmt: skip
SECTION_FIELDS = (
    "number", "heading", "body", "after", "label", *_STATUS, "struck", "adoption_note", "columns",
)  # fmt: skip
GOAL_FIELDS = ("label", "html", "body", "patient_groups", *_STATUS, "struck")
MEASURE_FIELDS = (
    "label", "html", "responsible_text", "deadline_text", "deadline_date", *_STATUS,
    "indicator", "extra", "patient_groups", "struck",
)  # fmt: skip
FIELDS: dict[type, tuple[str, ...]] = {
    Plan: PLAN_FIELDS,
    Section: SECTION_FIELDS,
    Goal: GOAL_FIELDS,
    Measure: MEASURE_FIELDS,
}
INLINE = {"html"}
BLOCK = {"body", "after"}


def values_of(row: Editable) -> dict[str, Any]:
    """Every field that can be edited and its value now; links to other rows as their keys.

    `agreements` is a list of ids, `abbreviations` one of [short, long], `bodies` one of keys
    («committee:3», «partner:7», «role:1»); a figure's texts are `figure_<id>_alt` and
    `figure_<id>_caption`.
    """
    values: dict[str, Any] = {}
    for name in FIELDS[type(row)]:
        value = getattr(row, name)
        values[name] = value.pk if isinstance(value, Plan) else value
    match row:
        case Plan():
            values["agreements"] = sorted(row.agreements.values_list("pk", flat=True))
            values["abbreviations"] = [[a.short, a.long] for a in row.abbreviations.all()]
        case Section():
            for figure in Figure.objects.filter(section=row):
                values[f"figure_{figure.pk}_alt"] = figure.alt
                values[f"figure_{figure.pk}_caption"] = figure.caption
        case Measure():
            values["bodies"] = bodies_of(row)
    return values


def bodies_of(measure: Measure) -> list[str]:
    """The measure's linked bodies as keys, in their order."""
    return [
        next(
            f"{kind}:{pk}"
            for kind, pk in (("committee", r.committee_id), ("partner", r.partner_id), ("role", r.role_id))
            if pk
        )
        for r in measure.responsibles.all()
    ]


def cleaned(field: str, value: Any) -> Any:
    """The value as it is stored: rich text in the safe subset, line ends as one sign."""
    if not isinstance(value, str):
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if field in INLINE:
        return _inline(value)
    if field in BLOCK:
        return _block(value)
    return value.strip()


def _inline(html: str) -> str:
    """One stretch of text. An editor writes paragraphs and a textarea lines; both become breaks."""
    html = re.sub(r"</p>\s*<p>", "<br>", html)
    html = re.sub(r"(<br\s*/?>)?\n", "<br>", html.strip())
    return re.sub(r"(\s*<br>)+$", "", clean_inline(html))


def _block(html: str) -> str:
    """Paragraphs. Text typed without any markup gets them from its empty lines."""
    html = html.strip()
    if html and not re.search(r"<(p|ul|ol|blockquote|h4|h5|table)\b", html):
        paragraphs = re.split(r"\n\s*\n", html)
        html = "".join(f"<p>{p.strip().replace('\n', '<br>')}</p>" for p in paragraphs)
    html = re.sub(r"<p>(\s|<br>)*</p>", "", clean_block(html))
    # An editor writes a paragraph in every list item and cell, and spans of one.
    html = re.sub(r' (col|row)span="1"', "", html)
    return re.sub(
        r"(<(?:li|t[dh])\b[^>]*>)<p>((?:(?!</?p>).)*)</p>(?=</(?:li|t[dh])>|<[uo]l\b)", r"\1\2", html
    )


def as_text(value: Any) -> str:
    """A value as the log keeps it: text as it is, yes as «1», lists and the like as JSON."""
    match value:
        case None | False:
            return ""
        case True:
            return "1"
        case str():
            return value
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder) if value else ""
        case _:
            return str(value)


_LISTS = {"agreements", "abbreviations", "bodies", "columns", "patient_groups"}


def from_text(field: str, text: str) -> Any:
    """The value that the log keeps as this text: `as_text` backwards."""
    if field in _LISTS:
        return json.loads(text) if text else []
    if field == "extra":
        return json.loads(text) if text else {}
    if field == "struck":
        return text == "1"
    if field in ("deadline_date", "period_start", "period_end"):
        return date.fromisoformat(text) if text else None
    if field in ("follows", "under"):
        return int(text) if text else None
    return text
