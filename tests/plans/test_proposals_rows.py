"""Rows that an edited file adds, moves and takes out, taken into a draft that has gone on since."""

import copy
from typing import Any

from docx.oxml.ns import qn

from plans.actions.arrange import add_row, delete_row
from plans.actions.place import place_row
from plans.actions.undo import undo
from plans.models import EditedFile, Goal, Item, Measure
from plans.snapshot import document_of

from .edited_word import measures
from .returned_files import address, decide, returned, rewrite, send, texts, word


def test_a_goal_moves_under_a_chapter_that_the_file_adds_once_that_is_there(secretary, draft):
    def edit(file: Any) -> None:
        """A heading is put before the table's last row, which goes on in a table of its own."""
        table = file.tables[1]._tbl
        heading = file.add_paragraph("Erfaringer", style="Heading 2")._p
        rest = copy.deepcopy(table)
        for row in rest.findall(qn("w:tr"))[1:3]:
            rest.remove(row)
        table.remove(table.findall(qn("w:tr"))[3])
        next(p for p in file.paragraphs if p.text == "Følges opp årlig.")._p.addnext(heading)
        heading.addnext(rest)

    file = returned(secretary, draft, edit)
    page = secretary.get(address(draft, f"{file.pk}/")).content.decode()
    assert "«Erfaringer» er nytt i filen. Godta det først." in page
    add, move = file.proposals.all()
    assert (add.kind, move.kind, move.item_kind) == ("add", "move", "goal")
    assert decide(secretary, move, "accept").status_code == 409
    assert decide(secretary, add, "accept").status_code == 302
    assert "Settes først under «Erfaringer»." in secretary.get(address(draft, f"{file.pk}/")).content.decode()
    assert decide(secretary, move, "accept").status_code == 302
    areas = document_of(draft).sections[1].sections
    assert [(s.heading, [g.text for g in s.goals]) for s in areas] == [
        ("Overganger", ["Trygge overganger"]),
        ("Erfaringer", ["Læring på tvers"]),
    ]


def test_what_a_file_takes_out_takes_nothing_with_it_that_was_written_since(secretary, draft, kari):
    def edit(file: Any) -> None:
        table = file.tables[1]._tbl
        table.remove(table.findall(qn("w:tr"))[3])

    file = returned(secretary, draft, edit)
    [proposal] = file.proposals.all()
    assert (proposal.kind, proposal.item_kind) == ("remove", "goal")
    goal = Goal.objects.get(item=proposal.item)
    new = add_row(goal, Item.Kind.MEASURE, by=kari, values={"html": "Helt nytt"})
    page = secretary.get(address(draft, f"{file.pk}/")).content.decode()
    assert "Under dette står det noe som filen ikke tar ut: «d Helt nytt». Flytt det først." in page
    assert decide(secretary, proposal, "accept", goal.version).status_code == 409
    delete_row(new, by=kari)
    assert decide(secretary, proposal, "accept", goal.version).status_code == 302
    assert [g.text for _s, g in document_of(draft).walk_goals()] == ["Trygge overganger"]


def test_letters_go_on_running_when_rows_come_and_move(secretary, draft):
    def edit(file: Any) -> None:
        rows = measures(file)
        rows[1]._tr.addnext(rows[0]._tr)

    file = returned(secretary, draft, edit)
    secretary.post(address(draft, f"{file.pk}/godta/"))
    assert [(m.label, m.text) for _s, _g, m in document_of(draft).walk_measures()] == [
        ("a", "Møtes hvert halvår"),
        ("b", "Lage felles rutine for utskriving"),
        ("c", "Dele erfaringer"),
    ]


def test_what_was_moved_here_since_is_not_moved_back(secretary, draft, kari):
    data = word(secretary, draft, rewrite)
    first, _second, third = Measure.objects.order_by("pk")
    place_row(third, first.goal, None, by=kari)
    place_row(third.goal, draft.sections.get(number="1"), None, by=kari)
    send(secretary, draft, data)
    assert [(p.kind, p.field) for p in EditedFile.objects.get().proposals.all()] == [("change", "html")]


def test_all_that_was_taken_at_once_is_taken_back_at_once(secretary, draft, kari):
    def edit(file: Any) -> None:
        rewrite(file)
        rows = measures(file)
        rows[1]._tr.addnext(rows[0]._tr)
        file.tables[1].add_row().cells[1].paragraphs[0].add_run("Møtes")

    before = document_of(draft)
    file = returned(secretary, draft, edit)
    secretary.post(address(draft, f"{file.pk}/godta/"))
    assert len(texts(draft)) == 4
    undo(draft, by=kari)
    assert document_of(draft) == before
