"""«Ta planen ned nå»: gone from every public place, a tombstone in each, and a redacted version after."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from committees import links
from committees.actions import write_case
from committees.models import PersonalLink
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.models import StoredFile
from plans.actions import (
    ask_status,
    give_input,
    lay_in_case,
    publish_redacted,
    send_hearing,
    send_hearing_link,
    send_review_link,
    share_copy,
    withdraw,
)
from plans.models import (
    Measure,
    Plan,
    Publication,
    Rendering,
    Revision,
    RevisionFile,
    RevisionItem,
    StatusReport,
)
from plans.shared_copies import address_of
from tests import make
from tests.plans.exporters.reading import words
from tests.plans.test_translated_pages import in_english

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=7)
HEARING_PAGES = ("give_input", "answer_input", "input_answers_pdf", "input_answers_word", "hearing_link")
SECRET = "Historien om naboen"
HERE = "troms-og-ofoten"


@pytest.fixture
def plan(cast, client):
    """A public plan that says too much, its pages kept and its PDF made."""
    plan = make.draft(cast.troms, by=cast.kari, slug="for-apen")
    Measure.objects.filter(goal__section__plan=plan).update(html=SECRET)
    plan.delete()
    plan = make.adopted(cast.ssu, by=cast.kari, slug="apen", vision=SECRET)
    stored = StoredFile.objects.store(SECRET.encode(), "application/pdf")
    RevisionFile.objects.update_or_create(
        revision=plan.revisions.get(), format="pdf", defaults={"file": stored}
    )
    client.get(plan.get_absolute_url())
    return plan


def addresses(plan: Plan) -> list[str]:
    """Every public place that showed the plan's words."""
    revision = plan.revisions.first()
    code = RevisionItem.objects.filter(revision=revision).first().item.code
    version = [HERE, plan.slug, 1]
    return [
        reverse("plan_page", args=[HERE, plan.slug]),
        *(reverse(f"revision_{kind}", args=version) for kind in ("page", "pdf", "json", "word")),
        reverse("item_page", args=[code]),
        reverse("document_page", args=[revision.sha256[:12]]),
    ]


def test_every_public_place_becomes_a_tombstone(cast, client, plan):
    places = addresses(plan)
    assert {client.get(place).status_code for place in places} <= {200, 302, 404}  # its Word is not made
    withdraw(plan, by=cast.kari, reason="Planen fortalte om en enkeltperson.")
    for place in places:
        answer = client.get(place)
        assert (answer.status_code, SECRET in answer.content.decode()) == (410, False), place
        assert "Planen fortalte om en enkeltperson." in answer.content.decode()
    for lists in ("/", f"/{HERE}/"):
        assert plan.title not in client.get(lists).content.decode()


def test_hearings_reviews_copies_and_cases_become_tombstones_too(cast, client):
    """Also of the versions before the public one: its words stood there."""
    plan = make.draft(cast.troms, by=cast.kari, slug="hort")
    hearing = send_hearing(
        plan, by=cast.kari, deadline=SOON, name="Til høring", parties=[cast.tromso], open_to_all=True
    )
    measure = Measure.objects.filter(goal__section__plan=plan).first()
    given = give_input(hearing, operation=uuid4(), by=cast.aslak, item=measure.item, wording=SECRET, text="")
    send_hearing_link(hearing, by=cast.kari, partner=cast.tromso, name="Mari", email="mari@eksempel.no")
    review = make.laid(plan, cast.ssu, by=cast.kari)
    leader = cast.ssu.seats.get(user=cast.ingrid)
    send_review_link(review, leader, by=cast.kari, name="Gjest", email="gjest@eksempel.no")
    copy = share_copy(review, leader, by=cast.ingrid, expires_on=SOON)
    case = write_case(cast.ssu, by=cast.kari, facts={"title": "Planen"})
    laid = lay_in_case(case, by=cast.kari, revision=review.revision)
    make.adopt_draft(cast.ssu, plan, by=cast.kari)
    asked = ask_status(plan, by=cast.kari, due=SOON)

    def at(name: str, *args: object) -> str:
        return reverse(name, args=[HERE, *args])

    kari = [
        *(at(name, plan.slug, hearing.pk) for name in HEARING_PAGES),
        *(at(name, review.pk) for name in ("review_picture", "take_stance", "reviewed_plan", "blank_sheet")),
        *(at(name, review.pk, leader.pk) for name in ("stance_sheet", "paper_stance")),
        at("report_status", plan.slug),
        at("plan_in_case", "ssu", case.year, case.number, laid.pk),
    ]
    everybody = [
        hearing.get_open_url(),
        given.get_absolute_url(),
        address_of(copy).removeprefix(settings.SITE_URL),
    ]
    guests = {
        "hearing": [reverse("give_input_by_link", args=[hearing.pk])],
        "review": [at("take_stance", review.pk), at("reviewed_plan", review.pk)],
    }

    def others_than(status: int) -> list[tuple[str, int]]:
        found = []
        for who, places in (("kari", kari), ("", everybody), *guests.items()):
            client.logout()
            if who == "kari":
                client.force_login(cast.kari)
            elif who:
                let_in(client, PersonalLink.objects.get(purpose=who))
            for place in places:
                answer = client.get(place)
                if answer.status_code != status:
                    found.append((place, answer.status_code))
                if answer.status_code != 200:
                    assert SECRET not in answer.content.decode(), place
                    assert "Derfor." in answer.content.decode(), place
        return found

    assert others_than(200) == []
    withdraw(plan, by=cast.kari, reason="Derfor.")
    assert others_than(410) == []
    client.force_login(cast.kari)
    papers = client.get(at("case_pdf", "ssu", case.year, case.number))
    assert "Trukket tilbake" in words(papers.content)
    assert "Tiltak nummer 1" not in words(papers.content)
    for opened in (hearing, review, asked):
        opened.refresh_from_db()
        assert opened.closed_at
    again = make.laid(plan, cast.ssu, by=cast.kari, name="Sladdet")
    assert client.get(at("reviewed_plan", again.pk)).status_code == 200


def let_in(client, link) -> None:
    session = client.session
    session[links.SESSION_KEY] = {"link": link.pk.hex, "until": link.expires_at.timestamp()}
    session.save()


# What machines read, and what each tells of the plan.
OPEN = {
    "/api/v1/plans": "apen",
    "/api/v1/versions": "apen",
    "/api/v1/translations": "apen",
    "/api/v1/measures": "apen",
    "/api/v1/decisions": "apen",
    "/apne-data/tiltak.csv": "apen",
    "/apne-data/planer.jsonl": SECRET,
    "/apne-data/vedtatt.atom": "/apen/",
    "/apne-data/status.atom": "Vi er i gang",
}


def test_open_data_forgets_it_in_the_same_moment(cast, client, plan):
    """Files and feeds too, and whoever has them is sent what is there now."""
    item = RevisionItem.objects.filter(revision__plan=plan, item__kind="measure").first().item
    report = {"value": "ongoing", "words": "Vi er i gang", "as_of": timezone.localdate()}
    StatusReport.objects.create(plan=plan, item=item, party_name="SSU", by=cast.kari, **report)

    in_english(plan, cast.kari)

    def told(place: str) -> tuple[str, str]:
        response = client.get(place)
        return response["ETag"], b"".join(response).decode()

    before = {place: told(place) for place in OPEN}
    assert [place for place, (_etag, text) in before.items() if OPEN[place] not in text] == []
    withdraw(plan, by=cast.kari, reason="Planen fortalte om en enkeltperson.")
    for place, hidden in OPEN.items():
        etag, text = told(place)
        assert (hidden in text, SECRET in text, etag == before[place][0]) == (False, False, False), place


def test_words_files_and_kept_pages_are_gone_and_the_number_stays(cast, plan):
    revision = plan.revisions.get()
    name = revision.files.get(format="pdf").file.file.name
    assert default_storage.exists(name)
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    now = Revision.objects.get(pk=revision.pk)
    assert (SECRET in now.content, now.sha256, now.number) == (False, revision.sha256, 1)
    assert not default_storage.exists(name)
    assert not Rendering.objects.filter(plan=plan).exists()
    assert not Publication.objects.filter(revision__plan=plan).exists()


def test_afterwards_the_record_is_as_closed_as_before(cast, plan):
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Revision.objects.filter(plan=plan).update(number=9)


def test_a_redacted_version_follows_by_the_same_decision(cast, client, plan):
    point = plan.revisions.get().adoptions.get().point
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    Plan.objects.filter(pk=plan.pk).update(vision="")
    correction = publish_redacted(plan, by=cast.kari, reason="Navn er tatt ut.", decided_by="Lederen av SSU")
    assert [a.point for a in correction.revision.adoptions.all()] == [point]
    page = client.get(plan.get_absolute_url())
    assert (page.status_code, SECRET in page.content.decode()) == (200, False)
    old = client.get(reverse("revision_page", args=[HERE, plan.slug, 1]))
    assert old.status_code == 410
    assert correction.revision.get_absolute_url() in old.content.decode()
    with pytest.raises(WrongState):
        publish_redacted(plan, by=cast.kari, reason="Igjen.", decided_by="Lederen")


def test_a_tombstone_says_why(cast, plan):
    with pytest.raises(Refusal, match="Begrunnelsen blir offentlig"):
        withdraw(plan, by=cast.kari, reason=" ")


def test_only_the_secretariat_takes_a_plan_down(cast, plan):
    for by in cast.but("kari"):
        with pytest.raises(NotAllowed):
            withdraw(plan, by=by, reason="Fordi.")
