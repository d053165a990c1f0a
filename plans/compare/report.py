"""From matched rows to the comparison: fields, moves, and the removed rows where they stood."""

from collections import defaultdict
from collections.abc import Iterator

from plans.document import PlanDocument

from .changes import Comparison, Kind, Move, Row
from .fields import changed_facts, changed_fields
from .match import Matches, match
from .order import out_of_order
from .tree import Node, Tree


def compare(old: PlanDocument, new: PlanDocument) -> Comparison:
    """What differs between the two, in the new plan's reading order."""
    before, after = Tree(old), Tree(new)
    report = _Report(match(before, after))
    return Comparison(
        old=old,
        new=new,
        facts=changed_facts(old, new),
        sections=report.rows(before.roots, after.roots),
    )


class _Report:
    def __init__(self, matches: Matches) -> None:
        self.matches = matches

    def rows(self, old: list[Node], new: list[Node]) -> tuple[Row, ...]:
        """Rows of one kind under parents that are each other's (or under one that has no other)."""
        here = [node for node in new if self._stays(node)]
        moved = out_of_order([self.matches.old_of[node].index for node in here])
        reordered = {node for node, out in zip(here, moved, strict=True) if out}
        pairs = self._in_reading_order(old, new)
        return tuple(self._row(before, after, after in reordered) for before, after in pairs)

    def _stays(self, new: Node) -> bool:
        old = self.matches.old_of.get(new)
        return old is not None and self.matches.same_place(old, new)

    def _in_reading_order(
        self, old: list[Node], new: list[Node]
    ) -> Iterator[tuple[Node | None, Node | None]]:
        """(old, new) of each row; a removed one comes after the one that it used to follow."""
        removed: dict[Node | None, list[Node]] = defaultdict(list)
        last: Node | None = None
        for node in old:
            found = self.matches.new_of.get(node)
            if found is None:
                removed[last].append(node)
            elif self.matches.same_place(node, found):
                last = found
        yield from ((node, None) for node in removed[None])
        for node in new:
            yield self.matches.old_of.get(node), node
            yield from ((gone, None) for gone in removed[node])

    def _row(self, old: Node | None, new: Node | None, reordered: bool) -> Row:
        def rows_under(kind: Kind) -> tuple[Row, ...]:
            return self.rows(old.of(kind) if old else [], new.of(kind) if new else [])

        node = new or old
        assert node is not None
        before, after = old.part if old else None, new.part if new else None
        return Row(
            kind=node.kind,
            old=before,
            new=after,
            fields=changed_fields(before, after),
            move=self._move(old, new, reordered),
            goals=rows_under("goal"),
            measures=rows_under("measure"),
            sections=rows_under("section"),
        )

    def _move(self, old: Node | None, new: Node | None, reordered: bool) -> Move | None:
        if old is None or new is None:
            return None
        across = not self.matches.same_place(old, new)
        if not (across or reordered):
            return None
        return Move(
            old_parent=old.parent.part if old.parent else None,  # type: ignore[arg-type]  # a section or a goal
            new_parent=new.parent.part if new.parent else None,  # type: ignore[arg-type]  # the same
            across=across,
        )
