"""Addresses made from Norwegian and Sámi names."""

from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

# What dropping the accents would drop altogether.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})


def slug_of(text: str) -> str:
    """«Bærum» → `baerum`, «Sør-Aurdal» → `sor-aurdal`, «Kárášjohka» → `karasjohka`."""
    return slugify(text.lower().translate(_LETTERS))


def unused_slug(title: str, rows: QuerySet[Any], otherwise: str) -> str:
    """An address made from the title, of whole words, that none of the rows has as `slug`.

    `otherwise` where the title leaves none.
    """
    stem = slug_of(title)
    if len(stem) > 60:
        stem = stem[:61].rpartition("-")[0]
    stem = stem.strip("-") or otherwise
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(s for n in range(2, len(taken) + 3) if (s := f"{stem}-{n}") not in taken)
