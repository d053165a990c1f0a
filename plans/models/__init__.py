from .draft import Abbreviation, Edit, Item, Plan
from .fate import Fate
from .hearing import Hearing, Input
from .hints import HintChoice, WavedOff
from .intake import Import
from .ordered import OrderedFile
from .proposals import EditedFile, ProposedChange
from .record import (
    Adoption,
    CaseItem,
    FileHash,
    Publication,
    Rendering,
    Revision,
    RevisionFile,
    RevisionItem,
    RevisionMention,
)
from .review import LinguisticChange, Review, Seen, SharedCopy, Stance
from .rows import Figure, Goal, Measure, Responsible, Section
from .search import SearchEntry, SearchWord
from .status import Correction, StatusReport, StatusRound, Withdrawal
from .subjects import AuthorityScope, PointSubject
from .summary import PlainSummary
from .translations import TranslatedText, Translation
from .writing import Operation, Presence

__all__ = [
    "Abbreviation",
    "Adoption",
    "AuthorityScope",
    "CaseItem",
    "Correction",
    "Edit",
    "EditedFile",
    "Fate",
    "Figure",
    "FileHash",
    "Goal",
    "Hearing",
    "HintChoice",
    "Import",
    "Input",
    "Item",
    "LinguisticChange",
    "Measure",
    "Operation",
    "OrderedFile",
    "PlainSummary",
    "Plan",
    "PointSubject",
    "Presence",
    "ProposedChange",
    "Publication",
    "Rendering",
    "Responsible",
    "Review",
    "Revision",
    "RevisionFile",
    "RevisionItem",
    "RevisionMention",
    "SearchEntry",
    "SearchWord",
    "Section",
    "Seen",
    "SharedCopy",
    "Stance",
    "StatusReport",
    "StatusRound",
    "TranslatedText",
    "Translation",
    "WavedOff",
    "Withdrawal",
]
