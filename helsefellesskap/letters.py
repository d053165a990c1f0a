"""Which letters our font can draw, what stands in for the others, and what one line holds."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from django.conf import settings
from fontTools.ttLib import TTFont

_STAND_INS = dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf06c\uf02d", "•") | {
    # bullets and ticks of Word's symbol fonts lie in the private area that no other font fills
    "\uf0fc": "✓",
    "✔": "✓",
    "✘": "✗",
    "☐": "□",
}
_UNKNOWN = "□"

# No line ends within «2022 - 2024», «St. Olavs», «Nord-Norge HF», «15. desember»; the narrowest column has
# room for them. What reads our PDFs knows it too.
_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
TOGETHER = re.compile(
    rf"\b(?:\d{{4}} ?[-–] ?\d{{4}}|St\. \w{{1,10}}|(?<!\S)[\w-]{{3,12}} HF|\d{{1,2}}\. (?:{_MONTHS}))\b"
)


def fonts() -> list[Path]:
    """Our font's files, one a weight, each with all its letters."""
    return sorted((Path(settings.BASE_DIR) / "static" / "vendor" / "fonts").glob("Inter-*.woff2"))


def printable_text(html: str) -> str:
    """The same text in letters that the font holds.

    Any other would be drawn with whatever the machine has, or as a hole that no archive accepts.
    Invisible signs go, look-alikes stand in, and the rest becomes a box.
    """
    missing = set(html) - _letters()
    return html.translate({ord(sign): _stand_in(sign) for sign in missing})


def visible(text: str) -> str:
    """The text as it shows on paper: without signs that print nothing, in one line."""
    return " ".join(printable_text(text).split())


def fitting(text: str, *, size: float, width: float) -> str:
    """The text, cut after a word and marked so where it is wider than `width` points at this size."""
    if width_of(text, size) <= width:
        return text
    words = text.split()
    while len(words) > 1 and width_of(" ".join(words) + " …", size) > width:
        words.pop()
    kept = " ".join(words).rstrip(",;:–- ") + " …"
    while len(kept) > 2 and width_of(kept, size) > width:  # one word that is too long
        kept = kept[:-3] + " …"
    return kept


def width_of(text: str, size: float) -> float:
    """In points, as our regular font draws it."""
    advances, widest = _advances()
    return sum(advances.get(sign, widest) for sign in text) * size


@cache
def _advances() -> tuple[dict[str, float], float]:
    """How wide each letter is, and the widest, in parts of the font's size."""
    font = TTFont(next(file for file in fonts() if "Regular" in file.name), lazy=True)
    unit, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
    found = {chr(code): metrics[name][0] / unit for code, name in font.getBestCmap().items()}
    return found, max(found.values())


def _stand_in(sign: str) -> str:
    if sign in _STAND_INS:
        return _STAND_INS[sign]
    match unicodedata.category(sign):
        case "Cf" | "Cc" | "Mn":
            return ""
        case "Zs" | "Zl" | "Zp":
            return " "
    plain = unicodedata.normalize("NFKC", sign)
    return plain if set(plain) <= _letters() - set("<>&\"'") else _UNKNOWN


@cache
def _letters() -> frozenset[str]:
    drawn = [set(map(chr, TTFont(file, lazy=True).getBestCmap())) for file in fonts()]
    return frozenset(set.intersection(*drawn) | set("\n\t "))
