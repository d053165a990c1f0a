"""Extracts of approved minutes: one case of them, with what each reader may read of it."""

import pytest
from django.test import Client
from django.utils import timezone

from committees.models import Meeting
from tests import make
from tests.committees.test_follow_ups import SECRET, follow_up, met
from tests.committees.test_treatment import in_as
from tests.plans.exporters.reading import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MINUTES = f"utvalg/ssu/moter/{TODAY}/protokoll/"


@pytest.fixture
def approved(cast) -> Meeting:
    """SSU met today: «Økonomi» and a restricted case, each with something to do. Its minutes are approved."""
    meeting = met(cast, TODAY, {"title": "Økonomi"}, {"title": "Om Per Hansen", **SECRET})
    follow_up(cast, meeting)
    follow_up(cast, meeting, "Ring Per Hansen", case=1)
    make.approved(meeting)
    return meeting


def place(meeting: Meeting, number: int, *, work: bool = False) -> str:
    case = meeting.agenda.all()[number].case
    return f"{'/arbeid' if work else ''}/troms-og-ofoten/{MINUTES}sak/{case.year}-{case.number}/"


def page(path: str, who=None) -> str:
    return (in_as(who) if who else Client()).get(path).content.decode()


def test_everybody_reads_one_case_of_the_minutes_on_a_page_and_as_a_file(cast, approved):
    shown = page(place(approved, 0))
    file = Client().get(f"{place(approved, 0)}utskrift.pdf")
    printed = words(b"".join(file.streaming_content))
    for text in (shown, printed):
        for said in ("Økonomi", "Notert.", "Lag budsjett", "Godkjent av Ingrid Leder (leder)"):
            assert said in text
        for other in ("Personalsak", "Per Hansen"):
            assert other not in text


def test_of_a_restricted_case_everybody_reads_that_there_was_one_and_its_own_read_it(cast, approved):
    file = Client().get(f"{place(approved, 1)}utskrift.pdf")
    for text in (page(place(approved, 1)), words(b"".join(file.streaming_content))):
        assert "Personalsak" in text
        for secret in ("Notert.", "Per Hansen", "Ingrid Leder (spes"):
            assert secret not in text
    own = place(approved, 1, work=True)
    for text in (page(own, cast.olav), words(in_as(cast.olav).get(f"{own}utskrift.pdf").content)):
        for said in ("Notert.", "Ring Per Hansen", "offl. § 13"):
            assert said in text
    for address in (own, f"{own}utskrift.pdf"):
        assert in_as(cast.gunn).get(address).status_code == 403


def test_minutes_and_the_cases_page_lead_to_the_extract_and_each_decision_has_its_place(cast, approved):
    for number in (0, 1):
        case = approved.agenda.all()[number].case
        public = page(f"/troms-og-ofoten/utvalg/ssu/saker/{case.year}-{case.number}/")
        decision = case.decisions.get()
        for said in (place(approved, number), f'id="vedtak-{decision.pk}"', f'id="vedtak-{decision.pk}-1"'):
            assert said in public
        assert place(approved, number) in page(f"/troms-og-ofoten/{MINUTES}")
        assert place(approved, number, work=True) in page(f"/arbeid/troms-og-ofoten/{MINUTES}", cast.olav)
    guest = page(f"/arbeid/troms-og-ofoten/{MINUTES}", cast.gunn)
    assert (place(approved, 0, work=True) in guest, place(approved, 1, work=True) in guest) == (True, False)


def test_there_is_none_before_the_minutes_are_approved_nor_of_another_case(cast):
    meeting = met(cast, TODAY, {"title": "Økonomi"})
    assert Client().get(place(meeting, 0)).status_code == 404
    assert in_as(cast.olav).get(place(meeting, 0, work=True)).status_code == 409
    make.approved(meeting)
    assert Client().get(place(meeting, 0)).status_code == 200
    assert Client().get(place(meeting, 0).replace("-1/", "-2/")).status_code == 404
