from .draft import Abbreviation, Edit, Item, Plan
from .fate import Fate
from .hints import HintChoice, WavedOff
from .intake import Import
from .proposals import EditedFile, ProposedChange
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
from .writing import Operation, Presence

__all__ = [
    "Abbreviation",
    "Adoption",
    "CaseItem",
    "Edit",
    "EditedFile",
    "Fate",
    "Figure",
    "Goal",
    "HintChoice",
    "Import",
    "Item",
    "Measure",
    "Operation",
    "Plan",
    "Presence",
    "ProposedChange",
    "Publication",
    "Rendering",
    "Responsible",
    "Revision",
    "RevisionFile",
    "RevisionItem",
    "Section",
    "WavedOff",
]
