"""The text that a file was made from: a frozen version, or the draft as it was after an edit."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from helsefellesskap.richtext import plain

from . import document as doc
from .edited import Edited
from .labels import running
from .models import Edit, Plan, Revision
from .snapshot import document_of
from .word_identity import Origin
from .word_marks import ident_of

type Was = Mapping[tuple[str, str], str]  # (key, field) → words; the plan's own key is empty

_PLAN = ("title", "subtitle", "vision")
_SECTION = ("number", "heading", "body", "after", "adoption_note", "label")


def base_of(plan: Plan, origin: Origin | None) -> tuple[doc.PlanDocument, set[str]]:
    """The text that went out, and the keys of what was moved or taken out of the draft since.

    What was added since is no part of it. Without an origin, the draft as it is.
    """
    if origin and origin.revision:
        revision = Revision.objects.filter(plan=plan, number=origin.revision).first()
        if revision is not None:
            return revision.load(), set()
    now = document_of(plan)
    if origin is None or origin.edit is None:
        return now, set()
    was: dict[tuple[str, str], str] = {}
    added: set[str] = set()
    deleted: set[str] = set()
    touched: set[str] = set()
    for edit in Edit.objects.filter(plan=plan, pk__gt=origin.edit).order_by("pk"):
        key = str(edit.item_id or "")
        if edit.field == "added" and key not in deleted:  # else a deletion was taken back
            added.add(key)
        elif edit.field == "deleted":
            deleted.add(key)
            touched.add(key)
        elif edit.field in ("added", "place"):
            touched.add(key)
        else:
            was.setdefault((key, edit.field), edit.before)
    return _as_it_was(now, was, added), touched


def letters_that_ran(plan: Plan, origin: Origin | None) -> set[str]:
    """The measures whose letters follow their place, where rows came, moved or went since the file was made.

    Their letters in the file tell how the table was then, and nothing that somebody wrote.
    """
    since = Edit.objects.filter(plan=plan, pk__gt=origin.edit) if origin and origin.edit is not None else None
    if since is None or not since.filter(field__in=("added", "deleted", "place")).exists():
        return set()
    return {
        measure.key
        for _depth, section in document_of(plan).walk_sections()
        if running([[measure.label for measure in goal.measures] for goal in section.goals])
        for goal in section.goals
        for measure in goal.measures
    }


def without_deleted(edited: Edited, base: doc.PlanDocument, touched: set[str]) -> None:
    """Leaves out of the file what was deleted in the portal after it was made."""
    there = {measure.key for _s, _g, measure in base.walk_measures()}
    there |= {goal.key for _s, goal in base.walk_goals()} | {s.key for _d, s in base.walk_sections()}
    gone = {ident_of(key) for key in touched - there}
    edited.sections = [section for section in edited.sections if section.ident not in gone]
    for section in edited.sections:
        section.goals = [goal for goal in section.goals if goal.ident not in gone]
        for goal in section.goals:
            goal.measures = [measure for measure in goal.measures if measure.ident not in gone]


def _as_it_was(now: doc.PlanDocument, was: Was, added: set[str]) -> doc.PlanDocument:
    period = was.get(("", "period_text"))
    short = was.get(("", "abbreviations"))
    facts: dict[str, Any] = {name: was[("", name)] for name in _PLAN if ("", name) in was}
    if period is not None:
        facts["period"] = replace(now.period, text=period)
    if short is not None:
        pairs = json.loads(short) if short else []
        facts["abbreviations"] = tuple(doc.Abbreviation(short=s, long=l) for s, l in pairs)  # noqa: E741
    sections = tuple(_section(s, was, added) for s in now.sections if s.key not in added)
    return replace(now, sections=sections, **facts)


def _section(now: doc.Section, was: Was, added: set[str]) -> doc.Section:
    return replace(
        now,
        **_words(now, was, _SECTION),
        **_common(now, was),
        goals=tuple(_goal(g, was, added) for g in now.goals if g.key not in added),
        sections=tuple(_section(s, was, added) for s in now.sections if s.key not in added),
    )


def _goal(now: doc.Goal, was: Was, added: set[str]) -> doc.Goal:
    words = _words(now, was, ("html", "label", "body"))
    measures = tuple(_measure(m, was) for m in now.measures if m.key not in added)
    text = plain(words["html"]) if "html" in words else now.text
    return replace(now, **words, **_common(now, was), text=text, measures=measures)


def _measure(now: doc.Measure, was: Was) -> doc.Measure:
    words = _words(now, was, ("html", "label", "indicator"))
    if "html" in words:
        words["text"] = plain(words["html"])
    if (said := was.get((now.key, "responsible_text"))) is not None:
        words["responsible"] = doc.Responsible(text=said) if said else None
    if (said := was.get((now.key, "deadline_text"))) is not None:
        words["deadline"] = doc.Deadline(text=said) if said else None
    if (said := was.get((now.key, "extra"))) is not None:
        words["extra"] = json.loads(said) if said else {}
    return replace(now, **words, **_common(now, was))


def _words(now: doc.Section | doc.Goal | doc.Measure, was: Was, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: was[(now.key, name)] for name in names if (now.key, name) in was}


def _common(now: doc.Section | doc.Goal | doc.Measure, was: Was) -> dict[str, Any]:
    words: dict[str, Any] = {}
    if (said := was.get((now.key, "status_text"))) is not None:
        words["status"] = doc.Status(text=said) if said else None
    if (said := was.get((now.key, "struck"))) is not None:
        words["struck"] = bool(said)
    return words
