"""Quality beside the text: what a careful reader would remark on in a plan. Hints, never refusals.

Pure: a document and the community's own abbreviations in, hints out, in reading order. What a hint is
called and how it is worded stands in the templates' layer; `words` holds the words it is about.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from helsefellesskap.national_id import find
from helsefellesskap.richtext import plain

from .document import Goal, Measure, PlanDocument, Section

ALWAYS = (
    "national_id",
    "no_responsible",
    "goal_without_measures",
    "unexplained_abbreviation",
    "same_measure",
    "spelling",
    "unserved_group",
)
# A community turns these on for itself.
ON_REQUEST = ("no_deadline", "vague_verb")
CHECKS = (*ALWAYS, *ON_REQUEST)

NATIONAL_GROUPS = ("children_youth", "mental_health_substance", "frail_elderly", "multiple_chronic")

# Known to every reader, or no abbreviation at all in capitals.
_KNOWN = frozenset(["HF", "KS", "AS", "IKT", "IT", "EU", "FN", "NAV", "PC", "TV", "PDF", "SMS", "OK", "DNA"])
_ABBREVIATION = re.compile(r"(?<![\w-])([A-ZÆØÅ]{2,}(?: [A-ZÆØÅ]{2,})?)(?![\w])")
_ROMAN = re.compile(r"^[IVX]+$")
_MISSPELT = re.compile(
    r"\bhelse\s?felle(?!sskap)s*\s?sk?ap\w*|\bhelse fellesskap\w*|\bhelsefelles-skap\w*", re.IGNORECASE
)
_VAGUE = re.compile(
    r"^(?:å\s+)?(bidra til|jobbe (?:med|for)|arbeide (?:med|for)|ha (?:et )?(?:økt )?fokus på|fokusere på|"
    r"øke fokus\w*|styrke|vurdere|se på|være pådriver|legge til rette)\b",
    re.IGNORECASE,
)
# Shares of equal letters from which two measures say the same.
_SAME = 0.9


@dataclass(frozen=True, slots=True)
class Hint:
    """One remark: the check, the item it is about (empty for the whole plan), and the words."""

    check: str
    key: str
    words: str

    @property
    def fingerprint(self) -> str:
        """What a wave-off holds for: the same remark on the same words."""
        return f"{self.check}:{self.key}:{self.words.casefold()}"[:300]


def hints(document: PlanDocument, *, also: Collection[str] = ()) -> list[Hint]:
    """Every hint, in the order of CHECKS and then of the text; `also` names those of ON_REQUEST."""
    found = [
        *_national_ids(document),
        *_measures(document),
        *_goals_without_measures(document),
        *_abbreviations(document),
        *_same_measures(document),
        *_misspelt(document),
        *_unserved_groups(document),
        *(_no_deadlines(document) if "no_deadline" in also else ()),
        *(_vague(document) if "vague_verb" in also else ()),
    ]
    return sorted(dict.fromkeys(found), key=lambda hint: CHECKS.index(hint.check))


def _texts(document: PlanDocument) -> Iterator[tuple[str, str]]:
    """(key, plain words) of every text that people wrote, the plan's own under the empty key."""
    for text in (document.title, document.subtitle, document.vision):
        yield "", text
    for _depth, section in document.walk_sections():
        yield section.key, section.heading
        yield section.key, plain(section.body)
        yield section.key, plain(section.after)
        for goal in section.goals:
            yield goal.key, goal.text
            yield goal.key, plain(goal.body)
            for measure in goal.measures:
                yield measure.key, measure.text
                yield measure.key, measure.indicator
                for words in measure.extra.values():
                    yield measure.key, words
                if measure.responsible:
                    yield measure.key, measure.responsible.text


def _national_ids(document: PlanDocument) -> Iterator[Hint]:
    for key, text in _texts(document):
        for number in find(text):
            yield Hint("national_id", key, number)


def _measures(document: PlanDocument) -> Iterator[Hint]:
    """Measures that nobody is responsible for; in a plan that names nobody anywhere it is its way."""
    measures = list(_living(document))
    if any(m.responsible for _s, _g, m in measures) or document.read_as == "table":
        for _section, _goal, measure in measures:
            if measure.text and not measure.responsible:
                yield Hint("no_responsible", measure.key, measure.text[:80])


def _living(document: PlanDocument) -> Iterator[tuple[Section, Goal, Measure]]:
    """Measures that are neither struck out nor dropped, nor under a goal that is."""
    for section, goal, measure in document.walk_measures():
        dropped = measure.status is not None and measure.status.value == "dropped"
        if not (dropped or section.struck or goal.struck or measure.struck):
            yield section, goal, measure


def _goals_without_measures(document: PlanDocument) -> Iterator[Hint]:
    for _section, goal in document.walk_goals():
        if goal.text and not goal.measures and not goal.body and not goal.struck and not goal.status:
            yield Hint("goal_without_measures", goal.key, goal.text[:80])


def _abbreviations(document: PlanDocument) -> Iterator[Hint]:
    explained = {a.short.casefold() for a in document.abbreviations}
    explained |= {word.casefold() for a in document.abbreviations for word in a.short.split()}
    seen: set[str] = set()
    for key, text in _texts(document):
        if text.isupper() and len(text.split()) > 1:
            continue  # a heading in capitals
        for match in _ABBREVIATION.finditer(text):
            short = match[1]
            parts = short.split()
            if short.casefold() in explained or short in seen:
                continue
            if all(p.casefold() in explained or p in _KNOWN or _ROMAN.match(p) for p in parts):
                continue
            if f"({short})" in text:  # explained where it stands
                explained.add(short.casefold())
                continue
            seen.add(short)
            yield Hint("unexplained_abbreviation", key, short)


def _same_measures(document: PlanDocument) -> Iterator[Hint]:
    """Pairs that say the same. Only texts of like length and words are compared letter by letter."""
    measures = [(m.key, _folded(m.text)) for _s, _g, m in _living(document) if m.text]
    words = [Counter(text.split()) for _key, text in measures]
    for n, (key, text) in enumerate(measures):
        for other in range(n):
            common = (words[n] & words[other]).total()
            if 2 * common < _SAME * (words[n].total() + words[other].total()) - 2 or not common:
                continue
            if SequenceMatcher(None, measures[other][1], text, autojunk=False).ratio() >= _SAME:
                yield Hint("same_measure", key, text[:80])
                break


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _misspelt(document: PlanDocument) -> Iterator[Hint]:
    for key, text in _texts(document):
        for match in _MISSPELT.finditer(text):
            yield Hint("spelling", key, match[0])


def _unserved_groups(document: PlanDocument) -> Iterator[Hint]:
    """National patient groups that no goal or measure is marked with, in a plan that marks any."""
    if document.kind != "action_plan":
        return
    served = {g for _s, goal in document.walk_goals() for g in goal.patient_groups}
    served |= {g for _s, _g, measure in document.walk_measures() for g in measure.patient_groups}
    if served:
        for group in NATIONAL_GROUPS:
            if group not in served:
                yield Hint("unserved_group", "", group)


def _no_deadlines(document: PlanDocument) -> Iterator[Hint]:
    for _section, _goal, measure in _living(document):
        if measure.text and not measure.deadline:
            yield Hint("no_deadline", measure.key, measure.text[:80])


def _vague(document: PlanDocument) -> Iterator[Hint]:
    for _section, _goal, measure in _living(document):
        if match := _VAGUE.match(measure.text.strip()):
            yield Hint("vague_verb", measure.key, match[1])


def explanation(short: str, committees: Mapping[str, str]) -> str:
    """What an abbreviation stands for by the community's own committees, empty where none has it."""
    return next((name for abbr, name in committees.items() if abbr.casefold() == short.casefold()), "")
