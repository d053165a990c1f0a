"""What is proposed where a goal, a chapter or its text was moved, copied or typed over in an edited file."""

import copy
import io
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from plans.document import PlanDocument
from plans.edited import Edited
from plans.exporters.word import render
from plans.importers import read_docx
from plans.importers.read_back import read_back
from plans.proposals import proposals

from .documents import small_plan
from .edited_word import FACTS
from .test_proposals_arranged import plan_of

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
