"""A plan as a document: plain, typed, immutable. Everything else is a function to or from it.

Importers produce it, drafts convert to it (`snapshot/`), revisions store its canonical bytes, and
the public page, the PDF, the API and comparisons read it. No Django here.

Texts are verbatim. `html` and `body` hold the safe subset of `helsefellesskap.richtext`; `text` is
its plain reading. `key` names a section, goal or measure within one document; in a document made
from a draft it is the Item's UUID, so it stays the same across revisions.
Dates are ISO strings (`2023-01-31`) or None. `docs/plan-document.schema.json` is the same in JSON Schema.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, partial
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from helsefellesskap.sentences import filled

SCHEMA_VERSION = 1

# How many levels of sections people make: as many as a Word file has headings for. A file may bring more.
DEEPEST = 4

Kind = Literal["action_plan", "strategy"]
ReadAs = Literal["table", "bullets", "numbered_areas", "strategy"]
StatusValue = Literal[
    "not_started", "planned", "ongoing", "continuous", "completed", "postponed", "dropped", "carried_over"
]
CaseFieldKey = Literal["number", "organ", "case_worker", "document_date", "meeting_date", "reference"]
CasePartKind = Literal["recommendation", "background", "presentation", "conclusion", "other"]
BodyKind = Literal["committee", "partner", "role"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A committee, partner or role that a responsible name was linked to, as it was called then."""

    kind: BodyKind
    key: str  # the slug of its public address
    name: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    text: str  # the words as written
    parties: tuple[str, ...] = ()  # the names as split, recognised or not
    bodies: tuple[Body, ...] = ()  # those that were recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    text: str
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    text: str
    value: StatusValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    key: str
    label: str = ""  # without bracket: «a», never «a)»
    text: str = ""
    html: str = ""
    responsible: Responsible | None = None
    deadline: Deadline | None = None
    status: Status | None = None
    indicator: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)  # the source's other columns: heading → words
    patient_groups: tuple[str, ...] = ()
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    key: str
    text: str = ""
    html: str = ""
    body: str = ""
    label: str = ""
    status: Status | None = None
    struck: bool = False
    patient_groups: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture in a section. The bytes lie in a StoredFile of this SHA-256."""

    sha256: str
    media_type: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    key: str
    number: str = ""  # as printed: «2.1»
    heading: str = ""
    body: str = ""  # before its goals
    after: str = ""  # after its goals
    label: str = ""
    status: Status | None = None
    struck: bool = False
    adoption_note: str = ""  # «vedtatt i ASU 14.06.2023»
    columns: tuple[str, ...] = ()  # the source table's headings
    figures: tuple[Figure, ...] = ()
    goals: tuple[Goal, ...] = ()
    sections: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    text: str = ""  # the printed sentence
    start: str | None = None
    end: str | None = None
    end_event: str = ""  # «partnerskapsmøtet 2022»


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    short: str
    long: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseField:
    key: CaseFieldKey
    label: str
    text: str
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    kind: CasePartKind
    heading: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The saksframlegg that a plan came in: header fields, then parts."""

    title: str = ""
    fields: tuple[CaseField, ...] = ()
    attachments: tuple[str, ...] = ()
    parts: tuple[CasePart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """What the importer is in doubt about or left out: a sentence whose facts stand apart, so that it can be
    said in the reader's language (`helsefellesskap.sentences`). Older ones have their facts in `text`.
    """

    where: str  # place in the source, in words: «avsnitt 12», «lysbilde 4», «linje 30»
    text: str  # bokmål, with %(name)s for each fact
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """The sentence in bokmål, with its facts."""
        return filled(self.text, self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    schema_version: int = SCHEMA_VERSION
    kind: Kind = "action_plan"
    read_as: ReadAs = "table"
    language: str = "nb"
    title: str = ""
    subtitle: str = ""
    vision: str = ""
    community: str = ""  # the name as read
    period: Period = field(default_factory=Period)
    abbreviations: tuple[Abbreviation, ...] = ()
    sections: tuple[Section, ...] = ()
    case: Case | None = None
    warnings: tuple[Warning, ...] = ()

    def walk_sections(self) -> Iterator[tuple[int, Section]]:
        """Every section in reading order, with its depth from 1."""
        return _walk(self.sections, 1)

    def walk_goals(self) -> Iterator[tuple[Section, Goal]]:
        for _, section in self.walk_sections():
            for goal in section.goals:
                yield section, goal

    def walk_measures(self) -> Iterator[tuple[Section, Goal, Measure]]:
        for section, goal in self.walk_goals():
            for measure in goal.measures:
                yield section, goal, measure


def _walk(sections: tuple[Section, ...], depth: int) -> Iterator[tuple[int, Section]]:
    for section in sections:
        yield depth, section
        yield from _walk(section.sections, depth + 1)


def words_hash(goal: Goal, measure: Measure) -> str:
    """SHA-256 of the words that a stance is given on: goal, measure, responsible, deadline, strike."""
    words = [
        goal.html,
        measure.html,
        measure.responsible.text if measure.responsible else "",
        measure.deadline.text if measure.deadline else "",
        goal.struck or measure.struck,
    ]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


# --- to and from JSON ---


def to_dict(document: PlanDocument) -> dict[str, Any]:
    """The document as plain JSON values, every key present."""
    plain: dict[str, Any] = _plain(document)
    return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    return value


def from_dict(data: Mapping[str, Any]) -> PlanDocument:
    """The document of these JSON values. Raises ValueError where a key or a shape is unknown."""
    document: PlanDocument = _object(PlanDocument, data)
    return document


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What reads a value of this type. Made once for each type: a long plan has ten thousand values, and to
    look at the type for each takes twice as long as all the rest.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        inner = next(k for k in get_args(kind) if k is not type(None))
        return lambda value: None if value is None else _reader(inner)(value)
    if origin is tuple:
        inner = get_args(kind)[0]  # read when it is needed: a section holds sections
        return lambda value: tuple(map(_reader(inner), value))
    if origin is Literal:
        return partial(_one_of, get_args(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        return partial(_object, kind)
    if origin is Mapping or kind is Mapping:
        return dict
    return partial(_plain_value, kind)


@cache
def _readers(kind: type) -> dict[str, Callable[[Any], Any]]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


def _object(kind: type, value: Any) -> Any:
    readers = _readers(kind)
    if not isinstance(value, Mapping):
        raise ValueError(f"{value!r} is not {kind.__name__}")
    if unknown := value.keys() - readers.keys():
        raise ValueError(f"{kind.__name__} does not take {unknown}")
    return kind(**{name: readers[name](one) for name, one in value.items()})


def _one_of(values: tuple[Any, ...], value: Any) -> Any:
    if value not in values:
        raise ValueError(f"{value!r} is none of {values}")
    return value


def _plain_value(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"{value!r} is not {kind.__name__}")
    return value


def canonical(document: PlanDocument) -> str:
    """The one text form that is stored and hashed: sorted keys, UTF-8, no spaces, one line."""
    return json.dumps(to_dict(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def load(text: str) -> PlanDocument:
    """The document of stored canonical text; older schema versions are brought up to date in memory."""
    data = json.loads(text)
    if data.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(f"Unknown schema_version {data.get('schema_version')!r}")
    return from_dict(data)


# Fields whose values name or point, and are no words of the plan.
_NO_WORDS = {"key", "sha256", "media_type", "kind", "read_as", "language", "value", "patient_groups"}


def words(document: PlanDocument) -> Iterator[str]:
    """Every text of the document as stored (some hold HTML), whatever field it stands in."""
    return _words(to_dict(document))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NO_WORDS:
                yield from _words(part)
