"""«Innspill og svar»: public when all is answered, as a page and a Word file."""

import io

import pytest
from django.urls import reverse
from docx import Document

from plans.actions import answer_input, close_hearing

from .hearings import hearing, say

__all__ = ["hearing"]

pytestmark = pytest.mark.django_db


def test_what_came_of_it_is_public_when_all_is_answered_and_persons_are_not_named(cast, client, hearing):
    page = reverse("input_answers", args=[hearing.open_key])
    word = reverse("open_answers_word", args=[hearing.open_key])
    facts = {"open_key": hearing.open_key, "text": "Fra en borger"}
    inputs = [
        say(hearing, **facts, name="Kari Nordmann"),
        say(hearing, **facts, name="Ola Åpen", name_public=True),
        say(hearing, by=cast.aslak, partner=cast.tromso),
    ]
    for given in inputs[:2]:
        answer_input(given, by=cast.kari, version=1, disposition="answered", reason="Takk.")
    close_hearing(hearing, by=cast.kari)
    assert [client.get(path).status_code for path in (page, word)] == [404, 404]
    answer_input(inputs[2], by=cast.kari, version=1, disposition="taken_in", reason="")
    answer = client.get(page)
    ((_place, rows),) = answer.context["groups"]
    assert [one.given.public_name for one in rows] == ["Privatperson", "Ola Åpen", "Tromsø"]
    html = answer.content.decode()
    assert [name in html for name in ("Kari Nordmann", "Aslak", "Ola Åpen")] == [False, False, True]
    assert word in html
    file = Document(io.BytesIO(client.get(word).content))
    assert [p.text for p in file.paragraphs if p.style.name == "Heading 2"] == [
        "Privatperson",
        "Ola Åpen",
        "Tromsø",
    ]
    assert not any("Nordmann" in p.text for p in file.paragraphs)
    assert page in client.get(hearing.get_open_url()).content.decode()
