"""A published plan is corrected or taken down in the browser: see first; nothing typed is lost."""

import pytest
from django.urls import reverse

from plans.models import Correction, Measure, Plan, Withdrawal
from plans.queries import codes_of_draft
from tests import make

pytestmark = pytest.mark.django_db
WHY = {"reason": "Feil årstall", "decided_by": "Lederen av SSU"}


@pytest.fixture
def plan(cast, client):
    client.force_login(cast.kari)
    return make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")


def address(name: str, plan: Plan, *more: str) -> str:
    return reverse(name, args=[plan.community.slug, plan.slug, *more])


def filled(client, where: str, **changes) -> dict:
    """The page's form as it stands, with these fields otherwise."""
    form = client.get(where).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {k: v for k, v in values.items() if v not in (None, False)} | changes


def test_the_difference_is_seen_before_it_is_published(cast, client, plan):
    code = Measure.objects.filter(goal__section__plan=plan).first().item.code
    where = address("correct_row", plan, code)
    form = filled(client, where, html="Tiltak nummer én", **WHY)
    seen = client.post(where, form)
    assert [step.what for step in seen.context["steps"]] == ["Tiltak"]
    assert not Correction.objects.exists()
    assert client.post(where, {**form, "publish": "1"}).status_code == 302
    public = client.get(plan.get_absolute_url()).content.decode()
    assert "Tiltak nummer én" in public
    assert "versjon 1 til 2: Feil årstall (bestemt av Lederen av SSU)" in " ".join(public.split())


def test_without_a_reason_what_was_typed_stands(cast, client, plan):
    code = Measure.objects.filter(goal__section__plan=plan).first().item.code
    where = address("correct_row", plan, code)
    answer = client.post(where, filled(client, where, html="Mine nye ord", publish="1"))
    assert answer.status_code == 422
    assert "Mine nye ord" in answer.content.decode()
    assert list(answer.context["why"].errors) == ["reason", "decided_by"]


def test_what_changes_nothing_is_said(cast, client, plan):
    where = address("correct_facts", plan)
    answer = client.post(where, filled(client, where, **WHY))
    assert (answer.status_code, "Ingenting er endret." in answer.content.decode()) == (422, True)


def test_the_plans_title_is_corrected_too(cast, client, plan):
    where = address("correct_facts", plan)
    client.post(where, filled(client, where, title="Handlingsplan for 2026", publish="1", **WHY))
    assert Correction.objects.get().revision.load().title == "Handlingsplan for 2026"


@pytest.mark.parametrize("measures", [3, 100])
def test_the_list_of_what_can_be_corrected_takes_as_many_queries_whatever_the_size(
    cast, client, django_assert_max_num_queries, measures
):
    client.force_login(cast.kari)
    big = make.adopted(cast.ssu, by=cast.kari, slug="stor", measures=measures)
    with django_assert_max_num_queries(16):
        answer = client.get(address("correct", big))
    main = answer.content.decode().partition("<main")[2]
    assert main.count('href="' + address("correct", big)) == 1 + len(codes_of_draft(big))


def test_a_plan_is_taken_down_with_a_reason_and_a_cross(cast, client, plan):
    where = address("withdraw", plan)
    answer = client.post(where, {"reason": "Personopplysninger."})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["understood"])
    client.post(where, {"reason": "Personopplysninger.", "understood": "on"})
    assert Withdrawal.objects.get().reason == "Personopplysninger."
    assert client.get(plan.get_absolute_url()).status_code == 410
    redacted = address("publish_redacted", plan)
    assert redacted in client.get(plan.get_work_url()).content.decode()
    answer = client.post(redacted, {"reason": "Navn er tatt ut.", "decided_by": "Lederen av SSU"})
    assert answer["Location"] == plan.get_absolute_url()
    assert client.get(plan.get_absolute_url()).status_code == 200
