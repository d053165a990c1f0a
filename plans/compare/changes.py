"""The result of a comparison: rows of the new plan in reading order, the removed ones where they stood."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from plans.document import Goal, Measure, PlanDocument, Section

type Part = Section | Goal | Measure
type Kind = Literal["section", "goal", "measure"]

# A printed number or letter changes when a neighbour comes or goes: told, and not counted as a change.
LABELS = {"number", "label"}


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that are in both texts, in the old one only, or in the new one only."""

    kind: Literal["equal", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph: in both texts («equal» where nothing in it differs), or in one of them."""

    kind: Literal["equal", "changed", "removed", "added"]
    runs: tuple[Run, ...]

    @property
    def quiet(self) -> bool:
        return self.kind == "equal"

    def text(self, *kinds: str) -> str:
        return "".join(run.text for run in self.runs if run.kind in kinds)


@dataclass(frozen=True, slots=True)
class Field:
    """A field in which the two differ.

    `name` is the document's, with `deadline_date` and `status_value` beside `deadline` and `status`,
    and `extra` once a column, whose heading is `detail`. `markup` says that the words are the same
    and only bold, links or the like differ.
    """

    name: str
    lines: tuple[Line, ...]
    detail: str = ""
    markup: bool = False

    @property
    def old(self) -> str:
        """The old text: what is equal and what was removed."""
        return "\n".join(line.text("equal", "removed") for line in self.lines if line.kind != "added")

    @property
    def new(self) -> str:
        """The new text: what is equal and what was added."""
        return "\n".join(line.text("equal", "added") for line in self.lines if line.kind != "removed")


@dataclass(frozen=True, slots=True)
class Move:
    """From one parent to another, or among neighbours. None stands for the plan itself."""

    old_parent: Section | Goal | None
    new_parent: Section | Goal | None
    across: bool  # to another parent


@dataclass(frozen=True, slots=True)
class Row:
    """A section, goal or measure that stands in one or both of the plans."""

    kind: Kind
    old: Part | None
    new: Part | None
    fields: tuple[Field, ...]
    move: Move | None
    goals: tuple["Row", ...] = ()
    measures: tuple["Row", ...] = ()
    sections: tuple["Row", ...] = ()

    @property
    def state(self) -> Literal["new", "removed", "changed", "same"]:
        if self.old is None:
            return "new"
        if self.new is None:
            return "removed"
        return "changed" if any(f.name not in LABELS for f in self.fields) else "same"

    @property
    def relabelled(self) -> bool:
        """Another number or letter, and nothing else about the row itself."""
        return self.state == "same" and bool(self.fields)

    @property
    def part(self) -> Part:
        """The row as it is now; as it was, where it was removed."""
        part = self.new or self.old
        assert part is not None
        return part

    @property
    def children(self) -> tuple["Row", ...]:
        return self.measures + self.goals + self.sections

    @property
    def quiet(self) -> bool:
        """Nothing in it or under it differs but numbers and letters."""
        return self.state == "same" and self.move is None and all(row.quiet for row in self.children)

    def walk(self) -> Iterator["Row"]:
        yield self
        for row in self.children:
            yield from row.walk()

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of one kind are new, removed, changed … A row can be changed and moved."""

    new: int = 0
    removed: int = 0
    changed: int = 0
    moved: int = 0
    relabelled: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs. `facts` are the plan's own fields, `sections` its tree."""

    old: PlanDocument
    new: PlanDocument
    facts: tuple[Field, ...]
    sections: tuple[Row, ...]

    def rows(self) -> Iterator[Row]:
        for section in self.sections:
            yield from section.walk()

    @property
    def empty(self) -> bool:
        return not self.facts and all(row.quiet and not row.relabelled for row in self.rows())

    def counts(self, kind: Kind) -> Counts:
        rows = [row for row in self.rows() if row.kind == kind]
        return Counts(
            new=sum(row.state == "new" for row in rows),
            removed=sum(row.state == "removed" for row in rows),
            changed=sum(row.state == "changed" for row in rows),
            moved=sum(row.move is not None for row in rows),
            relabelled=sum(row.relabelled for row in rows),
        )
