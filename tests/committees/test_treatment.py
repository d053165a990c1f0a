"""A case is treated in its meeting, on pages: the decision, the words on the screen, what is confirmed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from committees import actions
from committees.actions import When
from committees.models import Decision, DecisionPoint, Seat
from committees.rulebook import Rules
from plans.models import Adoption, Measure
from tests import make

from .treating import TODAY, case_url, in_as, item, key, on_list, points, there, url

__all__ = ["item"]  # pytest finds the fixture by its name here
pytestmark = pytest.mark.django_db


def test_the_proposed_conclusion_becomes_points(cast):
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    item = on_list(cast, meeting, conclusion="1. Planen vedtas.\n2. FSU følger opp.\nInnen mai.")
    forms = in_as(cast.kari).get(url(item, "vedtak/")).context["forms"]
    assert [form["wording"].value() for form in forms] == ["Planen vedtas.", "FSU følger opp.\nInnen mai."]


def test_several_points_are_decided_at_once(cast, item):
    there(cast, item)
    day = TODAY.isoformat()
    sent = points(
        {
            "verb": "adopts",
            "wording": "Vedtas.",
            "about": [key(item)],
            "in_force_from": day,
            "published_from": day,
        },
        {"verb": "delegates", "wording": "FSU følger opp.", "delegates_to": cast.fsu.pk, "until": day},
        {"verb": "takes_note", "wording": "Feil punkt", "DELETE": "on"},
    )
    response = in_as(cast.kari).post(url(item, "vedtak/"), sent)
    assert response.url == url(item) + "#vedtak"
    assert [(p.verb, p.delegates_to) for p in DecisionPoint.objects.order_by("number")] == [
        ("adopts", None),
        ("delegates", cast.fsu),
    ]
    assert Adoption.objects.get().point.number == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"verb": ""}, "Feltet er påkrevet"),
        ({"verb": "adopts"}, "Oppgi fra hvilken dag planen gjelder"),
        ({"verb": "adopts", "in_force_from": "2026-01-01"}, "Oppgi begge dagene"),
        ({"verb": "adopts_provisionally"}, "hvor lenge det foreløpige"),
        ({"verb": "returns"}, "Oppgi en begrunnelse"),
        ({"verb": "postpones"}, "Velg i listen"),
        ({"verb": "lifts"}, "Velg i listen"),
        ({"verb": "delegates"}, "Velg i listen"),
        ({"verb": "recommends", "with_changes": "on"}, "hører ikke til «anbefaler»"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, item, fields, said):
    there(cast, item)
    sent = points({"wording": "Ord som ikke må bli borte.", "about": [key(item)], **fields})
    response = in_as(cast.kari).post(url(item, "vedtak/"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Ord som ikke må bli borte." in page
    assert not Decision.objects.exists()


def test_without_attendance_nothing_is_decided_and_nothing_lost(cast, item):
    response = in_as(cast.kari).post(
        url(item, "vedtak/"), points({"verb": "takes_note", "wording": "Notert."})
    )
    assert response.status_code == 409
    assert "Før hvem som var til stede" in response.content.decode()
    assert "Notert." in response.content.decode()


def test_one_more_point_without_javascript_keeps_what_was_typed(cast, item):
    sent = points({"verb": "takes_note", "wording": "Notert.", "about": [key(item)]})
    forms = in_as(cast.kari).post(url(item, "vedtak/"), {**sent, "add": "1"}).context["forms"]
    assert [form["wording"].value() for form in forms] == ["Notert.", None]
    assert [form["verb"].value() for form in forms] == ["takes_note", None]
    assert not Decision.objects.exists()


def test_votes_are_asked_for_only_where_the_mandate_has_them(cast, item):
    client = in_as(cast.kari)
    assert "votes_for" not in client.get(url(item, "vedtak/")).context["forms"][0].fields
    cast.ssu.rules = Rules(votes=True).stored()
    cast.ssu.save()
    assert "votes_for" in client.get(url(item, "vedtak/")).context["forms"][0].fields


def test_adopted_with_the_changes_from_the_meeting_end_to_end(cast, item):
    there(cast, item)
    day = TODAY.isoformat()
    adopts = {"verb": "adopts", "wording": "Vedtas.", "about": [key(item)], "with_changes": "on"}
    sent = points({**adopts, "in_force_from": day, "published_from": day})
    in_as(cast.kari).post(url(item, "vedtak/"), sent)
    leader = in_as(cast.ingrid)
    confirm = url(item, "vedtak/1/bekreft/")
    mark = leader.get(confirm).context["mark"]
    Measure.objects.filter(goal__section__plan=cast.draft).update(html="Ordene fra møtet")
    stale = leader.post(confirm, {"words": mark})
    assert (stale.status_code, Adoption.objects.count()) == (409, 0)
    assert in_as(cast.kari).post(confirm, {"words": mark}).status_code == 403
    leader.post(confirm, {"words": stale.context["mark"]})
    words = [m.html for _s, _g, m in Adoption.objects.get().revision.load().walk_measures()]
    assert words == ["Ordene fra møtet"] * 3
    assert "Ordlyden ble bekreftet av Ingrid Leder" in leader.get(url(item)).content.decode()


def test_the_screen_shows_what_is_written_at_once(cast, item):
    client = in_as(cast.olav)
    measure = Measure.objects.filter(goal__section__plan=cast.draft).first()
    screen = url(item, f"skjerm/{cast.draft.slug}/ordene/") + f"?tiltak={measure.item_id}"
    assert "Tiltak nummer 1" in client.get(screen).content.decode()
    Measure.objects.filter(pk=measure.pk).update(html="Nytt mens alle ser på")
    assert "Nytt mens alle ser på" in client.get(screen).content.decode()
    other = make.draft(cast.troms, by=cast.kari, slug="en-annen")
    assert client.get(url(item, f"skjerm/{other.slug}/")).status_code == 404


def test_a_restricted_case_is_not_shown_to_guests(cast):
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    item = on_list(cast, meeting, "Personalsak", access="restricted", legal_basis="offentleglova § 13")
    for page in (url(item), url(item, f"skjerm/{cast.draft.slug}/"), case_url(item, "inhabil/")):
        assert in_as(cast.gunn).get(page).status_code == 403
        assert in_as(cast.olav).get(page).status_code == 200


def queries_of_the_pages(cast, plan, size: int) -> list[int]:
    """A case of a version of the plan, last on a list as long as there are seats."""
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY - timedelta(days=size)))
    for n in range(size):
        make.seat(cast.ssu, printed_name=f"Medlem {n}")
        make.seat(cast.ssu, role=Seat.Role.DEPUTY, printed_name=f"Vara {n}")
    review = make.laid(plan, cast.ssu, by=cast.kari)
    items = [on_list(cast, meeting, f"Sak {n}") for n in range(size)]
    items[-1].case.plan_items.update(plan=plan, revision=review.revision)
    seats = dict.fromkeys(cast.ssu.seats.filter(role__in=["leader", "member"], end=None))
    actions.record_attendance(items, by=cast.kari, present=seats)
    actions.decide(items[0], by=cast.kari, points=[actions.Point(verb="takes_note", wording="Notert.")])
    client, found = in_as(cast.kari), []
    for page in (
        url(items[-1]),
        url(items[-1], "frammote/"),
        url(items[-1], "vedtak/"),
        url(items[-1], f"skjerm/{plan.slug}/"),
        f"{meeting.get_absolute_url()}protokoll/",
    ):
        with CaptureQueriesContext(connection) as counted:
            assert client.get(page).status_code == 200
        found.append(len(counted))
    return found


def test_the_pages_take_as_many_queries_for_60_seats_and_300_measures(cast):
    small = queries_of_the_pages(cast, cast.draft, 2)
    large = make.draft(cast.troms, by=cast.kari, slug="stor", measures=300)
    assert queries_of_the_pages(cast, large, 60) == small
