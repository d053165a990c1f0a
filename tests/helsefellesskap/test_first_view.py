"""What a phone fetches before it shows the first page: small, and with every letter that is written here."""

import re

import brotli
import pytest
from django.conf import settings
from django.test import Client
from fontTools.ttLib import TTFont

from tests import make
from tests.people import Cast

FONTS = sorted((settings.BASE_DIR / "static/vendor/fonts/web").glob("*.woff2"))
LETTERS = "abcxyzABCXYZ0123456789æøåÆØÅáčđŋšŧžÁČĐŊŠŦŽǥǧǩǯʒéèêòôüöä«»–—…’·•→←−≤≥€§°½"


def ranges() -> list[set[int]]:
    """The letters of each small font, as the stylesheet promises them."""
    css = (settings.BASE_DIR / "static/css/site.css").read_text()
    found = re.findall(r"fonts/web/Inter-\w+\.woff2.*?unicode-range: ([^;]*);", css)
    return [{n for part in one.split(",") for n in _letters(part.strip())} for one in found]


def _letters(part: str) -> range:
    first, _dash, last = part.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def test_the_small_fonts_hold_what_norwegian_and_sami_are_written_in() -> None:
    assert [font.name for font in FONTS] == [
        f"Inter-{face}.woff2" for face in ("Italic", "Medium", "Regular", "SemiBold")
    ]
    for font in FONTS:
        assert {letter for letter in LETTERS if ord(letter) not in TTFont(font).getBestCmap()} == set()


def test_the_stylesheet_promises_nothing_that_the_small_fonts_lack() -> None:
    """Of a letter that is promised and missing, the browser would not fetch the whole font."""
    whole = {
        name: set(TTFont(settings.BASE_DIR / f"static/vendor/fonts/{name}").getBestCmap())
        for name in (font.name for font in FONTS)
    }
    promised = ranges()
    assert len(promised) == len(FONTS)
    for font in FONTS:
        assert (promised[0] & whole[font.name]) - set(TTFont(font).getBestCmap()) == set()
    assert all(one == promised[0] for one in promised)


@pytest.mark.django_db
def test_the_first_view_is_under_150_kilobytes(client: Client, cast: Cast) -> None:
    """The page, every file that it names, and all four weights of the font, as they are sent."""
    plan = make.adopted(cast.ssu, by=cast.kari, slug="plan", measures=100)
    fonts = sum(font.stat().st_size for font in FONTS)
    for address in ("/", plan.get_absolute_url()):
        html = client.get(address).content
        files = set(re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode()))
        text = [(settings.BASE_DIR / "static" / f).read_bytes() for f in files if not f.endswith(".woff2")]
        assert len(text) >= 3
        assert sum(len(brotli.compress(part, quality=5)) for part in [html, *text]) + fonts < 150_000
