"""The writing page is valid HTML, with every column and with none, and with a pasted table."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from plans.snapshot import to_draft
from tests.people import Cast
from tests.plans.documents import small_plan
from tests.plans.importers.clipboards import sample

pytestmark = [pytest.mark.conformance, pytest.mark.django_db]


def test_the_writing_page(client: Client, cast: Cast, vnu: Callable[[str | bytes], None]) -> None:
    plan = to_draft(small_plan(), community=cast.troms, by=cast.kari)
    client.force_login(cast.kari)
    for slug, query in ((plan.slug, "?vis=status&vis=indicator"), (cast.draft.slug, "")):
        answer = client.get(reverse("write", args=[cast.troms.slug, slug]) + query)
        assert answer.status_code == 200
        vnu(answer.content)
    url = reverse("preview_table", args=[cast.troms.slug, plan.slug])
    clip = {"html": sample("word") + "<p>Etter</p>", "text": ""}
    answer = client.post(url, clip, content_type="application/json")
    vnu(f"<!DOCTYPE html><html lang=nb><title>-</title><h1>-</h1><h2>-</h2>{answer.json()['html']}")


def test_the_hints(client: Client, cast: Cast, vnu: Callable[[str | bytes], None]) -> None:
    """The page, and the fragment as the writing page shows it: one let be, with and without an offer."""
    plan = to_draft(
        small_plan(abbreviations=(), vision="Helsefelleskapet møter PHR"), community=cast.troms, by=cast.kari
    )
    client.force_login(cast.kari)
    address = [cast.troms.slug, plan.slug]
    hint = {"kind": "unserved_group", "words": "children_youth", "reason": "Har egen plan."}
    assert client.post(reverse("wave_off", args=address), hint).status_code == 302
    vnu(client.get(reverse("hints", args=address)).content)
    fragment = client.get(reverse("write_hints", args=address)).text
    assert all(words in fragment for words in ("Hent tilbake", "Legg til «SSU", "Hva står «PHR» for?"))
    page = '<!doctype html><html lang="nb"><title>Merknader</title><h1>Plan</h1><h2>Merknader</h2>'
    vnu(f"{page}{fragment}</html>")
