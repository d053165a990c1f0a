"""The system administrator's back door to plans. What is frozen can be looked at, not changed."""

from . import drafts, records

__all__ = ["drafts", "records"]
