"""The pages of a committee and its meetings: what one sees, and what one can do there without JavaScript."""

import re
from datetime import time, timedelta

import pytest
from django.utils import timezone

from committees import actions
from committees.actions import When
from committees.models import Case, Committee, Meeting, Seat, WheelEntry
from committees.queries.committees import wheel_of
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = TODAY + timedelta(days=60)
SSU = "/arbeid/troms-og-ofoten/utvalg/ssu/"
PLACE = f"{SSU}moter/{DAY:%Y-%m-%d}/"


@pytest.fixture
def meeting(cast) -> Meeting:
    return actions.plan_meeting(
        cast.ssu, by=cast.kari, when=When(date=DAY, starts_at=time(10), place="Tromsø")
    )


def a_case(cast, meeting=None, title="Økonomi", **facts) -> Case:
    case = actions.write_case(cast.ssu, by=cast.kari, facts={"title": title, **facts})
    if meeting:
        actions.add_to_agenda(meeting, case, by=cast.kari)
    return case


RESTRICTED = {
    "title": "Sak om Per Hansen",
    "access": "restricted",
    "legal_basis": "offentleglova § 13",
    "public_title": "Personalsak",
}


def titles(answer) -> list[str]:
    found = re.findall(r'<span class="number">[^<]*</span>\s*(?:<a[^>]*>)?([^<]+)', answer.content.decode())
    return [title.strip() for title in found]


def test_a_meeting_is_planned_and_its_list_set_up_by_forms_alone(client, cast):
    client.force_login(cast.sigrid)
    answer = client.post(f"{SSU}moter/ny/", {"date": DAY, "starts_at": "10:00", "place": "Tromsø"})
    assert answer["Location"] == PLACE
    meeting = Meeting.objects.get()
    assert meeting.papers_due == DAY - timedelta(days=7)  # as the rules say
    first = a_case(cast)
    client.post(f"{PLACE}saksliste/", {"case": first.pk})
    client.post(f"{SSU}saker/ny/?mote={DAY:%Y-%m-%d}", sent(client, f"{SSU}saker/ny/", title="Ny sak"))
    assert [item.case.title for item in meeting.agenda.order_by("position")] == ["Økonomi", "Ny sak"]
    item = meeting.agenda.get(case=first)
    client.post(f"{PLACE}saksliste/{item.pk}/flytt/", {"step": "down"})
    assert titles(client.get(PLACE)) == ["Ny sak", "Økonomi"]
    client.post(f"{PLACE}saksliste/{item.pk}/flytt/", {"step": "down"})  # the last stays the last
    client.post(f"{PLACE}saksliste/{item.pk}/ta-av/")
    assert titles(client.get(PLACE)) == ["Ny sak"]


def sent(client, path, **changes) -> dict[str, str]:
    """What the browser sends when somebody opens the form and changes this."""
    form = client.get(path).context["form"]
    values = {}
    for field in form:
        value = field.value()
        for name in (field.html_name, field.html_initial_name if field.field.show_hidden_initial else None):
            if name and value not in (None, False):
                values[name] = str(value)
    return values | changes


def test_what_is_wrong_with_a_meeting_is_said_at_the_form(client, cast, meeting):
    client.force_login(cast.kari)
    answer = client.post(f"{SSU}moter/ny/", {"date": DAY, "place": "Harstad"})
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors() == ["Utvalget har allerede et møte den dagen."]
    assert answer.context["form"]["place"].value() == "Harstad"
    facts = {"date": DAY, "starts_at": "12:00", "ends_at": "11:00"}
    assert client.post(f"{PLACE}endre/", facts).status_code == 422


def test_a_member_answers_the_call_with_one_tap_and_the_deputy_then_sees_hers(client, cast, meeting):
    actions.call_meeting(meeting, by=cast.kari)
    call = meeting.calls.get(seat__user=cast.ingrid)
    client.force_login(cast.ingrid)
    assert [c.pk for c in client.get(PLACE).context["my_calls"]] == [call.pk]
    client.post(f"{PLACE}svar/{call.pk}/", {"reply": "not_coming"})
    client.force_login(cast.tove)
    mine = client.get(PLACE)
    assert "Du er innkalt som vara for Ingrid Leder." in mine.content.decode()
    assert client.post(f"{PLACE}svar/{call.pk}/", {"reply": "coming"}).status_code == 403
    (hers,) = mine.context["my_calls"]
    assert client.post(f"{PLACE}svar/{hers.pk}/", {"reply": "coming"}).status_code == 302


def test_a_restricted_case_tells_a_guest_nothing_but_its_open_title(client, cast, meeting):
    a_case(cast, meeting, **RESTRICTED)
    for who, title in ((cast.ingrid, "Sak om Per Hansen"), (cast.gunn, "Personalsak")):
        client.force_login(who)
        assert titles(client.get(PLACE)) == [title]
    waiting = a_case(cast, None, **RESTRICTED)
    for page in (PLACE, SSU):
        assert "Per Hansen" not in client.get(page).content.decode()
    assert client.get(waiting.get_absolute_url()).status_code == 403


def test_the_wheel_has_the_meetings_deadlines_by_the_committees_rules(client, cast, meeting):
    actions.add_to_wheel(cast.ssu, by=cast.kari, day=DAY, kind="other", text="Julebord")
    assert [(day.date, day.kind) for day in wheel_of(cast.ssu)] == [
        (DAY - timedelta(days=21), "cases_due"),
        (DAY - timedelta(days=7), "papers_due"),
        (DAY, "meeting"),
        (DAY, "other"),
    ]
    client.force_login(cast.sigrid)
    bad = client.post(f"{SSU}arshjul/", {"date": "", "kind": "other", "text": "Seminar"})
    assert (bad.status_code, bad.context["wheel_form"]["text"].value()) == (422, "Seminar")
    client.post(f"{SSU}arshjul/", {"date": DAY, "kind": "other", "text": "Seminar"})
    seminar = WheelEntry.objects.get(text="Seminar")
    client.post(f"{SSU}arshjul/{seminar.pk}/ta-ut/")
    assert list(cast.ssu.wheel.values_list("text", flat=True)) == ["Julebord"]


def test_the_rules_are_a_form_and_a_number_that_would_repeat_itself_is_refused(client, cast):
    client.force_login(cast.kari)
    facts = {
        "quorum_percent": 66,
        "quorum_sides": ["gp", "user"],
        "observers_propose": "on",
        "minutes_approvers": 1,
        "case_number": "{year}/{number}",
        "conclusion_heading": "Forslag til vedtak",
        "papers_days": 10,
        "cases_days": 0,
    }
    client.post(f"{SSU}regler/", facts)
    rules = Committee.objects.get(pk=cast.ssu.pk).rulebook
    assert (rules.quorum_percent, rules.quorum_sides, rules.observers_speak) == (66, ("gp", "user"), False)
    assert rules.minutes_approvers == 1
    assert a_case(cast).printed_number == f"{TODAY.year}/1"
    for number in ("sak", "{year}", "{number", "{n}", "{number.pk}", "{0}", "{number:x}{year:q}"):
        answer = client.post(f"{SSU}regler/", facts | {"case_number": number})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["case_number"]), number


def test_the_workbench_names_the_committees_that_one_belongs_to(client, cast):
    for who, theirs in ((cast.kari, ["SSU", "FSU BU"]), (cast.ingrid, ["SSU"]), (cast.aslak, [])):
        client.force_login(who)
        shown = client.get("/arbeid/troms-og-ofoten/").context["committees"]
        assert [committee.abbreviation for committee in shown] == theirs


def test_two_who_write_the_same_case_see_both_texts_and_lose_none(client, cast):
    case = a_case(cast, None, background="Før")
    client.force_login(cast.sigrid)
    page = f"{case.get_absolute_url()}endre/"
    mine = sent(client, page, background="Mitt", conclusion="Min konklusjon")
    actions.edit_case(
        case, by=cast.kari, version=1, facts={"background": "Ditt", "presentation": "Ditt også"}
    )
    both = client.post(page, mine)
    assert both.status_code == 409
    assert [(d.field, d.mine, d.theirs, d.i_changed) for d in both.context["differences"]] == [
        ("background", "Mitt", "Ditt", True),
        ("presentation", "", "Ditt også", False),
        ("conclusion", "Min konklusjon", "", True),
    ]
    chosen = dict(both.context["sent"]) | {
        "version": "2",
        "keep-background": "theirs",
        "keep-presentation": "theirs",
        "keep-conclusion": "mine",
    }
    assert client.post(page, chosen).status_code == 302
    case.refresh_from_db()
    assert (case.background, case.presentation, case.conclusion) == ("Ditt", "Ditt også", "Min konklusjon")


def test_what_is_typed_stays_when_the_case_lacks_something(client, cast):
    client.force_login(cast.kari)
    facts = sent(client, f"{SSU}saker/ny/", title="", access="restricted", background="Lang tekst")
    answer = client.post(f"{SSU}saker/ny/", facts)
    form = answer.context["form"]
    assert (answer.status_code, sorted(form.errors)) == (422, ["legal_basis", "title"])
    assert form["background"].value() == "Lang tekst"
    client.logout()
    again = client.post(f"{SSU}saker/ny/", facts)
    assert (again.status_code, again.context["texts"].count("Lang tekst")) == (403, 1)


@pytest.mark.parametrize("size", [1, 60])
def test_pages_take_as_many_queries_whatever_the_committees_size(
    client, cast, meeting, django_assert_num_queries, size
):
    for n in range(size):
        seat = make.seat(cast.ssu, role=Seat.Role.MEMBER, printed_name=f"Medlem {n}")
        seat.represents.add(cast.tromso)
        a_case(cast, meeting if n % 2 else None, f"Sak {n}")
    a_case(cast, meeting, "Sist")
    actions.call_meeting(meeting, by=cast.kari)
    actions.send_papers(meeting, by=cast.kari)
    client.force_login(cast.sigrid)
    client.get(SSU)
    with django_assert_num_queries(12):
        client.get(SSU)
    with django_assert_num_queries(16):
        client.get(PLACE)
