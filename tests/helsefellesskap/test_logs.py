"""What goes to the logs of production."""

import json
import logging

import pytest

from helsefellesskap.logs import JsonFormatter


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/lenke/xYz-123_4/", "/lenke/…/"),
        ("/nn/kopi/xYz-123_4/", "/nn/kopi/…/"),
        ("/kalender/xYz-123_4.ics", "/kalender/….ics"),
        ("/innspill/0f8fad5b-d9cb-469f-a165-70867728950e/", "/innspill/…/"),
        ("/konto/password/reset/key/3-abc123/", "/konto/password/reset/key/…/"),
        ("/troms-og-ofoten/planer/plan-2026/", "/troms-og-ofoten/planer/plan-2026/"),
    ],
)
def test_no_secret_address_is_logged(path: str, told: str):
    record = logging.LogRecord(
        "django.request", logging.WARNING, __file__, 1, "%s: %s", ("Unprocessable", path), None
    )
    assert json.loads(JsonFormatter().format(record))["message"] == f"Unprocessable: {told}"
