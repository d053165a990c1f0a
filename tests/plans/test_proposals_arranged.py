"""Goals, measures and chapters that were moved, added and taken out in an edited file: taking all that is
proposed gives the plan as the file has it, whatever was done.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import transaction
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsefellesskap.errors import Refusal
from partners.models import User
from plans.actions.proposals import accept_proposal, reject_proposal, stored_row
from plans.actions.tables import accept_clear
from plans.document import Goal, Measure, PlanDocument, Section
from plans.exporters.word import render
from plans.importers import read_docx
from plans.importers.read_back import read_back
from plans.models import EditedFile, Plan, ProposedChange
from plans.proposals import proposals
from plans.snapshot import document_of
from plans.word_marks import ident_of, mark_of

from .conftest import make_draft
from .edited_word import FACTS

COLUMNS = ("Hva vil vi?", "Hvordan få det til?", "Ansvarlig")


@dataclass(eq=False)
class Node:
    """A chapter, goal or measure that can be put elsewhere. The plan itself is a chapter without words."""

    kind: str
    words: str = ""
    key: str = ""
    table: bool = False
    parent: "Node | None" = None
    home: "Node | None" = None  # the parent that it had in the plan
    rows: "dict[str, list[Node]]" = field(default_factory=lambda: {"section": [], "goal": [], "measure": []})

    def put(self, parent: "Node", place: int) -> None:
        if self.parent:
            self.parent.rows[self.kind].remove(self)
        there = parent.rows[self.kind]
        there.insert(place % (len(there) + 1), self)
        self.parent = parent

    def walk(self) -> "Iterator[Node]":
        yield self
        for rows in self.rows.values():
            for row in rows:
                yield from row.walk()

    def depth(self) -> int:
        return self.parent.depth() + 1 if self.parent else 0

    def height(self) -> int:
        return 1 + max((row.height() for row in self.rows["section"]), default=0)

    def shape(self) -> tuple[Any, ...]:
        return self.words, [[row.shape() for row in rows] for rows in self.rows.values()]


def read(plan: PlanDocument) -> Node:
    """The document as nodes."""

    def part(parent: Node, kind: str, row: Any, words: str) -> Node:
        node = Node(kind, words, row.key, bool(getattr(row, "columns", ())))
        node.put(parent, len(parent.rows[kind]))
        node.home = parent
        return node

    def section(parent: Node, old: Section) -> None:
        here = part(parent, "section", old, old.heading)
        for goal in old.goals:
            under = part(here, "goal", goal, goal.text)
            for measure in goal.measures:
                part(under, "measure", measure, measure.text)
        for below in old.sections:
            section(here, below)

    top = Node("section")
    for old in plan.sections:
        section(top, old)
    return top


def written(top: Node) -> PlanDocument:
    def section(node: Node) -> Section:
        goals = tuple(
            Goal(
                key=goal.key,
                text=goal.words,
                html=goal.words,
                measures=tuple(Measure(key=m.key, text=m.words, html=m.words) for m in goal.rows["measure"]),
            )
            for goal in node.rows["goal"]
        )
        columns = COLUMNS if node.table else ()
        below = tuple(map(section, node.rows["section"]))
        return Section(key=node.key, heading=node.words, columns=columns, goals=goals, sections=below)

    return PlanDocument(title="Plan", sections=tuple(map(section, top.rows["section"])))


def as_file(top: Node) -> bytes:
    """The Word file that somebody made of it: what is new carries no bookmarks."""
    file = Document(io.BytesIO(render(written(top), FACTS)))
    new = {ident_of(node.key) for node in top.walk() if node.key.startswith("ny")}
    for mark in list(file.element.iter(qn("w:bookmarkStart"))):
        said = mark_of(mark.get(qn("w:name")))
        if said and said.ident in new:
            mark.getparent().remove(mark)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


# --- what somebody does ---


def edited(top: Node, steps: list[tuple[str, int, int, int]]) -> None:
    """Does each step that can be done: what it does to which row, where."""
    numbers = count(1)
    for what, which, where, place in steps:
        rows = [row for row in top.walk() if row.parent]
        if not rows:
            return
        row = rows[which % len(rows)]
        if what == "remove":
            gone = set(row.walk())
            # A goal that is gone while its measures are there: that is told as what Word does by itself.
            if not any(m.kind == "measure" and m.home in gone for m in set(top.walk()) - gone):
                row.parent.rows[row.kind].remove(row)
            continue
        if what == "add":
            row = Node(row.kind, f"ny-{next(numbers)}", table=bool(place % 2))
            row.key = row.words
        parents = [p for p in top.walk() if _may_stand(row, p)]
        if parents:
            row.put(parents[where % len(parents)], place)


def _may_stand(row: Node, parent: Node) -> bool:
    if row.kind == "measure":
        return parent.kind == "goal"
    if row.kind == "goal":
        return parent.kind == "section" and parent.parent is not None
    return parent.kind == "section" and parent not in row.walk() and parent.depth() + row.height() <= 3


_numbers = st.integers(0, 99)
steps = st.lists(
    st.tuples(st.sampled_from(["move", "move", "add", "remove"]), _numbers, _numbers, _numbers), max_size=7
)


def plan_of(shape: list[tuple[int, bool, list[int]]]) -> PlanDocument:
    """Chapters of these depths, each with goals of so many measures; every text is one of its own."""
    top, numbers = Node("section"), count(1)
    path = [top]
    for depth, table, goals in shape:
        del path[depth + 1 :]
        section = _node("section", f"kapittel-{next(numbers)}", table=table)
        section.put(path[-1], 99)
        path.append(section)
        for size in goals:
            goal = _node("goal", f"mål-{next(numbers)}")
            goal.put(section, 99)
            for _n in range(size):
                _node("measure", f"tiltak-{next(numbers)}").put(goal, 99)
    return written(top)


def _node(kind: str, words: str, *, table: bool = False) -> Node:
    return Node(kind, words, key=words, table=table)


shapes = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.lists(st.integers(0, 3), max_size=3)),
    min_size=1,
    max_size=5,
)


def received(plan: Plan, top: Node, by: User) -> EditedFile:
    """The file that came back, with what it proposes."""
    returned = read_back(read_docx.read(as_file(top), as_written=True))
    file = EditedFile.objects.create(plan=plan, name="plan.docx", by=by)
    found = proposals(document_of(plan), returned)
    ProposedChange.objects.bulk_create(stored_row(file, n, p) for n, p in enumerate(found, 1))
    return file


def words_of(top: Node) -> set[str]:
    return {node.words for node in top.walk()}


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(shapes, steps)
def test_taking_all_gives_the_plan_as_the_file_has_it(community, kari, shape, steps):
    with transaction.atomic():
        plan = make_draft(plan_of(shape), community, kari)
        top = read(document_of(plan))
        edited(top, steps)
        file = received(plan, top, kari)
        accept_clear(file, by=kari)
        assert file.proposals.filter(decision="").count() == 0
        assert read(document_of(plan)).shape() == top.shape()
        assert list(received(plan, top, kari).proposals.all()) == []
        transaction.set_rollback(True)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(shapes, steps, st.randoms())
def test_taking_some_in_any_order_loses_nothing_that_was_not_taken_out(community, kari, shape, steps, random):
    with transaction.atomic():
        plan = make_draft(plan_of(shape), community, kari)
        before = read(document_of(plan))
        top = read(document_of(plan))
        edited(top, steps)
        file = received(plan, top, kari)
        waiting = list(file.proposals.all())
        random.shuffle(waiting)
        taken_out: set[str] = set()
        for proposal in waiting:
            if random.random() < 0.4:
                reject_proposal(proposal, by=kari)
                continue
            try:
                with transaction.atomic():
                    accept_proposal(proposal, by=kari, version=None)
            except Refusal:
                continue
            if proposal.kind == "remove":
                taken_out |= {proposal.item, *proposal.values.get("with", [])}
        kept = {row.words for row in before.walk() if row.key not in taken_out}
        assert kept <= words_of(read(document_of(plan)))
        transaction.set_rollback(True)
