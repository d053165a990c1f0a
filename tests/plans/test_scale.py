"""`manage.py demo --scale`: many measures, the same every time, as real as those that people publish."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from partners.models import User
from plans.demo import scale
from plans.document import canonical
from plans.models import Measure, Plan, Revision, SearchEntry
from plans.queries import public_plans
from plans.snapshot import document_of
from tests import make

pytestmark = pytest.mark.django_db
LISTS = (
    "/",
    "/finnmark/",
    "/sok/?q=kommunene",
    "/sitemap.xml",
    "/sitemap-tiltak.xml",
    "/api/v1/plans",
    "/api/v1/plans?state=in_force",
    "/api/v1/measures",
    "/apne-data/vedtatt.atom",
)


@pytest.fixture
def by(monkeypatch) -> User:
    monkeypatch.setattr(scale, "FIELDS", scale.FIELDS[:1])
    for slug in ("agder", "finnmark", "forde"):
        make.partner(f"Sykehuset {slug}", make.community(slug))
    return User.objects.create_user("maaler@example.org", name="Måler")


def test_it_adds_so_many_measures_once_as_published_plans_that_follow_each_other(by):
    assert scale.fill(200, by=by) == 200
    assert Measure.objects.count() == SearchEntry.objects.filter(kind="measure").count() == 200
    assert scale.fill(200, by=by) == 0
    plan = Plan.objects.order_by("-pk").first()
    assert plan.revisions.get().content == canonical(document_of(plan))
    states = [standing.state for standing in public_plans(plan.community)]
    assert states == ["in_force", "superseded", "superseded", "superseded"]


def test_words_and_identities_are_the_same_every_time(by):
    seen = []
    for _time in range(2):
        with transaction.atomic():
            scale.fill(100, by=by)
            seen.append(sorted(Revision.objects.values_list("sha256", flat=True)))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert len(set(seen[0])) == 3 * scale.YEARS


def test_lists_and_search_ask_as_often_however_much_there_is(by, client, monkeypatch):
    def asked() -> list[int]:
        counts = []
        for address in LISTS:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    scale.fill(240, by=by)
    before = asked()
    monkeypatch.setattr(scale, "FIELDS", (*scale.FIELDS, "Eldre"))
    assert scale.fill(800, by=by) > 300
    assert asked() == before
