"""What a reader's browser fetches before the first page stands: few bytes, for a slow line."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from tests import make
from tests.people import Cast

pytestmark = pytest.mark.django_db
STATIC = settings.BASE_DIR / "static"
MOST = 150_000  # bytes, compressed
# A browser fetches these only for letters that the small ones beside them (web/) do not have.
WHOLE_FONTS = set((STATIC / "vendor/fonts").glob("*.woff2"))
_FETCHED = "//link[@rel='stylesheet' or @rel='icon' or @rel='preload']/@href | //script/@src | //img/@src"
_IN_STYLES = re.compile(r"""url\(["']?([^"')]+)["']?\)|@import ["']([^"']+)["']""")
_IN_SCRIPTS = re.compile(r"""(?:import|from) ["'](\.[^"']+)["']""")


def loaded(page: bytes) -> dict[Path, int]:
    """Every file of ours that the page loads, with the files that they name, and its size as it is sent.
    Counts italic and medium letters even where a page has none.
    """
    waiting = [_file(str(address)) for address in html.fromstring(page).xpath(_FETCHED)]
    sizes: dict[Path, int] = {}
    while waiting:
        file = waiting.pop()
        if file in sizes or file in WHOLE_FONTS:
            continue
        content = file.read_bytes()
        sizes[file] = len(content if file.suffix == ".woff2" else gzip.compress(content))
        names = {".css": _IN_STYLES, ".js": _IN_SCRIPTS}.get(file.suffix)
        found = names.findall(content.decode()) if names else []
        named = ["".join(one) for one in found]
        waiting += [(file.parent / name).resolve() for name in named if not name.startswith(("data:", "#"))]
    return sizes


def _file(address: str) -> Path:
    assert address.startswith(settings.STATIC_URL), f"{address} is not ours"
    return STATIC / address.removeprefix(settings.STATIC_URL)


def in_small_fonts() -> set[str]:
    """The letters that need no whole font, as site.css says."""
    (ranges,) = set(re.findall(r"unicode-range: ([^;]+);", (STATIC / "css/site.css").read_text()))
    letters: set[str] = set()
    for one in ranges.replace("U+", "").split(","):
        first, _dash, last = one.strip().partition("-")
        letters |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return letters


def test_the_first_view_of_the_public_is_light(client: Client, cast: Cast) -> None:
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    for address in ("/", plan.get_absolute_url(), cast.ssu.community.get_absolute_url(), "/sok/?q=plan"):
        page = client.get(address).content
        files = loaded(page)
        assert STATIC / "css/site.css" in files
        assert len(gzip.compress(page)) + sum(files.values()) < MOST
        shown = {letter for letter in html.fromstring(page).text_content() if not letter.isspace()}
        assert shown <= in_small_fonts()
