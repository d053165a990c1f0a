"""Which words of the plan an edited file changes, as proposals. Pure."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from . import document as doc
from .edited import Edited, EditedGoal, EditedMeasure, EditedSection, Labelled, Proposal
from .lines import Line, Run, block_html, even_text, inline_html, look, look_of, unstruck
from .lines_html import lines_of, runs_of
from .measure_cells import CELLS, extras_of, label_as_printed, label_as_stored, words_in
from .pairing import visible
from .places import Places

# --- the plan's own facts ---


def facts(base: doc.PlanDocument, edited: Edited) -> Iterator[Proposal]:
    before = {
        "title": base.title,
        "subtitle": base.subtitle,
        "vision": base.vision,
        "period_text": base.period.text,
    }
    for name, old in before.items():
        new = edited.plan.get(name, "")
        if even_text(old) != even_text(new) and not (name == "title" and not new):
            yield Proposal(kind="change", item_kind="plan", field=name, before=old, after=new)
    old_pairs = [(even_text(a.short), even_text(a.long)) for a in base.abbreviations]
    new_pairs = [(even_text(short), even_text(long)) for short, long in edited.abbreviations]
    if base.abbreviations or edited.abbreviations:
        for i, j in _rewritten(old_pairs, new_pairs):
            yield Proposal(
                kind="change",
                item_kind="plan",
                field="abbreviations",
                before="\n".join(f"{short} = {long}" for short, long in i),
                after="\n".join(f"{short} = {long}" for short, long in j),
            )


def _rewritten[T](old: list[T], new: list[T]) -> Iterator[tuple[list[T], list[T]]]:
    """The stretches that differ, one by one where as many went as came."""
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and i_end - i == j_end - j:
            yield from (([a], [b]) for a, b in zip(old[i:i_end], new[j:j_end], strict=True))
        elif tag != "equal":
            yield old[i:i_end], new[j:j_end]


# --- what is still there ---


def changes(base: doc.PlanDocument, found: Places) -> Iterator[Proposal]:
    pairs = found.pairs
    for _depth, section in base.walk_sections():
        if not found.is_gone(section):
            yield from _section(section, pairs.sections.get(section.key) or EditedSection())
        for goal in section.goals:
            if not found.is_gone(goal) and not found.is_headless(goal):
                yield from _goal(goal, pairs.goals.get(goal.key) or EditedGoal())
            for measure in goal.measures:
                if new_measure := pairs.measures.get(measure.key):
                    yield from _measure(measure, new_measure, extras_of(section))


def _section(old: doc.Section, new: EditedSection) -> Iterator[Proposal]:
    about = {"item_kind": "section", "item": old.key}
    if even_text(f"{old.number} {old.heading}") != new.name.whole:
        number, heading = _number_and_heading(old, new.name)
        yield from _text(about, "number", old.number, number)
        yield from _text(about, "heading", old.heading, heading)
    if new.name.text and old.heading.strip() and new.name.struck != old.struck:
        yield _struck(about, old.struck)
    for name in ("adoption_note", "status_text"):
        words = old.adoption_note if name == "adoption_note" else words_in(old, name)
        yield from _text(about, name, words, new.fields.get(name, ""))
    yield from _lines(about, "body", old.body, new.body)
    yield from _lines(about, "after", old.after, new.after)


def _number_and_heading(old: doc.Section, new: Labelled) -> tuple[str, str]:
    """Where the tab between them is lost, a number that stays as it was is known again."""
    if new.label or not old.number or not new.text.startswith(old.number):
        return new.label, new.text
    return old.number, even_text(new.text.removeprefix(old.number))


def _goal(old: doc.Goal, new: EditedGoal) -> Iterator[Proposal]:
    about = {"item_kind": "goal", "item": old.key}
    if visible(old) or new.name.whole:
        yield from _named(about, old, new.name)
    yield from _text(about, "status_text", words_in(old, "status_text"), new.fields.get("status_text", ""))
    yield from _lines(about, "body", old.body, new.body)


def _measure(old: doc.Measure, new: EditedMeasure, extras: list[str]) -> Iterator[Proposal]:
    about = {"item_kind": "measure", "item": old.key}
    yield from _named(about, old, new.name)
    for name in CELLS:
        yield from _text(about, name, words_in(old, name), new.fields.get(name, ""))
    for n, heading in enumerate(extras, 1):
        words = words_in(old, "extra", heading)
        yield from _text(about, f"extra:{heading}", words, extra(new, n, heading))


def extra(measure: EditedMeasure, n: int, heading: str) -> str:
    """The words of one of the source's own columns, known by its number or else by its heading."""
    return measure.fields.get(f"extra{n}") or measure.fields.get(f"extra:{even_text(heading)}", "")


def _named(about: dict[str, Any], old: doc.Goal | doc.Measure, new: Labelled) -> Iterator[Proposal]:
    """Label, text and strike. A label whose tab was lost is known again at the beginning of the text."""
    printed = label_as_printed(old.label)
    label, runs = new.label, new.runs
    if not label and printed and f"{new.text} ".startswith(f"{printed} "):
        label, runs = printed, runs_of(inline_html(runs).replace(inline_html((Run(printed),)), "", 1))
    label = "" if label == "•" and not printed else label
    yield from _text(about, "label", old.label, label_as_stored(label), same=(printed, label))
    before = runs_of(old.html) or runs_of(old.text)
    was = old.struck or Labelled(runs=before).struck
    now = Labelled(runs=runs).struck
    if was != now and before and runs and (old.struck or now):
        yield _struck(about, old.struck)
        was = now = True
    if look(unstruck(before) if was else before) != look(unstruck(runs) if now else runs):
        after = unstruck(runs) if now else runs
        yield Proposal(kind="change", field="html", before=old.html, after=inline_html(after), **about)


def _struck(about: dict[str, Any], before: bool) -> Proposal:
    said = ("1", "") if before else ("", "1")
    return Proposal(kind="change", field="struck", before=said[0], after=said[1], **about)


def _text(
    about: dict[str, Any], name: str, old: str, new: str, same: tuple[str, str] | None = None
) -> Iterator[Proposal]:
    """A change of plain words. `same`: what to compare instead of them."""
    a, b = same or (old, new)
    if even_text(a) != even_text(b):
        yield Proposal(kind="change", field=name, before=old, after=even_text(new), **about)


def _lines(about: dict[str, Any], name: str, html: str, new: list[Line]) -> Iterator[Proposal]:
    """Paragraph by paragraph."""
    old = list(lines_of(html))
    matcher = SequenceMatcher(None, list(map(look_of, old)), list(map(look_of, new)), autojunk=False)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        if tag == "equal":
            continue
        each = tag == "replace" and i_end - i == j_end - j
        for step in range(i_end - i) if each else [None]:
            gone = old[i:i_end] if step is None else [old[i + step]]
            come = new[j:j_end] if step is None else [new[j + step]]
            before = i if step is None else i + step
            yield Proposal(
                kind="change",
                field=name,
                before=block_html(gone),
                after=block_html(come),
                place=block_html(old[before - 1 : before]) if before else "",
                **about,
            )
