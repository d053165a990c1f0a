"""Where everything stands in a file that came back: what is new there, and what was moved. Pure.

A part stands under the heading or in the goal's cell that it is found under. Where that cannot be told (the
chapter above has no heading, the goal no cell) it stays where it was.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from . import document as doc
from .compare.order import out_of_order
from .edited import EditedGoal, EditedMeasure, EditedPart, EditedSection, ItemKind
from .pairing import Pairs, Part, visible
from .word_marks import ident_of

_DEEPEST_HEADING = 4  # the file has headings of no more levels than this


@dataclass(frozen=True, slots=True)
class Place:
    """A part's place in the file. `key` is its key in the plan, or a name («new1») where it is new;
    `under` and `after` are keys or names of its parent (empty: the plan) and of the row before it
    (empty: it is first).
    """

    kind: ItemKind
    key: str
    under: str
    after: str
    part: EditedPart | None = None  # where it is new


@dataclass(slots=True)
class Places:
    """`arranged` holds in the file's order what is new (without what comes with a new parent) and what was
    moved: done one after another, each step finds its parent and the row before it in place.
    """

    pairs: Pairs
    arranged: list[Place] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)  # id of a new part → its name
    below: dict[str, list[EditedPart]] = field(default_factory=dict)  # name → the new parts under it
    home: dict[str, str] = field(default_factory=dict)  # key of what is in the file → key of its parent
    nowhere: list[EditedPart] = field(default_factory=list)  # new, and under nothing that is known

    def is_gone(self, part: Part) -> bool:
        """Whether nothing of it is left where it was. What had no words cannot be missed."""
        return visible(part) and not self.pairs.has(part) and not self._stays(part, "")

    def _stays(self, part: Part, under: str) -> bool:
        """Whether the part, or something in it, is in the file under this parent."""
        if self.pairs.has(part):
            return self.home.get(part.key, under) == under
        return any(self._stays(row, part.key) for row in rows_of(part))

    def is_headless(self, goal: doc.Goal) -> bool:
        """Whether its measures are in the file and it is not."""
        return not self.pairs.has(goal) and any(self._stays(m, goal.key) for m in goal.measures)


def rows_of(part: Part) -> Sequence[Part]:
    match part:
        case doc.Section():
            return [*part.goals, *part.sections]
        case doc.Goal():
            return part.measures
    return ()


def places(pairs: Pairs, settled: Collection[str] = ()) -> Places:
    """`settled` are keys of what was moved in the portal since: it stays where the portal has it."""
    reader = _Reader(pairs, settled)
    for section in pairs.edited.sections:
        reader.section(section)
    moved = set(_moved(reader))
    arranged = [
        place
        for place in reader.order
        if place.key in moved or (place.part is not None and place.under not in reader.below)
    ]
    return Places(
        pairs,
        arranged=arranged,
        names=reader.names,
        below=reader.below,
        home=reader.home,
        nowhere=reader.nowhere,
    )


def _moved(reader: "_Reader") -> Iterator[str]:
    """As few as will do."""
    for (_kind, under), keys in reader.rows.items():
        known = [key for key in keys if key in reader.base_place]
        staying = [key for key in known if reader.above[key] == under]
        order = [reader.base_place[key] for key in staying]
        yield from (key for key, out in zip(staying, out_of_order(order), strict=True) if out)
        yield from (key for key in known if reader.above[key] != under)


class _Reader:
    """Walks the file and notes under which parent each part stands, and after which row."""

    def __init__(self, pairs: Pairs, settled: Collection[str]) -> None:
        self._pairs = pairs
        self._settled = settled
        self.names: dict[int, str] = {}
        self.below: dict[str, list[EditedPart]] = {}
        self.home: dict[str, str] = {}
        self.nowhere: list[EditedPart] = []
        self.order: list[Place] = []
        self.rows: dict[tuple[ItemKind, str], list[str]] = {}  # kind and parent → keys in the file's order
        self.above: dict[str, str] = {}  # in the plan: key → parent's key
        self.base_place: dict[str, int] = {}
        self._parts: dict[str, Part] = {}
        self._depth: dict[str, int] = {}
        self._path: list[tuple[int, str]] = []  # headings above: level and key
        self._known(pairs.base.sections, "")
        self._depth |= {section.key: depth for depth, section in pairs.base.walk_sections()}
        self._idents = {ident_of(key): key for key in pairs.goals}
        self._with_goals = {
            self.above[pairs.key_of[id(goal)]]
            for section in pairs.edited.sections
            for goal in section.goals
            if id(goal) in pairs.key_of
            and self.above[pairs.key_of[id(goal)]] == pairs.key_of.get(id(section))
        }

    def _known(self, parts: Sequence[Part], under: str) -> None:
        for place, part in enumerate(parts):
            self.above[part.key], self.base_place[part.key], self._parts[part.key] = under, place, part
            self._known(rows_of(part), part.key)

    def section(self, section: EditedSection) -> None:
        here = self._section(section)
        last = ""
        for goal in section.goals:
            last = self._goal(goal, here, last)

    def _section(self, section: EditedSection) -> str:
        """Its key, or its name where it is new; empty where it is neither."""
        key = self._pairs.key_of.get(id(section), "")
        if not key and not (section.named and section.name.whole):
            self.nowhere.append(section)
            return ""
        level = self._level(section, key)
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        under = self._path[-1][1] if self._path else ""
        if not key:
            key = self._new(section, "section", under)
        elif section.named:
            was = self.above[key]
            if was and was not in self._pairs.sections and not visible(self._parts[was]):
                under = was
            self._put(key, "section", under)
        self._path.append((level, key))
        return key

    def _level(self, section: EditedSection, key: str) -> int:
        if not key:
            return section.level
        depth = self._depth[key]
        if not section.named or not section.level:
            return depth
        return max(depth, _DEEPEST_HEADING) if section.level >= _DEEPEST_HEADING else section.level

    def _goal(self, goal: EditedGoal, here: str, last: str) -> str:
        """The section in which the goal stands, which the next new one goes by; `last` is that of the one
        before.
        """
        key = self._pairs.key_of.get(id(goal), "")
        known = [self._pairs.key_of[id(m)] for m in goal.measures if id(m) in self._pairs.key_of]
        if key:
            was = self.above[key]
            under = here if here and self._is_anchored(was) else was
            self._put(key, "goal", under)
        elif self._is_alias(goal):
            key, under = self._idents[goal.ident], last
        elif goal.name.whole or (not known and any(m.words for m in goal.measures)):
            under = last or here or (self.above[self.above[known[0]]] if known else "")
            if under:
                key = self._new(goal, "goal", under)
            else:
                self.nowhere.append(goal)
        else:
            under = last
        self._measures(goal, key, known)
        return under or last

    def _is_anchored(self, section: str) -> bool:
        """Whether one can tell in the file what stands in this section and what does not."""
        edited = self._pairs.sections.get(section)
        if edited is None:
            return visible(self._parts[section])
        return edited.named or section in self._with_goals

    def _is_alias(self, goal: EditedGoal) -> bool:
        """Whether it is the cell of a goal that stands in two places."""
        key = self._idents.get(goal.ident)
        return key is not None and goal.name.whole in ("", self._pairs.goals[key].name.whole)

    def _measures(self, goal: EditedGoal, here: str, known: list[str]) -> None:
        home = here or (self.above[known[0]] if known else "")
        for measure in goal.measures:
            key = self._pairs.key_of.get(id(measure), "")
            if key:
                was = self.above[key]
                home = here if here and here != self._joined(was) else was
                self._put(key, "measure", home)
            elif home and measure.words:
                self._new(measure, "measure", home)

    def _joined(self, goal: str) -> str:
        """The goal above, to which Word joins the rows of one whose cell was taken out."""
        if goal in self._pairs.goals:
            return ""
        above = [key for key in self._pairs.goals if self.above[key] == self.above[goal]]
        before = [key for key in above if self.base_place[key] < self.base_place[goal]]
        return max(before, key=self.base_place.__getitem__, default="")

    def _put(self, key: str, kind: ItemKind, under: str) -> None:
        self.home[key] = self.above[key] if key in self._settled else under
        if key in self._settled:
            return
        rows = self.rows.setdefault((kind, under), [])
        self.order.append(Place(kind, key, under, rows[-1] if rows else ""))
        rows.append(key)

    def _new(self, part: EditedPart, kind: ItemKind, under: str) -> str:
        name = self.names[id(part)] = f"new{len(self.names) + 1}"
        if under in self.below:
            self.below[under].append(part)
        if not isinstance(part, EditedMeasure):
            self.below[name] = []
        rows = self.rows.setdefault((kind, under), [])
        self.order.append(Place(kind, name, under, rows[-1] if rows else "", part))
        rows.append(name)
        return name
