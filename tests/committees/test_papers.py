"""The papers of a meeting: one page, one PDF, what changed after they were sent, and who reads what."""

import io
import re
from datetime import time, timedelta

import pikepdf
import pytest
from django.core import mail
from django.utils import timezone

from committees import actions, links
from committees.actions import When
from committees.models import PersonalLink
from partners.matters import address_of
from partners.models import Notice
from plans.actions import freeze_named, lay_in_case
from tests import make
from tests.plans.exporters.reading import words

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=60)
SECRET = {
    "title": "Sak om Per Hansen",
    "background": "Hemmelig bakgrunn",
    "access": "restricted",
    "legal_basis": "offentleglova § 13",
    "public_title": "Personalsak",
}


@pytest.fixture
def meeting(cast):
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=DAY, starts_at=time(10)))
    facts = {"title": "Handlingsplanen", "background": "Første linje\n\nAndre <avsnitt>"}
    plan_case = actions.write_case(cast.ssu, by=cast.kari, facts=facts)
    lay_in_case(plan_case, by=cast.kari, revision=freeze_named(cast.draft, by=cast.kari, name="til SSU"))
    secret = actions.write_case(cast.ssu, by=cast.kari, facts=SECRET)
    for case in (plan_case, secret):
        actions.add_to_agenda(meeting, case, by=cast.kari)
    return meeting


def bookmarks(data: bytes) -> list[tuple[int, str]]:
    def walk(items, depth):
        for item in items:
            yield depth, item.title
            yield from walk(item.children, depth + 1)

    with pikepdf.open(io.BytesIO(data)) as file, file.open_outline() as outline:
        return list(walk(outline.root, 1))


def test_the_pdf_has_every_case_with_its_plans_measures_and_bookmarks(client, cast, meeting):
    client.force_login(cast.ingrid)
    answer = client.get(f"{meeting.get_absolute_url()}papirer.pdf")
    year = timezone.localdate().year
    assert bookmarks(answer.content) == [
        (1, f"Møtepapirer SSU {DAY:%d.%m.%Y}"),
        (2, "Saksliste"),
        (2, f"01-{year} Handlingsplanen"),
        (3, "Bakgrunn"),
        (3, "Handlingsplan 2027, versjon 1, til SSU"),
        (4, "1 Samhandling"),
        (5, "Trygge overganger"),
        (2, f"02-{year} Sak om Per Hansen"),
        (3, "Bakgrunn"),
    ]
    text = words(answer.content)
    for said in ("Andre <avsnitt>", "Tiltak nummer 3", "Hemmelig bakgrunn"):
        assert said in text


def test_a_guest_of_the_committee_gets_nothing_of_a_restricted_case(client, cast, meeting):
    client.force_login(cast.gunn)
    page = client.get(f"{meeting.get_absolute_url()}papirer/").content.decode()
    paper = words(client.get(f"{meeting.get_absolute_url()}papirer.pdf").content)
    for text in (page, paper):
        assert "Handlingsplanen" in text
        assert "Personalsak" in text
        assert "Per Hansen" not in text
        assert "Hemmelig" not in text


def test_what_changed_after_the_papers_were_sent_is_marked(client, cast, meeting):
    actions.send_papers(meeting, by=cast.kari)
    case = meeting.agenda.get(case__title="Handlingsplanen").case
    actions.edit_case(case, by=cast.kari, version=1, facts={"background": "Ny tekst"})
    new = freeze_named(cast.draft, by=cast.kari, name="rettet")
    lay_in_case(case, by=cast.kari, revision=new)
    client.force_login(cast.olav)
    answer = client.get(f"{meeting.get_absolute_url()}papirer/")
    changes = [[(said, c.before) for said, c in paper.changes] for paper in answer.context["cases"]]
    before = "Handlingsplan 2027, versjon 1, til SSU"
    assert changes == [
        [("bakgrunn", "Første linje\n\nAndre <avsnitt>"), ("planer i saken", before)],
        [],
    ]
    assert "Endret etter at papirene ble sendt: bakgrunn, planer i saken" in words(
        client.get(f"{meeting.get_absolute_url()}papirer.pdf").content
    )
    actions.send_papers(meeting, by=cast.kari)
    again = client.get(f"{meeting.get_absolute_url()}papirer/")
    assert not any(paper.changes for paper in again.context["cases"])


def let_in(client, address: str) -> None:
    client.post(address, {})
    link = PersonalLink.objects.get()
    assert client.post(address, {"code": links.code_of(link, link.code_sent_at)}).status_code == 302


def test_a_personal_link_opens_the_papers_of_its_meeting_and_no_others(client, cast, meeting):
    case = meeting.agenda.get(case__access="restricted").case
    secret = {"access": "restricted", "legal_basis": "offentleglova § 13"}
    file = actions.attach(case, by=cast.kari, title="Notat", file=make.upload("Hemmelig"), **secret)
    seat = make.seat(cast.ssu, printed_name="Uten Konto", email="uten@eksempel.no")
    actions.call_meeting(meeting, by=cast.kari)
    actions.send_papers(meeting, by=cast.kari)
    link = PersonalLink.objects.get()
    page = f"{meeting.get_absolute_url()}papirer/"
    assert client.get(page).status_code == 302
    let_in(client, links.address_of(link))
    text = client.get(page).content.decode()
    assert "Hemmelig bakgrunn" in text  # a seat's own
    attached = f"{case.get_absolute_url()}vedlegg/{file.pk}/"
    plan = meeting.agenda.get(case__title="Handlingsplanen").case.plan_items.get()
    assert [path in text for path in (attached, f"planer/{plan.pk}/")] == [True, True]
    assert b"".join(client.get(attached)) == file.file.read()
    assert client.get(f"{page[:-1]}.pdf").status_code == 200
    other = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=DAY + timedelta(days=1)))
    elsewhere = actions.write_case(cast.ssu, by=cast.kari, facts={"title": "Annet"})
    actions.add_to_agenda(other, elsewhere, by=cast.kari)
    for path in (
        f"{other.get_absolute_url()}papirer/",
        f"{elsewhere.get_absolute_url()}sak.pdf",
        case.get_absolute_url(),
        meeting.get_absolute_url(),
    ):
        assert client.get(path).status_code == 302, path
    actions.take_off_agenda(meeting.agenda.get(case=case), by=cast.kari)
    assert client.get(attached).status_code == 302
    seat.end = timezone.localdate() - timedelta(days=1)
    seat.save()
    assert client.get(page).status_code == 410


def test_who_has_no_account_gets_one_link_to_the_papers_however_often_they_are_sent(cast, meeting):
    make.seat(cast.ssu, printed_name="Uten Konto", email="uten@eksempel.no")
    make.seat(cast.ssu, printed_name="Uten Adresse")
    actions.call_meeting(meeting, by=cast.kari)
    actions.send_papers(meeting, by=cast.kari)
    link = PersonalLink.objects.get()
    (letter,) = mail.outbox
    assert (letter.to, links.address_of(link) in letter.body) == (["uten@eksempel.no"], True)
    assert "har papirer til deg:\n\nMøtepapirer til SSU" in letter.body
    actions.send_papers(meeting, by=cast.kari)
    assert (PersonalLink.objects.count(), len(mail.outbox)) == (1, 1)
    notice = Notice.objects.get(email="uten@eksempel.no", text__contains="Papirene")
    assert address_of(notice) == links.address_of(link)


def test_a_case_is_a_pdf_of_its_own(client, cast, meeting):
    client.force_login(cast.sigrid)
    case = meeting.agenda.get(case__title="Handlingsplanen").case
    data = client.get(f"{case.get_absolute_url()}sak.pdf").content
    assert re.match(rb"%PDF-1\.7", data)
    assert "Tiltak nummer 1" in words(data)


@pytest.mark.parametrize("size", [1, 20])
def test_the_papers_take_as_many_queries_however_many_cases(
    client, cast, meeting, django_assert_num_queries, size
):
    for n in range(size):
        case = actions.write_case(cast.ssu, by=cast.kari, facts={"title": f"Sak {n}", "background": "x"})
        lay_in_case(case, by=cast.kari, revision=cast.draft.revisions.get())
        actions.add_to_agenda(meeting, case, by=cast.kari)
    actions.send_papers(meeting, by=cast.kari)
    client.force_login(cast.ingrid)
    with django_assert_num_queries(14):
        client.get(f"{meeting.get_absolute_url()}papirer/")
