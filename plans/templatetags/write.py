"""What the writing page's templates need beside `documents` and `work`."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import template

from plans import cells
from plans.queries.carry_over import Past
from plans.writing_rows import SectionLines

register = template.Library()


@register.filter
def has_markup(html: str | None) -> bool:
    return cells.has_markup(html or "")


@register.filter
def as_words(html: str | None) -> str:
    """Stored inline HTML without markup as a textarea holds it."""
    return cells.text_of(html or "")


@register.filter
def past_in(key: UUID, pasts: Mapping[str, Past]) -> Past | None:
    return pasts.get(str(key))


@register.filter
def width(section: SectionLines | None, columns: Sequence[str]) -> int:
    """How many columns a goal's row goes across: measure, responsible, deadline, and those that are shown."""
    return 3 + len(columns) + (len(section.extra) if section else 0)
