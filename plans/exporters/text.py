"""The plan as plain text: UTF-8, lines of at most 72 signs, every label, responsible and status in words."""

import textwrap
from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from helsefellesskap.languages import speaking
from plans.document import Goal, Measure, PlanDocument, Section
from plans.headings import source_headings
from plans.lines import Line, Runs, even_text
from plans.lines_html import lines_of, runs_of
from plans.templatetags.documents import long_date, patient_group

from .columns import columns_of, status_words
from .facts import AdoptionFacts, DecisionFacts
from .translated import said

TEXT_TYPE = "text/plain; charset=utf-8"
WIDTH = 72  # a word that is longer stands whole on a line of its own
_RULES = "=-"  # under headings of the first and the second level


def to_text(document: PlanDocument, facts: AdoptionFacts) -> bytes:
    """The whole document, in its own language. Paragraphs are parted by a blank line."""
    with speaking(document.language, facts.form):
        blocks = [*_front(document, facts)]
        for depth, section in document.walk_sections():
            blocks += _section(document, section, depth)
        blocks += _back(document, facts)
    return ("\n\n".join(blocks) + "\n").encode()


def _front(document: PlanDocument, facts: AdoptionFacts) -> Iterator[str]:
    yield _wrapped(even_text(document.title) or facts.community)
    if document.subtitle.strip():
        yield _wrapped(document.subtitle)
    if document.vision.strip():
        yield _wrapped(f"«{even_text(document.vision).strip('«»“”')}»", "  ")
    yield "\n".join(_said(facts))
    if facts.translation:
        yield "\n".join([*map(_wrapped, said(facts)), facts.translation.source_address])
    if contents := [s for _d, s in document.walk_sections() if _d < 3 and _title(s)]:
        lines = (_wrapped(_title(section), "  ", hang=4) for section in contents)
        yield "\n".join([_("Innhold"), *lines])


def _said(facts: AdoptionFacts) -> Iterator[str]:
    """Where the plan stands, in lines."""
    states = {
        "adopted": _("Vedtatt"),
        "provisional": _("Foreløpig vedtatt"),
        "received": _("Publisert som mottatt. Vedtaksopplysninger mangler."),
        "draft": _("Utkast"),
    }
    yield _wrapped(facts.community)
    yield states[facts.state]
    if facts.in_force_from:
        yield _("Gjelder fra %(day)s") % {"day": long_date(facts.in_force_from)}
    if facts.version:
        yield _("Versjon %(number)s") % {"number": facts.version}


def _section(document: PlanDocument, section: Section, depth: int) -> Iterator[str]:
    if title := _title(section):
        title = _wrapped(title + (f" ({_('strøket')})" if section.struck else ""))
        rule = _RULES[depth - 1 : depth] * max(map(len, title.split("\n")))
        yield f"\n{title}\n{rule}".rstrip()
    if section.adoption_note.strip():
        yield _wrapped(section.adoption_note)
    if words := status_words(section.status):
        yield _wrapped(f"{_('Status')}: {words}")
    yield from _rich(section.body)
    for figure in section.figures:
        told = ". ".join(w for w in map(even_text, (figure.alt, figure.caption)) if w)
        yield _wrapped(f"[{_('Figur')}: {told or _('Figur uten beskrivelse')}]")
    for goal in section.goals:
        yield from _goal(document, section, goal)
    yield from _rich(section.after)


def _goal(document: PlanDocument, section: Section, goal: Goal) -> Iterator[str]:
    word = source_headings(section).get("goal", "") or _("Mål")
    if words := _words(goal.html, goal.text, goal.struck):
        label = f"{_label(goal.label)} " if goal.label else ""
        yield _wrapped(f"{even_text(word)}: {label}{words}", hang=2)
    if status := status_words(goal.status):
        yield _wrapped(f"{_('Status')}: {status}", "  ")
    if goal.patient_groups:
        yield _wrapped(f"{_('Pasientgrupper')}: {_groups(goal.patient_groups)}", "  ")
    yield from (textwrap.indent(block, "  ") for block in _rich(goal.body, WIDTH - 2))
    columns = columns_of(section, document)
    for measure in goal.measures:
        label = f"{_label(measure.label)} " if measure.label else "- "
        lines = [_wrapped(label + _words(measure.html, measure.text, measure.struck), "  ", len(label))]
        pairs = [(c.heading, cell) for c, cell in zip(columns.shown[1:], columns.cells(measure), strict=True)]
        told = [(heading, ", ".join(filter(None, [cell.words, cell.names]))) for heading, cell in pairs]
        told += columns.more(measure)
        told += _also(measure)
        within = " " * (2 + len(label))
        lines += [
            _wrapped(f"{even_text(heading)}: {even_text(words)}", within, 2)
            for heading, words in told
            if words
        ]
        yield "\n".join(lines)


def _also(measure: Measure) -> list[tuple[str, str]]:
    return [(_("Pasientgrupper"), _groups(measure.patient_groups))] if measure.patient_groups else []


def _back(document: PlanDocument, facts: AdoptionFacts) -> Iterator[str]:
    if document.abbreviations:
        short = (_wrapped(f"{a.short}: {a.long}", "  ", 2) for a in document.abbreviations)
        yield "\n".join([f"\n{_('Forkortelser')}", *short])
    lines: list[str] = []
    if facts.published_from:
        lines.append(_("Publisert %(day)s") % {"day": long_date(facts.published_from)})
    if facts.supersedes:
        lines.append(_wrapped(f"{_('Erstatter')}: {facts.supersedes}", hang=2))
    for heading, words in (
        (_("Fast adresse"), facts.address),
        (_("Kontroller filen"), facts.check_address),
        ("SHA-256", facts.sha256),
    ):
        if words:
            lines.append(_wrapped(f"{heading}: {words}", hang=2))
    if facts.decisions or lines:
        yield f"\n{_('Om dokumentet')}"
        yield from (_wrapped(". ".join(_decided(decision))) for decision in facts.decisions)
    if lines:
        yield "\n".join(lines)


def _decided(decision: DecisionFacts) -> Iterator[str]:
    yield " ".join(filter(None, [decision.committee, decision.verb, long_date(decision.meeting_date)]))
    if decision.case_number:
        point = f", {_('punkt')} {decision.point}" if decision.point else ""
        yield f"{_('Sak')} {decision.case_number}{point}"
    if decision.wording:
        yield f"«{even_text(decision.wording)}»"
    if decision.provisional_until:
        yield f"{_('Foreløpig, til')} {decision.provisional_until}"
    if decision.registered_afterwards:
        yield _("Registrert i ettertid")


# --- words ---


def _title(section: Section) -> str:
    return even_text(f"{section.number or section.label} {section.heading}")


def _label(label: str) -> str:
    """«a» → «a)»; what already ends in a sign stays as it was written."""
    return f"{label})" if label[-1:].isalnum() else label


def _groups(keys: tuple[str, ...]) -> str:
    return "; ".join(patient_group(key) for key in keys)


def _words(html: str, text: str, struck: bool) -> str:
    words = _plain(runs_of(html)) if html else even_text(text)
    return f"{words} ({_('strøket')})" if struck and words and _("strøket") not in words else words


def _plain(runs: Runs) -> str:
    """Runs as words: what is struck out says so, and a link is followed by its address."""
    parts = []
    for (struck, href), group in groupby(runs, key=lambda run: ("s" in run.marks, run.href)):
        words = "".join(run.text for run in group)
        parts.append(words.rstrip() if struck else words)
        if href and words.strip() not in (href, href.removeprefix("mailto:")):
            parts.append(f" <{href}>")
        if struck and words.strip():
            parts.append(f" ({_('strøket')}){words[len(words.rstrip()) :]}")
    return "".join(parts)


def _rich(html: str, width: int = WIDTH) -> Iterator[str]:
    """Block HTML as wrapped blocks; the items of one list stand together."""
    for is_list, lines in groupby(lines_of(html), key=lambda line: line.kind in ("ul", "ol", "more")):
        blocks = [_block(line, width) for line in lines]
        yield from ["\n".join(blocks)] if is_list else blocks


def _block(line: Line, width: int) -> str:
    words = _plain(line.runs)
    match line.kind:
        case "ul" | "ol":
            mark = f"{_label(line.label)} " if line.kind == "ol" and line.label else "- "
            return _wrapped(mark + words, "  " * (line.level + 1), len(mark), width=width)
        case "more":
            return _wrapped(words, "  " * (line.level + 2), width=width)
        case "quote":
            return _wrapped(words, "  > ", width=width)
        case "table":
            rows = (" | ".join(_cell(cell.lines) for cell in row) for row in line.rows)
            return "\n".join(_wrapped(row, "", 4, width=width) for row in rows)
    return _wrapped(words, width=width)


def _cell(lines: tuple[Line, ...]) -> str:
    return even_text(" ".join(_plain(line.runs) for line in lines).replace("\n", " "))


def _wrapped(words: str, lead: str = "", hang: int = 0, *, width: int = WIDTH) -> str:
    """The words in lines that begin with `lead`; all but the first are `hang` signs further in."""
    made: list[str] = []
    for place, line in enumerate(words.strip().split("\n")):
        first = lead if not place else lead + " " * hang
        wrapped = textwrap.wrap(
            " ".join(line.split()),
            width,
            initial_indent=first,
            subsequent_indent=lead + " " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        made += wrapped or [""]
    return "\n".join(made)
