"""One cell of the writing page: which fields are cells, and what stands in a textarea for what is stored.

A cell is sent either as `text` (what a textarea holds) or as `html` (what the rich text editor holds).
A stored text with bold, links and the like has no textarea form: written as plain text it would lose them.
"""

import html as _html
import re
from typing import Any, Literal

from django.utils.translation import gettext as _

from helsefellesskap.errors import Refusal
from helsefellesskap.richtext import from_text

from .editable import BLOCK, INLINE, Row, cleaned
from .models import Goal, Measure, Section

type Form = Literal["text", "html"]

CELLS: dict[type, frozenset[str]] = {
    Section: frozenset({"number", "heading", "label", "body", "after", "status_text"}),
    Goal: frozenset({"html", "label", "body", "status_text"}),
    Measure: frozenset({"html", "label", "responsible_text", "deadline_text", "status_text", "indicator"}),
}
# The source's own columns: «extra:Kostnad» is the cell under «Kostnad».
EXTRA = "extra:"
_MARKUP = re.compile(r"<(?!br\s*/?>)", re.IGNORECASE)


def is_cell(row: Row, field: str) -> bool:
    if field.startswith(EXTRA):
        return isinstance(row, Measure) and len(field) > len(EXTRA)
    return field in CELLS[type(row)]


def has_markup(html: str) -> bool:
    """Whether inline HTML holds more than words and line breaks."""
    return bool(_MARKUP.search(html))


def text_of(html: str) -> str:
    """Inline HTML without markup as a textarea holds it; `from_text` is the way back."""
    return _html.unescape(re.sub(r"<br\s*/?>", "\n", html))


def stored(row: Row, field: str) -> str:
    """The words of a cell as they are stored."""
    if field.startswith(EXTRA) and isinstance(row, Measure):
        return str(row.extra.get(field.removeprefix(EXTRA), ""))
    return str(getattr(row, field))


def same(words: str, form: Form, field: str, value: str) -> bool:
    """Whether these words, as the page holds them, are the stored value."""
    if form == "text" and field in INLINE:
        return not has_markup(value) and _clean(words) == _clean(text_of(value))
    return _clean(words) == _clean(value) or cleaned(field, words) == value


def to_store(words: str, form: Form, field: str) -> str:
    """What the page sent, as it is stored."""
    if form == "text" and field in INLINE:
        words = from_text(_clean(words))
    value: str = cleaned(field, words)
    return value


def as_sent(field: str, value: str) -> tuple[str, Form]:
    """The stored value as a page takes it: words, and in which form."""
    if field in BLOCK or (field in INLINE and has_markup(value)):
        return value, "html"
    return (text_of(value) if field in INLINE else value), "text"


def change_to(row: Row, field: str, value: str) -> tuple[str, Any]:
    """(name, value) as the row takes it and the log keeps it. Raises Refusal where it does not fit."""
    if field.startswith(EXTRA) and isinstance(row, Measure):
        return "extra", {**row.extra, field.removeprefix(EXTRA): value}
    limit = getattr(type(row)._meta.get_field(field), "max_length", None)
    if limit and len(value) > limit:
        raise Refusal(_("Teksten er for lang: %(limit)d tegn er det meste.") % {"limit": limit})
    return field, value


def _clean(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()
