"""A document with some of its words as they were before: what the log kept, put back in. Pure."""

import json
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import replace
from datetime import date
from typing import Any

from helsefellesskap.richtext import plain

from . import document as doc
from .deadlines import understand
from .importers.interpret.responsible import split
from .importers.interpret.status import value_of

type Named = Callable[[Iterable[str]], tuple[doc.Body, ...]]  # whom of the community these names mean
type Was = Mapping[
    tuple[str, str], str
]  # (key, field) → words as the log keeps them; the plan's own key is empty

_PLAN = ("title", "subtitle", "vision")
_SECTION = ("number", "heading", "body", "after", "adoption_note", "label")


def as_it_was(
    now: doc.PlanDocument, was: Was, without: Set[str] = frozenset(), named: Named | None = None
) -> doc.PlanDocument:
    """The document with these words, and without the rows of these keys.

    What follows from words (a deadline's date, a status' value, who is named as responsible) follows from
    the old ones, unless it was decided by hand. Without `named` nobody is responsible but in words.
    """
    period = was.get(("", "period_text"))
    short = was.get(("", "abbreviations"))
    facts: dict[str, Any] = {name: was[("", name)] for name in _PLAN if ("", name) in was}
    if period is not None:
        facts["period"] = replace(now.period, text=period)
    if short is not None:
        pairs = json.loads(short) if short else []
        facts["abbreviations"] = tuple(doc.Abbreviation(short=a, long=b) for a, b in pairs)
    day = now.period.end or now.period.start
    back = _Back(was, without, named, date.fromisoformat(day).year if day else None)
    return replace(now, sections=back.sections(now.sections), **facts)


class _Back:
    def __init__(self, was: Was, without: Set[str], named: Named | None, year: int | None) -> None:
        self.was = was
        self.without = without
        self.named = named
        self.year = year

    def sections(self, now: tuple[doc.Section, ...]) -> tuple[doc.Section, ...]:
        return tuple(self._section(s) for s in now if s.key not in self.without)

    def _section(self, now: doc.Section) -> doc.Section:
        return replace(
            now,
            **self._words(now, _SECTION),
            **self._common(now),
            goals=tuple(self._goal(g) for g in now.goals if g.key not in self.without),
            sections=self.sections(now.sections),
        )

    def _goal(self, now: doc.Goal) -> doc.Goal:
        words = self._words(now, ("html", "label", "body"))
        measures = tuple(self._measure(m) for m in now.measures if m.key not in self.without)
        text = plain(words["html"]) if "html" in words else now.text
        return replace(now, **words, **self._common(now), text=text, measures=measures)

    def _measure(self, now: doc.Measure) -> doc.Measure:
        words = self._words(now, ("html", "label", "indicator"))
        if "html" in words:
            words["text"] = plain(words["html"])
        if (said := self.was.get((now.key, "responsible_text"))) is not None:
            words["responsible"] = self._responsible(now.responsible, said)
        if (said := self.was.get((now.key, "deadline_text"))) is not None:
            words["deadline"] = self._deadline(now.deadline, said)
        if (said := self.was.get((now.key, "extra"))) is not None:
            words["extra"] = json.loads(said) if said else {}
        return replace(now, **words, **self._common(now))

    def _words(self, now: doc.Section | doc.Goal | doc.Measure, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: self.was[(now.key, name)] for name in names if (now.key, name) in self.was}

    def _common(self, now: doc.Section | doc.Goal | doc.Measure) -> dict[str, Any]:
        words: dict[str, Any] = {}
        if (said := self.was.get((now.key, "status_text"))) is not None:
            words["status"] = _status(now.status, said)
        if (said := self.was.get((now.key, "struck"))) is not None:
            words["struck"] = bool(said)
        return words

    def _deadline(self, now: doc.Deadline | None, said: str) -> doc.Deadline | None:
        day = now.date if now else None
        if now is None or now.date == self._day(now.text):
            day = self._day(said)
        return doc.Deadline(text=said, date=day) if said or day else None

    def _responsible(self, now: doc.Responsible | None, said: str) -> doc.Responsible | None:
        parties = tuple(split(said))
        bodies: tuple[doc.Body, ...] = ()
        if self.named:
            bodies = self.named(parties)
            by_words = {*bodies, *self.named(now.parties)} if now else set()
            bodies += tuple(body for body in now.bodies if body not in by_words) if now else ()
        return doc.Responsible(text=said, parties=parties, bodies=bodies) if said or bodies else None

    def _day(self, words: str) -> str | None:
        day = understand(words, year=self.year).day
        return day.isoformat() if day else None


def _status(now: doc.Status | None, said: str) -> doc.Status | None:
    value = now.value if now else None
    if now is None or now.value == value_of(now.text):
        value = value_of(said)
    return doc.Status(text=said, value=value) if said or value else None
