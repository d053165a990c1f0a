"""«Vara møtte i sak 07-2021»: who was there is recorded on a page, seat by seat."""

import pytest

from committees.models import Attendance

from .treating import in_as, item, on_list, there, url

__all__ = ["item"]  # pytest finds the fixture by its name here
pytestmark = pytest.mark.django_db


def test_attendance_is_recorded_seat_by_seat_and_holds_for_the_rest(cast, item):
    after = on_list(cast, item.meeting, "Økonomi")
    leader, deputy = cast.ssu.seats.get(user=cast.ingrid), cast.ssu.seats.get(user=cast.tove)
    sent = {f"seat-{deputy.pk}": str(leader.pk), "rest": "on"}
    response = in_as(cast.kari).post(url(item, "frammote/"), sent)
    assert response.url == url(item)
    assert [(a.agenda_item, a.seat, a.stands_in_for) for a in Attendance.objects.order_by("agenda_item")] == [
        (item, deputy, leader),
        (after, deputy, leader),
    ]


def test_what_was_recorded_at_the_case_before_is_proposed(cast, item):
    there(cast, item)
    after = on_list(cast, item.meeting, "Økonomi")
    form = in_as(cast.kari).get(url(after, "frammote/")).context["form"]
    initial = {name: form[name].initial for name in form.fields if name.startswith("seat-")}
    leader = cast.ssu.seats.get(user=cast.ingrid)
    assert [name for name, there in initial.items() if there] == [f"seat-{leader.pk}"]


def test_two_in_one_place_are_refused_and_what_was_ticked_stays(cast, item):
    leader, deputy = cast.ssu.seats.get(user=cast.ingrid), cast.ssu.seats.get(user=cast.tove)
    sent = {f"seat-{leader.pk}": "on", f"seat-{deputy.pk}": str(leader.pk)}
    response = in_as(cast.kari).post(url(item, "frammote/"), sent)
    assert response.status_code == 422
    assert "to ganger" in response.content.decode()
    assert response.context["form"][f"seat-{deputy.pk}"].value() == str(leader.pk)
