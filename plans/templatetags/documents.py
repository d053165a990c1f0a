"""What templates need to show a PlanDocument: dates, names, headings and spelled-out bodies."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from helsefellesskap.dates import in_words, on_a_page
from helsefellesskap.richtext import plain
from plans.deadlines import due
from plans.document import Deadline, Goal, Measure, Period, PlanDocument, Responsible, Section, Status
from plans.headings import source_headings
from plans.importers.interpret.dates import dates_in
from plans.models import StatusReport
from plans.patient_groups import PATIENT_GROUPS
from plans.standing import is_late

register = template.Library()

STATUS_NAMES = {
    "not_started": _("Ikke startet"),
    "planned": _("Planlagt"),
    "ongoing": _("Pågår"),
    "continuous": _("Løpende"),
    "completed": _("Gjennomført"),
    "postponed": _("Utsatt"),
    "dropped": _("Utgår"),
    "carried_over": _("Videreført"),
}
_STATUS_COLORS = {
    "planned": "info",
    "ongoing": "info",
    "continuous": "info",
    "completed": "success",
    "postponed": "warning",
}


class Columns(NamedTuple):
    """Which columns the tables of a section need: the same for all its goals.

    `extra` are the source's own columns, the indicator among them. More than two of them make a table
    that nobody can read: then they are `folded` into the measure's cell.
    """

    responsible: bool
    deadline: bool
    status: bool
    extra: tuple[str, ...]
    folded: tuple[str, ...]
    headings: Mapping[str, str]  # of the others, by what they mean: the source's words, else ours

    @property
    def none(self) -> bool:
        """Measures and nothing beside them: no table, but a list."""
        return not (self.responsible or self.deadline or self.status or self.extra)


@register.filter
def columns(section: Section) -> Columns:
    measures = [measure for goal in section.goals for measure in goal.measures]
    indicator = [translate("Indikator")] if any(m.indicator for m in measures) else []
    extra = tuple(dict.fromkeys([*indicator, *(heading for m in measures for heading in m.extra)]))
    return Columns(
        responsible=any(m.responsible for m in measures),
        deadline=any(m.deadline for m in measures),
        status=any(m.status for m in measures),
        extra=extra if len(extra) <= 2 else (),
        folded=extra if len(extra) > 2 else (),
        headings={
            "measure": translate("Tiltak"),
            "responsible": translate("Ansvarlig"),
            "deadline": translate("Frist"),
            "status": translate("Status"),
        }
        | source_headings(section),
    )


@register.filter
def cell(measure: Measure, heading: str) -> str:
    """The words in one of the `extra` or `folded` columns."""
    indicator = measure.indicator if heading == translate("Indikator") else ""
    return "\n".join(filter(None, [measure.extra.get(heading, ""), indicator]))


@register.filter
def anchor(key: str, codes: Mapping[str, str] | None) -> str:
    """The id of a section, goal or measure on the page: `t-{code}`, or its key where it has no code."""
    code = (codes or {}).get(key)
    return f"t-{code}" if code else key


@register.filter
def lookup[V](key: str, mapping: Mapping[str, V] | None) -> V | str:
    return (mapping or {}).get(key, "")


def long_date(value: str | date | None, form: str = "") -> str:
    """«23. september 2021», from a date or an ISO string."""
    if not value:
        return ""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return date_format(day, form or in_words("j. F Y"))


@register.filter("long_date")
def long_date_on_a_page(value: str | date | None) -> str:
    """`long_date`, where no line ends between the day and its month."""
    return long_date(value, on_a_page("j. F Y"))


@register.simple_tag
def last_day(deadline: Deadline, period: Period) -> str:
    """The day that a deadline is read as, where its words do not say it themselves: «høsten 2026»."""
    day = due(deadline, period)
    said = [found for found, _start, _end in dates_in(deadline.text)]
    told = long_date(day.isoformat()) if day and day.isoformat() not in said else ""
    if told.casefold() in deadline.text.casefold():  # a translated plan says it in words
        return ""
    return long_date_on_a_page(day)


@register.filter
def status_name(status: Status) -> str:
    return str(STATUS_NAMES[status.value]) if status.value else status.text


@register.filter
def status_color(status: Status) -> str:
    return _STATUS_COLORS.get(status.value or "", "neutral")


@register.filter
def value_color(value: str) -> str:
    """Of a reported status, by its value."""
    return _STATUS_COLORS.get(value, "neutral")


@register.simple_tag
def late(measure: Measure, period: Period, reports: Sequence[StatusReport]) -> bool:
    """As `plans.standing.is_late` says, today."""
    return is_late(measure, period, [report.value for report in reports], timezone.localdate())


@register.filter
def own_words(status: Status) -> str:
    """The words of the source, where they say it otherwise than the status's name."""
    return "" if status.text.casefold() == status_name(status).casefold() else status.text


@register.filter
def patient_group(key: str) -> str:
    return str(PATIENT_GROUPS.get(key, key))


@register.filter
def rich(html: str) -> SafeString:
    """Stored HTML as it is: it was cleaned by helsefellesskap.richtext before it was stored."""
    return mark_safe(html)  # noqa: S308 - cleaned when stored


@register.filter
def without_markup(html: str) -> str:
    """Stored HTML as one line of words: «R&D», where only its tags taken away would leave «R&amp;D»."""
    return " ".join(plain(html).split())


@register.filter
def rich_from(html: str, level: int) -> SafeString:
    """The same, its headings (h4, h5) moved so that the upper ones have this level."""
    return rich(
        re.sub(
            r"<(/?)h([45])>",
            lambda m: f"<{m[1]}h{min(level + int(m[2]) - 4, 6)}>",
            html,
        )
    )


@register.filter
def under(level: int, part: Section | Goal) -> int:
    """The heading level under a part whose heading has this level; without a heading it takes none."""
    heading = part.heading if isinstance(part, Section) else part.text
    return min(level + 1, 6) if heading else level


@register.filter
def has_contents(section: Section) -> bool:
    """Whether anything under the section stands in the contents list."""
    return any(goal.text for goal in section.goals) or any(
        part.heading or has_contents(part) for part in section.sections
    )


@register.simple_tag
def spelled_out(responsible: Responsible, document: PlanDocument) -> list[str]:
    """The full names behind the words: of linked bodies, else from the plan's own abbreviations.

    Empty where the words already say it all.
    """
    bodies = {name: body.name for body in responsible.bodies for name in (body.short, body.name) if name}
    abbreviations = {a.short: a.long for a in document.abbreviations}
    names = [bodies.get(party) or abbreviations.get(party) or "" for party in responsible.parties]
    names += [body.name for body in responsible.bodies]
    written = responsible.text.casefold()
    return [name for name in dict.fromkeys(names) if name and name.casefold() not in written]


@register.simple_tag
def heading_of(document: PlanDocument, key: object) -> str:
    """The heading of the section with this key, for an adoption of one part."""
    for _depth, section in document.walk_sections():
        if section.key == str(key):
            return f"{section.number} {section.heading}".strip()
    return translate("en del av planen")
