"""What stands before and after the chapters of the Word file: title, contents, abbreviations, facts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from plans.document import PlanDocument
from plans.lines import even_text
from plans.word_marks import name_of

from .columns import long_date
from .facts import AdoptionFacts
from .translated import said
from .word_styles import TEXT_WIDTH
from .word_text import TextWriter, element, field

type Element = Any

_IN_CONTENTS = 3  # levels of headings


class Front:
    """`anchors` numbers the sections (by identity), for the contents list to point at."""

    def __init__(
        self,
        writer: TextWriter,
        document: PlanDocument,
        facts: AdoptionFacts,
        anchors: Mapping[int, int],
    ) -> None:
        self._writer = writer
        self._document = document
        self._facts = facts
        self._anchors = anchors

    def cover(self) -> Iterator[Element]:
        write, plan, facts = self._writer, self._document, self._facts
        for style, name, text in (("Title", "title", plan.title), ("Subtitle", "subtitle", plan.subtitle)):
            if text.strip():
                yield write.paragraph(style, *write.text(text), marks=[name_of("plan", name, "plan")])
        yield self._fact(facts.community)
        if plan.period.text.strip():
            mark = name_of("plan", "period_text", "plan")
            yield write.paragraph("PlanPeriod", *write.text(plan.period.text), marks=[mark])
        elif words := self._period():
            yield self._fact(words)
        yield self._fact(self._state())
        if facts.translation:
            yield self._fact("\n".join([*said(facts), facts.translation.source_address]))
        if plan.vision.strip():
            mark = name_of("plan", "vision", "plan")
            yield write.paragraph("PlanVision", *write.text(plan.vision), marks=[mark])

    def _fact(self, words: str, *, keep: bool = False) -> Element:
        """`keep`: on the same page as the next."""
        more = {"keep": element("w:keepNext")} if keep else {}
        return self._writer.paragraph("PlanFacts", *self._writer.text(words), **more)

    def _period(self) -> str:
        period = self._document.period
        start, end = long_date(period.start), long_date(period.end) or period.end_event
        if start and end:
            return _("%(start)s til %(end)s") % {"start": start, "end": end}
        return _("Fra %(start)s") % {"start": start} if start else end and _("Til %(end)s") % {"end": end}

    def _state(self) -> str:
        facts = self._facts
        words = {
            "adopted": _("Vedtatt"),
            "provisional": _("Foreløpig vedtatt"),
            "received": _("Publisert som mottatt. Vedtaksopplysninger mangler."),
            "draft": _("Utkast. Planen er under arbeid, og teksten kan bli endret."),
        }[facts.state]
        for decision in facts.decisions:
            day = long_date(decision.meeting_date.isoformat() if decision.meeting_date else None)
            words += f"\n{decision.committee}, {day}" if day else f"\n{decision.committee}"
        if facts.version:
            words += "\n" + _("Versjon %(number)s") % {"number": facts.version}
        return words

    def contents(self) -> Iterator[Element]:
        """A contents field that is filled already. It names no pages, so that it is right as it stands; in
        Word one updates it with F9.
        """
        write = self._writer
        lines = [
            (depth, self._anchors[id(section)], even_text(f"{section.number} {section.heading}"))
            for depth, section in self._document.walk_sections()
            if depth <= _IN_CONTENTS and f"{section.number}{section.heading}".strip()
        ]
        if len(lines) < 2:
            return
        opened = field(f'TOC \\o "1-{_IN_CONTENTS}" \\n \\h \\z \\u', "")
        begin, end = opened[:3], opened[4]
        rows = [write.paragraph("TOCHeading", *write.text(_("Innhold")))]
        for place, (depth, number, title) in enumerate(lines):
            link = element("w:hyperlink", *write.text(title), anchor=write.anchor(number), history=1)
            content = [*([] if place else begin), link, *([end] if place == len(lines) - 1 else [])]
            rows.append(write.paragraph(f"TOC{depth}", *content))
        gallery = element("w:docPartGallery", val="Table of Contents")
        properties = element("w:sdtPr", element("w:docPartObj", gallery, element("w:docPartUnique")))
        yield element("w:sdt", properties, element("w:sdtContent", *rows))

    def abbreviations(self) -> Iterator[Element]:
        if not self._document.abbreviations:
            return
        write = self._writer
        widths = [TEXT_WIDTH // 4, TEXT_WIDTH - TEXT_WIDTH // 4]
        yield write.paragraph("TOCHeading", *write.text(_("Forkortelser")))
        heads = (_("Forkortelse"), _("Betyr"))
        rows = [
            write.row(
                [
                    write.cell([write.paragraph("PlanCellHead", *write.text(head))], width)
                    for head, width in zip(heads, widths, strict=True)
                ],
                header=True,
            )
        ]
        for place, pair in enumerate(self._document.abbreviations, 1):
            mark = [name_of("plan", "abbreviation", "plan", place)]
            short = write.paragraph("PlanCell", *write.text(pair.short), marks=mark)
            long = write.paragraph("PlanCell", *write.text(pair.long))
            rows.append(write.row([write.cell([short], widths[0]), write.cell([long], widths[1])]))
        yield write.table(widths, rows, header=True, caption=_("Forkortelser"))
        yield write.paragraph("Normal")

    def about(self) -> Iterator[Element]:
        facts = self._facts
        lines = [(_("Helsefellesskap"), facts.community)]
        for decision in facts.decisions:
            case = ", ".join(
                filter(
                    None, [decision.case_number, decision.point and _("punkt %(n)s") % {"n": decision.point}]
                )
            )
            day = long_date(decision.meeting_date.isoformat() if decision.meeting_date else None)
            lines += [
                (_("Vedtak"), f"{decision.committee}, {day}"),
                (_("Sak"), case),
                (_("Ordlyd"), decision.wording),
            ]
        for heading, date in (
            (_("Gjelder fra"), facts.in_force_from),
            (_("Publisert"), facts.published_from),
        ):
            lines.append((heading, long_date(date.isoformat()) if date else ""))
        lines += [
            (_("Erstatter"), facts.supersedes),
            (_("Kontakt"), facts.contact),
            (_("Fast adresse"), facts.address),
            (
                _("Den gjeldende tekstens kontrollsum (SHA-256)")
                if facts.translation
                else _("Kontrollsum (SHA-256)"),
                facts.sha256,
            ),
        ]
        if facts.state == "draft":
            return
        yield self._writer.paragraph("TOCHeading", *self._writer.text(_("Om denne versjonen")))
        said = [f"{heading}: {words}" for heading, words in lines if words]
        for n, fact in enumerate(said, 1):
            yield self._fact(fact, keep=n < len(said))
