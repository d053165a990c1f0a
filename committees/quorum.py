"""Whether a committee may decide in a case: enough of its seats are there, and the sides that must be."""

from collections.abc import Iterator
from dataclasses import dataclass

from partners.roles import on

from .models import AgendaItem, Recusal, Seat
from .rules import DECIDING


@dataclass(frozen=True, slots=True)
class SideCount:
    """How many of a side's seats are there, themselves or by a deputy."""

    side: str  # as printed
    present: int
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    recorded: bool  # whether anybody's presence is
    seats: int  # that decide in the case; a recused member's counts where a deputy has stepped in
    present: int  # of these, themselves or by a deputy
    needed: int
    missing_sides: tuple[str, ...]  # as printed
    sides: tuple[SideCount, ...]  # that have seats in the case, in the order of `Seat.Side`

    @property
    def reached(self) -> bool:
        return self.present >= self.needed and not self.missing_sides


def quorum(item: AgendaItem) -> Quorum:
    """The quorum at one item of a meeting's list. Three queries."""
    rules = item.meeting.committee.rulebook
    seats = {
        seat.pk: seat
        for seat in item.meeting.committee.seats.filter(on(item.meeting.date), role__in=DECIDING)
    }
    recused = item.case.recusals.filter(outcome=Recusal.Outcome.RECUSED, deputy=None)
    deciding = set(seats) - set(recused.values_list("seat", flat=True))
    attendances = list(item.attendances.values_list("seat", "stands_in_for"))
    there = deciding & {place or seat for seat, place in attendances}
    sides = {seats[pk].side for pk in there}
    return Quorum(
        recorded=bool(attendances),
        seats=len(deciding),
        present=len(there),
        needed=len(deciding) * rules.quorum_percent // 100 + 1 if deciding else 1,
        missing_sides=tuple(str(Seat.Side(side).label) for side in rules.quorum_sides if side not in sides),
        sides=tuple(_counts([seats[pk].side for pk in deciding], [seats[pk].side for pk in there])),
    )


def _counts(all_sides: list[str], there: list[str]) -> Iterator[SideCount]:
    for side in Seat.Side:
        if seats := all_sides.count(side):
            yield SideCount(str(side.label), there.count(side), seats)
