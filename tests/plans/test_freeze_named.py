"""A version under a name: frozen and not public, while the draft stays open."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from helsefellesskap.errors import Conflict, NotAllowed, WrongState
from partners.models import Audit, User
from plans import actions
from plans.models import Measure, Plan, Revision
from plans.snapshot import document_of

from .conftest import adopted


def url(plan: Plan) -> str:
    return reverse("freeze_named", args=[plan.community.slug, plan.slug])


def test_the_words_are_frozen_and_the_draft_stays_open(draft: Plan, kari: User, client: Client) -> None:
    words = document_of(draft)
    client.force_login(kari)
    response = client.post(
        url(draft), {"name": "til SSU 12. mars", "note": "Se på fristene.", "for_review": "on"}
    )
    assert (response.status_code, response["Location"]) == (302, f"{draft.get_work_url()}#versjoner")
    draft.refresh_from_db()
    revision = draft.revisions.get()
    assert (draft.locked, revision.load()) == (False, words)
    assert (revision.number, revision.purpose, revision.name, revision.note) == (
        1,
        "review",
        "til SSU 12. mars",
        "Se på fristene.",
    )
    assert Audit.objects.latest("seq").verb == "freeze_named"


def test_it_is_not_public(draft: Plan, kari: User, client: Client) -> None:
    revision = actions.freeze_named(draft, by=kari, name="til SSU")
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(revision.get_absolute_url()).status_code == 404
    assert client.get(f"/d/{revision.sha256[:12]}").status_code == 404


def test_the_work_page_lists_it_and_says_what_changed_since(draft: Plan, kari: User, client: Client) -> None:
    actions.freeze_named(draft, by=kari, name="til SSU", note="Se på fristene.")
    Measure.objects.filter(html="Dele erfaringer").delete()
    client.force_login(kari)
    page = client.get(draft.get_work_url())
    assert page.context["since"] == "1 tiltak tatt ut."
    assert [v.name for v in page.context["versions"]] == ["til SSU"]
    assert "Se på fristene." in page.text


def test_those_who_read_the_draft_read_the_version_as_it_was(
    draft: Plan, kari: User, ola: User, client: Client
) -> None:
    actions.freeze_named(draft, by=kari, name="til SSU")
    Measure.objects.filter(html="Dele erfaringer").delete()
    address = reverse("frozen_page", args=[draft.community.slug, draft.slug, 1])
    client.force_login(kari)
    assert "Dele erfaringer" in client.get(address).text
    client.force_login(ola)
    assert client.get(address).status_code == 403


def test_adoption_counts_on_from_it(draft: Plan, kari: User) -> None:
    actions.freeze_named(draft, by=kari, name="til SSU")
    adopted(draft, kari)
    assert list(draft.revisions.values_list("number", "purpose", "name")) == [
        (2, "adoption", ""),
        (1, "named", "til SSU"),
    ]


def test_a_name_is_given_once(draft: Plan, kari: User, client: Client) -> None:
    revision = actions.freeze_named(draft, by=kari, name="til SSU")
    with pytest.raises(Conflict):
        actions.freeze_named(draft, by=kari, name="til SSU")
    client.force_login(kari)
    response = client.post(url(draft), {"name": "til SSU"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(name="til PM")


def test_others_may_not_and_a_locked_plan_has_its_version(draft: Plan, kari: User, ola: User) -> None:
    with pytest.raises(NotAllowed):
        actions.freeze_named(draft, by=ola, name="min")
    adopted(draft, kari)
    with pytest.raises(WrongState):
        actions.freeze_named(draft, by=kari, name="for sent")
