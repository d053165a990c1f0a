"""Which row of the old plan is which row of the new one.

First by identity (the same Item), then by words at the same place, then by words anywhere, then by
likeness, and last a goal or section is the one that most of its rows went to. Every step gives the
same pairs when old and new change places.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from .likeness import ANYWHERE, SAME_PLACE, alike_pairs
from .tree import Node, Tree

# An Item's UUID means the same row in every plan; the short keys of an importer do not.
_IDENTITY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Matches:
    """Pairs of nodes, looked up from either side."""

    def __init__(self) -> None:
        self.new_of: dict[Node, Node] = {}
        self.old_of: dict[Node, Node] = {}

    def add(self, old: Node, new: Node) -> None:
        self.new_of[old] = new
        self.old_of[new] = old

    def same_place(self, old: Node, new: Node) -> bool:
        """Whether the parents are each other's, or both stand in the plan itself."""
        if old.parent is None or new.parent is None:
            return old.parent is new.parent
        return self.new_of.get(old.parent) is new.parent

    def left(self, old: Iterable[Node], new: Iterable[Node]) -> tuple[list[Node], list[Node]]:
        return [n for n in old if n not in self.new_of], [n for n in new if n not in self.old_of]


def match(old: Tree, new: Tree) -> Matches:
    matches = Matches()
    _by_identity(old, new, matches)
    _sections(old, new, matches)
    _alike(old.sections, new.sections, matches, lambda node: node.all_words)
    _sections(old, new, matches)
    for before, after in ((old.goals, new.goals), (old.measures, new.measures)):
        _same_words_here(before, after, matches)
        _same_words_anywhere(before, after, matches)
        _alike(before, after, matches, lambda node: node.words)
    _by_children(old.goals, new.goals, matches)
    _by_children(old.sections, new.sections, matches)
    return matches


def _by_identity(old: Tree, new: Tree, matches: Matches) -> None:
    known = {(n.kind, n.part.key): n for n in reversed(new.nodes()) if _IDENTITY.fullmatch(n.part.key)}
    for node in old.nodes():
        found = known.pop((node.kind, node.part.key), None)
        if found:
            matches.add(node, found)


def _sections(old: Tree, new: Tree, matches: Matches) -> None:
    """Sections of the same or a like heading under the same parent, from the top down.

    A heading such as «Forpliktelse» comes again under every area, so that elsewhere it says nothing.
    """
    _under_one_parent(old.roots, new.roots, matches)
    for node in old.sections:  # in reading order, so that a parent has its match before it is asked
        if found := matches.new_of.get(node):
            _under_one_parent(node.of("section"), found.of("section"), matches)


def _under_one_parent(old: list[Node], new: list[Node], matches: Matches) -> None:
    _same_words_here(old, new, matches)
    _alike(old, new, matches, lambda node: node.words, here_only=True)


def _same_words_here(old: Iterable[Node], new: Iterable[Node], matches: Matches) -> None:
    """The same words (or none) under the same parent; several of them in their order."""
    before, after = matches.left(old, new)
    waiting: dict[tuple[Node | None, tuple[str, ...]], list[Node]] = defaultdict(list)
    for node in after:
        waiting[node.parent, node.words].append(node)
    for node in before:
        parent = matches.new_of.get(node.parent) if node.parent else None
        if node.parent and parent is None:
            continue
        if found := waiting[parent, node.words]:
            matches.add(node, found.pop(0))


def _same_words_anywhere(old: Iterable[Node], new: Iterable[Node], matches: Matches) -> None:
    before, after = matches.left(old, new)
    waiting: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in after:
        waiting[node.words].append(node)
    for node in before:
        if node.words and (found := waiting[node.words]):
            matches.add(node, found.pop(0))


def _alike(
    old: Iterable[Node],
    new: Iterable[Node],
    matches: Matches,
    read: Callable[[Node], tuple[str, ...]],
    *,
    here_only: bool = False,
) -> None:
    """The likest pairs first; at the same place less likeness is enough."""
    before, after = matches.left(old, new)
    pairs = []
    for a, b, ratio in alike_pairs(before, after, read, matches.same_place):
        here = matches.same_place(a, b)
        if ratio >= (SAME_PLACE if here else ANYWHERE) and (here or not here_only):
            pairs.append((a, b, ratio, here))
    pairs.sort(key=lambda p: (-p[2], not p[3], *_apart(p[0], p[1])))
    for a, b, _ratio, _here in pairs:
        if a not in matches.new_of and b not in matches.old_of:
            matches.add(a, b)


def _by_children(old: Iterable[Node], new: Iterable[Node], matches: Matches) -> None:
    """A parent is the one that at least half of its rows went to, and got at least half of its rows from."""
    before, after = matches.left(old, new)
    wanted = set(after)
    pairs = []
    for node in before:
        went = Counter(matches.new_of[c].parent for c in node.children if c in matches.new_of)
        for parent, count in went.items():
            if parent in wanted and 2 * count >= max(len(node.children), len(parent.children)):
                pairs.append((count, node, parent))
    pairs.sort(key=lambda p: (-p[0], *_apart(p[1], p[2])))
    for _count, node, parent in pairs:
        if node not in matches.new_of and parent not in matches.old_of:
            matches.add(node, parent)


def _apart(old: Node, new: Node) -> tuple[int, int, int]:
    """How far apart two rows stand; the same when old and new change places."""
    return abs(old.index - new.index), min(old.index, new.index), max(old.index, new.index)
