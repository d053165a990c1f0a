"""What a piece says, whatever it was read as, and the same words as a piece of another kind."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from helsefellesskap.richtext import from_text, plain
from plans.document import Deadline, Goal, Measure, Section, Status
from plans.importers.blocks import Paragraph
from plans.importers.interpret import groups
from plans.importers.interpret.lines import Line as ReadLine
from plans.importers.interpret.responsible import of_words
from plans.lines import Line, Run, Runs, all_struck, even, inline_html, joined, struck, unstruck
from plans.lines_html import runs_of

Turnable = Literal["heading", "goal", "measure", "text"]
type Part = Section | Goal | Measure | Line

_LONGEST_NUMBER = 20  # what the field for a section's number holds
_ENDED = re.compile(r"[.:;!?][»)]*$")
# What a measure's facts are called where the source's table has no heading for them.
_NAMES = {"responsible": "Ansvarlig", "deadline": "Frist", "status": "Status"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the kinds have in common."""

    label: str = ""
    runs: Runs = ()
    struck: bool = False
    status: Status | None = None
    patient_groups: tuple[str, ...] = ()


def words_of(part: Part) -> Words:
    match part:
        case Section():
            label = " ".join(filter(None, (part.number, part.label)))
            runs = runs_of(from_text(part.heading))
            return Words(label=label, runs=runs, struck=part.struck, status=part.status)
        case Line():
            whole = joined([part])
            wholly = all_struck(whole)
            return Words(label=part.label, runs=unstruck(whole) if wholly else whole, struck=wholly)
        case Goal() | Measure():
            return Words(
                label=part.label,
                runs=runs_of(part.html),
                struck=part.struck,
                status=part.status,
                patient_groups=part.patient_groups,
            )


def part_of(kind: Turnable, key: str, words: Words) -> Part:
    """A new part with these words; what its kind has no field for is told by `notes_of`."""
    if kind == "text":
        runs = even([Run(_printed(words.label)), *words.runs])
        return Line("p", struck(runs) if words.struck else runs)
    words = _labelled(words, kind)
    html = inline_html(words.runs)
    text = plain(html)
    if kind == "heading":
        is_number = words.label[:1].isdigit() and len(words.label) <= _LONGEST_NUMBER
        return Section(
            key=key,
            number=words.label if is_number else "",
            label="" if is_number else words.label,
            heading=text.replace("\n", " "),
            struck=words.struck,
            status=words.status,
        )
    return (Goal if kind == "goal" else Measure)(
        key=key,
        label=words.label,
        html=html,
        text=text,
        struck=words.struck,
        status=words.status,
        patient_groups=words.patient_groups or groups.codes_of([text]),
    )


def with_words(part: Part, words: Words) -> Part:
    """The part with these words, its label and all else as it is; a table becomes a paragraph."""
    match part:
        case Line():
            runs = struck(words.runs) if words.struck else words.runs
            return replace(part, kind="p" if part.kind == "table" else part.kind, runs=runs, rows=())
        case Section():
            heading = plain(inline_html(words.runs)).replace("\n", " ")
            return replace(part, heading=heading, struck=words.struck, status=words.status)
    html = inline_html(words.runs)
    return replace(
        part,
        html=html,
        text=plain(html),
        struck=words.struck,
        status=words.status,
        patient_groups=words.patient_groups,
    )


def _printed(label: str) -> str:
    if not label:
        return ""
    return f"{label} " if any(sign.isdigit() for sign in label) else f"{label}) "


def _labelled(words: Words, kind: Turnable) -> Words:
    """«a) Ringe» is the label «a» and the words «Ringe»."""
    if words.label:
        return words
    html = inline_html(words.runs)
    line = ReadLine(
        "heading" if kind == "heading" else "paragraph", "", Paragraph(at="", text="", html=""), html=html
    )
    if not line.label or len(line.label) > _LONGEST_NUMBER or not line.words:
        return words
    return replace(words, label=line.label, runs=runs_of(line.words_html))


def notes_of(part: Part, kind: Turnable, headings: Mapping[str, str]) -> list[Runs]:
    """What the part says beside its words that this kind has no field for: one line each.

    `headings` are the source's own words for the columns, by what they mean (`plans.headings`).
    """
    named: list[tuple[str, str]] = []
    if isinstance(part, Section) and kind != "heading":
        named.append(("", part.adoption_note))
    if isinstance(part, Measure) and kind != "measure":
        names = _NAMES | dict(headings)
        named.append((names["responsible"], part.responsible.text if part.responsible else ""))
        named.append((names["deadline"], part.deadline.text if part.deadline else ""))
        named += [("Indikator", part.indicator), *part.extra.items()]
    if kind == "text" and not isinstance(part, Line) and part.status and not _says(part, part.status.text):
        named.append((_NAMES["status"], part.status.text))
    return [runs for name, text in named if text.strip() and (runs := _note(name, text))]


def _note(name: str, text: str) -> Runs:
    colon = "" if name.endswith(("?", ":")) or not name else ":"
    return even([Run(f"{name}{colon} "), *runs_of(from_text(text))])


def _says(part: Section | Goal | Measure, text: str) -> bool:
    """Whether the words are in the part's own already, as where a status was read out of a sentence."""
    own = part.heading if isinstance(part, Section) else part.text
    return set(_tokens(text)) <= set(_tokens(own))


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


# --- two as one ---


def put_together(first: Part, second: Part) -> Part:
    """Both as one part of the first one's kind; `notes_of` the second tells what is left over."""
    one, other = words_of(first), words_of(second)
    both_struck = all(w.struck or not w.runs for w in (one, other))
    words = Words(
        label=one.label,
        runs=_glued(_as_seen(one, both_struck), _as_seen(_with_label(other), both_struck)),
        struck=both_struck and (one.struck or other.struck),
        status=_either_status(one.status, other.status),
        patient_groups=tuple(dict.fromkeys(one.patient_groups + other.patient_groups)),
    )
    together = with_words(first, words)
    if isinstance(together, Measure) and isinstance(second, Measure):
        return _with_facts(together, second)
    if isinstance(together, Section) and isinstance(second, Section):
        return replace(together, adoption_note=_both(together.adoption_note, second.adoption_note))
    return together


def _with_label(words: Words) -> Words:
    return replace(words, runs=even([Run(_printed(words.label)), *words.runs]))


def _as_seen(words: Words, both_struck: bool) -> Runs:
    return struck(words.runs) if words.struck and not both_struck else words.runs


def _glued(one: Runs, other: Runs) -> Runs:
    """A sentence goes on after a space; after a full stop the next begins on a line of its own."""
    if not (one and other):
        return one or other
    ended = _ENDED.search("".join(run.text for run in one))
    return even([*one, Run("\n" if ended else " "), *other])


def _both(one: str, other: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, (one, other))))


def _either_status(one: Status | None, other: Status | None) -> Status | None:
    if one is None or other is None:
        return one or other
    return Status(text=_both(one.text, other.text), value=one.value if one.value == other.value else None)


def _with_facts(one: Measure, other: Measure) -> Measure:
    extra = {
        name: _both(one.extra.get(name, ""), other.extra.get(name, ""))
        for name in dict.fromkeys((*one.extra, *other.extra))
    }
    responsible = one.responsible or other.responsible
    if one.responsible and other.responsible and one.responsible != other.responsible:
        responsible = of_words(_both(one.responsible.text, other.responsible.text))
    return replace(
        one,
        responsible=responsible,
        deadline=_either_deadline(one.deadline, other.deadline),
        indicator=_both(one.indicator, other.indicator),
        extra=extra,
    )


def _either_deadline(one: Deadline | None, other: Deadline | None) -> Deadline | None:
    if one is None or other is None:
        return one or other
    return Deadline(text=_both(one.text, other.text), date=one.date if one.date == other.date else None)
