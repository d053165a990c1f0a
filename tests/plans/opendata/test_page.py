"""The page about open data, for people: what it shows can be copied, and works."""

import io
import re
import urllib.request
from html import unescape
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


def examples(client: Client) -> list[str]:
    text = client.get("/apne-data/").content.decode()
    return [unescape(example) for example in re.findall(r"<pre><code>(.*?)</code></pre>", text, re.DOTALL)]


def test_every_address_in_an_example_answers(client, world):
    found = re.findall(rf'"{SITE}([^"]+)"', "".join(examples(client)))
    assert len(found) == 6
    assert {path: client.get(path).status_code for path in found} == dict.fromkeys(found, 200)


def test_the_program_in_python_prints_every_measure(client, world, monkeypatch: Any, capsys: Any):
    def urlopen(address: str) -> io.BytesIO:
        return io.BytesIO(client.get(address.removeprefix(SITE)).content)

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    (program,) = [example for example in examples(client) if example.startswith("import")]
    exec(program.replace("limit=200", "limit=1"), {})
    assert capsys.readouterr().out.splitlines() == [
        "troms-og-ofoten/handlingsplan-2026; SSU; Møtes hver måned",
        "troms-og-ofoten/handlingsplan-2026; Tromsø; Lage felles opplæring",
        "troms-og-ofoten/handlingsplan-2026; ; Besøke hjemme",
    ]


def test_where_nothing_is_in_force_there_is_nothing_to_embed(client, cast):
    assert "<iframe" not in "".join(examples(client))
