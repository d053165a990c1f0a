"""What is known of a frozen plan beside its words: who adopted it, where it stands, how to check it.

An exporter gets the words from a PlanDocument and everything else from here, so a document that is
made again from the same revision is the same, byte for byte.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

State = Literal["adopted", "provisional", "received", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """One decision point that adopted or recommended the plan, in the words of that meeting."""

    committee: str  # the name as it was then
    meeting_date: date | None = None
    case_number: str = ""  # as printed: «07-2021»
    point: str = ""  # the decision point's number
    verb: str = ""  # «vedtar», «slutter seg til»
    wording: str = ""
    provisional_until: str = ""  # in words: a date or «neste partnerskapsmøte»
    registered_afterwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationFacts:
    """That the words are a translation: the language of those that hold, and how many fields are not up to
    date (`plans.translating`)."""

    source_language: str
    source_address: str  # the permanent URL of the words that hold
    missing: int
    stale: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptionFacts:
    """The facts that a document prints about itself. Empty strings and None are not printed.

    `created` is the day the revision was made (never today): it becomes the file's own date.
    Raises ValueError for a plan «as received» or a draft that claims a decision.
    """

    community: str
    form: str = "nb"  # the community's, in which what Northern Sámi lacks is said
    state: State
    created: date
    version: int | None = None
    sha256: str = ""  # of the revision's canonical text, 64 hex digits
    address: str = ""  # the permanent URL of this version
    check_address: str = ""  # the short one, where a file is held up against what was adopted
    contact: str = ""  # whom to ask; line breaks are kept
    decisions: tuple[DecisionFacts, ...] = ()
    in_force_from: date | None = None
    published_from: date | None = None
    supersedes: str = ""  # the title of the plan that this one replaces
    translation: TranslationFacts | None = None

    def __post_init__(self) -> None:
        if self.state in ("received", "draft") and self.decisions:
            raise ValueError(f"A plan that is {self.state!r} has no decisions")
