"""«Kommunen ga innspill til høringen»: who may, what is refused, and the page by account."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.models import Notice
from plans.actions import (
    close_hearing,
)
from plans.models import Goal, Hearing, Input
from tests import make

from .hearings import TODAY, hearing, measure, say

__all__ = ["hearing"]

pytestmark = pytest.mark.django_db


def test_who_has_said_something_is_reminded_no_more(cast, hearing):
    def reminded():
        notices = Notice.objects.filter(key=f"hearing:{hearing.pk}", done=False)
        return set(notices.values_list("user__name", flat=True))

    say(hearing, by=cast.aslak)
    assert reminded() == {"Per Medlem", "Odd Observatør"}
    close_hearing(hearing, by=cast.kari)
    assert reminded() == set()


def test_who_may_say_something_and_for_whom(cast, hearing):
    for who, party in ((cast.aslak, cast.tromso), (cast.aslak, None), (cast.per, None), (cast.odd, None)):
        assert say(hearing, by=who, partner=party).name == who.name
    refused = [(who, None) for who in (cast.ingrid, cast.nils, cast.berit, cast.ola)]
    for who, party in [(cast.aslak, cast.unn), (cast.per, cast.tromso), *refused]:
        with pytest.raises(NotAllowed):
            say(hearing, by=who, partner=party)


def test_whoever_has_the_address_may_say_something_for_themselves(cast, hearing):
    given = say(hearing, open_key=hearing.open_key, name="Kari Nordmann", email="K@b.no")
    assert (given.email, given.name_public, given.user) == ("k@b.no", False, None)
    for key in ("", "gjettet"):
        with pytest.raises(NotAllowed):
            say(hearing, open_key=key, name="X")
    with pytest.raises(NotAllowed):
        say(hearing, open_key=hearing.open_key, name="X", partner=cast.tromso)


def test_sent_twice_is_said_once(cast, hearing):
    operation = uuid4()
    assert say(hearing, by=cast.aslak, operation=operation) == say(
        hearing, by=cast.aslak, operation=operation
    )
    assert Input.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"text": " "}, "Skriv et innspill"),
        ({"text": "Født 01010750160."}, "fødselsnummer"),
        ({"wording": "Nye ord"}, "for et mål eller et tiltak"),
        ({"wording": "Nye ord", "item": "section"}, "for et mål eller et tiltak"),
        ({"item": "another plan"}, "ikke i planen"),
    ],
)
def test_what_is_refused_in_words(cast, hearing, facts, sentence):
    if facts.get("item") == "section":
        facts = {**facts, "item": cast.draft.sections.get().item}
    elif "item" in facts:
        other = make.draft(cast.troms, by=cast.kari, slug="annen")
        facts = {**facts, "item": other.sections.get().item}
    with pytest.raises(Refusal, match=sentence):
        say(hearing, by=cast.aslak, **facts)


def test_after_the_deadline_or_the_close_nothing_more_comes_in(cast, hearing):
    Hearing.objects.update(deadline=TODAY - timedelta(days=1))
    with pytest.raises(WrongState, match="gått ut"):
        say(hearing, by=cast.aslak)
    Hearing.objects.update(deadline=TODAY)
    say(hearing, by=cast.aslak)
    close_hearing(hearing, by=cast.kari)
    with pytest.raises(WrongState, match="gått ut"):
        say(hearing, by=cast.aslak)


# --- the page ---


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
        ({"text": "Født 01010750160."}, 422, "fødselsnummer"),
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
