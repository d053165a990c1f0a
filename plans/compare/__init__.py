"""What differs between two plan documents: rows matched, words compared, moves shown as moves.

Pure: `compare(old, new)` takes documents and gives a `Comparison`; it knows no Django and no
Norwegian. Compared is what readers see of a plan; the case that a file came in, the reader's
warnings and how it was read are no part of it.
"""

from .changes import Comparison, Counts, Field, Kind, Line, Move, Row, Run
from .report import compare
from .words import compare_text

__all__ = [
    "Comparison",
    "Counts",
    "Field",
    "Kind",
    "Line",
    "Move",
    "Row",
    "Run",
    "compare",
    "compare_text",
]
