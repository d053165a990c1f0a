"""Addresses made from Norwegian and Sámi names."""

from django.utils.text import slugify

# What dropping the accents would drop altogether.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t"})


def slug_of(text: str) -> str:
    """«Bærum» → `baerum`, «Sør-Aurdal» → `sor-aurdal`, «Kárášjohka» → `karasjohka`."""
    return slugify(text.lower().translate(_LETTERS))
