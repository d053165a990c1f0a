"""Lines under their headings: the tree of sections, before goals and measures are read."""

from collections.abc import Sequence
from dataclasses import replace

from plans.document import ReadAs
from plans.importers.interpret import groups
from plans.importers.interpret.drafts import SectionDraft
from plans.importers.interpret.headings import heads_of
from plans.importers.interpret.lines import Line, footnotes_only
from plans.importers.interpret.notes import Notes

_NO_HEADING = 1_000  # below every heading: the first one ends what stands before it


def outline(
    lines: Sequence[Line], read_as: ReadAs, areas: frozenset[int], notes: Notes
) -> list[SectionDraft]:
    """Sections by rank; what stands before the first heading gets a section without one."""
    lines = _groups_as_items(lines)
    heads = {head.at: head for head in heads_of(lines, read_as, areas, notes)}
    top: list[SectionDraft] = []
    open_: list[SectionDraft] = []
    for at, line in enumerate(lines):
        if head := heads.get(at):
            section = SectionDraft(heading=head.line, rank=head.rank)
            while open_ and open_[-1].rank >= head.rank:
                open_.pop()
            (open_[-1].sections if open_ else top).append(section)
            open_.append(section)
            if head.line.footnotes:
                section.lines.append(footnotes_only(head.line))
            continue
        if not open_:
            section = SectionDraft(rank=_NO_HEADING)
            top.append(section)
            open_.append(section)
        open_[-1].lines.append(line)
    return top


def _groups_as_items(lines: Sequence[Line]) -> list[Line]:
    """Patient groups that stand as plain lines or slide titles under their heading are list items."""
    out: list[Line] = []
    under = False
    for at, line in enumerate(lines):
        if line.is_words and groups.speaks_of_groups(line.text) and line.short(120):
            under = True
        elif under and line.is_words and groups.named_by(line.text) and not _has_own_text(lines, at):
            if line.kind != "item":
                line = replace(line, kind="item", level=0, style="")
        else:
            under = False
        out.append(line)
    return out


def _has_own_text(lines: Sequence[Line], at: int) -> bool:
    """Whether a heading that names a group has something else than another group under it."""
    if lines[at].kind != "heading" or at + 1 == len(lines):
        return False
    below = lines[at + 1]
    return not (below.kind == "heading" or (below.is_words and groups.named_by(below.text)))
