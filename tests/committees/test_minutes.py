"""The minutes: written, approved, frozen, public as far as they may be, and kept as a file."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from committees import actions, minutes_pdf
from committees.actions import Point, When
from committees.models import Meeting, Minutes, MinutesApproval, Seat
from committees.rulebook import Rules
from committees.tasks import make_extract, make_minutes
from helsefellesskap.errors import NotAllowed, Unavailable
from helsefellesskap.printing import RenderingFailed
from partners.models import User
from partners.models.files import LATE_AFTER
from partners.queries import things_to_do
from tests import make
from tests.committees.test_treatment import in_as

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)
WORK = f"/arbeid/troms-og-ofoten/utvalg/ssu/moter/{TODAY}/protokoll/"
PUBLIC = f"/troms-og-ofoten/utvalg/ssu/moter/{TODAY}/protokoll/"


@pytest.fixture
def mona(cast) -> User:
    """A member of SSU who represents users, and whose name is not for the public."""
    mona = make.user("Mona Medlem")
    make.seat(cast.ssu, mona, side=Seat.Side.USER, named_in_public=False)
    return mona


@pytest.fixture
def held(cast, mona) -> Meeting:
    """SSU has met: one case for everybody, one restricted; Ingrid leads, Mona and Bjørg are there."""
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    make.seat(cast.ssu, side=Seat.Side.USER, printed_name="Bjørg Bruker", named_in_public=False)
    secret = {"access": "restricted", "legal_basis": "offl. § 13", "public_title": "Personalsak"}
    for facts in ({"title": "Økonomi"}, {"title": "Om Per Hansen", **secret}):
        case = actions.write_case(cast.ssu, by=cast.kari, facts=facts)
        actions.put_on_agenda(meeting, case)
    items = list(meeting.agenda.all())
    deciding = cast.ssu.seats.filter(role__in=["leader", "member"], end=None)
    actions.record_attendance(items, by=cast.kari, present=dict.fromkeys(deciding))
    for item in items:
        point = Point(verb="takes_note", wording=f"Notert om {item.case.title}.")
        actions.decide(item, by=cast.kari, points=[point])
    meeting.refresh_from_db()
    return meeting


def test_two_who_write_at_once_both_see_both_texts(cast, held):
    kari = in_as(cast.kari)
    assert kari.post(WORK + "skriv/", {"opening": "Velkommen.", "closing": "", "version": 0}).url == WORK
    late = in_as(cast.sigrid).post(WORK + "skriv/", {"opening": "God dag.", "closing": "", "version": 0})
    assert late.status_code == 409
    assert all(words in late.content.decode() for words in ("Velkommen.", "God dag."))
    again = {"opening": "God dag.", "closing": "", "version": late.context["form"]["version"].value()}
    assert in_as(cast.sigrid).post(WORK + "skriv/", again).status_code == 302
    assert Minutes.objects.get().opening == "God dag."


def test_two_approve_and_then_everybody_reads(cast, held, mona):
    in_as(cast.ingrid).post(
        "/en" + WORK + "godkjenn/"
    )  # the minutes' words are the community's in any language
    assert Client().get(PUBLIC).status_code == 404
    in_as(mona).post(WORK + "godkjenn/")
    page = Client().get(PUBLIC).content.decode()
    for words in ("Notert om Økonomi.", "Ingrid Leder", "Personalsak", "offl. § 13"):
        assert words in page
    for words in ("Om Per Hansen", "Bjørg", "Mona"):
        assert words not in page
    by = re.findall(r"Godkjent av (.+?) \(", page)
    assert by == ["Ingrid Leder", "bruker"]
    approved = json.loads(Minutes.objects.get().content)["approved"]
    assert [(one["name"], one["role"], one["date"]) for one in approved] == [
        ("Ingrid Leder", "leder", str(TODAY)),
        ("Mona Medlem", "medlem", str(TODAY)),
    ]
    assert in_as(cast.kari).post(WORK + "skriv/", {"opening": "x", "version": 9}).status_code == 409


def test_nobody_approves_who_was_not_there_and_nobody_twice(cast, held, mona):
    away = make.user("Borte Hele Dagen")
    make.seat(cast.ssu, away)
    actions.call_meeting(Meeting.objects.create(committee=cast.ssu, date=TODAY + DAY), by=cast.kari)
    for who in (away, cast.tove, cast.olav, cast.sigrid, cast.kari, cast.berit):
        with pytest.raises(NotAllowed, match="en til som var til stede"):
            actions.approve_minutes(held, by=who)
    for who in (mona, cast.ingrid):
        assert who.notices.filter(path=WORK).count() == (who == cast.ingrid)  # Mona's is first
        actions.approve_minutes(held, by=who)
        if who == mona:
            assert in_as(mona).post(WORK + "godkjenn/").status_code == 409
    held.refresh_from_db()
    assert held.state == Meeting.State.MINUTES_APPROVED
    assert not cast.ingrid.notices.filter(path=WORK, done=False).exists()


def test_what_changes_after_the_first_approval_takes_it_back(cast, held, mona):
    actions.approve_minutes(held, by=cast.ingrid)
    (asked,) = things_to_do(mona)
    assert (asked.text, asked.path) == (
        f"Ingrid Leder har godkjent protokollen fra {held}. Les den, og godkjenn den du også.",
        WORK,
    )
    read = in_as(mona).get(WORK).context["protocol"].words
    actions.write_minutes(held, by=cast.kari, version=1, opening="Velkommen.", closing="")
    assert things_to_do(mona) == []
    (told,) = things_to_do(cast.ingrid)
    assert told.text == f"Protokollen fra {held} er endret etter at du godkjente den. Les den på nytt."
    assert "Godkjenningen er tatt tilbake." in in_as(cast.ingrid).get(WORK).content.decode()
    assert in_as(mona).post(WORK + "godkjenn/", {"words": read}).status_code == 409  # others than she read
    actions.approve_minutes(held, by=mona)
    held.refresh_from_db()
    assert held.state == Meeting.State.HELD
    actions.record_attendance(list(held.agenda.all()), by=cast.kari, present={seat_of(mona): None})
    approvals = MinutesApproval.objects.filter(taken_back_at=None)
    assert not approvals.exists()
    for who in (cast.ingrid, mona):
        actions.approve_minutes(held, by=who)
    assert [one.by for one in approvals.order_by("pk")] == [cast.ingrid, mona]
    assert [things_to_do(who) for who in (cast.ingrid, mona)] == [[], []]


def seat_of(user: User) -> Seat:
    return user.seats.get()


def test_where_the_rules_say_so_the_leader_approves_alone(cast, held, mona):
    cast.ssu.rules = Rules(minutes_approvers=1).stored()
    cast.ssu.save()
    with pytest.raises(NotAllowed, match="Bare lederen"):
        actions.approve_minutes(Meeting.objects.get(), by=mona)
    actions.approve_minutes(Meeting.objects.get(), by=cast.ingrid)
    assert Client().get(PUBLIC).status_code == 200


def test_the_committees_own_read_all_and_a_guest_what_is_not_restricted(cast, held):
    own, guest = (in_as(who).get(WORK).content.decode() for who in (cast.olav, cast.gunn))
    assert "Notert om Om Per Hansen." in own
    assert "Bjørg Bruker" in own
    assert "Om Per Hansen" not in guest


def test_minutes_that_cannot_be_printed_are_tried_again_and_nothing_is_kept(
    cast, held, monkeypatch, caplog, settings
):
    def remark(*_args: object, **_named: object) -> bytes:
        raise RenderingFailed("Ignored `dispaly: none`")

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # as in production
    again: list[tuple[int, ...]] = []
    monkeypatch.setattr(minutes_pdf, "render", remark)
    monkeypatch.setattr(type(make_minutes), "enqueue", lambda task, *given: again.append(given))
    make.approved(held)
    for tries in range(3):
        with pytest.raises(RenderingFailed):
            make_minutes.call(held.pk, tries)
    assert again == [(held.pk,), (held.pk, 1), (held.pk, 2)]
    assert f"of {held.pk} failed" in caplog.text
    failed = Minutes.objects.get()
    assert (failed.file, failed.file_tries, failed.file_error) == (None, 3, "Ignored `dispaly: none`")
    page = in_as(cast.kari).get(WORK).content.decode()
    for said in ("Kunne ikke lages (3 forsøk):", "Ignored `dispaly: none`", "Prøv igjen nå"):
        assert said in page
    assert "Prøv igjen nå" not in in_as(cast.olav).get(WORK).content.decode()
    assert "PDF-en kunne ikke lages ennå." in Client().get(PUBLIC).content.decode()
    again.clear()
    assert in_as(cast.kari).post(WORK + "filer/").url == WORK
    assert again == [(held.pk,)]
    assert in_as(cast.olav).post(WORK + "filer/").status_code == 403


def test_a_full_disk_is_seen_like_another_fault(cast, held, settings, tmp_path):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    make.approved(held)
    (tmp_path / "file").write_bytes(b"")
    with override_settings(MEDIA_ROOT=tmp_path / "file" / "media"):
        with pytest.raises(Unavailable):
            make_minutes.call(held.pk)
        with pytest.raises(Unavailable):
            make_extract.call(held.agenda.first().pk)
    page = in_as(cast.kari).get(WORK).content.decode()
    assert page.count("Kunne ikke lages (1 forsøk):") == 2
    assert page.count("Filen kunne ikke lagres.") == 2


def test_files_that_no_worker_makes_are_seen_and_asked_for_anew(cast, held, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    make.approved(held)
    assert "Filer som ikke er laget" not in in_as(cast.kari).get(WORK).content.decode()
    Minutes.objects.update(approved_at=timezone.now() - LATE_AFTER)
    page = in_as(cast.kari).get(WORK).content.decode()
    assert "Filer som ikke er laget" in page
    assert "Særutskrift av sak" not in page  # these follow the minutes
    make_minutes.call(held.pk)
    numbers = list(held.agenda.values_list("case__printed_number", flat=True))
    page = in_as(cast.kari).get(WORK).content.decode()
    assert [number for number in numbers if f"Særutskrift av sak {number}" in page] == numbers
    assert page.count("Har ventet siden") == len(numbers)
    DBTaskResult.objects.all().delete()
    assert in_as(cast.kari).post(WORK + "filer/").url == WORK
    assert DBTaskResult.objects.count() == len(numbers)


def test_an_extract_that_cannot_be_printed_is_seen_and_asked_for_anew(cast, held, monkeypatch):
    def remark(*_args: object, **_named: object) -> bytes:
        raise RenderingFailed("Ignored `dispaly: none`")

    with monkeypatch.context() as broken:
        broken.setattr(minutes_pdf, "render_extract", remark)
        make.approved(held)
    item = held.agenda.first()
    assert (item.extract, item.file_error) == (None, "Ignored `dispaly: none`")
    page = in_as(cast.kari).get(WORK).content.decode()
    assert f"Særutskrift av sak {item.case.printed_number}" in page
    assert in_as(cast.kari).post(WORK + "filer/").url == WORK
    item.refresh_from_db()
    assert (item.extract is None, item.file_error) == (False, "")
    assert in_as(cast.kari).post(WORK + "filer/").status_code == 409


def test_the_same_minutes_give_the_same_bytes_in_whatever_language_they_are_asked_for(cast, held):
    make.approved(held)
    item = held.agenda.first()
    for restricted in (False, True):
        made = set()
        for language in ("nb", "en", "se"):
            with translation.override(language):
                extract = minutes_pdf.render_extract(item, restricted=restricted, public=not restricted)
                made.add((minutes_pdf.render(held), extract))
        assert len(made) == 1


def test_the_public_minutes_are_kept_as_a_file(cast, held):
    make.approved(held)
    response = Client().get(PUBLIC + "protokoll.pdf")
    assert b"".join(response.streaming_content).startswith(b"%PDF-1.7")
