"""How alike rows are, without asking it of every pair: only those that share a rare word, or a place."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from .tree import Node

# Shares of common words (difflib's ratio) from which two rows are one row rewritten.
SAME_PLACE = 0.5
ANYWHERE = 0.65
# A word that more rows have says little about which row it is.
_RARE = 12
# Rows under the same parent that stand this near each other are asked too, whatever their words.
_NEAR = 5

type Read = Callable[[Node], tuple[str, ...]]


def alike_pairs(
    old: list[Node], new: list[Node], read: Read, same_place: Callable[[Node, Node], bool]
) -> Iterator[tuple[Node, Node, float]]:
    """(old, new, ratio) of the pairs worth a look; ratio 0–1 over words, from `SAME_PLACE` up."""
    bags = {node: Counter(read(node)) for node in [*old, *new]}
    pairs = dict.fromkeys([*_sharing_rare_words(old, new, bags), *_near(old, new, same_place)])
    for a, b in pairs:
        total = bags[a].total() + bags[b].total()
        # The bags' overlap is the most that the ratio can be, and much cheaper.
        if total and 2 * (bags[a] & bags[b]).total() >= SAME_PLACE * total:
            # difflib's ratio depends on which text comes first; sorted, it does not.
            first, second = sorted((read(a), read(b)))
            yield a, b, SequenceMatcher(None, first, second, autojunk=False).ratio()


def _sharing_rare_words(
    old: list[Node], new: list[Node], bags: dict[Node, Counter[str]]
) -> Iterator[tuple[Node, Node]]:
    before, after = _having(old, bags), _having(new, bags)
    for word in before.keys() & after.keys():
        if max(len(before[word]), len(after[word])) <= _RARE:
            yield from ((a, b) for a in before[word] for b in after[word])


def _having(nodes: list[Node], bags: dict[Node, Counter[str]]) -> dict[str, list[Node]]:
    having: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        for word in bags[node]:
            having[word].append(node)
    return having


def _near(
    old: list[Node], new: list[Node], same_place: Callable[[Node, Node], bool]
) -> Iterator[tuple[Node, Node]]:
    before, after = _families(old), _families(new)
    for children in before.values():
        for others in after.values():
            if same_place(children[0], others[0]):
                for n, a in enumerate(children):
                    yield from ((a, b) for b in others[max(0, n - _NEAR) : n + _NEAR + 1])


def _families(nodes: list[Node]) -> dict[Node | None, list[Node]]:
    families: dict[Node | None, list[Node]] = defaultdict(list)
    for node in nodes:
        families[node.parent].append(node)
    return families
