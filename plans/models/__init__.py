from .draft import Abbreviation, Edit, Item, Plan
from .intake import Import
from .record import (
    Adoption,
    CaseItem,
    Publication,
    Rendering,
    Revision,
    RevisionFile,
    RevisionItem,
)
from .rows import Figure, Goal, Measure, Responsible, Section

__all__ = [
    "Abbreviation",
    "Adoption",
    "CaseItem",
    "Edit",
    "Figure",
    "Goal",
    "Import",
    "Item",
    "Measure",
    "Plan",
    "Publication",
    "Rendering",
    "Responsible",
    "Revision",
    "RevisionFile",
    "RevisionItem",
    "Section",
]
