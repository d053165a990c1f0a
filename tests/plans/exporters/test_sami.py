"""What a document in Northern Sámi lacks is said in its community's form of Norwegian, in every format."""

import io
from dataclasses import replace
from zipfile import ZipFile

import pytest
from django.urls import reverse

from partners.models import HealthCommunity
from plans.document import Goal, Measure, PlanDocument, Section
from plans.exporters import comparison, input_answers_word, pdf, word
from plans.exporters.text import to_text
from tests.plans.exporters import samples
from tests.plans.hearings import on_hearing, say

MEASURE = Measure(key="m", label="a", text="Mii deaivvadit", html="Mii deaivvadit")
PLAN = PlanDocument(
    title="Doaibmaplána",
    language="se",
    sections=(
        Section(
            key="s",
            heading="Ovttasbargu",
            goals=(Goal(key="g", text="Buorit dearvvasvuođabálvalusat", measures=(MEASURE,)),),
        ),
    ),
)
LATER = replace(PLAN, sections=(replace(PLAN.sections[0], heading="Eará"),))
# «decided by», as bokmål and nynorsk say it.
FORMS = pytest.mark.parametrize(
    ("form", "said", "not_said"), [("nn", "Vedteke", "Vedtatt"), ("nb", "Vedtatt", "Vedteke")]
)


def in_word(data: bytes) -> str:
    with ZipFile(io.BytesIO(data)) as file:
        return file.read("word/document.xml").decode()


@FORMS
def test_a_plan_in_sami_says_the_rest_in_the_communitys_form(form, said, not_said):
    facts = replace(samples.ADOPTED, form=form)
    for file in (
        to_text(PLAN, facts).decode(),
        in_word(word.render(PLAN, facts)),
        pdf.to_html(PLAN, facts, {}),
    ):
        assert (said in file, not_said in file) == (True, False)


@pytest.mark.parametrize(("form", "said"), [("nn", "endra"), ("nb", "endret")])
def test_a_comparison_too(form, said):
    facts = {"titles": ("v1", "v2"), "community": "Fjord", "day": samples.ADOPTED.created}
    assert said in comparison.to_html(PLAN, LATER, **facts, form=form)


@pytest.mark.django_db
def test_a_page_without_the_community_in_its_address_and_its_feed_too(cast, client):
    HealthCommunity.objects.update(language="nn")
    cast.draft.language = "se"
    cast.draft.save()
    hearing = on_hearing(cast)
    page = client.get("/se" + reverse("open_hearing", args=[hearing.open_key])).content.decode()
    assert '<body lang="nn"' in page
    assert ("Gi innspel her" in page, "Gi innspill her" in page) == (True, False)
    say(hearing, by=cast.aslak)
    answers = in_word(input_answers_word.render(hearing, list(hearing.inputs.all())))
    assert ("innspel" in answers, "innspill" in answers) == (True, False)
    feed = client.get(f"/apne-data/{cast.troms.slug}/horinger.atom").content.decode()
    assert '<feed xml:lang="nn"' in feed
    assert "<title>På høyring: Helsefellesskapet Troms og Ofoten</title>" in feed
