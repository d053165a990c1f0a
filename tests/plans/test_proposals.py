"""A Word file goes out, is edited by somebody without an account, and comes back as proposals."""

import copy
import io
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from plans.document import Goal, Measure, PlanDocument, Section
from plans.exporters.facts import AdoptionFacts
from plans.exporters.word import render
from plans.importers import read_docx
from plans.importers.read_back import read_back
from plans.importers.sandbox import import_file
from plans.proposals import Proposal, notices, proposals

from .documents import any_plan, plan_of_size, small_plan
from .exporters.test_word import rich_plan

CORPUS = Path(__file__).resolve().parents[3] / "shared/corpus"
FACTS = AdoptionFacts(community="Helsefellesskapet Troms og Ofoten", state="draft", created=date(2026, 3, 1))


def sent(plan: PlanDocument) -> bytes:
    return render(plan, FACTS)


def back(plan: PlanDocument, data: bytes) -> tuple[Proposal, ...]:
    return proposals(plan, read_back(read_docx.read(data, as_written=True)))


def after(edit: Callable[[Any], None], plan: PlanDocument | None = None) -> list[dict[str, Any]]:
    """What comes back when the file was edited so, as the fields of each proposal that say something."""
    plan = plan or small_plan()
    return [said(p) for p in back(plan, edited(sent(plan), edit))]


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    file = Document(io.BytesIO(data))
    edit(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def said(proposal: Proposal) -> dict[str, Any]:
    names = ("kind", "item_kind", "item", "field", "before", "after", "place", "values")
    return {name: value for name in names if (value := getattr(proposal, name))}


def with_keys(plan: PlanDocument) -> PlanDocument:
    """Generated plans have no keys; identity needs them."""
    numbers = count()

    def section(old: Section) -> Section:
        goals = tuple(
            replace(
                g,
                key=f"g{next(numbers)}",
                measures=tuple(replace(m, key=f"m{next(numbers)}") for m in g.measures),
            )
            for g in old.goals
        )
        return replace(old, key=f"s{next(numbers)}", goals=goals, sections=tuple(map(section, old.sections)))

    return replace(plan, sections=tuple(map(section, plan.sections)))


def measures(file: Any) -> list[Any]:
    """The rows of the table of measures, its heading aside."""
    return list(file.tables[1].rows)[1:]


def write(cell: Any, text: str) -> None:
    """Types over all the runs of the cell's first paragraph that lie after the tab."""
    runs = [run for run in cell.paragraphs[0].runs if run.text.strip()]
    runs[-1].text = text


# --- nothing changed ---

_pieces = st.sampled_from(
    (
        "<p>Avsnitt</p>",
        "<p>- ikke en liste</p>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
        "<h4>Mellom</h4>",
        '<ol type="a" start="3"><li>x</li><li>y</li></ol>',
        "<blockquote><p>sitat</p></blockquote>",
        "<p>1<sup>2</sup><br>ny <em>linje</em> <strong>fet </strong>tekst</p>",
        "<ol><li>1</li></ol>",
        '<p><a href="https://example.org">l<strong>e</strong>nke</a> <s>strøket</s> <u>under</u></p>',
        "<table><tr><th>H</th></tr><tr><td rowspan='2'>A</td><td>B</td></tr><tr><td>C</td></tr></table>",
        "<table><tr><td colspan='2'><ul><li>punkt</li></ul></td></tr><tr><td>x</td></tr></table>",
    )
)
_bodies = st.lists(_pieces, max_size=4).map("".join)


@settings(max_examples=60, deadline=None)
@given(any_plan)
def test_a_round_trip_without_edits_gives_no_changes(plan):
    plan = with_keys(plan)
    assert back(plan, sent(plan)) == ()


@settings(max_examples=60, deadline=None)
@given(_bodies, _bodies, _bodies)
def test_rich_text_comes_back_as_it_went(body, after, goal_body):
    goal = Goal(key="g", html="M<em>å</em>l", body=goal_body, measures=(Measure(key="m", html="<s>a</s> b"),))
    columns = ("Hva vil vi?", "Hvordan få det til?")
    for shape in (columns, ()):
        section = Section(key="s", heading="A", body=body, after=after, columns=shape, goals=(goal,))
        plan = PlanDocument(title="Plan", sections=(section, Section(key="t", body=body)))
        assert back(plan, sent(plan)) == ()


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize(
    "file", sorted(CORPUS.glob("**/*.docx")) + sorted(CORPUS.glob("**/*.txt")), ids=lambda f: f.name
)
def test_real_plans_come_back_without_changes(file):
    plan = import_file(file.read_bytes(), file.name).document
    assert back(plan, sent(plan)) == ()


def test_two_goals_of_the_same_words_stay_two():
    goals = tuple(Goal(key=key, text="Trygghet", html="Trygghet") for key in ("g1", "g2"))
    plan = PlanDocument(title="Plan", sections=(Section(key="s", columns=("Mål", "Tiltak"), goals=goals),))
    assert back(plan, sent(plan)) == ()


# --- what somebody did ---


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
    assert notices(plan, returned) == [
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
    assert notices(plan, edited_back) == ["Merknad i filen: «Er dette nok?»"]


# --- through another program ---


@pytest.mark.conformance
def test_libreoffice_saves_it_and_nothing_has_changed(tmp_path):
    soffice = shutil.which("soffice") or pytest.fail("LibreOffice is not installed; script/test installs it.")

    def saved(data: bytes) -> bytes:
        (tmp_path / "inn.docx").write_bytes(data)
        said = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
        said += [
            "--infilter=MS Word 2007 XML",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "ut"),
        ]
        subprocess.run([*said, str(tmp_path / "inn.docx")], check=True, capture_output=True, timeout=120)
        return (tmp_path / "ut/inn.docx").read_bytes()

    def edit(file: Any) -> None:
        write(measures(file)[2].cells[1], "Dele erfaringer ofte")

    for plan in (rich_plan(), small_plan()):
        assert back(plan, saved(saved(sent(plan)))) == ()
    assert [(p.item, p.after) for p in back(plan, edited(saved(sent(plan)), edit))] == [
        ("m3", "Dele erfaringer ofte")
    ]


def test_many_rows_without_bookmarks_are_still_found_by_their_words():
    plan = plan_of_size(150)

    def forget_and_edit(file: Any) -> None:
        for mark in list(file.element.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
        write(file.tables[1].rows[20].cells[1], "Tiltak 2.19 i ny drakt")

    assert [(p["kind"], p["item"], p["field"]) for p in after(forget_and_edit, plan)] == [
        ("change", "m2.19", "html")
    ]
