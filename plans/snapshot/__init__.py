"""Between rows and document: a document becomes a draft, a draft becomes a document.

What a draft has no rows for (the case that a file came with, its warnings) stays with the Import that it
came from.
"""

from .from_rows import document_of
from .to_rows import to_draft

__all__ = ["document_of", "to_draft"]
