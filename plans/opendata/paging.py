"""Pages of answers. Lists of rows are paged by number; measures, which stand in documents, by a cursor."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet

from .parameters import LIMIT, OFFSET

# Unless something else is asked for.
USUAL = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """En side av en liste. Følg `next` til den er null."""

    count: Annotated[int | None, "hvor mange det er i alt; null i lister som blas i med «cursor»"]
    next: Annotated[str | None, "adressen til neste side"]
    previous: Annotated[str | None, "adressen til forrige side"]
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its address without the query, and what the query said."""

    address: str
    given: dict[str, Any]
    query: dict[str, str]

    @property
    def limit(self) -> int:
        return int(self.given.get(LIMIT.name, USUAL))

    def narrow[T: Model](self, rows: QuerySet[T], **fields: str) -> QuerySet[T]:
        """The rows that fit what was asked: each parameter, and the field that it is compared with.

        An id of two parts, `troms-og-ofoten/ssu`, is compared with what has a community and a slug.
        """
        for name, field in fields.items():
            value = self.given.get(name)
            if isinstance(value, str) and "/" in value:
                community, _slash, slug = value.partition("/")
                rows = rows.filter(**{f"{field}__community__slug": community, f"{field}__slug": slug})
            elif value is not None:
                rows = rows.filter(**{field: value})
        return rows

    def elsewhere(self, **changes: object) -> str:
        """The same list at another place."""
        query = {**self.query, **{name: str(value) for name, value in changes.items()}}
        return f"{self.address}?{urlencode(query)}" if query else self.address


def page_of[T: Model](asked: Asked, rows: QuerySet[T], tell: Callable[[Sequence[T]], Sequence[Any]]) -> Page:
    """The rows that were asked for, told as shapes: no more of them are fetched than the page shows."""
    count = rows.count()
    limit, offset = asked.limit, int(asked.given.get(OFFSET.name, 0))
    return Page(
        count=count,
        next=asked.elsewhere(offset=offset + limit) if offset + limit < count else None,
        # From beyond the end back to the last page.
        previous=asked.elsewhere(offset=max(0, min(offset, count) - limit)) if offset else None,
        items=tuple(tell(list(rows[offset : offset + limit])) if offset < count else ()),
    )
