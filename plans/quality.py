"""Quality beside the text: what a careful reader would remark on in a plan. Hints, never refusals.

Pure: a document and the community's own abbreviations in, hints out, in reading order. What a hint is
called and how it is worded stands in the templates' layer; `words` holds the words it is about.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from helsefellesskap.national_id import find
from helsefellesskap.richtext import plain

from .document import Goal, Measure, PlanDocument, Section
from .document import words as every_word

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
# A longer word in capitals is a word that somebody shouts.
_ABBREVIATION = re.compile(r"(?<![\w-])([A-ZÆØÅ]{2,7}(?: [A-ZÆØÅ]{2,7})?)(?![\w])")
# «psykisk helse og rus (PHR)», and the other way about: «PHR (psykisk helse og rus)».
_EXPLAINED = re.compile(
    r"\(([A-ZÆØÅ]{2,7}(?: [A-ZÆØÅ]{2,7})?)\)|(?<![\w-])(([A-ZÆØÅ])[A-ZÆØÅ]{1,6})(?= \((?i:\3)\w+ \w)"
)
_ROMAN = re.compile(r"^[IVX]+$")
# Everything that can be meant for the word; what begins as the word itself does is spelt right.
_MEANT = re.compile(r"\bhelse[\s-]?fell?e?s*[\s-]?s*k?ap\w*", re.IGNORECASE)
_RIGHT = "helsefellesskap"
_VAGUE = re.compile(
    r"^(?:å\s+)?(bidra til|jobbe (?:med|for)|arbeide (?:med|for)|ha (?:et )?(?:økt )?fokus på|fokusere på|"
    r"øke fokus\w*|styrkj?e|vurdere|se på|(?:være|vere) pådriv[ae]r|legg(?:e|je) til rette)\b",
    re.IGNORECASE,
)
# Shares of equal letters from which two measures say the same.
_SAME = 0.9


@dataclass(frozen=True, slots=True)
class Hint:
    """One remark: the check, the item it is about (empty for the whole plan), and the words.

    `other` is the item that says the same, where that is the remark.
    """

    check: str
    key: str
    words: str
    other: str = ""

    @property
    def fingerprint(self) -> str:
        """What a wave-off holds for: the same remark on the same words (an abbreviation's wherever)."""
        key = "" if self.check == "unexplained_abbreviation" else self.key
        return f"{self.check}:{key}:{self.words.casefold()}"[:300]


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
        for text in (section.heading, section.body, section.after, section.adoption_note):
            yield section.key, plain(text)
        for goal in section.goals:
            for text in (goal.html or goal.text, goal.body):
                yield goal.key, plain(text)
            for measure in goal.measures:
                for text in _cells(measure):
                    yield measure.key, text


def _cells(measure: Measure) -> Iterator[str]:
    yield measure.text
    if measure.responsible:
        yield measure.responsible.text
    if measure.deadline:
        yield measure.deadline.text
    if measure.status:
        yield measure.status.text
    yield measure.indicator
    yield from measure.extra.values()


def _national_ids(document: PlanDocument) -> Iterator[Hint]:
    """Also in a text that no row shows (a figure's, the period's): publishing looks everywhere too."""
    found = {number: key for key, text in reversed([*_texts(document)]) for number in find(text)}
    for text in every_word(document):
        for number in find(plain(text)):
            yield Hint("national_id", found.get(number, ""), number)


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
    """In a strategy goals alone are its way."""
    if document.kind == "strategy" and not any(document.walk_measures()):
        return
    for section, goal in document.walk_goals():
        struck = section.struck or goal.struck
        if goal.text and not goal.measures and not goal.body and not struck and not goal.status:
            yield Hint("goal_without_measures", goal.key, goal.text[:80])


def _abbreviations(document: PlanDocument) -> Iterator[Hint]:
    """Each where it stands first, unless the plan's list or some text in the plan explains it."""
    explained = {a.short.casefold() for a in document.abbreviations}
    explained |= {word for short in explained for word in short.split()}
    # A heading in capitals has no abbreviations.
    texts = [(k, t) for k, t in _texts(document) if not (t.isupper() and len(t.split()) > 1)]
    for _key, text in texts:
        explained |= {(match[1] or match[2]).casefold() for match in _EXPLAINED.finditer(text)}
    for key, text in texts:
        for match in _ABBREVIATION.finditer(text):
            short = match[1]
            if short.casefold() in explained:
                continue
            if all(p.casefold() in explained or p in _KNOWN or _ROMAN.match(p) for p in short.split()):
                continue
            explained.add(short.casefold())
            yield Hint("unexplained_abbreviation", key, short)


def _same_measures(document: PlanDocument) -> Iterator[Hint]:
    """Pairs that say the same, with the same numbers: one step of 2026 and one of 2027 are two.

    Only texts of like length and words are compared letter by letter.
    """
    measures = [m for _s, _g, m in _living(document) if m.text]
    texts = [_folded(m.text) for m in measures]
    words = [frozenset(text.split()) for text in texts]
    numbers = [re.findall(r"\d+", text) for text in texts]
    for n, measure in enumerate(measures):
        for other in range(n):
            least = (_SAME * (len(words[n]) + len(words[other])) - 2) / 2
            if min(len(words[n]), len(words[other])) < least or len(words[n] & words[other]) < least:
                continue
            if words[n].isdisjoint(words[other]) or numbers[n] != numbers[other]:
                continue
            if SequenceMatcher(None, texts[other], texts[n], autojunk=False).ratio() >= _SAME:
                yield Hint("same_measure", measure.key, measure.text[:80], other=measures[other].key)
                break


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _misspelt(document: PlanDocument) -> Iterator[Hint]:
    for key, text in _texts(document):
        for match in _MEANT.finditer(text):
            if not match[0].casefold().startswith(_RIGHT):
                yield Hint("spelling", key, match[0])


def _unserved_groups(document: PlanDocument) -> Iterator[Hint]:
    """National patient groups that no measure, nor its goal, is marked with, in a plan that marks any."""
    if document.kind != "action_plan":
        return
    served = {g for _s, goal, m in _living(document) for g in (*goal.patient_groups, *m.patient_groups)}
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


def explanation(short: str, bodies: Iterable[tuple[str, str]]) -> str:
    """What an abbreviation stands for by the community's own bodies (short, name), or nothing."""
    return next((name for known, name in bodies if known.casefold() == short.casefold()), "")
