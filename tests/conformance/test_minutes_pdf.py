"""veraPDF's engine finds the minutes to be PDF/A-2a and PDF/UA-1."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from committees import actions
from committees.actions import Point, When
from committees.models import Meeting, Minutes
from tests import make
from tests.people import Cast

pytestmark = [pytest.mark.conformance, pytest.mark.django_db]


def test_the_minutes_conform(cast: Cast, verapdf: Callable[..., None], tmp_path: Path) -> None:
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=timezone.localdate()))
    for facts in (
        {"title": "Økonomi på tvers 😀"},
        {"title": "Personalsak", "access": "restricted", "legal_basis": "offl. § 13"},
    ):
        case = actions.write_case(cast.ssu, by=cast.kari, facts=facts)
        item = actions.put_on_agenda(meeting, case)
        leader = cast.ssu.seats.get(role="leader")
        actions.record_attendance([item], by=cast.kari, present={leader: None})
        points = [Point(verb="takes_note", wording="Notert.\n\nOg mer.", reason="Fordi.") for _ in range(3)]
        actions.decide(item, by=cast.kari, points=points)
    actions.write_minutes(meeting, by=cast.kari, version=0, opening="Velkommen.", closing="Takk for nå.")
    make.approved(Meeting.objects.get(pk=meeting.pk))
    file = tmp_path / "minutes.pdf"
    file.write_bytes(Minutes.objects.get().file.read())
    verapdf(file, flavours="2a,ua1")
