"""The preview's side of mends: what can be done with each piece, what was done, what was taken out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import document as doc
from .lines import Line, block_html, inline_html
from .mending import Mend, Mended, Piece, Verb, alike, chapters_of, choices, text_of
from .models import Import

_DONE: dict[Verb, Any] = {
    "heading": gettext_lazy("«%(words)s» er nå overskrift"),
    "goal": gettext_lazy("«%(words)s» er nå mål"),
    "measure": gettext_lazy("«%(words)s» er nå tiltak"),
    "text": gettext_lazy("«%(words)s» er nå tekst"),
    "higher": gettext_lazy("«%(words)s» er flyttet ett nivå opp"),
    "deeper": gettext_lazy("«%(words)s» er flyttet ett nivå ned"),
    "join": gettext_lazy("«%(words)s» er slått sammen med det neste"),
    "split": gettext_lazy("«%(words)s» er delt"),
    "out": gettext_lazy("«%(words)s» er tatt ut"),
    "out_below": gettext_lazy("«%(words)s» er tatt ut med det som står under"),
    "back": gettext_lazy("«%(words)s» er tatt med igjen"),
}
# The menu's buttons, in order.
VERBS: dict[Verb, Any] = {
    "heading": gettext_lazy("Overskrift"),
    "goal": gettext_lazy("Mål"),
    "measure": gettext_lazy("Tiltak"),
    "text": gettext_lazy("Tekst"),
    "higher": gettext_lazy("Ett nivå opp"),
    "deeper": gettext_lazy("Ett nivå ned"),
    "join": gettext_lazy("Slå sammen med neste"),
    "split": gettext_lazy("Del i linjer"),
    "out": gettext_lazy("Ikke med i planen"),
    "out_below": gettext_lazy("Ikke med, heller ikke det under"),
}
KINDS = {
    "heading": gettext_lazy("overskrift"),
    "goal": gettext_lazy("mål"),
    "measure": gettext_lazy("tiltak"),
    "text": gettext_lazy("tekst"),
    "figure": gettext_lazy("figur"),
}
_NAME_LENGTH = 50


@dataclass(frozen=True, slots=True)
class Tool:
    """What the button beside a piece tells the one menu that serves them all."""

    key: str
    kind: str
    name: str
    can: str  # verbs, parted by spaces
    alike: int  # how many like it come right after


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text on its own."""

    key: str
    html: str
    mark: str = ""  # of a list item
    level: int = 0


@dataclass(frozen=True, slots=True)
class Mendable:
    """What the page needs beside the document; texts and figures by the key of what they stand in."""

    tools: dict[str, Tool]
    before: dict[str, list[Text]]
    within: dict[str, list[Text]]
    after: dict[str, list[Text]]
    figures: dict[str, list[tuple[str, doc.Figure]]]
    done: list[str]  # a sentence for each mend
    left_out: list[tuple[str, list[str]]]  # the key that brings it back, its texts
    version: int
    op: UUID


def mendable(import_: Import, read: Mended) -> Mendable:
    sections = [section for _depth, section in read.document.walk_sections()]
    page = Mendable(
        tools=_tools(read.shown),
        before={},
        within={},
        after={},
        figures={},
        done=[done(Mend(*c), words) for c, words in zip(import_.mends, read.said, strict=True)],
        left_out=list(read.left_out.items()),
        version=import_.version,
        op=uuid4(),
    )
    for section, chapter in zip(sections, chapters_of(read.shown), strict=True):
        page.before[section.key] = _texts(chapter.texts)
        page.after[section.key] = _texts(chapter.after)
        page.figures[section.key] = [
            (p.key, p.part) for p in chapter.figures if isinstance(p.part, doc.Figure)
        ]
        for goal, group in zip(section.goals, chapter.groups, strict=True):
            page.within[goal.key] = _texts(group.texts)
    return page


def done(mend: Mend, words: str) -> str:
    """«Ringe hverandre» er nå mål."""
    sentence = str(_DONE[mend.verb]) % {"words": _name(words)}
    return sentence + _(", og de neste av samme slag") if mend.alike else sentence


def _name(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(_NAME_LENGTH) or _("uten tekst")


def _tools(shown: Sequence[Piece]) -> dict[str, Tool]:
    pieces = tuple(shown)
    can = choices(pieces)
    return {
        piece.key: Tool(
            key=piece.key,
            kind=piece.kind,
            name=_name(text_of(piece)),
            can=" ".join(can[piece.key]),
            alike=len(alike(pieces, at)),
        )
        for at, piece in enumerate(pieces)
        if piece.key in can
    }


def _texts(pieces: Iterable[Piece]) -> list[Text]:
    return [_text(piece.key, piece.part) for piece in pieces if isinstance(piece.part, Line)]


def _text(key: str, line: Line) -> Text:
    match line.kind:
        case "ul":
            return Text(key, inline_html(line.runs), "•", line.level)
        case "ol":
            return Text(key, inline_html(line.runs), f"{line.label}." if line.label else "–", line.level)
        case "more":
            return Text(key, f"<p>{inline_html(line.runs)}</p>", level=line.level + 1)
    return Text(key, block_html([line]))
