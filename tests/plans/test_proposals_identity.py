"""Which row is which, whatever Word and people did to it: copied, pasted, emptied, retyped, tracked."""

import copy
from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

from plans.document import Goal, Measure, PlanDocument, Responsible, Section
from plans.edited import Proposal
from plans.importers import read_docx
from plans.importers.read_back import read_back
from plans.proposals import notices, proposals

from .edited_word import edited, sent

MARKS = (qn("w:bookmarkStart"), qn("w:bookmarkEnd"))


def _measure(key: str, text: str) -> Measure:
    return Measure(key=key, label=key[-1], text=text, html=text, responsible=Responsible(text="SSU"))


PLAN = PlanDocument(
    title="Handlingsplan",
    sections=(
        Section(
            key="s1",
            heading="Overganger",
            columns=("Hva vil vi?", "Hvordan få det til?", "Ansvarlig"),
            goals=(
                Goal(
                    key="g1",
                    text="Trygghet",
                    html="Trygghet",
                    measures=(_measure("ma", "Ringe før utskriving"), _measure("mb", "Møtes hver måned")),
                ),
                Goal(key="g2", text="Læring", html="Læring", measures=(_measure("mc", "Dele erfaringer"),)),
            ),
        ),
    ),
)


def after(edit: Callable[[Any], None]) -> list[Any]:
    """What the edited table proposes: kind, row, field or parent, words or the row before."""
    found = proposals(PLAN, returned(edit))
    return [_told(p) for p in found]


def returned(edit: Callable[[Any], None]) -> Any:
    data = edited(sent(PLAN), lambda file: edit(list(file.tables[0].rows)[1:]))
    return read_back(read_docx.read(data, as_written=True))


def _told(p: Proposal) -> Any:
    match p.kind:
        case "change":
            return "change", p.item, p.field, p.after
        case "add":
            return "add", p.item, p.place, p.values["html"]
        case "move":
            return "move", p.item, p.after, p.place
    return "remove", p.item


def lose(*elements: Any) -> None:
    """Takes the bookmarks away."""
    for element in elements:
        for mark in list(element.iter(*MARKS)):
            mark.getparent().remove(mark)


def as_pasted(row: Any) -> Any:
    """The row as LibreOffice pastes it: its bookmarks get names of their own."""
    for mark in row.iter(MARKS[0]):
        mark.set(qn("w:name"), mark.get(qn("w:name")) + "_Copy_1")
    return row


def write(cell: Any, text: str) -> None:
    """Types over all there is after the tab, or in an empty cell."""
    paragraph = cell.paragraphs[0]
    runs = [run for run in paragraph.runs if run.text.strip()] or [paragraph.add_run()]
    runs[-1].text = text


def empty(cell: Any) -> None:
    """As Word does it: the words go, and the bookmarks around them."""
    lose(cell._tc)
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run._r.getparent().remove(run._r)


def unmerge(row: Any) -> None:
    properties = row.find(qn("w:tc")).tcPr
    properties.remove(properties.find(qn("w:vMerge")))


# --- copied and pasted ---


def test_a_row_copied_under_another_goal_and_retyped_is_new_there():
    def edit(rows: Any) -> None:
        row = as_pasted(copy.deepcopy(rows[0]._tr))
        unmerge(row)
        rows[2]._tr.addnext(row)
        rows[0]._parent.table.rows[4].cells[1].paragraphs[0].runs[-1].text = "Øve sammen"
        for paragraph in rows[0]._parent.table.rows[4].cells[0].paragraphs:
            paragraph.clear()

    assert after(edit) == [("add", "g2", "mc", "Øve sammen")]


def test_a_row_copied_without_a_change_is_proposed_as_new():
    def edit(rows: Any) -> None:
        rows[1]._tr.addnext(as_pasted(copy.deepcopy(rows[1]._tr)))

    assert after(edit) == [("add", "g1", "mb", "Møtes hver måned")]


def test_two_rows_typed_after_each_other_come_in_that_order():
    def edit(rows: Any) -> None:
        for text in ("To", "En"):
            row = copy.deepcopy(rows[1]._tr)
            lose(row)
            rows[1]._tr.addnext(row)
            write(rows[0]._parent.table.rows[3].cells[1], text)

    assert after(edit) == [("add", "g1", "mb", "En"), ("add", "g1", "new1", "To")]


# --- emptied and retyped ---


def test_a_row_whose_text_was_emptied_and_retyped_is_known_by_its_other_cells():
    def edit(rows: Any) -> None:
        empty(rows[2].cells[1])
        write(rows[2].cells[1], "c)\tNoe helt annet")

    assert after(edit) == [("change", "mc", "html", "Noe helt annet")]


def test_a_row_that_was_emptied_wholly_and_retyped_is_known_by_its_words():
    def edit(rows: Any) -> None:
        for cell in rows[2].cells[1:]:
            empty(cell)
        write(rows[2].cells[1], "c)\tDele erfaringer ofte")
        write(rows[2].cells[2], "SSU")

    assert after(edit) == [("change", "mc", "html", "Dele erfaringer ofte")]


def test_a_row_that_was_emptied_wholly_and_says_something_else_is_another():
    def edit(rows: Any) -> None:
        for cell in rows[2].cells[1:]:
            empty(cell)
        write(rows[2].cells[1], "Bygge et nytt sykehus")

    assert after(edit) == [("add", "g2", "", "Bygge et nytt sykehus"), ("remove", "mc")]


def test_words_cut_from_one_row_and_typed_in_another_take_the_row_with_them():
    """The old row is left with its bookmarks and without words."""

    def edit(rows: Any) -> None:
        for paragraph in [p for cell in rows[0].cells[1:] for p in cell.paragraphs]:
            for run in paragraph.runs:
                run.text = ""
        row = copy.deepcopy(rows[2]._tr)
        lose(row)
        rows[2]._tr.addnext(row)
        new = rows[0]._parent.table.rows[4]
        new.cells[0].paragraphs[0].clear()
        write(new.cells[1], "Ringe før utskriving")

    assert ("move", "ma", "g2", "mc") in after(edit)
    assert [said for said in after(edit) if said[0] in ("add", "remove")] == []


# --- merged cells ---


def test_a_row_put_in_the_middle_of_a_goal_by_hand_is_of_that_goal():
    def edit(rows: Any) -> None:
        row = copy.deepcopy(rows[1]._tr)
        lose(row)
        rows[0]._tr.addnext(row)
        write(rows[0]._parent.table.rows[2].cells[1], "Møtes på video")

    assert after(edit)[0] == ("add", "g1", "ma", "Møtes på video")


def test_a_row_put_above_the_first_is_of_the_first_goal():
    """Word gives it a goal cell of its own, without words."""

    def edit(rows: Any) -> None:
        row = copy.deepcopy(rows[1]._tr)
        lose(row)
        unmerge(row)
        rows[0]._tr.addprevious(row)
        write(rows[0]._parent.table.rows[1].cells[1], "Aller først")

    assert after(edit) == [("add", "g1", "", "Aller først")]


def test_a_merged_goal_that_was_split_into_a_cell_for_each_row_is_one_goal():
    def edit(rows: Any) -> None:
        first, second = (row._tr.find(qn("w:tc")) for row in rows[:2])
        second.addprevious(copy.deepcopy(first))
        second.getparent().remove(second)
        for row in rows[:2]:
            unmerge(row._tr)

    assert after(edit) == []


# --- tracked changes ---


def track(row: Any, what: str) -> None:
    row.get_or_add_trPr().append(
        row.makeelement(qn(f"w:{what}"), {qn("w:id"): "900", qn("w:author"): "Nils"})
    )


def test_a_row_deleted_with_tracking_is_taken_out():
    def edit(rows: Any) -> None:
        track(rows[1]._tr, "del")
        for run in list(rows[1]._tr.iter(qn("w:r"))):
            gone = run.makeelement(qn("w:del"), {qn("w:id"): "901", qn("w:author"): "Nils"})
            run.addprevious(gone)
            gone.append(run)
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")

    assert after(edit) == [("remove", "mb")]


def test_a_row_inserted_with_tracking_is_new():
    def edit(rows: Any) -> None:
        row = copy.deepcopy(rows[1]._tr)
        lose(row)
        rows[1]._tr.addnext(row)
        write(rows[0]._parent.table.rows[3].cells[1], "Sporet")
        track(row, "ins")
        for run in list(row.iter(qn("w:r"))):
            come = run.makeelement(qn("w:ins"), {qn("w:id"): "902", qn("w:author"): "Nils"})
            run.addprevious(come)
            come.append(run)

    assert after(edit) == [("add", "g1", "mb", "Sporet")]


def test_words_moved_with_tracking_stand_where_they_were_moved_to():
    def edit(rows: Any) -> None:
        here, there = (rows[n].cells[1].paragraphs[0] for n in (2, 1))
        run = here.runs[-1]._r
        attributes = {qn("w:id"): "903", qn("w:author"): "Nils"}
        come, gone = (run.makeelement(qn(f"w:{what}"), attributes) for what in ("moveTo", "moveFrom"))
        come.append(copy.deepcopy(run))
        there._p.append(come)
        run.addprevious(gone)
        gone.append(run)

    assert after(edit) == [
        ("change", "mb", "html", "Møtes hver månedDele erfaringer"),
        ("change", "mc", "html", ""),
    ]


def test_comments_on_rows_change_nothing_and_are_handed_on():
    def edit(rows: Any) -> None:
        table = rows[0]._parent.table
        run = rows[0].cells[1].paragraphs[0].runs[-1]
        table.part.document.add_comment(run, text="Hvem ringer?", author="Nils")

    back = returned(edit)
    assert proposals(PLAN, back) == ()
    assert list(map(str, notices(PLAN, back))) == ["Merknad i filen: «Hvem ringer?»"]
