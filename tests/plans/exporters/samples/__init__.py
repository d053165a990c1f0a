"""Plans of our own writing in the shapes that real ones have, for looking at and for testing with."""

from .facts import ADOPTED, DRAFT, RECEIVED
from .shapes import bullets_plan, figure_plan, many_measures, picture, status_plan, strategy
from .table import responsible, table_plan

__all__ = [
    "ADOPTED",
    "DRAFT",
    "RECEIVED",
    "bullets_plan",
    "figure_plan",
    "many_measures",
    "picture",
    "responsible",
    "status_plan",
    "strategy",
    "table_plan",
]
