"""Which part of the plan is which part of a file that came back. Pure.

First by the identity in the file; of two that carry the same (a row was copied), the one with the same
words, else the original, else the first that says anything. What carries none is paired by its words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from . import document as doc
from .edited import Edited, EditedGoal, EditedMeasure, EditedSection
from .lines import even_text
from .measure_cells import CELLS, extras_of, label_as_printed, words_in
from .word_marks import ident_of

_ALIKE = 0.6  # share of common words (difflib's ratio) from which two rows are one row rewritten

_FEW_PAIRS = 4_000
_RARE = 12  # rows; a word that more of them have says little about which row it is

type Part = doc.Section | doc.Goal | doc.Measure
type EditedPart = EditedSection | EditedGoal | EditedMeasure


def visible(part: Part) -> bool:
    """Whether the part itself has a line in the file."""
    match part:
        case doc.Section():
            return bool(even_text(part.number + part.heading))
        case doc.Goal():
            return bool(even_text(part.label + part.text + part.body) or words_in(part, "status_text"))
    return bool(_words(part))


@dataclass(slots=True)
class Pairs:
    """Base key → edited part, and what is new: part, key of its parent, key of the row before it."""

    base: doc.PlanDocument
    edited: Edited
    sections: dict[str, EditedSection] = field(default_factory=dict)
    goals: dict[str, EditedGoal] = field(default_factory=dict)
    measures: dict[str, EditedMeasure] = field(default_factory=dict)
    key_of: dict[int, str] = field(default_factory=dict)  # id of an edited part → base key
    homes: dict[str, list[str]] = field(default_factory=dict)  # goal → its measures in the file's order
    new_sections: list[tuple[EditedSection, str, str]] = field(default_factory=list)
    new_goals: list[tuple[EditedGoal, str, str]] = field(default_factory=list)
    new_measures: list[tuple[EditedMeasure, str, str, list[str]]] = field(default_factory=list)
    _below: dict[int, list[EditedSection]] = field(default_factory=dict)

    def is_known(self, part: EditedPart) -> bool:
        return id(part) in self.key_of

    def below(self, section: EditedSection) -> list[EditedSection]:
        """New sections under a new one."""
        return self._below.get(id(section), [])

    def is_gone(self, part: Part) -> bool:
        """Whether nothing of it is left in the file. What had no words cannot be missed."""
        match part:
            case doc.Section():
                inner: list[Part] = [*part.goals, *part.sections]
                rest = any(map(self._is_there, inner))
                return part.key not in self.sections and bool(_words(part)) and not rest
            case doc.Goal():
                rest = any(map(self._is_there, part.measures))
                return part.key not in self.goals and visible(part) and not rest
        return part.key not in self.measures and bool(_words(part))

    def is_headless(self, goal: doc.Goal) -> bool:
        """Whether its measures are in the file and it is not."""
        return goal.key not in self.goals and any(m.key in self.measures for m in goal.measures)

    def _is_there(self, part: Part) -> bool:
        match part:
            case doc.Section():
                inner: Sequence[Part] = [*part.goals, *part.sections]
                return part.key in self.sections or any(map(self._is_there, inner))
            case doc.Goal():
                return part.key in self.goals or any(map(self._is_there, part.measures))
        return part.key in self.measures


def pair(base: doc.PlanDocument, edited: Edited) -> Pairs:
    pairs = Pairs(base, edited)
    goals = [goal for section in edited.sections for goal in section.goals]
    measures = [measure for goal in goals for measure in goal.measures]
    for found, old, new in (
        (pairs.sections, [section for _depth, section in base.walk_sections()], edited.sections),
        (pairs.goals, [goal for _section, goal in base.walk_goals()], goals),
        (pairs.measures, [measure for _s, _g, measure in base.walk_measures()], measures),
    ):
        found.update(_pair(old, new, pairs.key_of))  # type: ignore[arg-type]
    _place_measures(pairs)
    _place_goals(pairs)
    _place_sections(pairs)
    return pairs


def _pair(old: Sequence[Part], new: Sequence[EditedPart], key_of: dict[int, str]) -> dict[str, EditedPart]:
    found: dict[str, EditedPart] = {}
    by_ident: dict[str, list[EditedPart]] = {}
    for part in new:
        if part.ident:
            by_ident.setdefault(part.ident, []).append(part)
    for before in old:
        candidates = by_ident.get(ident_of(before.key), [])
        if candidates:
            text = even_text(before.heading if isinstance(before, doc.Section) else before.text)
            best = min(candidates, key=lambda c: (not _said(c), even_text(c.name.text) != text, c.copied))
            found[before.key] = best
            key_of[id(best)] = before.key
    _pair_by_words(
        [before for before in old if before.key not in found and _words(before)],
        [part for part in new if id(part) not in key_of and _said(part)],
        found,
        key_of,
    )
    return found


def _pair_by_words(
    old: list[Part], new: list[EditedPart], found: dict[str, EditedPart], key_of: dict[int, str]
) -> None:
    """The same words first, in order; then the most alike."""
    left = list(new)
    for before in list(old):
        same = next((part for part in left if _said(part) == _words(before)), None)
        if same is not None:
            found[before.key], key_of[id(same)] = same, before.key
            old.remove(before)
            left.remove(same)
    ratios = sorted(
        ((ratio, n, m) for n, m in _worth_a_look(old, left) if (ratio := _ratio(old[n], left[m])) >= _ALIKE),
        key=lambda alike: (-alike[0], abs(alike[1] - alike[2])),
    )
    taken: set[int] = set()
    for _alike, n, m in ratios:
        if old[n].key not in found and m not in taken:
            found[old[n].key], key_of[id(left[m])] = left[m], old[n].key
            taken.add(m)


def _worth_a_look(old: list[Part], new: list[EditedPart]) -> Iterator[tuple[int, int]]:
    """The places of the pairs to compare: all where they are few, else those that share a rare word."""
    if len(old) * len(new) <= _FEW_PAIRS:
        yield from ((n, m) for n in range(len(old)) for m in range(len(new)))
        return
    having: dict[str, list[int]] = {}
    for m, part in enumerate(new):
        for word in set(_said(part).split()):
            having.setdefault(word, []).append(m)
    for n, before in enumerate(old):
        near = {
            m
            for word in set(_words(before).split())
            for m in having.get(word, [])[: _RARE + 1]
            if len(having[word]) <= _RARE
        }
        yield from ((n, m) for m in sorted(near))


def _ratio(old: Part, new: EditedPart) -> float:
    matcher = SequenceMatcher(None, _words(old).split(), _said(new).split(), autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()


def _words(part: Part) -> str:
    """The words by which a part is known: a heading, a goal, a measure with what stands beside it."""
    match part:
        case doc.Section():
            return even_text(f"{part.number} {part.heading}")
        case doc.Goal():
            return even_text(f"{label_as_printed(part.label)} {part.text}")
    extras = [words for words in part.extra.values() if words]
    return even_text(" ".join([part.text, *(words_in(part, name) for name in CELLS), *extras]))


def _said(part: EditedPart) -> str:
    return part.words if isinstance(part, EditedMeasure) else part.name.whole


# --- where things stand in the file ---


def _place_measures(pairs: Pairs) -> None:
    """Each goal's measures in the file's order, and the new ones with the goal they came under.

    Where a goal has no cell of its own (it has no words, or its first row was taken out and Word joined
    the rest to the cell above), measures under it stay where they were.
    """
    goal_of = {m.key: goal for _s, goal, m in pairs.base.walk_measures()}
    extras = {goal.key: extras_of(section) for section, goal in pairs.base.walk_goals()}
    for section in pairs.edited.sections:
        for goal in section.goals:
            here = pairs.key_of.get(id(goal), "")
            if not here and goal.ident:  # a goal whose cell stands in two places
                here = next((k for k in pairs.goals if ident_of(k) == goal.ident), "")
            last: dict[str, str] = {}
            home = here
            for measure in goal.measures:
                key = pairs.key_of.get(id(measure), "")
                if key:
                    was = goal_of[key]
                    home = here if here and was.key in pairs.goals else was.key
                    pairs.homes.setdefault(home, []).append(key)
                    last[home] = key
                elif home and measure.words:
                    pairs.new_measures.append((measure, home, last.get(home, ""), extras[home]))


def _place_goals(pairs: Pairs) -> None:
    for section in pairs.edited.sections:
        key = pairs.key_of.get(id(section), "")
        before = ""
        for goal in section.goals:
            if known := pairs.key_of.get(id(goal)):
                before = known
            elif key and not goal.ident and (goal.name.whole or any(m.words for m in goal.measures)):
                homeless = [m for m in goal.measures if id(m) not in pairs.key_of]
                if goal.name.whole or _all_new(goal, homeless):
                    pairs.new_goals.append((goal, key, before))


def _all_new(goal: EditedGoal, new: list[EditedMeasure]) -> bool:
    return bool(new) and len(new) == len(goal.measures)


def _place_sections(pairs: Pairs) -> None:
    """New sections, with the section above them and the one before; those under a new one go with it."""
    path: list[tuple[int, EditedSection, str]] = []  # level, section, its key where it is known
    before: dict[str, str] = {}
    for section in pairs.edited.sections:
        key = pairs.key_of.get(id(section), "")
        if not section.named:
            continue
        while path and path[-1][0] >= section.level:
            path.pop()
        above = path[-1] if path else None
        parent = above[2] if above else ""
        if key:
            before[_parent_of(pairs.base, key)] = key
        elif above and not parent:
            pairs._below.setdefault(id(above[1]), []).append(section)
        elif section.name.whole:
            pairs.new_sections.append((section, parent, before.get(parent, "")))
        path.append((section.level, section, key))


def _parent_of(base: doc.PlanDocument, key: str) -> str:
    for _depth, section in base.walk_sections():
        if any(below.key == key for below in section.sections):
            return section.key
    return ""


def walk_homes(pairs: Pairs) -> Iterator[tuple[doc.Goal, list[str]]]:
    """Each goal of the base with the keys of its measures in the file's order."""
    for _section, goal in pairs.base.walk_goals():
        yield goal, pairs.homes.get(goal.key, [])
