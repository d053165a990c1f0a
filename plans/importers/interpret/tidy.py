"""What is no content: page debris, typed contents pages, slides that go on. Each is said in a warning."""

import re
from dataclasses import replace

from helsefellesskap.sentences import later
from plans.importers.interpret.lines import Line
from plans.importers.interpret.notes import Notes

_DEBRIS = re.compile(
    r"^(?:\d{1,3}|[^\w\s]{1,3}|(?:side|s\.|page)\s*\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3})?)$", re.IGNORECASE
)
_CONTENTS = re.compile(
    r"^(?:innhold(?:sfortegnelse|sliste|soversikt)?|innhald(?:sliste|soversikt)?|contents)\s*:?$",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"^.{2,150}?(?:\t|\s*\.{3,}\s*|\s+…+\s*|\s+)(?:s\.?\s*|side\s+)?\d{1,3}\.?$", re.DOTALL)
_CERTAIN_ENTRY = re.compile(r"(?:\t|\.{3,}|…)\s*(?:s\.?\s*|side\s+)?\d{1,3}\.?$|\s(?:s\.|side)\s*\d{1,3}\.?$")
_CONTINUED = re.compile(
    r"[\s(,:–-]+(?:forts\.?|fortsatt|fortsettelse|fortsetter|framhald|frh\.?)\s*\)?\s*:?\s*$", re.IGNORECASE
)
_SAID_DEBRIS = later("Utelatt: «%(words)s». Det ser ut som et sidetall eller et løst tegn.")
_SAID_CONTENTS = later("Utelatt: «%(words)s». Innholdsfortegnelsen lages på nytt.")
_SAID_CONTINUED = later(
    "Utelatt: «%(words)s». Overskriften fortsetter den forrige, så innholdet er slått sammen."
)


def tidied(lines: list[Line], notes: Notes) -> list[Line]:
    """The lines that are content, in order."""
    lines = _without_contents(lines, notes)
    lines = _without_debris(lines, notes)
    lines = _slides_merged(lines, notes)
    return _brackets_joined(lines)


def _without_debris(lines: list[Line], notes: Notes) -> list[Line]:
    kept = []
    for line in lines:
        if line.is_words and _DEBRIS.match(line.text) and not line.footnotes and not line.made_label:
            notes.add(line.at, _SAID_DEBRIS, words=line.text)
        else:
            kept.append(line)
    return kept


def _without_contents(lines: list[Line], notes: Notes) -> list[Line]:
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        end = _contents_end(lines, at)
        if end > at:
            quoted = "», «".join(line.whole for line in lines[at:end])
            notes.add(lines[at].at, _SAID_CONTENTS, words=quoted)
            if end < len(lines) and lines[at].after_gap:
                lines[end] = replace(lines[end], after_gap=True)
            at = end
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _contents_end(lines: list[Line], at: int) -> int:
    """Where a contents page that begins here ends; `at` where none does."""
    if not lines[at].is_words:
        return at
    if _CONTENTS.match(lines[at].text):
        end = _while(lines, at + 1, _ENTRY)
        if end == at + 1:
            end = _repeated_later(lines, at + 1)
        return end if end > at + 1 else at
    end = _while(lines, at, _CERTAIN_ENTRY, search=True)
    return end if end - at >= 3 else at


def _while(lines: list[Line], at: int, pattern: re.Pattern[str], *, search: bool = False) -> int:
    while at < len(lines) and lines[at].kind in {"paragraph", "item"}:
        text = f"{lines[at].text}" if not search else getattr(lines[at].block, "text", "")
        if not (pattern.search(text) if search else pattern.match(text)):
            break
        at += 1
    return at


def _repeated_later(lines: list[Line], at: int) -> int:
    """The end of entries without page numbers: each returns as a line of its own further down."""
    last: dict[str, int] = {}
    for i, line in enumerate(lines):
        last[_bare(line.words)] = i
    end = at
    while (
        end < len(lines) and lines[end].kind in {"paragraph", "item"} and last[_bare(lines[end].words)] > end
    ):
        end += 1
    return end if end - at >= 2 else at


def _bare(text: str) -> str:
    return text.casefold().strip(" .:")


def _slides_merged(lines: list[Line], notes: Notes) -> list[Line]:
    """«Status (forts.)» after «Status» is the same heading: what follows belongs together."""
    kept: list[Line] = []
    title = ""
    for line in lines:
        heads = line.kind == "heading" or (line.is_words and line.after_gap)
        base = _CONTINUED.sub("", line.text) if heads else ""
        if heads and base and base != line.text and _bare(base) == _bare(title):
            notes.add(line.at, _SAID_CONTINUED, words=line.whole)
            continue
        if heads:
            title = base
        kept.append(line)
    return kept


def _brackets_joined(lines: list[Line]) -> list[Line]:
    """A line that begins with «(» under a list item goes on from it."""
    kept: list[Line] = []
    for line in lines:
        goes_on = line.kind in {"paragraph", "item"} and line.text.startswith("(") and not line.label
        if goes_on and kept and kept[-1].kind == "item":
            above = kept[-1]
            notes = (*above.footnotes, *line.footnotes)
            kept[-1] = replace(above, html=f"{above.html}<br>{line.html}", footnotes=notes)
        else:
            kept.append(line)
    return kept
