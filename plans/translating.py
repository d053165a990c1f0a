"""A document beside its translation: which fields have words to translate, and which translations are stale.

Pure functions of a document and of texts. A translation holds for the exact words that it was made from:
it carries their hash, and where the words have changed since, it is stale.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from .document import Abbreviation, Goal, Measure, PlanDocument, Section

type State = Literal["translated", "stale", "missing"]
type PieceKind = Literal["plan", "section", "goal", "measure"]

INLINE_HTML = {"html"}  # fields with markup within a line, and with paragraphs
BLOCK_HTML = {"body", "after"}
LONGEST_NAME = 400  # of a field: a column's heading may be a whole sentence


@dataclass(frozen=True, kw_only=True)
class Translated:
    text: str
    source_sha256: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: the words that hold, and what they are in the other language (empty where missing)."""

    name: str  # «heading», «html», «extra:Kostnad», «alt:0f3a…», «abbreviation:SSU»
    source: str
    text: str
    state: State

    @property
    def rich(self) -> bool:
        return self.name in INLINE_HTML | BLOCK_HTML

    @property
    def shown(self) -> str:
        """What the public reads: the translation of these very words, else the words themselves."""
        return self.text if self.current else self.source

    @property
    def current(self) -> bool:
        return self.state == "translated"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """The plan itself, a section, goal or measure, with the fields of it that have words."""

    kind: PieceKind
    key: str  # the item's; empty for the plan
    level: int  # of a section: 1 outermost
    label: str  # «2.1», «a»
    fields: tuple[Field, ...]
    struck: bool = False


type Texts = Mapping[tuple[str, str], Translated]  # (key, field) → its translation


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def pieces_of(document: PlanDocument, texts: Texts, *, summary: str = "") -> list[Piece]:
    """All that can be translated, in reading order. What has no words of its own is left out.

    `summary` is «Kort sagt», which stands beside the document, not in it.
    """
    return [piece for piece in _pieces(document, texts, summary) if piece.fields]


def of_plan(pieces: list[Piece], name: str) -> Field | None:
    """The plan's own field of this name, where it has words."""
    fields = [field for piece in pieces if piece.kind == "plan" for field in piece.fields]
    return next((field for field in fields if field.name == name), None)


def named_abbreviations(document: PlanDocument) -> Iterator[tuple[str, Abbreviation]]:
    """Each with its field's name; of two for the same letters the second has a number."""
    seen: Counter[str] = Counter()
    for one in document.abbreviations:
        seen[one.short] += 1
        again = f":{seen[one.short]}" if seen[one.short] > 1 else ""
        yield f"abbreviation:{one.short}{again}"[:LONGEST_NAME], one


def named_columns(document: PlanDocument) -> dict[str, str]:
    """The headings of the source's other columns, each once however many tables have it: field → heading."""
    headings = (heading for _s, _g, measure in document.walk_measures() for heading in measure.extra)
    return {f"column:{heading}"[:LONGEST_NAME]: heading for heading in headings}


def count(pieces: list[Piece]) -> dict[State, int]:
    states = [field.state for piece in pieces for field in piece.fields]
    return {
        "translated": states.count("translated"),
        "stale": states.count("stale"),
        "missing": states.count("missing"),
    }


def parts_of(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces as they are translated, a page each: the plan's facts, then each section with its rows."""
    parts: list[list[Piece]] = []
    for piece in pieces:
        if piece.kind in ("plan", "section") or not parts:
            parts.append([])
        parts[-1].append(piece)
    return parts


def state_of(pieces: list[Piece]) -> str:
    """A hash of the words and of their translations: what a form was made from."""
    said = "\0".join(f"{p.key}\1{f.name}\1{f.source}\1{f.text}" for p in pieces for f in p.fields)
    return digest(said)


def _pieces(document: PlanDocument, texts: Texts, summary: str) -> Iterator[Piece]:
    yield Piece(kind="plan", key="", level=0, label="", fields=_fields("", _facts(document, summary), texts))
    for depth, section in document.walk_sections():
        yield Piece(
            kind="section",
            key=section.key,
            level=depth,
            label=section.number or section.label,
            fields=_fields(section.key, _of_section(section), texts),
            struck=section.struck,
        )
        for goal in section.goals:
            words = _fields(goal.key, _of_goal(goal), texts)
            yield Piece(
                kind="goal", key=goal.key, level=0, label=goal.label, fields=words, struck=goal.struck
            )
            for measure in goal.measures:
                yield Piece(
                    kind="measure",
                    key=measure.key,
                    level=0,
                    label=measure.label,
                    fields=_fields(measure.key, _of_measure(measure), texts),
                    struck=measure.struck,
                )


def _fields(key: str, words: Mapping[str, str], texts: Texts) -> tuple[Field, ...]:
    return tuple(_field(name, source, texts.get((key, name))) for name, source in words.items() if source)


def _field(name: str, source: str, translated: Translated | None) -> Field:
    if translated is None:
        return Field(name=name, source=source, text="", state="missing")
    state: State = "translated" if translated.source_sha256 == digest(source) else "stale"
    return Field(name=name, source=source, text=translated.text, state=state)


def _facts(document: PlanDocument, summary: str) -> dict[str, str]:
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "summary": summary,
        "vision": document.vision,
        "period": document.period.text,
        **{name: one.long for name, one in named_abbreviations(document)},
        **named_columns(document),
    }


def _of_section(section: Section) -> dict[str, str]:
    figures = {
        f"{name}:{figure.sha256}": words
        for figure in section.figures
        for name, words in (("caption", figure.caption), ("alt", figure.alt))
    }
    return {
        "heading": section.heading,
        "adoption_note": section.adoption_note,
        "body": section.body,
        **figures,
        "after": section.after,
    }


def _of_goal(goal: Goal) -> dict[str, str]:
    return {"html": goal.html or goal.text, "body": goal.body}


def _of_measure(measure: Measure) -> dict[str, str]:
    return {
        "html": measure.html or measure.text,
        "responsible": measure.responsible.text if measure.responsible else "",
        "deadline": measure.deadline.text if measure.deadline else "",
        "indicator": measure.indicator,
        **{f"extra:{heading}"[:LONGEST_NAME]: words for heading, words in measure.extra.items()},
    }
