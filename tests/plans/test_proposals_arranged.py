"""Goals, measures and chapters that were moved, added and taken out in an edited file: what is proposed, and
that taking all of it gives the plan as the file has it, whatever was done.
"""

import copy
import io
from collections.abc import Callable, Iterator
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
from plans.edited import Edited
from plans.exporters.word import render
from plans.importers import read_docx
from plans.importers.read_back import read_back
from plans.models import EditedFile, Plan, ProposedChange
from plans.proposals import proposals
from plans.snapshot import document_of
from plans.word_marks import ident_of, mark_of

from .conftest import make_draft
from .documents import small_plan
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


# --- single steps ---

# kapittel-1 with mål-2 (tiltak-3, tiltak-4) and mål-5; kapittel-6 with mål-7 (tiltak-8); under it kapittel-9
PLAN = plan_of([(0, True, [2, 0]), (0, True, [1]), (1, False, [])])


def returned(plan: PlanDocument, edit: Callable[[Any], None]) -> Edited:
    file = Document(io.BytesIO(render(plan, FACTS)))
    edit(file)
    out = io.BytesIO()
    file.save(out)
    return read_back(read_docx.read(out.getvalue(), as_written=True))


def after(edit: Callable[[Any], None]) -> list[tuple[str, str, str, str]]:
    """Kind, row, parent (or field) and the row before it, of each proposal when the file was edited so."""
    found = proposals(PLAN, returned(PLAN, edit))
    return [(p.kind, p.item, p.field if p.kind == "change" else p.after, p.place) for p in found]


def block(file: Any, heading: str) -> list[Any]:
    """The chapter's heading and all that stands before the next."""
    body = list(file.element.body)
    start = next(n for n, part in enumerate(body) if _text(part) == heading)
    end = next(n for n, part in enumerate(body) if n > start and _starts(part))
    return body[start:end]


def _starts(part: Any) -> bool:
    return part.tag == qn("w:sectPr") or _text(part).startswith("kapittel")


def _text(part: Any) -> str:
    return "".join(t.text or "" for t in part.iter(qn("w:t"))) if part.tag == qn("w:p") else ""


def move(parts: list[Any], before: Any) -> None:
    for part in parts:
        before.addprevious(part)


def test_a_goal_cut_out_with_its_rows_and_pasted_in_another_chapter_is_one_move():
    def edit(file: Any) -> None:
        first, second = file.tables
        move([row._tr for row in first.rows][1:3], second.rows[1]._tr)

    assert after(edit) == [("move", "mål-2", "kapittel-6", "")]


def test_goals_that_changed_places_are_one_move():
    def edit(file: Any) -> None:
        rows = list(file.tables[0].rows)
        move([rows[3]._tr], rows[1]._tr)

    assert after(edit) == [("move", "mål-5", "kapittel-1", "")]


def test_a_chapter_moves_with_all_that_stands_under_it():
    def edit(file: Any) -> None:
        move(block(file, "kapittel-6") + block(file, "kapittel-9"), block(file, "kapittel-1")[0])

    assert after(edit) == [("move", "kapittel-6", "", "")]


def test_a_heading_of_another_level_moves_the_chapter_up_or_down():
    def down(file: Any) -> None:
        next(p for p in file.paragraphs if p.text == "kapittel-6").style = "Heading 2"

    def up(file: Any) -> None:
        next(p for p in file.paragraphs if p.text == "kapittel-9").style = "Heading 1"

    # What stood under it has the same level now, as in the file's own contents list.
    assert after(down) == [
        ("move", "kapittel-6", "kapittel-1", ""),
        ("move", "kapittel-9", "kapittel-1", "kapittel-6"),
    ]
    assert after(up) == [("move", "kapittel-9", "", "kapittel-6")]


def test_a_chapter_moves_under_a_new_heading():
    def edit(file: Any) -> None:
        heading = file.add_paragraph("Nytt kapittel", style="Heading 1")
        move([heading._p], block(file, "kapittel-9")[0])

    assert after(edit) == [("add", "", "", "kapittel-6"), ("move", "kapittel-9", "new1", "")]


def test_what_stood_in_a_chapter_that_was_taken_out_goes_where_the_file_has_it():
    def edit(file: Any) -> None:
        first, second = file.tables
        move([row._tr for row in second.rows][1:], first.rows[1]._tr)
        for part in block(file, "kapittel-6"):
            part.getparent().remove(part)

    assert after(edit) == [
        ("move", "mål-7", "kapittel-1", ""),
        ("move", "kapittel-9", "kapittel-1", ""),
        ("remove", "kapittel-6", "", ""),
    ]


def test_a_heading_or_goal_typed_over_so_that_its_bookmark_is_lost_is_the_same_with_other_words():
    def edit(file: Any) -> None:
        goal = file.tables[0].rows[1].cells[0].paragraphs[0]
        heading = next(p for p in file.paragraphs if p.text == "kapittel-6")
        for paragraph in (goal, heading):
            for mark in list(paragraph._p.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
                mark.getparent().remove(mark)
            paragraph.runs[-1].text = "Noe ganske annet"

    assert after(edit) == [
        ("change", "mål-2", "html", ""),
        ("change", "kapittel-6", "heading", ""),
    ]


def test_a_goal_copied_with_its_row_and_typed_over_is_a_new_goal():
    def edit(file: Any) -> None:
        row = file.tables[1].rows[1]._tr
        row.addnext(copy.deepcopy(row))
        new = file.tables[1].rows[2]
        new.cells[0].paragraphs[0].runs[-1].text = "Et nytt mål"
        new.cells[1].paragraphs[0].runs[-1].text = "Et nytt tiltak"

    plan = returned(PLAN, edit)
    [proposal] = proposals(PLAN, plan)
    assert (proposal.kind, proposal.item, proposal.place) == ("add", "kapittel-6", "mål-7")
    assert (proposal.values["html"], [m["html"] for m in proposal.values["measures"]]) == (
        "Et nytt mål", ["Et nytt tiltak"],
    )  # fmt: skip


def test_a_chapters_text_that_was_moved_out_of_it_is_text_of_the_chapter_above():
    def edit(file: Any) -> None:
        text = next(p for p in file.paragraphs if p.text == "Dette vil vi.")
        heading = next(p for p in file.paragraphs if p.text == "2\tInnsatsområder")
        move([text._p], heading._p)

    found = proposals(small_plan(), returned(small_plan(), edit))
    assert [(p.item, p.field, p.before, p.after) for p in found] == [
        ("s1", "body", "", "<p>Dette vil vi.</p>"),
        ("s3", "body", "<p>Dette vil vi.</p>", ""),
    ]
