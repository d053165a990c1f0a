"""«Innspillet er delvis tatt inn, fordi …»: a hearing, from frozen version to answered input."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Notice
from plans.actions import answer_input, close_hearing, give_input, send_hearing, take_in
from plans.models import Edit, Hearing, Input, Measure, Plan
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def hearing(cast) -> Hearing:
    """The draft, on hearing with Tromsø and FSU and everybody who has the address."""
    return send_hearing(
        cast.draft,
        by=cast.kari,
        deadline=WEEK,
        name="til høring",
        parties=[cast.tromso],
        committees=[cast.fsu],
        open_to_all=True,
    )


def row(cast) -> Measure:
    return Measure.objects.filter(goal__section__plan=cast.draft).first()


def say(hearing, **facts) -> Input:
    return give_input(hearing, **{"operation": uuid4(), "text": "Mer om pårørende.", **facts})


def test_those_who_are_asked_are_told_and_the_draft_stays_open(cast, hearing):
    told = set(Notice.objects.filter(key=f"hearing:{hearing.pk}").values_list("user__name", flat=True))
    assert told == {"Aslak Kommune", "Per Medlem", "Odd Observatør"}
    cast.draft.refresh_from_db()
    assert (cast.draft.state, cast.draft.locked) == (Plan.State.IN_REVIEW, False)


def test_who_has_said_something_is_reminded_no_more(cast, hearing):
    def reminded():
        notices = Notice.objects.filter(key=f"hearing:{hearing.pk}", done=False)
        return set(notices.values_list("user__name", flat=True))

    say(hearing, by=cast.aslak)
    assert reminded() == {"Per Medlem", "Odd Observatør"}
    close_hearing(hearing, by=cast.kari)
    assert reminded() == set()


@pytest.mark.parametrize(
    ("who", "party", "may"),
    [
        ("aslak", "tromso", True),
        ("aslak", None, True),
        ("aslak", "unn", False),
        ("per", None, True),
        ("per", "tromso", False),
        ("odd", None, True),
        ("ingrid", None, False),
        ("nils", None, False),
        ("berit", None, False),
        ("ola", None, False),
    ],
)
def test_who_may_say_something_and_for_whom(cast, hearing, who, party, may):
    facts = {"by": getattr(cast, who), "partner": party and getattr(cast, party)}
    if may:
        assert say(hearing, **facts).name == getattr(cast, who).name
    else:
        with pytest.raises(NotAllowed):
            say(hearing, **facts)


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


@pytest.mark.parametrize("who", ["nils", "ingrid", "per", "odd", "sigrid", "aslak", "jon", "siv", "ola"])
def test_only_the_secretariat_sends_answers_and_closes(cast, hearing, who):
    given, by = say(hearing, by=cast.aslak), getattr(cast, who)
    for act in (
        lambda: send_hearing(cast.draft, by=by, deadline=WEEK, name="x", open_to_all=True),
        lambda: answer_input(given, by=by, version=1, disposition="answered", reason="Takk."),
        lambda: take_in(given, by=by, version=1, base=""),
        lambda: close_hearing(hearing, by=by),
    ):
        with pytest.raises(NotAllowed), transaction.atomic():
            act()


def test_a_proposed_wording_is_taken_in_by_one_click_and_the_log_knows_from_where(cast, hearing):
    measure = row(cast)
    given = say(hearing, by=cast.aslak, item=measure.item, wording="Tiltak <b>nummer én</b>")
    take_in(given, by=cast.kari, version=1, base=measure.html)
    given.refresh_from_db()
    edit = Edit.objects.get(item=measure.item, field="html")
    assert (row(cast).html, given.taken_in_by, given.disposition) == (edit.after, edit, "taken_in")
    assert list(edit.from_inputs.all()) == [given]


def test_words_that_changed_meanwhile_are_not_written_over(cast, hearing):
    measure = row(cast)
    given = say(hearing, by=cast.aslak, item=measure.item, wording="Forslaget")
    Measure.objects.filter(pk=measure.pk).update(html="Karis nye ord")
    with pytest.raises(Conflict, match="endret siden du så den"):
        take_in(given, by=cast.kari, version=1, base=measure.html)
    assert row(cast).html == "Karis nye ord"
