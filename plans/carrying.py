"""The list of an old plan's measures, and what has been decided of each for the new plan."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from .document import Goal, Measure, Section
from .models import Fate


class State(NamedTuple):
    """What is decided of a measure; everything empty while nothing is."""

    kind: str = ""  # a Fate.Kind
    parts: int = 0  # how many a split one becomes
    into: str = ""  # key of the old measure whose new one it is merged into
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OldMeasure:
    number: int  # its place in the list, from 1
    section: Section
    goal: Goal
    measure: Measure
    place: int  # its place in the goal, from 0
    state: State
    new: tuple[UUID, ...] = ()  # its own measures in the new plan; none for a merged one
    codes: tuple[str, ...] = ()  # of the measures that it became, its own or another's

    @property
    def key(self) -> str:
        return self.measure.key

    @property
    def decided(self) -> bool:
        return bool(self.state.kind)

    @property
    def status_key(self) -> str:
        """What measures of the same status share: the value where it is known, otherwise the words."""
        status = self.measure.status
        return (status.value or status.text.casefold()) if status else ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What somebody wants of an old measure, and what they saw decided when they chose."""

    old: str  # key of the old measure
    wanted: State
    seen: State


# What stands in the new plan as a measure of its own, and so can be merged into.
GOES_ON = (Fate.Kind.CONTINUED, Fate.Kind.CHANGED)
