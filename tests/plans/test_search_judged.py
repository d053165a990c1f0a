"""How well search finds, held by questions with known answers."""

import pytest
from django.utils import timezone

from committees import actions
from committees.actions import Point, When
from committees.models import Case
from plans.actions import publish_received
from plans.search.find import find
from tests import make

from .judged import BOKMAL, DECISIONS, DISTRACTORS, NYNORSK, QUESTIONS
from .test_search import plan_saying

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def library(cast) -> dict[str, str]:
    """Everything published; title → name."""
    for slug, texts in (("nb", BOKMAL | DISTRACTORS), ("nn", NYNORSK)):
        plan = make.draft(cast.troms, by=cast.kari, slug=slug, **plan_saying(*texts.values(), language=slug))
        publish_received(plan, by=cast.kari, published_from=TODAY)
    meeting = actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    names = {}
    for name, (title, wording) in DECISIONS.items():
        case: Case = actions.write_case(cast.ssu, by=cast.kari, facts={"title": title})
        item = actions.put_on_agenda(meeting, case)
        point = Point(verb="takes_note", wording=wording)
        actions.decide(item, by=cast.kari, points=[point], registered_afterwards=True)
        names[f"SSU {case.printed_number}: {title}"] = name
    return names | {text: name for name, text in (BOKMAL | NYNORSK | DISTRACTORS).items()}


def test_ninety_of_a_hundred_right_texts_are_found_and_two_of_twelve_wrong_ones_come_first(library):
    assert (len(QUESTIONS) >= 40, len(DISTRACTORS)) == (True, 12)
    asked = {
        question: [library.get(hit.entry.title) for hit in find(question).hits] for question in QUESTIONS
    }
    missed = {
        question: right - set(asked[question])
        for question, right in QUESTIONS.items()
        if right - set(asked[question])
    }
    wanted = sum(map(len, QUESTIONS.values()))
    recall = 1 - sum(map(len, missed.values())) / wanted
    before = {
        (name, question)
        for question, right in QUESTIONS.items()
        for at, name in enumerate(asked[question])
        if name in DISTRACTORS and right & set(asked[question][at:])
    }
    assert recall >= 0.90, missed
    assert len({name for name, _question in before}) <= 2, before
