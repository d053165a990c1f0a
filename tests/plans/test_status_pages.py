"""Reporting status in half a minute: by account, by personal link, by the secretariat for others."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from committees import links
from committees.actions import make_link
from committees.models import PersonalLink
from plans.actions import ask_status, report_status
from plans.models import Measure, Responsible, StatusReport
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def plan(cast):
    """An adopted plan whose first measure is Tromsø's and whose others are SSU's."""
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    first = Measure.objects.filter(goal__section__plan=plan).first()
    Responsible.objects.filter(measure=first).delete()
    Responsible.objects.create(measure=first, partner=cast.tromso)
    return plan


def page(plan) -> str:
    return reverse("report_status", args=[plan.community.slug, plan.slug])


def names(answer) -> list[str]:
    return [line.party_name for line in answer.context["lines"]]


def test_one_sees_ones_own_lines_and_the_secretariat_all(cast, client, plan):
    for who, expected in (
        (cast.aslak, ["Tromsø"]),
        (cast.ingrid, ["SSU", "SSU"]),
        (cast.kari, ["Tromsø", "SSU", "SSU"]),
    ):
        client.force_login(who)
        assert names(client.get(page(plan))) == expected


def test_a_report_is_one_form_and_a_double_click_is_one_report(cast, client, plan):
    client.force_login(cast.aslak)
    line = client.get(page(plan)).context["lines"][0]
    form = {"line": line.name, "value": "ongoing", "words": "I gang", "as_of": TODAY}
    for _ in range(2):
        answer = client.post(page(plan), form)
        assert (answer.status_code, answer["Location"]) == (302, f"{page(plan)}#{line.name}")
    report = StatusReport.objects.get()
    assert (report.partner, report.value, report.words, report.typed_in) == (
        cast.tromso,
        "ongoing",
        "I gang",
        False,
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"value": ""}, "Velg en status."),
        ({"as_of": TODAY + timedelta(days=1)}, "Status meldes per en dag som har vært."),
        ({"as_of": "i fjor"}, "Oppgi en gyldig dato."),
    ],
)
def test_what_was_typed_stands_beside_what_is_wrong(cast, client, plan, said, sentence):
    client.force_login(cast.aslak)
    line = client.get(page(plan)).context["lines"][0]
    form = {"line": line.name, "value": "ongoing", "words": "Mine ord", "as_of": TODAY, **said}
    answer = client.post(page(plan), form)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in html
    assert ">Mine ord</textarea>" in html


def test_nobody_reports_for_another_by_changing_the_form(cast, client, plan):
    client.force_login(cast.kari)
    others = client.get(page(plan)).context["lines"][1].name
    client.force_login(cast.aslak)
    assert client.post(page(plan), {"line": others, "value": "ongoing", "as_of": TODAY}).status_code == 403


def test_a_party_without_an_account_reports_by_a_personal_link(cast, client, plan):
    asked = ask_status(plan, by=cast.kari, due=TODAY + timedelta(days=7))
    make_link(
        PersonalLink.Purpose.STATUS,
        asked.pk,
        by=cast.kari,
        partner=cast.tromso,
        community=cast.troms,
        name="Mari",
        email="mari@eksempel.no",
        expires_at=timezone.now() + timedelta(days=7),
    )
    link = PersonalLink.objects.get()
    address = reverse("report_status_by_link", args=[asked.pk])
    assert links.opens(link).path == address
    assert client.get(address).status_code == 403
    session = client.session
    session[links.SESSION_KEY] = {"link": link.pk.hex, "until": link.expires_at.timestamp()}
    session.save()
    answer = client.get(address)
    assert names(answer) == ["Tromsø"]
    line = answer.context["lines"][0]
    client.post(address, {"line": line.name, "value": "completed", "as_of": TODAY})
    assert [(r.link, r.by, r.typed_in) for r in StatusReport.objects.all()] == [(link, None, False)]


def test_a_round_is_asked_and_closed_and_says_what_is_waiting(cast, client, plan):
    client.force_login(cast.kari)
    args = [plan.community.slug, plan.slug]
    form = {"due": TODAY + timedelta(days=7), "message": "Kort, takk."}
    assert client.post(reverse("ask_status", args=args), form).status_code == 302
    assert client.get(page(plan)).context["waiting"] == 3
    first = Measure.objects.filter(goal__section__plan=plan).first()
    report_status(plan, first.item, party=cast.tromso, value="ongoing", by=cast.aslak)
    assert client.get(page(plan)).context["waiting"] == 2
    client.post(reverse("close_round", args=args))
    assert client.get(page(plan)).context["asked"] is None


def test_the_public_page_says_who_reported_what_and_when(cast, client, plan):
    first = Measure.objects.filter(goal__section__plan=plan).first()
    report_status(plan, first.item, party=cast.tromso, value="ongoing", words="Godt i gang", by=cast.aslak)
    html = " ".join(client.get(plan.get_absolute_url()).content.decode().split())
    assert "Tromsø" in html
    assert "«Godt i gang»" in html
    assert "sist bekreftet" in html


def test_the_secretariat_chooses_among_many_lines_by_address(cast, client):
    big = make.adopted(cast.ssu, by=cast.kari, slug="stor", measures=12)
    first, second = Measure.objects.filter(goal__section__plan=big)[:2]
    Responsible.objects.create(measure=first, partner=cast.tromso, position=1)
    ask_status(big, by=cast.kari, due=TODAY)
    report_status(big, second.item, party=cast.ssu, value="ongoing", by=cast.ingrid)
    client.force_login(cast.kari)
    tromso = f"partner{cast.tromso.pk}"

    def shown(**query) -> list[tuple[str, str]]:
        answer = client.get(page(big), query)
        return [(line.measure.text[-2:].strip(), line.party_name) for line in answer.context["lines"]]

    assert len(shown()) == 13
    assert shown(part=tromso) == [("1", "Tromsø")]
    assert shown(status="ongoing") == [("2", "SSU")]
    assert shown(part=tromso, status="ongoing") == []
    assert shown(status="ingen", mangler="on") == [line for line in shown() if line != ("2", "SSU")]
    html = client.get(page(big), {"part": tromso}).content.decode()
    assert "Viser 1 av 13 linjer." in html
    assert "Velg et gyldig valg" in client.get(page(big), {"part": "partner-0"}).content.decode()
    assert len(shown(part="partner-0")) == 13


def test_what_was_chosen_still_stands_after_a_report(cast, client):
    big = make.adopted(cast.ssu, by=cast.kari, slug="stor", measures=12)
    client.force_login(cast.kari)
    where = f"{page(big)}?status=ingen"
    line = client.get(where).context["lines"][0]
    form = {"line": line.name, "value": "ongoing", "as_of": TODAY}
    assert client.post(where, form)["Location"] == f"{where}#{line.name}"
    # Its line is not among the chosen any more; what is typed into it is not lost.
    wrong = client.post(where, form | {"value": "", "words": "Mine ord"})
    assert ">Mine ord</textarea>" in wrong.content.decode()


@pytest.mark.parametrize("measures", [3, 300])
def test_the_page_takes_as_many_queries_whatever_the_size(
    cast, client, django_assert_max_num_queries, measures
):
    big = make.adopted(cast.ssu, by=cast.kari, slug="stor", measures=measures)
    client.force_login(cast.kari)
    client.get(page(big))
    with django_assert_max_num_queries(14):
        assert len(client.get(page(big)).context["lines"]) == measures


def test_what_the_committee_confirmed_in_a_meeting_is_said_in_public(cast, client, plan):
    first = Measure.objects.filter(goal__section__plan=plan).first()
    day = TODAY - timedelta(days=7)
    report_status(plan, first.item, party=cast.tromso, value="ongoing", as_of=day, by=cast.aslak)
    point = plan.revisions.get().adoptions.get().point
    client.force_login(cast.kari)
    where = reverse("confirm_status", args=[plan.community.slug, plan.slug])
    assert client.post(where, {"point": point.pk})["Location"] == page(plan)
    confirmed = StatusReport.objects.latest("pk")
    assert (confirmed.confirmed_in, confirmed.value, confirmed.party_name) == (point, "ongoing", "Tromsø")
    assert "i SSU" in client.get(plan.get_absolute_url()).content.decode()
