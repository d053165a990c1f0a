"""Which part of the plan is which part of a file that came back. Pure.

First by the identity in the file; of two that carry the same (a row was copied), the one with the same
words, else the original. What carries none is paired by its words, and a goal or chapter that was written
anew by what stands under it. What was emptied comes last: its words may have been put elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from . import document as doc
from .edited import Edited, EditedGoal, EditedMeasure, EditedPart, EditedSection
from .lines import even_text
from .measure_cells import CELLS, label_as_printed, words_in
from .word_marks import ident_of

_ALIKE = 0.6  # share of common words (difflib's ratio) from which two rows are one row rewritten

_FEW_PAIRS = 4_000
_RARE = 12  # rows; a word that more of them have says little about which row it is

type Part = doc.Section | doc.Goal | doc.Measure


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
    """Base key → edited part, and the other way."""

    base: doc.PlanDocument
    edited: Edited
    sections: dict[str, EditedSection] = field(default_factory=dict)
    goals: dict[str, EditedGoal] = field(default_factory=dict)
    measures: dict[str, EditedMeasure] = field(default_factory=dict)
    key_of: dict[int, str] = field(default_factory=dict)  # id of an edited part → base key

    def has(self, part: Part) -> bool:
        """Whether the part is in the file."""
        match part:
            case doc.Section():
                return part.key in self.sections
            case doc.Goal():
                return part.key in self.goals
        return part.key in self.measures


def pair(base: doc.PlanDocument, edited: Edited) -> Pairs:
    pairs = Pairs(base, edited)
    goals = [goal for section in edited.sections for goal in section.goals]
    measures = [measure for goal in goals for measure in goal.measures]
    for found, old, new in (
        (pairs.measures, [measure for _s, _g, measure in base.walk_measures()], measures),
        (pairs.goals, [goal for _section, goal in base.walk_goals()], goals),
        (pairs.sections, [section for _depth, section in base.walk_sections()], edited.sections),
    ):
        _pair(old, new, found, pairs.key_of)  # type: ignore[arg-type]  # three dicts in turn, each of its own kind
    return pairs


def _pair(
    old: Sequence[Part], new: Sequence[EditedPart], found: dict[str, EditedPart], key_of: dict[int, str]
) -> None:
    _pair_by_identity(old, [part for part in new if _said(part)], found, key_of)
    _pair_by_words(
        [before for before in old if before.key not in found and _words(before)],
        [part for part in new if id(part) not in key_of and _said(part)],
        found,
        key_of,
    )
    _pair_by_rows(old, new, found, key_of)
    _pair_by_identity(old, new, found, key_of)


def _pair_by_identity(
    old: Sequence[Part], new: Sequence[EditedPart], found: dict[str, EditedPart], key_of: dict[int, str]
) -> None:
    by_ident: dict[str, list[EditedPart]] = {}
    for part in new:
        if part.ident and id(part) not in key_of:
            by_ident.setdefault(part.ident, []).append(part)
    for before in old:
        candidates = by_ident.get(ident_of(before.key), [])
        if candidates and before.key not in found:
            text = even_text(before.heading if isinstance(before, doc.Section) else before.text)
            best = min(candidates, key=lambda c: (even_text(c.name.text) != text, c.copied))
            found[before.key], key_of[id(best)] = best, before.key


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


def _pair_by_rows(
    old: Sequence[Part], new: Sequence[EditedPart], found: dict[str, EditedPart], key_of: dict[int, str]
) -> None:
    """A goal (or chapter) of other words, under which stands most of what stood under one that is gone."""
    above = {row.key: before for before in old for row in _rows(before)}
    for part in new:
        if part.ident or id(part) in key_of or not _said(part):
            continue
        keys = [key_of[id(row)] for row in _edited_rows(part) if id(row) in key_of]
        usual = Counter(above[key].key for key in keys if key in above).most_common(1)
        if not usual or usual[0][0] in found:
            continue
        before = next(b for b in old if b.key == usual[0][0])
        if _words(before) and 2 * usual[0][1] > max(len(keys), len(_rows(before))):
            found[before.key], key_of[id(part)] = part, before.key


def _rows(part: Part) -> Sequence[Part]:
    match part:
        case doc.Section():
            return part.goals
        case doc.Goal():
            return part.measures
    return ()


def _edited_rows(part: EditedPart) -> Sequence[EditedPart]:
    match part:
        case EditedSection():
            return part.goals
        case EditedGoal():
            return part.measures
    return ()


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
