"""A plan whose adoption nobody can document: public, locked, and never called adopted."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import Audit, HealthCommunity, User
from plans.models import Plan, Publication
from plans.queries import public_standing

from .conftest import adopted, make_draft
from .documents import small_plan
from .test_adopt import form as adopt_form
from .test_adopt import url as adopt_url


def url(plan: Plan) -> str:
    return reverse("publish_received", args=[plan.community.slug, plan.slug])


def test_it_is_public_as_received_and_never_called_adopted(
    community: HealthCommunity, draft: Plan, kari: User, client: Client
) -> None:
    before = adopted(draft, kari)
    plan = make_draft(small_plan(title="Plan fra 2025"), community, kari, follows=before)
    client.force_login(kari)
    today = timezone.localdate().isoformat()
    response = client.post(url(plan), {"published_from": today, "understood": "on"})
    assert (response.status_code, response["Location"]) == (302, plan.get_absolute_url())
    page = client.get(plan.get_absolute_url()).text
    assert not list(client.get(plan.get_work_url()).context["messages"])  # nothing left to be said later
    assert "Vedtaksopplysninger mangler" in page
    assert "Vedtatt av" not in page
    assert public_standing(community.slug, before.slug).state == "in_force"
    assert Audit.objects.latest("seq").verb == "publish_received"


def test_one_must_have_looked_for_the_decision(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    response = client.post(url(draft), {"published_from": "2026-01-01"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["understood"])
    assert not draft.revisions.exists()


def test_it_is_not_public_before_its_day(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    tomorrow = timezone.localdate() + timedelta(days=1)
    answer = client.post(url(draft), {"published_from": tomorrow.isoformat(), "understood": "on"})
    assert answer["Location"] == draft.get_work_url()
    assert len(client.get(draft.get_work_url()).context["messages"]) == 1
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_its_day_stays_when_the_decision_is_found(draft: Plan, kari: User, client: Client) -> None:
    client.force_login(kari)
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    client.post(url(draft), {"published_from": tomorrow.isoformat(), "understood": "on"})
    answer = client.post(adopt_url(draft), adopt_form(draft, published_from=today.isoformat()))
    assert (answer.status_code, answer["Location"]) == (302, draft.get_work_url())
    assert Publication.objects.get().published_from == tomorrow


def test_others_may_not(draft: Plan, ola: User, client: Client) -> None:
    client.force_login(ola)
    assert client.post(url(draft), {"published_from": "2026-01-01", "understood": "on"}).status_code == 403
    assert not draft.revisions.exists()
