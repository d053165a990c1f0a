"""Stretches of formatted text, as the Office readers find them, and the inline HTML they make."""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlsplit

from helsefellesskap import richtext
from plans.importers.blocks import Omitted, Why

# A bullet typed as a character, with the blank after it. «–» is left alone: it opens a quotation.
_TYPED_BULLET = re.compile(r"\s*([•▪■●○◦►▸➢❖→☐☑✗✓✔\-])\s+(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Text in one format; `\\n` is a line break. `omit` says why it is not for the page, if it is not."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    underline: bool = False
    raised: str = ""  # "sup" or "sub"
    href: str = ""
    omit: Why | None = None


def to_html(pieces: Sequence[Piece]) -> str:
    """Inline HTML of the pieces, in the safe subset; one link stays one link."""
    if not pieces:
        return ""
    parts = []
    for href, linked in groupby(_even_spaces(_trimmed(pieces)), key=lambda piece: piece.href):
        inner = "".join(_marked(tags, group) for tags, group in groupby(linked, key=_tags))
        parts.append(f'<a href="{html.escape(href)}">{inner}</a>' if href and inner.strip() else inner)
    return richtext.clean_inline("".join(parts))


def _trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without blanks at either end."""
    left = [piece for piece in pieces if piece.text]
    while left and not left[0].text.strip():
        left.pop(0)
    while left and not left[-1].text.strip():
        left.pop()
    if left:
        left[0] = replace(left[0], text=left[0].text.lstrip())
        left[-1] = replace(left[-1], text=left[-1].text.rstrip())
    return left


def _even_spaces(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Blank pieces take the format before them, so that a phrase is not cut up by its spaces."""
    before: Piece | None = None
    for piece in pieces:
        if before and piece.text.isspace() and "\n" not in piece.text and piece.href == before.href:
            piece = replace(before, text=piece.text)
        yield piece
        before = piece


def _tags(piece: Piece) -> tuple[str, ...]:
    marks = [("strong", piece.bold), ("em", piece.italic), ("s", piece.struck)]
    marks.append(("u", piece.underline and not piece.href))
    return (*(tag for tag, on in marks if on), *filter(None, [piece.raised]))


def _marked(tags: tuple[str, ...], pieces: Iterable[Piece]) -> str:
    text = richtext.from_text("".join(piece.text for piece in pieces))
    if not text.replace("<br>", "").strip():
        return text
    return "".join(f"<{t}>" for t in tags) + text + "".join(f"</{t}>" for t in reversed(tags))


def every(pieces: Sequence[Piece], is_so: Callable[[Piece], bool]) -> bool:
    """Whether every word in the pieces is so; False where there is no word."""
    words = [piece for piece in pieces if piece.text.strip()]
    return bool(words) and all(is_so(piece) for piece in words)


def split_omitted(pieces: Sequence[Piece], at: str) -> tuple[list[Piece], list[Omitted]]:
    """The pieces that are for the page, and what is left out, each unbroken stretch as one."""
    kept: list[Piece] = []
    omitted: list[Omitted] = []
    for why, group in groupby(pieces, key=lambda piece: piece.omit):
        if why is None:
            kept.extend(group)
        elif text := " ".join("".join(piece.text for piece in group).split()):
            omitted.append(Omitted(at=at, text=text, why=why))
    return kept, omitted


def typed_bullet(pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """A bullet that somebody typed as the first character, and the text after it."""
    whole_text = "".join(piece.text for piece in pieces)
    match = _TYPED_BULLET.match(whole_text)
    if match is None:
        return "", pieces
    rest, left = match.end(), []
    for piece in pieces:
        left.append(replace(piece, text=piece.text[rest:]))
        rest = max(rest - len(piece.text), 0)
    return match[1], left


def safe_href(address: str) -> str:
    """The address if a page may link to it, else nothing: the words stay, the link goes."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # «http://[» and the like
        return ""
    whole = parts.netloc if parts.scheme in {"http", "https"} else parts.path
    return address.strip() if parts.scheme in richtext.URL_SCHEMES and whole else ""
