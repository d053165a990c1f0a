"""A frozen version is laid before committees: seats are told, the draft stays open, one version at a time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from committees import links
from committees.models import Case, PersonalLink, Seat
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit, Notice
from plans import actions
from plans.models import CaseItem, Measure, Plan, Review
from plans.snapshot import document_of
from tests import make

pytestmark = pytest.mark.django_db
DUE = timezone.localdate() + timedelta(days=14)


def told(review):
    """(name, due) of everybody who was told, by name."""
    rows = Notice.objects.filter(key=f"review:{review.pk}").select_related("user")
    return sorted((n.user.name if n.user else n.email, n.due) for n in rows)


def test_the_words_freeze_the_draft_stays_open_and_the_seats_are_told(cast, client):
    client.force_login(cast.kari)
    page = reverse("lay_before", args=[cast.troms.slug, cast.draft.slug])
    assert client.get(page).status_code == 200
    words = document_of(cast.draft)
    sent = {
        "version": "utkast",
        "name": "til SSU 12. mars",
        "committees": [cast.ssu.pk, cast.fsu.pk],
        "due": DUE.isoformat(),
        "message": "Se på fristene.",
    }
    answer = client.post(page, sent)
    assert (answer.status_code, answer["Location"]) == (302, f"{cast.draft.get_work_url()}#behandling")
    cast.draft.refresh_from_db()
    assert (cast.draft.state, cast.draft.locked) == (Plan.State.IN_REVIEW, False)
    revision = cast.draft.revisions.get()
    assert (revision.purpose, revision.name, revision.load()) == ("review", "til SSU 12. mars", words)
    ssu, fsu = Review.objects.order_by("committee__rank")
    assert (ssu.committee, ssu.due, ssu.message, fsu.committee) == (
        cast.ssu,
        DUE,
        "Se på fristene.",
        cast.fsu,
    )
    # Deputies, secretaries and observers without the right to propose may read, and owe no answer.
    assert told(ssu) == [
        ("Ingrid Leder", DUE),
        ("Olav Observatør", None),
        ("Sigrid Sekretær", None),
        ("Tove Vara", None),
    ]
    assert told(fsu) == [("Odd Observatør", DUE), ("Per Medlem", DUE)]
    assert Audit.objects.latest("seq").what == (
        f"«Handlingsplan 2027» versjon 1 lagt fram for SSU, FSU BU med svarfrist {DUE:%d.%m.%Y}."
    )
    assert "Behandling i utvalg" in client.get(cast.draft.get_work_url()).text


def test_a_version_that_was_frozen_before_is_laid_before_one_more_committee(cast, client):
    review = make.laid(cast.draft, cast.fsu, by=cast.kari, name="til FSU")
    Measure.objects.filter(goal__section__plan=cast.draft).first().delete()
    client.force_login(cast.kari)
    page = reverse("lay_before", args=[cast.troms.slug, cast.draft.slug])
    client.post(page, {"version": "1", "committees": [cast.ssu.pk], "due": DUE.isoformat()})
    assert [r.revision for r in Review.objects.all()] == [review.revision] * 2
    again = client.post(page, {"version": "1", "committees": [cast.ssu.pk], "due": DUE.isoformat()})
    assert again.status_code == 409
    assert "allerede lagt fram for SSU" in again.text


def test_a_newer_version_closes_the_one_before(cast):
    old = make.laid(cast.draft, cast.ssu, by=cast.kari)
    other = make.laid(cast.draft, cast.fsu, by=cast.kari)
    new = make.laid(cast.draft, cast.ssu, by=cast.kari)
    for review in (old, other, new):
        review.refresh_from_db()
    assert [bool(r.closed_at) for r in (old, other, new)] == [True, False, False]
    assert set(Notice.objects.filter(key=f"review:{old.pk}").values_list("done", flat=True)) == {True}
    with pytest.raises(WrongState, match="avsluttet"):
        actions.take_stance(old, cast.ssu.seats.get(user=cast.ingrid), by=cast.ingrid, kind="own_body")


def test_who_has_no_account_gets_a_personal_link(cast):
    seat = make.seat(cast.ssu, email="anna@alta.no", printed_name="Anna Gjest")
    make.seat(cast.ssu, email="ola@alta.no", role=Seat.Role.OBSERVER)
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    link = PersonalLink.objects.get()
    assert (link.seat, link.purpose, link.target, link.name) == (seat, "review", review.pk, "Anna Gjest")
    assert DBTaskResult.objects.get().args_kwargs["kwargs"] == {"link_id": str(link.pk)}
    assert ("anna@alta.no", DUE) in told(review)


def test_it_is_refused_in_words(cast, client):
    with pytest.raises(NotAllowed):
        actions.lay_before(cast.draft, by=cast.ingrid, committees=[cast.ssu], due=DUE)
    with pytest.raises(Refusal, match="Velg minst ett utvalg"):
        actions.lay_before(cast.draft, by=cast.kari, committees=[], due=DUE)
    with pytest.raises(Refusal, match="allerede vært"):
        make.laid(cast.draft, cast.ssu, by=cast.kari, days=-1)
    with pytest.raises(Conflict, match="annet helsefellesskap"):
        make.laid(cast.draft, make.committee(cast.finnmark, "SSU"), by=cast.kari)
    make.laid(cast.draft, cast.ssu, by=cast.kari, name="til SSU")
    with pytest.raises(Conflict, match="heter «til SSU»"):
        make.laid(cast.draft, cast.fsu, by=cast.kari, name="til SSU")
    adopted = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    with pytest.raises(WrongState, match="låst"):
        make.laid(adopted, cast.ssu, by=cast.kari)
    assert Review.objects.count() == 1
    client.force_login(cast.kari)
    page = reverse("lay_before", args=[cast.troms.slug, cast.draft.slug])
    sent = {"version": "utkast", "name": "til SSU", "due": "2020-01-01", "message": "Kjære utvalg"}
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert {*answer.context["form"].errors} == {"name", "due", "committees"}
    assert "Kjære utvalg" in answer.text


def test_adoption_closes_what_lies_before_committees(cast):
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    facts = actions.DecisionFacts(
        committee=cast.ssu,
        meeting_date=timezone.localdate(),
        case_number="07-2026",
        case_title="Plan",
        wording="Planen vedtas.",
    )
    day = timezone.localdate()
    actions.adopt(cast.draft, by=cast.kari, facts=facts, in_force_from=day, published_from=day)
    review.refresh_from_db()
    assert review.closed_at
    assert not Notice.objects.filter(key=f"review:{review.pk}", done=False).exists()


def test_mail_tells_nothing_of_a_plan_in_a_restricted_case(cast):
    make.seat(cast.ssu, email="anna@alta.no", printed_name="Anna Gjest")
    case = Case.objects.create(
        committee=cast.ssu, year=2026, number=1, access=Case.Access.RESTRICTED, legal_basis="offl. § 13"
    )
    CaseItem.objects.create(case=case, plan=cast.draft)
    review = make.laid(cast.draft, cast.ssu, by=cast.kari, message="Om Handlingsplan 2027")
    told_in_words = Notice.objects.filter(key=f"review:{review.pk}")
    assert told_in_words.count() == 5
    for notice in told_in_words:
        assert "Handlingsplan" not in notice.text + notice.group_title
    assert "Handlingsplan" not in links.opens(PersonalLink.objects.get()).title


def test_it_is_closed_by_the_secretariat_once(cast, client):
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    page = reverse("close_review", args=[cast.troms.slug, review.pk])
    client.force_login(cast.ingrid)
    assert client.post(page).status_code == 403
    client.force_login(cast.kari)
    assert client.post(page).status_code == 302
    assert client.post(page).status_code == 409
    assert Audit.objects.latest("seq").verb == "close_review"
    assert not Notice.objects.filter(key=f"review:{review.pk}", done=False).exists()
