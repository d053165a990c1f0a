"""The minutes: written, approved, frozen, public as far as they may be, and kept as a file."""

import pytest
from django.test import Client
from django.utils import timezone

from committees import actions
from committees.actions import Point, When
from committees.models import Meeting, Minutes, Seat
from tests import make
from tests.committees.test_treatment import in_as

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WORK = f"/arbeid/troms-og-ofoten/utvalg/ssu/moter/{TODAY}/protokoll/"
PUBLIC = f"/troms-og-ofoten/utvalg/ssu/moter/{TODAY}/protokoll/"


@pytest.fixture
def held(cast) -> Meeting:
    """SSU has met: one case for everybody, one restricted; a user's representative not named in public."""
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


def test_only_the_leader_approves_and_then_everybody_reads(cast, held):
    assert Client().get(PUBLIC).status_code == 404
    assert in_as(cast.kari).post(WORK + "godkjenn/").status_code == 403
    assert in_as(cast.ingrid).post(WORK + "godkjenn/").url == WORK
    page = Client().get(PUBLIC).content.decode()
    for words in ("Notert om Økonomi.", "Ingrid Leder", "Personalsak", "offl. § 13"):
        assert words in page
    for words in ("Om Per Hansen", "Bjørg"):
        assert words not in page
    assert in_as(cast.kari).post(WORK + "skriv/", {"opening": "x", "version": 9}).status_code == 409


def test_the_committees_own_read_all_and_a_guest_what_is_not_restricted(cast, held):
    own, guest = (in_as(who).get(WORK).content.decode() for who in (cast.olav, cast.gunn))
    assert "Notert om Om Per Hansen." in own
    assert "Bjørg Bruker" in own
    assert "Om Per Hansen" not in guest


def test_the_public_minutes_are_kept_as_a_file(cast, held):
    actions.approve_minutes(held, by=cast.ingrid)
    response = Client().get(PUBLIC + "protokoll.pdf")
    assert b"".join(response.streaming_content).startswith(b"%PDF-1.7")
