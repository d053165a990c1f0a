"""Recording a decision: what it writes, what it refuses, and that frozen words stay."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.models import DecisionPoint
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit, HealthCommunity, User
from plans import actions
from plans.document import sha256
from plans.models import Adoption, Measure, Plan, Revision, RevisionFile
from plans.queries import public_standing
from plans.snapshot import document_of
from tests import make

from .conftest import adopted, decision, make_draft
from .documents import small_plan

FORM = {
    "meeting_date": "2026-03-12",
    "case_number": "07-2026",
    "case_title": "Handlingsplan 2026",
    "point": "1",
    "verb": "adopts",
    "wording": "SSU vedtar handlingsplanen.",
    "in_force_from": "2026-04-01",
    "published_from": "2026-04-01",
}


def url(plan: Plan) -> str:
    return reverse("adopt", args=[plan.community.slug, plan.slug])


def form(plan: Plan, **changes: str) -> dict[str, str]:
    return FORM | {"committee": str(plan.community.committees.get(slug="ssu").pk)} | changes


def test_adopting_freezes_publishes_and_tells(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    words = document_of(draft)
    response = client.post(url(draft), form(draft))
    assert (response.status_code, response["Location"]) == (302, draft.get_absolute_url())
    draft.refresh_from_db()
    revision = draft.revisions.get()
    adoption = revision.adoptions.get()
    assert draft.state == "adopted"
    assert (revision.number, revision.sha256) == (1, sha256(revision.content))
    assert revision.load() == words
    assert (adoption.point.decision.case.printed_number, adoption.point.decision.case.number) == (
        "07-2026",
        7,
    )
    assert adoption.in_force_from == revision.publication.published_from == date(2026, 4, 1)
    assert {f.file for f in RevisionFile.objects.filter(revision=revision)} == {None}
    assert [(a.seq, a.verb, a.who) for a in Audit.objects.all()] == [
        (1, "adopt", "Kari Nordmann <kari@example.org>")
    ]


def test_the_form_keeps_what_was_typed_when_something_is_missing(
    draft: Plan, kari: User, client: Client
) -> None:
    client.force_login(kari)
    response = client.post(url(draft), form(draft, case_number="", wording="Enstemmig vedtatt."))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"case_number"}
    assert "Enstemmig vedtatt." in response.text
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"meeting_date": "2099-01-01"}, "meeting_date"),
        ({"verb": "adopts_provisionally"}, "provisional_until"),
        ({"verb": "recommends"}, "verb"),
        ({"published_from": "i dag"}, "published_from"),
        ({"meeting_date": "0026-03-12"}, "meeting_date"),
        ({"in_force_from": "0026-04-01"}, "in_force_from"),
    ],
)
def test_the_form_says_what_is_wrong(
    draft: Plan, kari: User, client: Client, changes: dict[str, str], field: str
) -> None:
    client.force_login(kari)
    response = client.post(url(draft), form(draft, **changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Adoption.objects.exists()


def test_a_second_click_adopts_once(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    client.post(url(draft), form(draft))
    second = client.post(url(draft), form(draft))
    assert second.status_code == 409
    assert "Planen er allerede vedtatt." in second.text
    assert Adoption.objects.count() == 1
    for page in (url(draft), reverse("publish_received", args=[draft.community.slug, draft.slug])):
        assert client.get(page).status_code == 409  # the back button: a form that could only be refused


def test_what_was_typed_outlives_the_session(draft: Plan, kari: User, client: Client) -> None:
    answer = client.post(url(draft), form(draft))
    assert (answer.status_code, dict(answer.context["sent"])) == (403, form(draft))
    client.force_login(kari)
    assert client.get(url(draft))["Cache-Control"].endswith("no-store, must-revalidate, private")
    client.post(url(draft), dict(answer.context["sent"]))
    assert Adoption.objects.get().revision.plan == draft


def test_only_the_secretariat_adopts(draft: Plan, ola: User, client: Client) -> None:
    with pytest.raises(NotAllowed):
        actions.adopt(
            draft,
            by=ola,
            facts=decision(draft.community),
            in_force_from=date(2026, 4, 1),
            published_from=date(2026, 4, 1),
        )
    client.force_login(ola)
    assert client.post(url(draft), form(draft)).status_code == 403
    assert not Revision.objects.exists()


def test_a_national_id_is_refused_and_nothing_is_kept(draft: Plan, kari: User, client: Client) -> None:
    # 01010750160 is a synthetic number with right check digits.
    Measure.objects.filter(goal__section__plan=draft).update(html="Ring 01010750160")
    client.force_login(kari)
    response = client.post(url(draft), form(draft))
    assert response.status_code == 422
    assert "gyldig fødselsnummer" in response.text
    assert not Revision.objects.exists()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_empty_plan_is_refused(community: HealthCommunity, kari: User) -> None:
    plan = make_draft(small_plan(sections=()), community, kari)
    with pytest.raises(Refusal, match="Planen er tom"):
        adopted(plan, kari)


def test_another_committees_community_is_refused(draft: Plan, kari: User) -> None:
    other = HealthCommunity.objects.create(slug="vestfold", name="Helsefellesskapet i Vestfold")
    committee = other.committees.create(slug="ssu", abbreviation="SSU", name="SSU", level="strategisk")
    with pytest.raises(Conflict):
        adopted(draft, kari, committee=committee)


def test_one_decision_speaks_of_two_plans(community: HealthCommunity, draft: Plan, kari: User) -> None:
    adopted(draft, kari)
    strategy = make_draft(small_plan(title="Strategi", kind="strategy"), community, kari)
    adopted(strategy, kari, point=2, wording="SSU vedtar strategien.", verb=DecisionPoint.Verb.ADOPTS)
    points = DecisionPoint.objects.order_by("number")
    assert [p.number for p in points] == [1, 2]
    assert points[0].decision == points[1].decision


def test_a_point_recorded_with_other_words_is_a_conflict(
    community: HealthCommunity, draft: Plan, kari: User
) -> None:
    adopted(draft, kari)
    other = make_draft(small_plan(), community, kari)
    with pytest.raises(Conflict, match="registrert med andre ord"):
        adopted(other, kari, wording="Noe annet.")
    other.refresh_from_db()
    assert other.state == "draft"


def test_the_plan_before_is_superseded_from_the_day_the_new_one_holds(
    community: HealthCommunity, draft: Plan, kari: User
) -> None:
    before = adopted(draft, kari)
    today = timezone.localdate()
    after = make_draft(small_plan(title="Handlingsplan 2027"), community, kari, follows=before)
    adopted(after, kari, case_number="08-2026", in_force_from=today + timedelta(days=1))
    assert public_standing(community.slug, before.slug).state == "in_force"
    third = make_draft(small_plan(title="Handlingsplan 2026 ny"), community, kari, follows=before)
    adopted(third, kari, case_number="09-2026", in_force_from=today)
    standing = public_standing(community.slug, before.slug)
    assert (standing.state, standing.superseded_by) == ("superseded", third)


def test_frozen_rows_refuse_every_change(draft: Plan, kari: User) -> None:
    adopted(draft, kari)
    for rows, column in (
        (Revision.objects.all(), "content"),
        (Adoption.objects.all(), "provisional_until"),
        (Audit.objects.all(), "what"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**{column: "noe annet"})
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete(rows.db)


@pytest.mark.parametrize(
    ("printed", "year", "number"),
    [("07-2026", 2026, 7), ("004-2021", 2021, 4), ("2021/12", 2021, 12), ("7/26", 2026, 7), ("31", 2026, 31)],
)
def test_case_numbers_vary(draft: Plan, kari: User, printed: str, year: int, number: int) -> None:
    adopted(draft, kari, case_number=printed)
    case = Adoption.objects.get().point.decision.case
    assert (case.printed_number, case.year, case.number) == (printed, year, number)


def test_a_received_plan_keeps_its_words_when_the_decision_is_found(draft: Plan, kari: User) -> None:
    actions.publish_received(draft, by=kari, published_from=date(2026, 1, 1))
    assert public_standing("troms-og-ofoten", draft.slug).state == "received"
    plan = adopted(draft, kari, registered_afterwards=True)
    assert plan.revisions.count() == 1
    assert public_standing("troms-og-ofoten", draft.slug).state == "in_force"
    with pytest.raises(WrongState):
        adopted(plan, kari)


def test_the_case_gets_what_the_saksframlegg_in_the_file_said(
    community: HealthCommunity, kari: User, client: Client
) -> None:
    text = (
        "Sak 07-2026\n\nHandlingsplan for 2026\n\nSaksbehandler: Kari Nordmann\nDato dok: 02.03.2026\n"
        "Møtedato: 12.03.2026\nVår ref: 2026/88\n\nVedlegg:\nUtkast til handlingsplan\n\n"
        "Anbefaling\n\nSSU vedtar planen.\n\nBakgrunn\n\nPlanen var på høring i januar.\n\n"
        "Handlingsplan for Helsefellesskapet 2026\n\nFormål\n\nBedre overganger.\n\n"
        "Trygge overganger\n\n- Lage rutine\n- Møtes\n"
    )
    import_ = actions.upload_plan(community, by=kari, name="sak.txt", data=text.encode())
    plan = actions.accept_import(import_, by=kari)
    client.force_login(kari)
    asked = client.get(url(plan)).context["form"].initial
    assert (asked["case_number"], str(asked["meeting_date"])) == ("07-2026", "2026-03-12")
    client.post(url(plan), form(plan))
    case = Adoption.objects.get().point.decision.case
    assert (case.case_worker, case.document_date, case.reference) == (
        "Kari Nordmann",
        date(2026, 3, 2),
        "2026/88",
    )
    assert (case.recommendation, case.background) == ("SSU vedtar planen.", "Planen var på høring i januar.")
    assert case.attachments == ["Utkast til handlingsplan"]


def test_a_meeting_that_adopted_has_been_held(cast):
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    meeting = plan.revisions.get().adoptions.get().point.decision.meeting
    assert meeting.state == "held"
