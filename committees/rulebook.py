"""A committee's own rules: data, since no two mandates agree. Kept as JSON in `Committee.rules`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a mandate says. The defaults are what most mandates say."""

    must_join: tuple[str, ...] = ()  # sides (`Seat.Side`) whose joining consensus needs; empty: every side
    quorum_percent: int = 50  # more than so many percent of the seats that decide, deputies counted
    quorum_sides: tuple[str, ...] = ()  # sides of which at least one must be there
    observers_speak: bool = True
    observers_propose: bool = False
    adopts_by_authority: bool = False  # adopts only what somebody above has given it authority to adopt
    votes: bool = False  # whether the mandate has votes at all; consensus is the rule
    minutes_approvers: int = 2  # 2: the leader, and one more who was there; 1: the leader alone
    case_number: str = "{number:02}-{year}"
    conclusion_heading: str = "Forslag til konklusjon"
    papers_days: int = 7  # papers are sent so many days before the meeting
    cases_days: int = 14  # cases are reported so many days before the papers are sent

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Rules":
        """The rules of a stored mapping; keys that are missing have their defaults, others are left out."""
        known = {f.name for f in fields(cls)}
        given: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in stored.items() if k in known
        }
        return cls(**given)

    def stored(self) -> dict[str, Any]:
        """As `read` takes it: what differs from the defaults."""
        usual = asdict(Rules())
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items() if v != usual[k]}

    def papers_due(self, meeting: date) -> date:
        return meeting - timedelta(days=self.papers_days)

    def cases_due(self, meeting: date) -> date:
        return self.papers_due(meeting) - timedelta(days=self.cases_days)

    def print_number(self, number: int, year: int) -> str:
        """A case's number in the committee's own form: «07-2026», «2026/7»."""
        return self.case_number.format(number=number, year=year)
