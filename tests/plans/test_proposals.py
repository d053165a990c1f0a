"""A Word file goes out, is edited by somebody without an account, and comes back as proposals."""

import copy
from typing import Any

from docx.oxml.ns import qn

from plans.importers import read_docx
from plans.importers.read_back import read_back
from plans.proposals import notices, proposals

from .documents import plan_of_size, small_plan
from .edited_word import after, edited, measures, sent, write


def test_a_changed_word_is_one_proposal_and_keeps_what_is_bold():
    def edit(file: Any) -> None:
        write(measures(file)[0].cells[1], "rutine for innleggelse")
        measures(file)[0].cells[2].paragraphs[0].runs[0].text = "SSU og UNN"

    about = {"kind": "change", "item_kind": "measure", "item": "m1"}
    assert after(edit) == [
        about | {
            "field": "html",
            "before": "Lage <strong>felles</strong> rutine for utskriving",
            "after": "Lage <strong>felles </strong>rutine for innleggelse",
        },
        about | {"field": "responsible_text", "before": "SEKR og SSU", "after": "SSU og UNN"},
    ]  # fmt: skip


def test_paragraphs_are_taken_one_by_one():
    def edit(file: Any) -> None:
        paragraph = next(p for p in file.paragraphs if p.text == "Dette vil vi.")
        paragraph.runs[0].text = "Dette vil vi få til."
        paragraph._p.addnext(copy.deepcopy(paragraph._p))
        next(p for p in file.paragraphs if p.text == "Følges opp årlig.").clear()

    about = {"kind": "change", "item_kind": "section", "item": "s3"}
    assert after(edit) == [
        about | {"field": "body", "before": "<p>Dette vil vi.</p>",
                 "after": "<p>Dette vil vi få til.</p><p>Dette vil vi få til.</p>"},
        about | {"field": "after", "before": "<p>Følges opp årlig.</p>"},
    ]  # fmt: skip


def test_the_plans_own_facts_headings_and_abbreviations():
    def edit(file: Any) -> None:
        for old, new in (
            ("Handlingsplan 2026", "Handlingsplan 2026–2027"),
            ("Gjelder 2026", "Gjelder til 2027"),
        ):
            next(p for p in file.paragraphs if p.text == old).runs[0].text = new
        next(p for p in file.paragraphs if p.text == "1\tInnledning").runs[-1].text = "Forord"
        file.tables[0].cell(1, 1).paragraphs[0].runs[0].text = "Det strategiske utvalget"

    assert after(edit) == [
        {"kind": "change", "item_kind": "plan", "field": "title", "before": "Handlingsplan 2026",
         "after": "Handlingsplan 2026–2027"},
        {"kind": "change", "item_kind": "plan", "field": "period_text", "before": "Gjelder 2026",
         "after": "Gjelder til 2027"},
        {"kind": "change", "item_kind": "plan", "field": "abbreviations",
         "before": "SSU = Strategisk samarbeidsutvalg", "after": "SSU = Det strategiske utvalget"},
        {"kind": "change", "item_kind": "section", "item": "s1", "field": "heading", "before": "Innledning",
         "after": "Forord"},
    ]  # fmt: skip


def test_a_text_typed_over_whole_which_takes_its_bookmark_is_known_by_its_label():
    def edit(file: Any) -> None:
        paragraph = measures(file)[2].cells[1].paragraphs[0]._p
        text_mark = paragraph.findall(qn("w:bookmarkStart"))[-1]
        paragraph.remove(text_mark)
        write(measures(file)[2].cells[1], "Noe ganske annet")

    assert after(edit) == [
        {"kind": "change", "item_kind": "measure", "item": "m3", "field": "html", "before": "Dele erfaringer",
         "after": "Noe ganske annet"},
    ]  # fmt: skip


def test_a_row_typed_anew_is_a_new_measure_after_the_one_above():
    def edit(file: Any) -> None:
        row = copy.deepcopy(measures(file)[1]._tr)
        for mark in [*row.iter(qn("w:bookmarkStart")), *row.iter(qn("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)
        for strike in list(row.iter(qn("w:strike"))):
            strike.getparent().remove(strike)
        measures(file)[1]._tr.addnext(row)
        write(measures(file)[2].cells[1], "Øve sammen")
        measures(file)[2].cells[2].paragraphs[0].add_run("UNN")

    values = {"name": "new1", "label": "b", "html": "Øve sammen", "struck": False}
    values |= {"responsible_text": "UNN"}
    values |= {"deadline_text": "", "status_text": "", "indicator": "", "extra": {}}
    assert after(edit) == [
        {"kind": "add", "item_kind": "measure", "item": "g1", "place": "m2", "values": values}
    ]


def test_a_row_cut_and_pasted_under_another_goal_is_moved_and_not_made_anew():
    """LibreOffice gives what is pasted a bookmark of another name."""

    def edit(file: Any) -> None:
        row = measures(file)[1]._tr
        for mark in row.iter(qn("w:bookmarkStart")):
            mark.set(qn("w:name"), mark.get(qn("w:name")) + "_Copy_1")
        measures(file)[2]._tr.addnext(row)
        row.find(qn("w:tc")).tcPr.remove(row.find(qn("w:tc")).tcPr.find(qn("w:vMerge")))

    assert after(edit) == [
        {"kind": "move", "item_kind": "measure", "item": "m2", "after": "g2", "place": "m3"}
    ]


def test_a_row_that_was_copied_and_retyped_leaves_the_original_as_it_is():
    def edit(file: Any) -> None:
        row = copy.deepcopy(measures(file)[0]._tr)
        measures(file)[0]._tr.addprevious(row)
        row.find(qn("w:tc")).tcPr.find(qn("w:vMerge")).set(qn("w:val"), "restart")
        write(measures(file)[0].cells[1], "noe helt annet enn før")

    [proposal] = after(edit)
    assert (proposal["kind"], proposal["item"]) == ("add", "g1")
    assert proposal["values"]["html"] == "Lage <strong>felles </strong>noe helt annet enn før"


def test_a_row_emptied_or_deleted_is_taken_out_and_a_row_copied_and_emptied_lives_on():
    def empty(file: Any) -> None:
        for paragraph in measures(file)[1].cells[1].paragraphs:
            for run in paragraph.runs:
                run.text = ""

    def delete(file: Any) -> None:
        row = measures(file)[1]._tr
        row.getparent().remove(row)

    def move_by_copying(file: Any) -> None:
        row = copy.deepcopy(measures(file)[1]._tr)
        for mark in row.iter(qn("w:bookmarkStart")):
            mark.set(qn("w:name"), mark.get(qn("w:name")) + "_Copy_1")
        empty(file)
        measures(file)[1]._tr.addnext(row)

    gone = [{"kind": "remove", "item_kind": "measure", "item": "m2", "before": "Møtes hvert halvår"}]
    assert after(empty) == gone
    assert after(delete) == gone
    assert after(move_by_copying) == []


def test_a_goal_whose_first_row_was_deleted_stays_with_its_other_measures():
    """Word then joins the rows that are left to the goal above."""

    def edit(file: Any) -> None:
        row = measures(file)[0]._tr
        row.getparent().remove(row)

    plan = small_plan()
    returned = read_back(read_docx.read(edited(sent(plan), edit), as_written=True))
    assert [(p.kind, p.item) for p in proposals(plan, returned)] == [("remove", "m1")]
    assert list(map(str, notices(plan, returned))) == [
        "Målet «Trygge overganger» er ikke i filen, men tiltak under det er der. Målet er latt stå."
    ]


def test_striking_out_is_a_proposal_of_its_own():
    def edit(file: Any) -> None:
        for run in measures(file)[2].cells[1].paragraphs[0].runs:
            run.font.strike = True
        for run in measures(file)[1].cells[1].paragraphs[0].runs:
            run.font.strike = False

    assert after(edit) == [
        {"kind": "change", "item_kind": "measure", "item": "m2", "field": "struck", "before": "1"},
        {"kind": "change", "item_kind": "measure", "item": "m3", "field": "struck", "after": "1"},
    ]


def test_a_new_chapter_comes_with_its_text_where_it_stands():
    def edit(file: Any) -> None:
        heading = next(p for p in file.paragraphs if p.text == "2\tInnsatsområder")
        heading.insert_paragraph_before("Bakgrunn", style="Heading 1")
        heading.insert_paragraph_before("Slik begynte det.")

    [proposal] = after(edit)
    values = proposal.pop("values")
    assert proposal == {"kind": "add", "item_kind": "section", "place": "s1"}
    assert (values["heading"], values["body"]) == ("Bakgrunn", "<p>Slik begynte det.</p>")


def test_a_chapter_that_is_gone_is_one_proposal():
    def edit(file: Any) -> None:
        for text in ("1\tInnledning", "Planen bygger på avtalen."):
            paragraph = next(p for p in file.paragraphs if p.text == text)._p
            paragraph.getparent().remove(paragraph)

    assert after(edit) == [{"kind": "remove", "item_kind": "section", "item": "s1", "before": "Innledning"}]


def test_a_program_that_lost_the_bookmarks_changes_nothing_by_that():
    def forget(file: Any) -> None:
        for mark in list(file.element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    def forget_and_edit(file: Any) -> None:
        forget(file)
        write(measures(file)[0].cells[1], "rutine for utskriving til kommunene")

    assert after(forget) == []
    [proposal] = after(forget_and_edit)
    assert (proposal["item"], proposal["field"]) == ("m1", "html")


def test_tracked_changes_count_as_made_and_remarks_are_handed_on():
    def edit(file: Any) -> None:
        paragraph = next(p for p in file.paragraphs if p.text == "Dette vil vi.")
        file.add_comment(paragraph.runs, text="Er dette nok?", author="Nils")
        run = paragraph.runs[0]._r
        deleted = run.makeelement(qn("w:del"), {qn("w:id"): "900", qn("w:author"): "Nils"})
        run.addprevious(deleted)
        deleted.append(run)
        run.find(qn("w:t")).tag = qn("w:delText")
        inserted = run.makeelement(qn("w:ins"), {qn("w:id"): "901", qn("w:author"): "Nils"})
        deleted.addnext(inserted)
        new = copy.deepcopy(run)
        new.find(qn("w:delText")).tag = qn("w:t")
        new.find(qn("w:t")).text = "Dette får vi til."
        inserted.append(new)

    plan = small_plan()
    edited_back = read_back(read_docx.read(edited(sent(plan), edit), as_written=True))
    assert [p.after for p in proposals(plan, edited_back)] == ["<p>Dette får vi til.</p>"]
    assert list(map(str, notices(plan, edited_back))) == ["Merknad i filen: «Er dette nok?»"]


def test_many_rows_without_bookmarks_are_still_found_by_their_words():
    plan = plan_of_size(150)

    def forget_and_edit(file: Any) -> None:
        for mark in list(file.element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
        write(file.tables[1].rows[20].cells[1], "Tiltak 2.19 i ny drakt")

    assert [(p["kind"], p["item"], p["field"]) for p in after(forget_and_edit, plan)] == [
        ("change", "m2.19", "html")
    ]
