"""«Kort sagt»: three sentences beside the plan, on its public page, and gone when it is taken down."""

import pytest
from django.test import Client
from django.urls import reverse

from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import Audit
from plans.actions import withdraw, write_summary
from plans.actions.write_summary import sentences
from plans.models import PlainSummary, Plan
from tests import make
from tests.people import Cast

THREE = "Planen gjelder for UNN og kommunene, bl.a. Tromsø. Den handler om barn. Målet er trygghet."
FOUR = "Her er en plan. Den er god. Den er ny. Den er vår."


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return make.adopted(cast.ssu, by=cast.kari, slug="plan")


@pytest.mark.django_db
def test_what_is_written_stands_on_the_page_at_once(client: Client, cast: Cast, plan: Plan) -> None:
    assert THREE not in client.get(plan.get_absolute_url()).text
    client.force_login(cast.kari)
    page = reverse("write_summary", args=[plan.community.slug, plan.slug])
    answer = client.post(page, {"text": THREE.replace(" Den", "\n\nDen")})
    assert (answer.status_code, answer["Location"]) == (302, plan.get_work_url())
    client.logout()
    public = client.get(plan.get_absolute_url()).text
    assert (public.count(f"{THREE}</p>"), public.count(f'name="description" content="{THREE}"')) == (1, 1)
    assert Audit.objects.filter(verb="write_summary").count() == 1


@pytest.mark.django_db
def test_the_newest_stands_and_the_same_again_is_the_same(cast: Cast, plan: Plan) -> None:
    first = write_summary(plan, by=cast.kari, text="Den ene.")
    second = write_summary(plan, by=cast.kari, text="Den andre.")
    assert write_summary(plan, by=cast.kari, text=" Den  andre. ") == second
    assert list(plan.summaries.all()) == [second, first]


@pytest.mark.parametrize("text", ["", "  ", FOUR, "x" * 601, "Ring 15076500565."])
@pytest.mark.django_db
def test_what_is_no_summary_is_refused_and_kept_in_the_form(
    client: Client, cast: Cast, plan: Plan, text: str
) -> None:
    with pytest.raises(Refusal):
        write_summary(plan, by=cast.kari, text=text)
    client.force_login(cast.kari)
    answer = client.post(reverse("write_summary", args=[plan.community.slug, plan.slug]), {"text": text})
    assert (answer.status_code, answer.context["form"]["text"].value()) == (422, text)
    assert not PlainSummary.objects.exists()


@pytest.mark.django_db
def test_only_the_secretariat_writes_it(cast: Cast, plan: Plan) -> None:
    for who in (cast.ingrid, cast.nils, cast.jon, cast.aslak):
        with pytest.raises(NotAllowed):
            write_summary(plan, by=who, text=THREE)


@pytest.mark.django_db
def test_it_goes_with_the_plan_when_that_is_taken_down(cast: Cast, plan: Plan) -> None:
    write_summary(plan, by=cast.kari, text=THREE)
    withdraw(plan, by=cast.kari, reason="Måtte ned.")
    assert not PlainSummary.objects.exists()
    assert not Audit.objects.filter(what__contains="handler om barn").exists()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (THREE, 3),
        ("Planen for St. Olavs hospital gjelder nr. 3 i 2026", 1),
        ("Hva er dette? En plan! «Vi vil.» Sa de.", 4),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_people_do(text: str, number: int) -> None:
    assert sentences(text) == number
