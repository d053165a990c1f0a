"""Two people in the same row, a row that went away, a session that ended: nothing typed is lost."""

import pytest
from django.test import Client

from partners.models import SecretariatPlace, User
from plans import actions
from plans.models import Edit, Plan

from .editing import measure, row_url, section, sent


@pytest.fixture
def liv(draft: Plan) -> User:
    """Kari's colleague in the secretariat."""
    liv = User.objects.create_user("liv@example.org", "tett-og-godt-samarbeid", name="Liv Kollega")
    SecretariatPlace.objects.create(community=draft.community, user=liv, start="2020-01-01")
    return liv


@pytest.fixture
def two_saved(client: Client, draft: Plan, kari: User, liv: User) -> tuple[Client, str, dict]:
    """Kari opened measure a; Liv changed its words and its deadline; then Kari sends words and indicator."""
    client.force_login(kari)
    row = measure(draft)
    mine = sent(client, row_url(draft, row), html="Karis ord", indicator="Karis indikator")
    actions.edit_row(row, by=liv, version=1, values={"html": "Livs ord", "deadline_text": "Livs frist"})
    return client, row_url(draft, row), mine


def test_both_texts_are_shown_and_nothing_is_written(two_saved, draft: Plan):
    client, url, mine = two_saved
    answer = client.post(url, mine)
    assert answer.status_code == 409
    assert [(d.field, d.mine, d.theirs, d.i_changed) for d in answer.context["differences"]] == [
        ("html", "Karis ord", "Livs ord", True),
        ("deadline_text", "innen 1. juni 2026", "Livs frist", False),
        ("indicator", "Karis indikator", "Andel utskrivinger med plan", True),
    ]
    page = answer.content.decode()
    assert answer.context["last"].by.name == "Liv Kollega"
    for words in ("Karis ord", "Livs ord", "Livs frist", "Karis indikator", "Liv Kollega"):
        assert words in page
    row = measure(draft)
    assert (row.html, row.indicator, row.version) == ("Livs ord", "Andel utskrivinger med plan", 2)


def again(client: Client, url: str, mine: dict, **choices: str) -> int:
    """Sends the page of both texts with these choices; each field has one as the page proposes it."""
    context = client.post(url, mine).context
    form = context["form"]
    data: dict = {}
    for name, value in context["sent"]:
        data.setdefault(name, []).append(value)
    data["version"] = form["version"].value()
    data["base"] = form["base"].subwidgets[0].data["value"]
    for d in context["differences"]:
        data[f"keep-{d.field}"] = choices.get(d.field, "mine" if d.i_changed else "theirs")
    return client.post(url, data).status_code


def test_as_proposed_each_keeps_what_they_changed_and_mine_wins_where_both_did(two_saved, draft: Plan):
    assert again(*two_saved) == 302
    row = measure(draft)
    assert (row.html, row.deadline_text, row.indicator) == ("Karis ord", "Livs frist", "Karis indikator")
    kept = draft.edits.filter(field="html").order_by("pk").values_list("before", "after")
    assert list(kept)[-1] == ("Livs ord", "Karis ord")


def test_theirs_can_be_kept_field_by_field(two_saved, draft: Plan):
    assert again(*two_saved, html="theirs", deadline_text="mine") == 302
    row = measure(draft)
    assert (row.html, row.deadline_text, row.indicator) == (
        "Livs ord",
        "innen 1. juni 2026",
        "Karis indikator",
    )


def test_a_third_save_in_between_is_shown_too(two_saved, draft: Plan, liv: User):
    client, url, mine = two_saved
    context = client.post(url, mine).context
    actions.edit_row(measure(draft), by=liv, version=2, values={"html": "Livs nye ord"})
    data = dict(context["sent"]) | {"version": context["form"]["version"].value(), "keep-html": "mine"}
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert "Livs nye ord" in [d.theirs for d in answer.context["differences"]]
    assert measure(draft).html == "Livs nye ord"


def test_the_same_words_from_two_people_are_no_conflict(client: Client, draft: Plan, kari: User, liv: User):
    client.force_login(kari)
    row = measure(draft)
    mine = sent(client, row_url(draft, row), indicator="Samme")
    actions.edit_row(row, by=liv, version=1, values={"indicator": "Samme"})
    assert client.post(row_url(draft, row), mine).status_code == 302
    assert Edit.objects.count() == 1


def test_the_plans_facts_and_abbreviations_know_conflicts_too(
    client: Client, draft: Plan, kari: User, liv: User
):
    client.force_login(kari)
    facts, short = (f"{draft.get_work_url()}{part}/" for part in ("opplysninger", "forkortelser"))
    mine = sent(client, facts, title="Karis tittel")
    mine_too = sent(client, short, abbreviations="UNN = Sykehuset")
    values = {"title": "Livs tittel", "abbreviations": [["PM", "Partnerskapsmøtet"]]}
    actions.edit_row(draft, by=liv, version=1, values=values)
    for url, data, field, texts in (
        (facts, mine, "title", ("Karis tittel", "Livs tittel")),
        (short, mine_too, "abbreviations", ("UNN = Sykehuset", "PM = Partnerskapsmøtet")),
    ):
        answer = client.post(url, data)
        found = {d.field: (d.mine, d.theirs) for d in answer.context["differences"]}
        assert (answer.status_code, found[field]) == (409, texts)


def test_a_row_that_was_deleted_shows_what_was_typed(client: Client, draft: Plan, kari: User, liv: User):
    client.force_login(kari)
    row = measure(draft)
    mine = sent(client, row_url(draft, row), html="Karis ord")
    actions.delete_row(section(draft), by=liv)
    answer = client.post(row_url(draft, row), mine)
    assert answer.status_code == 409
    assert ("Tiltak", "Karis ord") in answer.context["typed"]
    assert client.get(row_url(draft, row)).status_code == 404


# --- a session that ended ---


def test_what_was_sent_after_the_session_ended_can_be_sent_again(client: Client, draft: Plan, kari: User):
    client.force_login(kari)
    row = measure(draft)
    mine = sent(client, row_url(draft, row), html="Karis ord", patient_groups=["maternity", "frail_elderly"])
    client.logout()
    answer = client.post(row_url(draft, row), mine)
    assert answer.status_code == 403
    assert measure(draft).version == 1
    kept: dict = {}
    for name, value in answer.context["sent"]:
        kept.setdefault(name, []).append(value)
    client.force_login(kari)
    assert client.post(row_url(draft, row), kept).status_code == 302
    assert (measure(draft).html, measure(draft).patient_groups) == (
        "Karis ord",
        ["maternity", "frail_elderly"],
    )


def test_a_token_from_before_signing_in_again_is_refused_with_a_way_on(draft: Plan, kari: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(kari)
    url = row_url(draft, measure(draft))
    mine = sent(client, url, html="Karis ord")
    old = mine | {"csrfmiddlewaretoken": "x" * 64}
    stranger = client.post(url, old, headers={"origin": "https://annet.example"})
    assert stranger.status_code == 403
    assert "Karis ord" not in stranger.content.decode()
    answer = client.post(url, old, headers={"origin": "http://testserver"})
    assert answer.status_code == 403
    assert ("html", "Karis ord") in answer.context["sent"]
    assert "csrfmiddlewaretoken" not in dict(answer.context["sent"])
    fresh = dict(answer.context["sent"]) | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    assert client.post(url, fresh, headers={"origin": "http://testserver"}).status_code == 302
    assert measure(draft).html == "Karis ord"
