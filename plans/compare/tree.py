"""A document as nodes that know their parent and their words: what matching works on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from helsefellesskap.richtext import plain
from plans.document import Goal, PlanDocument, Section

from .changes import Kind, Part
from .words import words


@dataclass(eq=False)
class Node:
    """One row. `index` is its place in reading order among all of its kind."""

    kind: Kind
    part: Part
    parent: "Node | None"
    index: int
    children: "list[Node]" = field(default_factory=list)

    def of(self, kind: Kind) -> "list[Node]":
        return [child for child in self.children if child.kind == kind]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that say which row this is: heading, goal or measure, without case and signs."""
        return tuple(word for word in words(name_of(self.part).casefold()) if any(map(str.isalnum, word)))

    @cached_property
    def all_words(self) -> tuple[str, ...]:
        """The same with the row's own body, for sections whose heading alone says little."""
        body = "" if self.kind == "measure" else plain(getattr(self.part, "body", ""))
        return self.words + tuple(words(body.casefold()))


def name_of(part: Part) -> str:
    """The heading of a section, the text of a goal or measure."""
    if isinstance(part, Section):
        return part.heading
    return plain(part.html) if part.html else part.text


class Tree:
    """All nodes of a document, by kind in reading order."""

    def __init__(self, document: PlanDocument) -> None:
        self.sections: list[Node] = []
        self.goals: list[Node] = []
        self.measures: list[Node] = []
        self.roots = self._sections(document.sections, None)

    def _add(self, nodes: list[Node], kind: Kind, part: Part, parent: Node | None) -> Node:
        node = Node(kind, part, parent, len(nodes))
        nodes.append(node)
        if parent:
            parent.children.append(node)
        return node

    def _sections(self, sections: Iterable[Section], parent: Node | None) -> list[Node]:
        return [self._section(section, parent) for section in sections]

    def _section(self, section: Section, parent: Node | None) -> Node:
        node = self._add(self.sections, "section", section, parent)
        for goal in section.goals:
            self._goal(goal, node)
        self._sections(section.sections, node)
        return node

    def _goal(self, goal: Goal, parent: Node) -> None:
        node = self._add(self.goals, "goal", goal, parent)
        for measure in goal.measures:
            self._add(self.measures, "measure", measure, node)

    def nodes(self) -> list[Node]:
        return [*self.sections, *self.goals, *self.measures]
