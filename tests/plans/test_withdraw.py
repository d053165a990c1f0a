"""«Ta planen ned nå»: gone from every public place, a tombstone in each, and a redacted version after."""

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.urls import reverse

from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.models import StoredFile
from plans.actions import publish_redacted, withdraw
from plans.models import Measure, Plan, Publication, Rendering, Revision, RevisionFile, RevisionItem
from tests import make

pytestmark = pytest.mark.django_db
SECRET = "Historien om naboen"
HERE = "troms-og-ofoten"


@pytest.fixture
def plan(cast, client):
    """A public plan that says too much, its pages kept and its PDF made."""
    plan = make.draft(cast.troms, by=cast.kari, slug="for-apen")
    Measure.objects.filter(goal__section__plan=plan).update(html=SECRET)
    plan.delete()
    plan = make.adopted(cast.ssu, by=cast.kari, slug="apen", vision=SECRET)
    stored = StoredFile.objects.store(SECRET.encode(), "application/pdf")
    RevisionFile.objects.update_or_create(
        revision=plan.revisions.get(), format="pdf", defaults={"file": stored}
    )
    client.get(plan.get_absolute_url())
    return plan


def addresses(plan: Plan) -> list[str]:
    """Every public place that showed the plan's words."""
    revision = plan.revisions.first()
    code = RevisionItem.objects.filter(revision=revision).first().item.code
    version = [HERE, plan.slug, 1]
    return [
        reverse("plan_page", args=[HERE, plan.slug]),
        *(reverse(f"revision_{kind}", args=version) for kind in ("page", "pdf", "json", "word")),
        reverse("item_page", args=[code]),
        reverse("document_page", args=[revision.sha256[:12]]),
    ]


def test_every_public_place_becomes_a_tombstone(cast, client, plan):
    places = addresses(plan)
    assert {client.get(place).status_code for place in places} <= {200, 302, 404}  # its Word is not made
    withdraw(plan, by=cast.kari, reason="Planen fortalte om en enkeltperson.")
    for place in places:
        answer = client.get(place)
        assert (answer.status_code, SECRET in answer.content.decode()) == (410, False), place
        assert "Planen fortalte om en enkeltperson." in answer.content.decode()
    for lists in ("/", f"/{HERE}/"):
        assert plan.title not in client.get(lists).content.decode()


def test_words_files_and_kept_pages_are_gone_and_the_number_stays(cast, plan):
    revision = plan.revisions.get()
    name = revision.files.get(format="pdf").file.file.name
    assert default_storage.exists(name)
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    now = Revision.objects.get(pk=revision.pk)
    assert (SECRET in now.content, now.sha256, now.number) == (False, revision.sha256, 1)
    assert not default_storage.exists(name)
    assert not Rendering.objects.filter(plan=plan).exists()
    assert not Publication.objects.filter(revision__plan=plan).exists()


def test_afterwards_the_record_is_as_closed_as_before(cast, plan):
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Revision.objects.filter(plan=plan).update(number=9)


def test_a_redacted_version_follows_by_the_same_decision(cast, client, plan):
    point = plan.revisions.get().adoptions.get().point
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    Plan.objects.filter(pk=plan.pk).update(vision="")
    correction = publish_redacted(plan, by=cast.kari, reason="Navn er tatt ut.", decided_by="Lederen av SSU")
    assert [a.point for a in correction.revision.adoptions.all()] == [point]
    page = client.get(plan.get_absolute_url())
    assert (page.status_code, SECRET in page.content.decode()) == (200, False)
    old = client.get(reverse("revision_page", args=[HERE, plan.slug, 1]))
    assert old.status_code == 410
    assert correction.revision.get_absolute_url() in old.content.decode()
    with pytest.raises(WrongState):
        publish_redacted(plan, by=cast.kari, reason="Igjen.", decided_by="Lederen")


def test_a_tombstone_says_why(cast, plan):
    with pytest.raises(Refusal, match="Begrunnelsen blir offentlig"):
        withdraw(plan, by=cast.kari, reason=" ")


@pytest.mark.parametrize("who", ["nils", "ingrid", "per", "sigrid", "aslak", "berit", "jon", "siv", "ola"])
def test_only_the_secretariat_takes_a_plan_down(cast, plan, who):
    with pytest.raises(NotAllowed):
        withdraw(plan, by=getattr(cast, who), reason="Fordi.")
