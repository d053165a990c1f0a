"""What an edited file says: the plan's parts in the file's order, each with the identity it still carries;
and what it proposes.

`importers.read_back` makes it, `proposals` compares it with the text that was sent out. Pure.
"""

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Literal

from .importers.blocks import Figure
from .lines import Line, Runs, all_struck, even_text
from .measure_cells import CELLS


@dataclass(slots=True)
class Labelled:
    """A printed number or label, and the text after its tab; without a tab all of it is text."""

    label: str = ""
    runs: Runs = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def whole(self) -> str:
        """Label and text in one line of words, however they were parted."""
        return even_text(f"{self.label} {self.text}")

    @property
    def struck(self) -> bool:
        return all_struck(self.runs)


@dataclass(slots=True, eq=False)
class EditedMeasure:
    ident: str = ""  # `word_marks.ident_of`; empty for a row that is new or lost its bookmarks
    copied: bool = False
    name: Labelled = field(default_factory=Labelled)
    fields: dict[str, str] = field(default_factory=dict)  # «responsible_text», «extra1» … → words
    headings: dict[str, str] = field(default_factory=dict)  # of fields, where the file has some: «extra1» …

    @property
    def words(self) -> str:
        """All of its words, in the order in which `measure_cells` names the fields."""
        named = [self.fields.get(name, "") for name in CELLS]
        rest = [words for name, words in sorted(self.fields.items()) if name not in CELLS]
        return even_text(" ".join([self.name.text, *named, *rest]))


@dataclass(slots=True, eq=False)
class EditedGoal:
    ident: str = ""
    copied: bool = False
    name: Labelled = field(default_factory=Labelled)
    fields: dict[str, str] = field(default_factory=dict)
    body: list[Line] = field(default_factory=list)
    measures: list[EditedMeasure] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class EditedSection:
    ident: str = ""
    copied: bool = False
    level: int = 1  # 0 where the file does not say
    named: bool = False  # a heading was seen
    name: Labelled = field(default_factory=Labelled)
    fields: dict[str, str] = field(default_factory=dict)
    body: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    columns: tuple[str, ...] = ()  # the headings of its table
    figures: list[Figure] = field(default_factory=list)
    goals: list[EditedGoal] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Edited:
    plan: dict[str, str] = field(default_factory=dict)  # «title», «vision» … → words
    abbreviations: list[tuple[str, str]] = field(default_factory=list)
    sections: list[EditedSection] = field(default_factory=list)  # all levels, in the file's order
    unplaced: list[str] = field(default_factory=list)  # words that stand where no part of the plan is
    comments: list[str] = field(default_factory=list)
    identifier: str = ""


# Letters that a field has room for; of the others, as many as are written.
LONGEST = {
    "title": 300,
    "subtitle": 300,
    "number": 20,
    "label": 50,
    "adoption_note": 300,
    "deadline_text": 300,
}

type EditedPart = EditedSection | EditedGoal | EditedMeasure


def own_words(part: EditedPart) -> str:
    """All words of the part itself, without those of the rows under it."""
    if isinstance(part, EditedMeasure):
        return part.words
    lines = part.body + (part.after if isinstance(part, EditedSection) else [])
    return even_text("\n".join([part.name.whole, *(line.text for line in lines)]))


Kind = Literal["change", "add", "remove", "move"]
ItemKind = Literal["plan", "section", "goal", "measure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change that can be taken by itself.

    `item` is the key of what it is about; of what is added, the key of its parent (empty: the plan).
    `before` and `after` are HTML for the fields html, body and after, else plain words; in running text
    they are the paragraphs that change, and `place` is the paragraph before them. Of a row that is moved,
    `after` is the key of its parent; of one that is added or moved, `place` is the key of the row that it
    follows (empty: it comes first). What the file adds has no keys yet: such parents and rows are named
    «new1», «new2» …, as `values` of what adds them say: the fields of the row and of those under it. Of a
    row that is taken out, `values["with"]` are the keys of those under it that go too.
    """

    kind: Kind
    item_kind: ItemKind
    item: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    place: str = ""
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
