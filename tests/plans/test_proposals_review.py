"""The edited file over HTTP: who may send it in, what is shown, and what taking or leaving does."""

from typing import Any

import pytest
from django.utils.translation import override

from partners.models import HealthCommunity
from plans.actions.arrange import add_row, delete_row
from plans.actions.edit import edit_row
from plans.actions.place import move_row
from plans.models import Edit, EditedFile, Item, Measure
from plans.snapshot import document_of

from .conftest import adopted, make_draft
from .documents import small_plan
from .edited_word import measures, write
from .returned_files import address, decide, returned, rewrite, send, texts, word


def test_a_file_without_edits_proposes_nothing(secretary, draft):
    file = returned(secretary, draft, lambda file: None)
    assert list(file.proposals.all()) == []
    assert "Filen foreslår ingen endringer." in secretary.get(address(draft, f"{file.pk}/")).content.decode()


def test_a_proposal_is_shown_word_by_word_and_taken(secretary, draft, kari):
    file = returned(secretary, draft, rewrite)
    page = secretary.get(address(draft, f"{file.pk}/")).content.decode()
    assert "<ins>" in page
    assert "hvert kvartal" in page
    [proposal] = file.proposals.all()
    measure = Measure.objects.get(item=proposal.item)
    assert decide(secretary, proposal, "accept", measure.version).status_code == 302
    assert texts(draft)[2] == "Dele erfaringer hvert kvartal"
    edit = Edit.objects.get()
    assert (edit.field, edit.before, edit.after, edit.by) == (
        "html", "Dele erfaringer", "Dele erfaringer hvert kvartal", kari,
    )  # fmt: skip
    proposal.refresh_from_db()
    assert (proposal.decision, proposal.decided_by) == ("accepted", kari)
    assert decide(secretary, proposal, "accept", measure.version + 1).status_code == 409  # once is enough


def test_a_proposal_is_left(secretary, draft):
    file = returned(secretary, draft, rewrite)
    assert decide(secretary, file.proposals.get(), "reject").status_code == 302
    assert (texts(draft)[2], Edit.objects.count()) == ("Dele erfaringer", 0)


def test_a_proposal_is_adjusted(secretary, draft):
    file = returned(secretary, draft, rewrite)
    proposal = file.proposals.get()
    page = address(draft, f"{file.pk}/{proposal.pk}/juster/")
    assert "Dele erfaringer hvert kvartal" in secretary.get(page).content.decode()
    version = Measure.objects.get(item=proposal.item).version
    answer = secretary.post(
        page, {"after": "Dele erfaringer hvert <b>halvår</b><script>", "version": version}
    )
    assert answer.status_code == 302
    assert Measure.objects.get(item=proposal.item).html == "Dele erfaringer hvert <strong>halvår</strong>"
    proposal.refresh_from_db()
    assert proposal.decision == "adjusted"


def test_an_adjustment_that_comes_too_late_keeps_its_words(secretary, draft, kari):
    file = returned(secretary, draft, rewrite)
    proposal = file.proposals.get()
    measure = Measure.objects.get(item=proposal.item)
    edit_row(measure, by=kari, version=measure.version, values={"html": "Dele erfaringer i nettverk"})
    page = address(draft, f"{file.pk}/{proposal.pk}/juster/")
    answer = secretary.post(page, {"after": "Dele erfaringer av og til", "version": measure.version - 1})
    assert answer.status_code == 409
    assert "Dele erfaringer av og til" in answer.content.decode()
    assert "Dele erfaringer i nettverk" in answer.content.decode()
    version = answer.context["form"]["version"].value()
    assert secretary.post(page, {"after": "Dele alt", "version": version}).status_code == 302
    assert texts(draft)[2] == "Dele alt"


def test_somebody_who_saved_in_between_is_not_overwritten(secretary, draft, kari):
    file = returned(secretary, draft, rewrite)
    proposal = file.proposals.get()
    measure = Measure.objects.get(item=proposal.item)
    seen = measure.version
    edit_row(measure, by=kari, version=seen, values={"html": "Dele erfaringer i nettverk"})
    answer = decide(secretary, proposal, "accept", seen)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Nå står det:" in page
    assert "Dele erfaringer i nettverk" in page
    assert texts(draft)[2] == "Dele erfaringer i nettverk"


def test_what_was_changed_here_since_the_file_went_out_is_not_taken_back(secretary, draft, kari):
    data = word(secretary, draft, rewrite)
    first = Measure.objects.order_by("pk")[0]
    edit_row(first, by=kari, version=first.version, values={"html": "Ny rutine", "responsible_text": "UNN"})
    added = draft.sections.get(number="1")
    edit_row(added, by=kari, version=added.version, values={"body": "<p>Nytt avsnitt.</p>"})
    send(secretary, draft, data)
    assert [(p.field, p.after) for p in EditedFile.objects.get().proposals.all()] == [
        ("html", "Dele erfaringer hvert kvartal")
    ]


def test_rows_added_moved_and_deleted_here_since_are_left_alone(secretary, draft, kari):
    data = word(secretary, draft, rewrite)
    first, second, _third = Measure.objects.order_by("pk")
    move_row(second, by=kari, step=-1)
    delete_row(first, by=kari)
    add_row(second.goal, Item.Kind.MEASURE, by=kari, values={"html": "Helt nytt"})
    send(secretary, draft, data)
    assert [(p.kind, p.field, p.after) for p in EditedFile.objects.get().proposals.all()] == [
        ("change", "html", "Dele erfaringer hvert kvartal")
    ]


def test_taking_all_takes_new_rows_paragraphs_and_moves(secretary, draft):
    def edit(file: Any) -> None:
        rewrite(file)
        measures(file)[0].cells[2].paragraphs[0].runs[0].text = "UNN"
        measures(file)[0].cells[3].paragraphs[0].runs[0].text = "innen 1. september 2026"
        row = file.tables[1].add_row()
        row.cells[0].paragraphs[0].add_run("Bedre opplæring")
        row.cells[1].paragraphs[0].add_run("Kurs for ansatte")
        heading = next(p for p in file.paragraphs if p.text == "2\tInnsatsområder")
        heading.insert_paragraph_before("Bakgrunn", style="Heading 1")
        heading.insert_paragraph_before("Slik begynte det.")
        next(p for p in file.paragraphs if p.text == "Dette vil vi.").runs[0].text = "Dette får vi til."

    file = returned(secretary, draft, edit)
    answer = secretary.post(address(draft, f"{file.pk}/godta/"))
    assert answer.status_code == 302
    assert set(file.proposals.values_list("decision", flat=True)) == {"accepted"}
    plan = document_of(draft)
    assert [s.heading for s in plan.sections] == ["Innledning", "Bakgrunn", "Innsatsområder"]
    assert plan.sections[1].body == "<p>Slik begynte det.</p>"
    section = plan.sections[2].sections[0]
    assert section.body == "<p>Dette får vi til.</p>"
    assert [(g.text, [m.text for m in g.measures]) for g in section.goals] == [
        ("Trygge overganger", ["Lage felles rutine for utskriving", "Møtes hvert halvår"]),
        ("Læring på tvers", ["Dele erfaringer hvert kvartal"]),
        ("Bedre opplæring", ["Kurs for ansatte"]),
    ]
    first = section.goals[0].measures[0]
    assert first.deadline.date == "2026-09-01"
    assert [body.short for body in first.responsible.bodies] == ["UNN"]
    # and the draft that came of it goes out and comes back without changes
    assert list(returned(secretary, draft, lambda file: None).proposals.all()) == []


def test_another_plans_file_is_refused(secretary, draft, community, kari):
    other = make_draft(small_plan(title="En annen plan"), community, kari)
    answer = send(secretary, draft, word(secretary, other))
    assert answer.status_code == 422
    assert "Filen er laget av en annen plan." in answer.content.decode()
    assert EditedFile.objects.count() == 0


def test_a_file_without_origin_is_read_against_the_draft_and_says_so(secretary, draft):
    def forget(file: Any) -> None:
        file.core_properties.identifier = ""
        rewrite(file)

    file = returned(secretary, draft, forget)
    assert file.remarks == ["Filen sier ikke hvilken tekst den ble laget av. Den er lest mot utkastet nå."]
    assert file.proposals.count() == 1


def test_what_the_file_also_says_is_said_in_the_readers_language(secretary, draft):
    def forget(file: Any) -> None:
        file.core_properties.identifier = ""
        file.add_comment(file.paragraphs[0].runs, "100 % sikkert?", author="Per")

    file = returned(secretary, draft, forget)
    page = secretary.get(f"/en{address(draft, f'{file.pk}/')}").content.decode()
    for sentence in (
        "The file does not say which text it was made from. It has been read against the draft as it is now.",
        "Comment in the file: “100 % sikkert?”",
    ):
        assert f"<li><p>{sentence}</p></li>" in page
    file.notices = ["Merknad i filen: «100 % sikkert?»"]  # as it was stored before
    with override("en"):
        assert file.remarks == ["Merknad i filen: «100 % sikkert?»"]


@pytest.mark.parametrize(
    ("data", "name", "status", "sentence"),
    [
        (b"", "tom.docx", 422, "tom"),
        (b"PK\x03\x04 avkuttet", "skadet.docx", 422, "skadet"),
        (b"hei", "plan.txt", 422, "Word-filen"),
        (b"%PDF-1.7", "plan.exe", 422, ""),
        (b"x" * (20 * 1024 * 1024 + 1), "stor.docx", 413, "20 MB"),
    ],
)
def test_bad_files_are_refused_in_a_sentence_and_nothing_is_kept(
    secretary, draft, data, name, status, sentence
):
    answer = send(secretary, draft, data, name)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert EditedFile.objects.count() == 0


def test_what_a_file_says_is_never_markup(secretary, draft):
    def edit(file: Any) -> None:
        write(measures(file)[2].cells[1], "<img src=x onerror=alert(1)>")

    file = returned(secretary, draft, edit)
    page = secretary.get(address(draft, f"{file.pk}/")).content.decode()
    assert "<img src=x" not in page
    secretary.post(address(draft, f"{file.pk}/godta/"))
    assert Measure.objects.get(item=file.proposals.get().item).html == "&lt;img src=x onerror=alert(1)&gt;"


def test_nobody_proposes_to_a_plan_whose_words_are_locked(secretary, draft, kari):
    data = word(secretary, draft, rewrite)
    adopted(draft, kari)
    assert send(secretary, draft, data).status_code == 409


def test_who_may_not_edit_may_neither_send_nor_see_nor_decide(client, draft, kari, ola):
    client.force_login(kari)
    file = returned(client, draft, rewrite)
    proposal = file.proposals.get()
    for user, status in ((ola, 403), (None, 302)):
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(address(draft, f"{file.pk}/")).status_code == status
        assert client.get(address(draft, f"{file.pk}/{proposal.pk}/juster/")).status_code == status
        assert decide(client, proposal, "accept", 1).status_code == 403
        assert client.post(address(draft, f"{file.pk}/godta/")).status_code == 403
        assert send(client, draft, b"x").status_code == 403
    assert texts(draft)[2] == "Dele erfaringer"


def test_a_proposal_of_one_plan_is_not_found_under_another(secretary, draft, community, kari):
    file = returned(secretary, draft, rewrite)
    other = make_draft(small_plan(title="En annen plan"), community, kari)
    assert secretary.get(address(other, f"{file.pk}/")).status_code == 404


def test_the_file_is_thrown_away(secretary, draft):
    file = returned(secretary, draft, rewrite)
    assert secretary.post(address(draft, f"{file.pk}/forkast/")).status_code == 302
    assert (EditedFile.objects.count(), texts(draft)[2]) == (0, "Dele erfaringer")


def test_the_review_takes_as_many_queries_for_many_proposals_as_for_few(
    secretary, community: HealthCommunity, kari, django_assert_max_num_queries
):
    plan = make_draft(small_plan(), community, kari)

    def edit(file: Any) -> None:
        for row in measures(file):
            write(row.cells[1], "noe annet")

    few, many = returned(secretary, plan, rewrite), returned(secretary, plan, edit)
    for file in (few, many):
        with django_assert_max_num_queries(22):
            secretary.get(address(plan, f"{file.pk}/"))


def test_words_that_the_field_has_no_room_for_are_not_cut(secretary, draft):
    def edit(file: Any) -> None:
        next(p for p in file.paragraphs if p.text == "Handlingsplan 2026").runs[0].text = "x" * 301
        new = file.tables[1].add_row()
        new.cells[1].paragraphs[0].add_run("Møtes")
        new.cells[3].paragraphs[0].add_run("y" * 301)

    file = returned(secretary, draft, edit)
    title, added = file.proposals.all()
    page = secretary.get(address(draft, f"{file.pk}/")).content.decode()
    assert page.count("Teksten har flere enn 300 tegn, og feltet har ikke plass til flere.") == 2
    for proposal in (title, added):
        assert decide(secretary, proposal, "accept", draft.version).status_code == 422
    adjust = address(draft, f"{file.pk}/{title.pk}/juster/")
    assert secretary.post(adjust, {"after": "x" * 301, "version": draft.version}).status_code == 422
    assert (
        secretary.post(adjust, {"after": "Handlingsplan 2027", "version": draft.version}).status_code == 302
    )
    draft.refresh_from_db()
    assert draft.title == "Handlingsplan 2027"
