"""A hearing's pages: sent, read and answered by account, by personal link and by the open address."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from committees import links
from committees.models import PersonalLink
from plans.actions import answer_input, close_hearing, give_input, send_hearing, send_hearing_link, withdraw
from plans.models import Goal, Hearing, Input, Measure
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WEEK = TODAY + timedelta(days=7)


def on_hearing(cast, plan=None, **facts) -> Hearing:
    given = {"deadline": WEEK, "name": "Til høring", "parties": [cast.tromso], "committees": [cast.fsu]}
    return send_hearing(plan or cast.draft, by=cast.kari, **{**given, "open_to_all": True, **facts})


@pytest.fixture
def hearing(cast) -> Hearing:
    """The draft, on hearing with Tromsø and FSU and everybody who has the address."""
    return on_hearing(cast)


def measure(cast) -> Measure:
    return Measure.objects.filter(goal__section__plan=cast.draft).first()


def listed(hearing) -> str:
    plan = hearing.revision.plan
    return reverse("answer_input", args=[plan.community.slug, plan.slug, hearing.pk])


def say(hearing, **facts) -> Input:
    return give_input(hearing, **{"operation": uuid4(), "text": "Mer om pårørende.", **facts})


def by_link(client, hearing, cast) -> str:
    """The browser is the guest of a personal link for Tromsø; the page's address."""
    send_hearing_link(hearing, by=cast.kari, partner=cast.tromso, name="Mari", email="mari@eksempel.no")
    link = PersonalLink.objects.get()
    session = client.session
    session[links.SESSION_KEY] = {"link": link.pk.hex, "until": link.expires_at.timestamp()}
    session.save()
    return links.opens(link).path


# --- giving input ---


def test_input_on_behalf_of_a_party_is_one_form_and_a_double_click_is_one_input(cast, client, hearing):
    client.force_login(cast.aslak)
    page = hearing.get_absolute_url()
    form = client.get(page).context["form"]
    assert [key for key, _name in form.fields["on_behalf_of"].choices] == [
        f"partner:{cast.tromso.pk}",
        "self",
    ]
    sent = {
        "operation": form["operation"].value(),
        "text": "For få plasser.",
        "on_behalf_of": form.initial["on_behalf_of"],
    }
    for _ in range(2):
        answer = client.post(page, sent)
        given = Input.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"{page}#innspill-{given.pk}")
    assert (given.partner, given.user, given.item, given.text) == (
        cast.tromso,
        cast.aslak,
        None,
        "For få plasser.",
    )
    html = client.get(page).content.decode()
    assert "Innspillet ditt er mottatt" in html
    assert html.count("For få plasser.") == 1


def test_another_wording_is_proposed_with_the_present_words_beside(cast, client, hearing):
    client.force_login(cast.per)
    page, row = hearing.get_absolute_url(), measure(cast)
    answer = client.get(page, {"sted": str(row.item_id)})
    assert answer.context["form"]["wording"].value() == "Tiltak nummer 1"
    sent = {"operation": uuid4(), "item": str(row.item_id), "on_behalf_of": "self", "text": ""}
    assert client.post(page, {**sent, "wording": "Tiltak nummer 1"}).status_code == 422
    client.post(page, {**sent, "wording": "Tiltak nummer én & to"})
    given = Input.objects.get()
    assert (given.kind, given.item, given.wording) == ("wording", row.item, "Tiltak nummer én &amp; to")


def test_what_is_typed_goes_along_to_another_place(cast, client, hearing):
    client.force_login(cast.per)
    page, row = hearing.get_absolute_url(), measure(cast)
    goal = Goal.objects.get(section__plan=cast.draft)
    typed = {"operation": uuid4(), "item": "", "text": "Mine ord", "sted": str(row.item_id)}
    form = client.post(page, typed).context["form"]
    assert (form.place.kind, form["text"].value(), form.errors) == ("measure", "Mine ord", {})
    assert form["wording"].value() == "Tiltak nummer 1"
    typed |= {"item": str(row.item_id), "wording": "Tiltak nummer 1", "sted": str(goal.item_id)}
    assert client.post(page, typed).context["form"]["wording"].value() == "Trygge overganger"
    section = goal.section.item_id
    form = client.post(page, {**typed, "wording": "Egne ord", "sted": str(section)}).context["form"]
    assert form["text"].value() == "Mine ord\nEgne ord"
    assert not Input.objects.exists()


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        ({"text": " "}, 422, "Skriv et innspill"),
        ({"text": "Født 01010750160."}, 400, "fødselsnummer"),
        ({"text": "x" * 10_001}, 422, "10000"),
        ({"on_behalf_of": "partner:999"}, 422, "partner:999"),
    ],
)
def test_what_was_typed_stands_beside_what_is_wrong(cast, client, hearing, said, status, sentence):
    client.force_login(cast.aslak)
    sent = {"operation": uuid4(), "text": "Mine ord", "on_behalf_of": "self", **said}
    answer = client.post(hearing.get_absolute_url(), sent)
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert answer.context["form"]["text"].value() == sent["text"]


def test_after_the_deadline_what_was_typed_is_shown_with_the_reason(cast, client, hearing):
    client.force_login(cast.aslak)
    Hearing.objects.update(deadline=TODAY - timedelta(days=1))
    page = hearing.get_absolute_url()
    assert "Send innspillet" not in client.get(page).content.decode()
    answer = client.post(page, {"operation": uuid4(), "text": "For sent", "on_behalf_of": "self"})
    assert answer.status_code == 409
    assert answer.context["form"]["text"].value() == "For sent"


def test_the_words_of_whoever_was_logged_out_can_be_sent_again(cast, client, hearing):
    sent = {"operation": uuid4(), "text": "Skrevet lenge", "on_behalf_of": "self"}
    for page in (hearing.get_absolute_url(), reverse("give_input_by_link", args=[hearing.pk])):
        answer = client.post(page, sent)
        html = answer.content.decode()
        assert answer.status_code == 403
        assert "<li>Skrevet lenge</li>" in html
        assert str(sent["operation"]) in html


# --- by the open address ---


def test_everybody_with_the_address_gives_input_and_gets_a_copy(cast, client, hearing):
    page = hearing.get_open_url()
    answer = client.get(page)
    assert "no-store" in answer["Cache-Control"]
    assert set(answer.cookies) == {"csrftoken"}
    sent = {"operation": uuid4(), "text": "Vi trenger mer hjelp.", "name": "Kari Nordmann", "email": "k@b.no"}
    answer = client.post(page, sent)
    copy = reverse("given_input", args=[sent["operation"]])
    assert (answer.status_code, answer["Location"]) == (302, copy)
    html = client.get(copy).content.decode()
    assert "Innspillet ditt er mottatt" in html
    assert "Vi trenger mer hjelp." in html
    given = Input.objects.get()
    assert (given.name, given.email, given.name_public, given.user) == (
        "Kari Nordmann",
        "k@b.no",
        False,
        None,
    )
    answer_input(given, by=cast.kari, version=1, disposition="partly", reason="Bare for barn.")
    html = client.get(copy).content.decode()
    assert "Delvis tatt inn" in html
    assert "Bare for barn." in html


def test_the_open_page_knows_no_user_and_no_other_input(cast, client, hearing):
    say(hearing, by=cast.aslak, text="Hemmelig for andre")
    client.force_login(cast.aslak)
    answer = client.get(hearing.get_open_url())
    assert "Hemmelig for andre" not in answer.content.decode()
    assert "Aslak" not in answer.content.decode()
    client.post(hearing.get_open_url(), {"operation": uuid4(), "text": "Som borger", "name": "A"})
    assert Input.objects.get(text="Som borger").user is None


def test_the_open_form_is_protected_against_other_sites(hearing):
    strict = Client(enforce_csrf_checks=True)
    sent = {"operation": uuid4(), "text": "Fra et annet sted", "name": "X"}
    assert strict.post(hearing.get_open_url(), sent).status_code == 403
    own = strict.post(hearing.get_open_url(), sent, headers={"Origin": "http://testserver"})
    assert (own.status_code, "Fra et annet sted" in own.content.decode()) == (403, True)
    assert not Input.objects.exists()


def test_programs_that_fill_in_everything_and_floods_are_refused_with_nothing_lost(client, hearing):
    cache.clear()
    page = hearing.get_open_url()
    sent = {"text": "Mine ord", "name": "X"}
    answer = client.post(page, {**sent, "operation": uuid4(), "website": "https://eksempel.no"})
    assert (answer.status_code, answer.context["form"]["text"].value()) == (422, "Mine ord")
    got = [client.post(page, {**sent, "operation": uuid4()}).status_code for _ in range(21)]
    assert got == [302] * 20 + [429]
    assert Input.objects.count() == 20


def test_a_closed_hearing_is_read_and_a_withdrawn_plan_is_not(cast, client):
    plan = make.draft(cast.troms, by=cast.kari, slug="ny")
    hearing = on_hearing(cast, plan)
    close_hearing(hearing, by=cast.kari)
    answer = client.get(hearing.get_open_url())
    assert (answer.status_code, "Høringen er over" in answer.content.decode()) == (200, True)
    make.adopt_draft(cast.ssu, plan, by=cast.kari)
    withdraw(plan, by=cast.kari, reason="Inneholder navn på en pasient.")
    assert client.get(hearing.get_open_url()).status_code == 410


# --- by a personal link ---


def test_a_party_without_an_account_gives_input_by_a_personal_link(cast, client, hearing):
    page = by_link(client, hearing, cast)
    assert page == reverse("give_input_by_link", args=[hearing.pk])
    assert "Du svarer for Tromsø som Mari." in client.get(page).content.decode()
    client.post(page, {"operation": uuid4(), "text": "Fra kommunen"})
    given = Input.objects.get()
    assert (given.partner, given.name, given.email, given.user) == (
        cast.tromso,
        "Mari",
        "mari@eksempel.no",
        None,
    )
    assert "Fra kommunen" in client.get(page).content.decode()


def test_a_link_to_another_hearing_opens_nothing(cast, client, hearing):
    by_link(client, hearing, cast)
    assert client.get(reverse("give_input_by_link", args=[hearing.pk + 1])).status_code == 403


# --- the secretariat's list ---


def test_inputs_stand_by_place_and_can_be_filtered(cast, client, hearing):
    client.force_login(cast.kari)
    row = measure(cast)
    say(hearing, by=cast.aslak, item=row.item, partner=cast.tromso, text="B")
    say(hearing, by=cast.per, text="A")
    answered = say(hearing, by=cast.per, item=row.item, text="C")
    answer_input(answered, by=cast.kari, version=1, disposition="answered", reason="Takk.")

    def shown(**filters):
        groups = client.get(listed(hearing), filters).context["groups"]
        return [(place.name, [row.said.given.text for row in rows]) for place, rows in groups]

    assert shown() == [("Hele planen", ["A"]), ("Tiltak", ["B", "C"])]
    assert shown(svar="nei") == [("Hele planen", ["A"]), ("Tiltak", ["B"])]
    assert shown(svar="answered") == [("Tiltak", ["C"])]
    assert shown(fra="parter") == [("Tiltak", ["B"])]
    assert shown(slag="wording") == []
    assert shown(svar="tull") == shown()


def test_an_answer_is_given_in_place_and_a_conflict_loses_no_words(cast, client, hearing):
    client.force_login(cast.kari)
    given = say(hearing, by=cast.aslak)
    sent = {"input": given.pk, "version": 1, "disposition": "not_taken_in", "reason": ""}
    answer = client.post(listed(hearing), sent)
    assert (answer.status_code, "Oppgi en begrunnelse." in answer.content.decode()) == (400, True)
    answer = client.post(listed(hearing) + "?svar=nei", {**sent, "reason": "Utenfor planen."})
    assert answer["Location"] == f"{listed(hearing)}?svar=nei#innspill-{given.pk}"
    given.refresh_from_db()
    assert (given.disposition, given.reason, given.answered_by) == (
        "not_taken_in",
        "Utenfor planen.",
        cast.kari,
    )
    late = client.post(listed(hearing) + "?svar=nei", {**sent, "reason": "Mine ord."})
    html = late.content.decode()
    assert late.status_code == 409
    assert "Noen andre har svart" in html
    assert ">Mine ord.</textarea>" in html.replace("\n", "")
    assert "Utenfor planen." in html


def test_a_wording_is_taken_in_by_one_click_and_stands_in_the_history(cast, client, hearing):
    client.force_login(cast.kari)
    row = measure(cast)
    given = say(hearing, by=cast.aslak, partner=cast.tromso, item=row.item, wording="Tiltak nummer én")
    ((_place, (shown,)),) = client.get(listed(hearing)).context["groups"]
    assert [(run.kind, run.text) for run in shown.today[0].runs] == [
        ("equal", "Tiltak nummer "),
        ("removed", "1"),
        ("added", "én"),
    ]
    plan = cast.draft
    take = reverse("take_in", args=[plan.community.slug, plan.slug, hearing.pk, given.pk])
    Measure.objects.filter(pk=row.pk).update(html="Karis nye ord")
    answer = client.post(take, {"version": 1, "base": shown.base})
    assert answer.status_code == 409
    ((_place, (again,)),) = answer.context["groups"]
    assert (again.moved, "endret siden du så den" in again.refused) == (True, True)
    assert client.post(take, {"version": 1, "base": again.base}).status_code == 302
    assert measure(cast).html == "Tiltak nummer én"
    history = reverse("row_history", args=[plan.community.slug, plan.slug, row.item.code])
    assert "Foreslått i høringen av Tromsø" in client.get(history).content.decode()


# --- in public ---


def test_what_came_of_it_is_public_when_all_is_answered_and_persons_are_not_named(cast, client, hearing):
    page = reverse("input_answers", args=[hearing.open_key])
    word = reverse("open_answers_word", args=[hearing.open_key])
    facts = {"open_key": hearing.open_key, "text": "Fra en borger"}
    inputs = [
        say(hearing, **facts, name="Kari Nordmann"),
        say(hearing, **facts, name="Ola Åpen", name_public=True),
        say(hearing, by=cast.aslak, partner=cast.tromso),
    ]
    for given in inputs[:2]:
        answer_input(given, by=cast.kari, version=1, disposition="answered", reason="Takk.")
    close_hearing(hearing, by=cast.kari)
    assert [client.get(path).status_code for path in (page, word)] == [404, 404]
    answer_input(inputs[2], by=cast.kari, version=1, disposition="taken_in", reason="")
    answer = client.get(page)
    ((_place, rows),) = answer.context["groups"]
    assert [one.given.public_name for one in rows] == ["Privatperson", "Ola Åpen", "Tromsø"]
    html = answer.content.decode()
    assert [name in html for name in ("Kari Nordmann", "Aslak", "Ola Åpen")] == [False, False, True]
    assert word in html
    file = Document(io.BytesIO(client.get(word).content))
    assert [p.text for p in file.paragraphs if p.style.name == "Heading 2"] == [
        "Privatperson",
        "Ola Åpen",
        "Tromsø",
    ]
    assert not any("Nordmann" in p.text for p in file.paragraphs)
    assert page in client.get(hearing.get_open_url()).content.decode()


def test_the_front_page_lists_what_is_on_hearing_now(cast, client):
    on_hearing(cast)
    assert list(client.get("/").context["hearings"]) == []
    hearing = on_hearing(cast, name="For alle", listed=True)
    assert hearing.get_open_url() in client.get("/").content.decode()
    Hearing.objects.update(deadline=TODAY - timedelta(days=1))
    assert list(client.get("/").context["hearings"]) == []


# --- sending ---


def test_the_secretariat_sends_a_version_to_hearing(cast, client):
    client.force_login(cast.kari)
    page = reverse("send_hearing", args=[cast.troms.slug, cast.draft.slug])
    sent = {"name": "Til høring", "deadline": WEEK, "message": "Se på fristene."}
    refused = client.post(page, sent)
    assert (refused.status_code, "Velg hvem som skal høres." in refused.content.decode()) == (422, True)
    answer = client.post(page, {**sent, "committees": [cast.fsu.pk], "listed": "on"})
    hearing = Hearing.objects.get()
    assert answer["Location"] == listed(hearing)
    assert (list(hearing.committees.all()), hearing.listed, bool(hearing.open_key)) == (
        [cast.fsu],
        True,
        True,
    )
    assert "Til høring" in client.get(cast.draft.get_work_url()).content.decode()
    client.post(reverse("close_hearing", args=[cast.troms.slug, cast.draft.slug, hearing.pk]))
    hearing.refresh_from_db()
    assert hearing.closed_at


def test_a_seat_without_a_user_is_asked_by_a_personal_link(cast):
    make.seat(cast.fsu, printed_name="Uten Bruker", email="uten@eksempel.no")
    hearing = on_hearing(cast)
    link = PersonalLink.objects.get()
    assert (link.email, link.purpose, link.target) == ("uten@eksempel.no", "hearing", hearing.pk)


def test_only_a_party_that_was_asked_gets_a_link(cast, client, hearing):
    client.force_login(cast.kari)
    page = reverse("hearing_link", args=[cast.troms.slug, cast.draft.slug, hearing.pk])
    sent = {"name": "Mari", "email": "mari@eksempel.no"}
    assert client.post(page, {**sent, "partner": cast.unn.pk}).status_code == 422
    assert client.post(page, {**sent, "partner": cast.tromso.pk}).status_code == 302
    assert PersonalLink.objects.get().partner == cast.tromso


# --- speed ---


@pytest.mark.parametrize("measures", [3, 150])
def test_the_pages_take_as_many_queries_whatever_the_size(
    cast, client, django_assert_max_num_queries, measures
):
    plan = make.draft(cast.troms, by=cast.kari, slug="stor", measures=measures)
    hearing = on_hearing(cast, plan)
    for row in Measure.objects.filter(goal__section__plan=plan)[:30]:
        say(hearing, by=cast.aslak, partner=cast.tromso, item=row.item, wording="Nye ord")
    client.force_login(cast.aslak)
    with django_assert_max_num_queries(20):
        client.get(hearing.get_absolute_url())
    client.force_login(cast.kari)
    with django_assert_max_num_queries(20):
        client.get(listed(hearing))
