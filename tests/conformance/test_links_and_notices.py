"""Personal links and notices: valid HTML, and no violation that axe finds, in every state and on a phone."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from committees import links
from committees.actions import make_link
from committees.models import PersonalLink
from partners.actions import tell
from partners.digests import choices_path
from partners.models import Notice
from tests import make
from tests.e2e.test_import_and_correct import sign_in
from tests.people import Cast

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def path(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """A personal link, and something in everybody's «Mitt arbeid»."""
    due = timezone.localdate() + timedelta(days=9)
    opens = links.Opens(lambda: "Handlingsplan 2027 til behandling i SSU", "/kontakt/", due)
    monkeypatch.setattr(links, "_purposes", {PersonalLink.Purpose.REVIEW: lambda link: opens})
    address = make_link(
        PersonalLink.Purpose.REVIEW,
        1,
        by=cast.kari,
        seat=make.seat(cast.ssu),
        name="Anna Gjest",
        email="anna@alta.kommune.no",
        expires_at=timezone.now() + timedelta(days=20),
    )
    for number, kind in enumerate(Notice.Kind.values):
        tell(
            cast.troms,
            to=[cast.kari],
            kind=kind,
            key=f"x:{number}",
            group="plan:1",
            group_title="Handlingsplan 2027",
            text=lambda: "Noe nytt.",
            path="/troms-og-ofoten/",
            due=due if number % 2 else None,
        )
    return "/lenke/" + address.partition("/lenke/")[2]


def test_every_page_is_valid(client: Client, cast: Cast, path: str, vnu: Callable[[bytes], None]) -> None:
    vnu(client.get(path).content)
    client.post(path)
    vnu(client.get(path).content)
    vnu(client.post(path, {"code": "x"}).content)
    vnu(client.get(choices_path(None, "anna@alta.kommune.no")).content)
    client.force_login(cast.kari)
    for page in ("/arbeid/", "/konto/varsler/", "/arbeid/troms-og-ofoten/lenker/"):
        vnu(client.get(page).content)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_a_guest_comes_in_by_the_code(
    path: str, new_page: Callable[..., Any], axe: Callable[[Any], None], width: int, scheme: str
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    page.goto(path)
    axe(page)
    page.get_by_role("button", name="Send kode").click()
    axe(page)
    page.get_by_label("Kode").fill("x")
    page.get_by_role("button", name="Gå videre").click()
    axe(page)
    code = re.search(r"\d{6}", mail.outbox[-1].subject)
    assert code
    page.get_by_label("Kode").fill(code[0])
    page.get_by_role("button", name="Gå videre").click()
    page.wait_for_url("**/kontakt/")
    page.goto(path)
    axe(page)
    PersonalLink.objects.update(revoked_at=timezone.now())
    page.reload()
    axe(page)


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_pages_of_those_with_an_account(
    cast: Cast,
    path: str,
    live_server: Any,
    new_page: Callable[..., Any],
    axe: Callable[[Any], None],
    width: int,
    scheme: str,
) -> None:
    page = new_page(width=width, color_scheme=scheme)
    sign_in(page, live_server, cast.kari)
    for address in ("/arbeid/", "/konto/varsler/", "/arbeid/troms-og-ofoten/lenker/"):
        page.goto(address)
        assert page.locator("h1").inner_text() in ("Mitt arbeid", "Varsler på e-post", "Personlige lenker")
        axe(page)
