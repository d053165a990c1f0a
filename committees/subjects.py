"""What cases are about, as the app above knows it: the one place where a decision reaches its subject.

Committees decide; what that does to a plan, the plans say. `plans/apps.py` registers its `Subjects`.
Every call happens inside the transaction of the decision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.safestring import SafeString

from partners.models import HealthCommunity, User

from .models import AgendaItem, Authority, Case, DecisionPoint, Meeting


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that a case speaks of. `key` names it for `Subjects`; the rest is for people."""

    key: str
    title: str
    note: str = ""  # «versjon 3, til SSU 12. mars»
    url: str = ""
    pk: int | None = None  # of what can be taken out of the case again
    said: tuple[str, ...] = ()  # where the sides stand, in sentences
    links: tuple[tuple[str, str], ...] = ()  # what is at hand in the meeting: (words, address)


class Subjects(Protocol):
    def of(self, case: Case) -> Sequence[Subject]:
        """What the case speaks of, in order."""

    def treated(self, item: AgendaItem, *, user: User) -> Sequence[Subject]:
        """The same in the meeting, for this person: where the sides stand, and what is at hand."""

    def of_cases(self, cases: Sequence[Case]) -> Mapping[int, Sequence[Subject]]:
        """The same of many cases at once, by the case's key. Each case knows its committee already."""

    def printed(self, case: Case, *, level: int) -> Sequence[SafeString]:
        """The subjects as they are printed in the case's papers, under headings from this level on."""

    def apply(
        self, point: DecisionPoint, keys: Sequence[str], effect: Mapping[str, Any], *, by: User
    ) -> None:
        """Records what the point speaks of, and does to it what the point says. Raises Refusals."""

    def confirm(self, point: DecisionPoint, *, by: User, words: str) -> None:
        """The leader has confirmed the final words of a point «med endringer fra møtet».

        `words`, where given, are the mark of those that were read. Raises Conflict and other Refusals.
        """

    def cover(self, authority: Authority, keys: Sequence[str]) -> None:
        """The authority is for these subjects."""

    def recorded(self, meeting: Meeting) -> None:
        """The minutes are approved: what was decided is public now."""

    def decided(self, case: Case) -> None:
        """A decision in the case was recorded, confirmed or changed: its public page may say more or less."""

    def named(self, community: HealthCommunity) -> None:
        """A committee or role of the community was written down: words that name it now mean it."""

    def carry(self, case: Case, *, to: Case) -> None:
        """The new case speaks of the same as the old one, in the same words."""


_registered: list[Subjects] = []


def register(subjects: Subjects) -> None:
    """Called from the app's `ready()`; the last one holds."""
    _registered[:] = [subjects]


def subjects() -> Subjects:
    return _registered[0]
