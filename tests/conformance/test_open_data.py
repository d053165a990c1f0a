"""What machines read, held to its standards by outside tools: the API to its OpenAPI document."""

import subprocess
import sys
from typing import Any

import pytest

from tests.plans.opendata.conftest import plan, world

__all__ = ["plan", "world"]  # pytest finds the fixtures by their names here
pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]


def test_the_api_does_what_its_openapi_document_says(
    world: Any, live_server: Any, settings: Any, tmp_path: Any
) -> None:
    """Schemathesis asks in ways that fit the document and in ways that do not; the same ones every time."""
    settings.OPEN_DATA_A_MINUTE = 1_000_000
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
