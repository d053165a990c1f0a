"""«Innspillet er delvis tatt inn, fordi …»: answered in its place, and a wording taken in by one click."""

import pytest
from django.urls import reverse

from helsefellesskap.errors import Conflict, Refusal
from partners.models import Notice
from plans.actions import answer_input, take_in
from plans.models import Edit, Measure
from tests import make

from .hearings import hearing, listed, measure, on_hearing, say

__all__ = ["hearing"]

pytestmark = pytest.mark.django_db


def test_an_answer_has_its_reason_and_reaches_who_gave_the_input(cast, hearing):
    given = say(hearing, by=cast.aslak)
    with pytest.raises(Refusal, match="begrunnelse"):
        answer_input(given, by=cast.kari, version=1, disposition="partly", reason=" ")
    answer_input(given, by=cast.kari, version=1, disposition="partly", reason="Bare for barn.")
    notice = Notice.objects.get(kind="answer")
    assert (notice.user, notice.text) == (
        cast.aslak,
        "Innspillet ditt er besvart: delvis tatt inn. Bare for barn.",
    )
    with pytest.raises(Conflict, match="Noen andre har svart"):
        answer_input(given, by=cast.kari, version=1, disposition="answered", reason="Takk.")


def test_a_proposed_wording_is_taken_in_by_one_click_and_the_log_knows_from_where(cast, hearing):
    row = measure(cast)
    given = say(hearing, by=cast.aslak, item=row.item, wording="Tiltak <b>nummer én</b>")
    take_in(given, by=cast.kari, version=1, base=row.html)
    given.refresh_from_db()
    edit = Edit.objects.get(item=row.item, field="html")
    assert (measure(cast).html, given.taken_in_by, given.disposition) == (edit.after, edit, "taken_in")
    assert list(edit.from_inputs.all()) == [given]


def test_words_that_changed_meanwhile_are_not_written_over(cast, hearing):
    row = measure(cast)
    given = say(hearing, by=cast.aslak, item=row.item, wording="Forslaget")
    Measure.objects.filter(pk=row.pk).update(html="Karis nye ord")
    with pytest.raises(Conflict, match="endret siden du så den"):
        take_in(given, by=cast.kari, version=1, base=row.html)
    assert measure(cast).html == "Karis nye ord"


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
    assert (answer.status_code, "Oppgi en begrunnelse." in answer.content.decode()) == (422, True)
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
