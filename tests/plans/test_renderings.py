"""Public pages as they are kept: the same words however they are asked for."""

import gzip
from collections.abc import Callable

import brotli
import pytest
from django.test import Client

from partners.models import User
from plans.actions import withdraw
from plans.models import Plan, Rendering
from plans.views import public

from .conftest import adopted

AS_SENT: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_a_kept_page_is_sent_as_the_browser_takes_it(
    client: Client, draft: Plan, kari: User, asked: str, sent: str
):
    adopted(draft, kari)
    address = draft.get_absolute_url()
    made = client.get(address)
    assert Rendering.objects.get().address == address
    kept = client.get(address, headers={"accept-encoding": asked})
    assert kept.headers.get("Content-Encoding", "") == sent
    assert AS_SENT.get(sent, bytes)(kept.content) == made.content
    assert kept["ETag"] == made["ETag"]
    assert kept["Vary"] == "Accept-Encoding"


def test_the_first_answer_is_compressed_too(client: Client, draft: Plan, kari: User):
    """A cache in front keeps the first answer for all who come after."""
    adopted(draft, kari)
    first = client.get(draft.get_absolute_url(), headers={"accept-encoding": "br"})
    again = client.get(draft.get_absolute_url(), headers={"accept-encoding": "br"})
    assert (first["Content-Encoding"], first.content) == ("br", again.content)


def test_no_page_is_kept_that_was_made_before_the_plan_was_taken_down(
    client: Client, draft: Plan, kari: User, monkeypatch: pytest.MonkeyPatch
):
    adopted(draft, kari)
    render = public.render

    def render_slowly(*args: object, **kwargs: object) -> object:
        response = render(*args, **kwargs)
        withdraw(draft, by=kari, reason="Personopplysninger.")
        return response

    monkeypatch.setattr(public, "render", render_slowly)
    assert client.get(draft.get_absolute_url()).status_code == 200  # what was asked for before
    assert not Rendering.objects.exists()
    assert client.get(draft.get_absolute_url()).status_code == 410
