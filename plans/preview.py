"""An import as the preview shows it, in the language in use: blocks with anchors, warnings tied to their
places on both sides.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsefellesskap import national_id
from helsefellesskap.richtext import plain

from . import document as doc
from .importers.interpret.notes import LEFT_OUT
from .mendable import Mendable, mendable
from .mending import Mended, Piece, text_of
from .models import Import
from .source_words import place, thing, warning_said

READINGS = {
    "table": gettext_lazy("Tabeller med mål og tiltak"),
    "bullets": gettext_lazy("Punktlister under mål"),
    "numbered_areas": gettext_lazy("Nummererte områder"),
    "strategy": gettext_lazy("Strategi uten tiltak"),
}
WHY = {
    "deleted": gettext_lazy("Slettet med sporing"),
    "comment": gettext_lazy("Merknad"),
    "hidden": gettext_lazy("Skjult tekst"),
    "contents": gettext_lazy("Innholdsfortegnelse"),
    "notes": gettext_lazy("Foredragsnotat"),
    "header_footer": gettext_lazy("Topptekst eller bunntekst"),
    "author": gettext_lazy("Forfatter"),
    "debris": gettext_lazy("Rester av sideoppsett"),
    "added": gettext_lazy("Føyd til av portalen"),
    "embedded": gettext_lazy("Innebygd innhold"),
}
# A place with more texts than this (a slide) does not tell which of them a warning means.
_FEW = 6


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning, with where it stands in the source and where those words ended up, if known."""

    text: str
    where: str
    source_anchor: str = ""
    plan_key: str = ""
    serious: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    read: Mended
    document: doc.PlanDocument  # with the mends made
    blocks: list[dict[str, Any]]  # as blocks.to_dict gives them; what can be linked to has an `anchor`
    omitted: list[dict[str, str]]
    notices: list[Notice]
    left_out: list[Notice]  # what the interpreter left out, and says so
    goals: int
    measures: int
    mendable: Mendable | None  # until it has become a draft


def preview_of(import_: Import) -> Preview:
    read = import_.read()
    document = read.document
    source = json.loads(import_.source)
    texts = _set_anchors(source["blocks"])
    places = _Places(document, () if import_.plan_id else read.shown)
    left_out = [w for w in document.warnings if w.text.startswith(LEFT_OUT)]
    others = [w for w in document.warnings if not w.text.startswith(LEFT_OUT)]
    return Preview(
        read=read,
        document=document,
        blocks=source["blocks"],
        omitted=[
            o | {"name": str(WHY.get(o["why"], o["why"])), "text": thing(o["text"])}
            for o in source["omitted"]
        ],
        notices=[
            *_identity_numbers(source),
            *_another_community(document, import_),
            *_warnings(others, places, texts),
        ],
        left_out=list(_warnings(left_out, places, texts)),
        goals=sum(1 for _section, goal in document.walk_goals() if goal.text),
        measures=sum(1 for _ in document.walk_measures()),
        mendable=None if import_.plan_id else mendable(import_, read),
    )


def anchor_of(at: str) -> str:
    return f"kilde-{slugify(at)}"


def _set_anchors(blocks: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Gives the first block (or row) of each place its anchor; returns the words of each place."""
    texts: dict[str, list[str]] = {}
    for part in _parts(blocks):
        if part["at"] not in texts:
            texts[part["at"]] = []
            part["anchor"] = anchor_of(part["at"])
        texts[part["at"]] += _words_of(part)
    return texts


def _words_of(part: dict[str, Any]) -> list[str]:
    """The texts of a block; of a row, those of its cells."""
    inner = [block for cell in part.get("cells", ()) for block in cell["blocks"]]
    return [part[name] for name in ("text", "caption") if part.get(name)] + [
        words for block in inner for words in _words_of(block)
    ]


def _parts(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Blocks and table rows in reading order."""
    for block in blocks:
        yield block
        for row in block.get("rows", ()):
            yield row
            for cell in row["cells"]:
                yield from _parts(cell["blocks"])


def _warnings(
    warnings: Iterable[doc.Warning], places: "_Places", texts: Mapping[str, list[str]]
) -> Iterator[Notice]:
    for warning in warnings:
        known = warning.where in texts
        here = texts.get(warning.where, [])
        quoted = sorted(re.findall(r"«([^»]+)»", warning.said), key=len, reverse=True)
        yield Notice(
            text=warning_said(warning),
            where=place(warning.where),
            source_anchor=anchor_of(warning.where) if known else "",
            plan_key=places.find(here if len(here) <= _FEW else []) or places.find(quoted),
        )


def _identity_numbers(source: dict[str, Any]) -> Iterator[Notice]:
    seen = set()
    for part in [*_parts(source["blocks"]), *source["omitted"]]:
        words = "\n".join(
            [*(part.get(n) or "" for n in ("text", "alt", "caption")), *part.get("footnotes", ())]
        )
        if part["at"] not in seen and national_id.find(words):
            seen.add(part["at"])
            yield Notice(
                text=_(
                    "Her står et gyldig fødselsnummer eller D-nummer. Planen kan ikke publiseres med det. "
                    "Se også etter om teksten ellers forteller om enkeltpersoner."
                ),
                where=place(part["at"]),
                source_anchor=anchor_of(part["at"]) if "why" not in part else "",
                serious=True,
            )


def _another_community(document: doc.PlanDocument, import_: Import) -> Iterator[Notice]:
    """A warning where the file names a community of which this one's name has no word."""
    common = {"helsefellesskap", "helsefellesskapet", "helsefelleskapet", "helsefelleskap", "i", "og", "for"}
    named = set(_folded(document.community).split()) - common
    if named and not named & set(_folded(import_.community.name).split()):
        yield Notice(
            text=_("Filen nevner «%(other)s», men er lastet opp i %(here)s.")
            % {"other": document.community, "here": import_.community.name},
            where=_("Hele filen"),
        )


class _Places:
    """Finds where in the document some words of the source ended up."""

    def __init__(self, document: doc.PlanDocument, pieces: Iterable[Piece]) -> None:
        self._names: list[tuple[str, str]] = []
        self._longer: list[tuple[str, str]] = []
        for _section, _goal, measure in document.walk_measures():
            self._add(measure.key, measure.text)
        self._measures = len(self._names)
        for _section, goal in document.walk_goals():
            self._add(goal.key, goal.text, longer=goal.body)
        self._goal_names = {name for name, _key in self._names[self._measures :]}
        for piece in pieces:
            if piece.kind == "text":
                self._add(piece.key, text_of(piece))
        for _depth, section in document.walk_sections():
            self._add(section.key, f"{section.number} {section.heading}", longer=section.body + section.after)
            self._add(section.key, section.heading)

    def _add(self, key: str, text: str, longer: str = "") -> None:
        self._names.append((_folded(text), key))
        self._longer.append((_folded(f"{text} {plain(longer)}"), key))

    def find(self, texts: list[str]) -> str:
        """The key of the text, section, goal or measure that has these words; empty where none has."""
        unlabelled = [re.sub(r"^\s*\w{1,3}[.)]?\s+", "", text) for text in texts]
        words = {f for f in map(_folded, [*texts, *unlabelled]) if f}
        # A table row with a goal and a measure is about the measure, even if that was joined with another.
        return self._find(words - self._goal_names, self._measures) or self._find(words, len(self._names))

    def _find(self, words: set[str], first: int) -> str:
        """Among the first so many: what is called so, else what has the words within."""
        named = (key for name, key in self._names[:first] if name in words)
        within = (
            key for longer, key in self._longer[:first] if any(len(w) > 8 and w in longer for w in words)
        )
        return next(named, "") or next(within, "")


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
