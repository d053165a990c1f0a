"""Where each side stands on each measure, from stances, seats, words and rules. Pure: no Django.

A stance belongs to the words it was given on. On other words it is stale: it asks again, and counts as
not answered, unless linguistic corrections lead from its words to today's. Silence is never consent.

Words are `document.words_hash` by item key. A stance without an item speaks of the whole: of every
measure's words in its own version, and of no measure that the version did not have. The words of a version
that was taken down are gone: such a stance asks again of every measure, and no older one counts in its place.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from committees.rulebook import Rules
from plans.document import PlanDocument, words_hash

type Kind = Literal["joins", "reserves", "own_body", "disagrees"]
type Position = Literal["disagreement", "reservation", "not_answered", "consensus"]
type Words = Mapping[str, str]

# The worst first: one seat that disagrees is what its side must talk about.
POSITIONS: tuple[Position, ...] = ("disagreement", "reservation", "not_answered", "consensus")
_POSITION_OF: dict[str, Position] = {
    "joins": "consensus",
    "reserves": "reservation",
    "own_body": "reservation",
    "disagrees": "disagreement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A seat of the committee: one that decides, or an observer's."""

    key: int
    name: str
    side: str  # a value of `Seat.Side`
    on_behalf_of: str = ""
    decides: bool = True
    recused: bool = False  # what its own holder said does not count; the deputy's word does
    deputy: bool = False  # whether somebody has stepped in for the one who is recused


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A stance as it was given. `key` grows with time: of two, the higher one is the newer."""

    key: int
    place: int  # the seat that it counts for
    seat: int  # whose holder gave it: the same, or the deputy's
    kind: Kind
    version: int  # of the words it was given on
    item: str = ""  # a measure's key; empty: the whole
    words: str = ""  # of that measure then; of the whole the version says it
    remark: str = ""
    expected_on: date | None = None
    on_behalf_of: str = ""
    name: str = ""
    from_paper: bool = False
    in_meeting: bool = False
    late: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """«Språklig rettelse»: from these words of a measure to those."""

    item: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a seat says of one measure. `given` is its newest stance, or None."""

    place: Place
    given: Given | None = None
    stale: bool = False  # given on earlier words: asks again
    corrected: bool = False  # given on earlier words, and only linguistic corrections since

    @property
    def position(self) -> Position:
        return "not_answered" if self.given is None or self.stale else _POSITION_OF[self.given.kind]

    @property
    def objects(self) -> bool:
        return self.position in ("disagreement", "reservation")


@dataclass(frozen=True, slots=True)
class SideStanding:
    """Where a side stands on a measure: where the one stands that is furthest from joining."""

    side: str
    needed: bool  # consensus needs that it joins
    answers: tuple[Answer, ...]

    @property
    def position(self) -> Position:
        return _worst(answer.position for answer in self.answers)

    def count(self, position: Position) -> int:
        return sum(answer.position == position for answer in self.answers)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where all stand on one measure. Observers are heard where the rules let them propose; none counts."""

    item: str
    sides: tuple[SideStanding, ...]
    observers: tuple[Answer, ...] = ()

    @property
    def position(self) -> Position:
        """Of those sides whose joining consensus needs; none of them there is no consensus."""
        return _worst(side.position for side in self.sides if side.needed)

    @property
    def answers(self) -> tuple[Answer, ...]:
        return tuple(answer for side in self.sides for answer in side.answers)

    @property
    def must_be_talked_about(self) -> bool:
        """Somebody who decides reserves or disagrees on this measure by itself, needed side or not."""
        return any(answer.objects and answer.given and answer.given.item for answer in self.answers)

    def has(self, position: Position) -> bool:
        """Whether anybody who decides stands there."""
        return any(side.count(position) for side in self.sides)

    @property
    def votes(self) -> tuple[int, int]:
        """(for, against), where a mandate has votes: who joined, and who disagrees."""
        return sum(side.count("consensus") for side in self.sides), sum(
            side.count("disagreement") for side in self.sides
        )

    @property
    def stale(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.stale)


def words_of(document: PlanDocument) -> dict[str, str]:
    """The words of every measure: item key → `words_hash`."""
    return {m.key: words_hash(goal, m) for _section, goal, m in document.walk_measures()}


def standings(
    words: Words,
    *,
    places: Sequence[Place],
    stances: Iterable[Given],
    versions: Mapping[int, Words],
    corrections: Iterable[Correction] = (),
    rules: Rules | None = None,
) -> dict[str, Standing]:
    """Each measure's standing by item key, in the order of `words` (the words as they are now).

    `versions` holds the words of every version that a stance on the whole was given on, but of those that
    were taken down.
    """
    rules = rules or Rules()
    newest = _newest(places, stances, versions, words)
    sides = _sides(places, rules)
    observers = [place for place in places if not place.decides] if rules.observers_propose else []
    later = _Later(corrections)

    def answer(place: Place, item: str) -> Answer:
        return _answer(place, newest.get((place.key, item)), item, words[item], versions, later)

    return {
        item: Standing(
            item,
            tuple(
                SideStanding(side, needed, tuple(answer(place, item) for place in there))
                for side, needed, there in sides
            ),
            tuple(heard for place in observers if (heard := answer(place, item)).given),
        )
        for item in words
    }


def _worst(positions: Iterable[Position]) -> Position:
    return min(positions, key=POSITIONS.index, default="not_answered")


def _sides(places: Sequence[Place], rules: Rules) -> list[tuple[str, bool, list[Place]]]:
    """(side, needed, the places of it that decide), the needed ones first, as the rules and seats name them.

    Who is recused decides only through a deputy. A side that is needed and has nobody stays empty.
    """
    there: dict[str, list[Place]] = {side: [] for side in rules.must_join}
    for place in places:
        if place.decides and (place.deputy or not place.recused):
            there.setdefault(place.side, []).append(place)
    needed = set(rules.must_join) or set(there)
    return [(side, side in needed, found) for side, found in there.items()]


def _newest(
    places: Sequence[Place], stances: Iterable[Given], versions: Mapping[int, Words], words: Words
) -> dict[tuple[int, str], Given]:
    """(place, item) → the newest stance that speaks of that measure. A deputy's counts until a newer one."""
    recused = {place.key for place in places if place.recused}
    newest: dict[tuple[int, str], Given] = {}
    for given in sorted(stances, key=lambda given: given.key):
        if given.place in recused and given.seat == given.place:
            continue
        for item in (given.item,) if given.item else versions.get(given.version, words):
            newest[given.place, item] = given
    return newest


def _answer(
    place: Place,
    given: Given | None,
    item: str,
    now: str,
    versions: Mapping[int, Words],
    later: "_Later",
) -> Answer:
    if given is None:
        return Answer(place)
    then = given.words if given.item else versions.get(given.version, {}).get(item)
    if then is None:
        return Answer(place, given, stale=True)
    if then == now:
        return Answer(place, given)
    corrected = now in later.reach(item, then)
    return Answer(place, given, stale=not corrected, corrected=corrected)


class _Later:
    """Which words the linguistic corrections lead to."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._steps: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._reached: dict[tuple[str, str], set[str]] = {}
        for correction in corrections:
            self._steps[correction.item, correction.old].add(correction.new)

    def reach(self, item: str, words: str) -> set[str]:
        """Every text that corrections lead to from this one, by one step or several."""
        if (item, words) not in self._reached:
            reached: set[str] = set()
            waiting = [words]
            while waiting:
                new = self._steps.get((item, waiting.pop()), set()) - reached
                reached |= new
                waiting += new
            self._reached[item, words] = reached
        return self._reached[item, words]
