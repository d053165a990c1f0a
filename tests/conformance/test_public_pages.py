"""Every kind of public page, with the demo in it: valid HTML, and accessible."""

from typing import Any

import pytest
from django.test import Client

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]


def test_public_pages(pages: list[str], client: Client, vnu: Any, new_page: Any, axe: Any) -> None:
    """As on a phone in the dark; all the other widths and states are looked at by script/conformance."""
    for address in pages:
        vnu(client.get(address).content)
    page = new_page(width=390, color_scheme="dark")
    for address in pages:
        page.goto(address)
        axe(page)
