"""What machines read, held to its standards by outside tools: the API to its OpenAPI document."""

import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from tests.plans.opendata.conftest import item_of, plan, world

__all__ = ["plan", "world"]  # pytest finds the fixtures by their names here
pytestmark = [pytest.mark.conformance, pytest.mark.sweep, pytest.mark.django_db(transaction=True)]


def test_the_api_does_what_its_openapi_document_says(world: Any, live_server: Any, tmp_path: Any) -> None:
    """Schemathesis asks in ways that fit the document and in ways that do not; the same ones every time."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{live_server.url}/api/v1/openapi.json"),
            *("--url", f"{live_server.url}/api/v1", "--generation-deterministic", "--max-examples", "8"),
            *("--checks", "all", "--phases", "examples,coverage,fuzzing", "--no-color"),
        ],
        capture_output=True,
        text=True,
        timeout=280,
        cwd=tmp_path,  # it leaves a folder where it runs
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_the_page_for_people_and_the_frames(
    world: Any, vnu: Any, new_page: Any, axe: Any, client: Client
) -> None:
    addresses = [
        "/apne-data/",
        "/embed/plan/troms-og-ofoten/handlingsplan-2026/",
        f"/embed/t/{item_of(world, 'Lage felles opplæring').code}",
        "/embed/t/finnesikke",
    ]
    for address in addresses:
        vnu(client.get(address).content)
    for width, scheme in ((1280, "light"), (320, "dark")):
        page = new_page(width=width, color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            axe(page)
