"""The short notes beside a cell: how a deadline was understood, which names are not linked."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from helsefellesskap.dates import in_words

from .models import Plan


def deadline_note(day: date | None, words: str) -> str:
    """How a deadline was understood, where the words do not say the very date."""
    if day is None or any(date_format(day, form) in words for form in ("j. F Y", "d.m.Y", "j.n.Y")):
        return ""
    return _("forstått som %(day)s") % {"day": date_format(day, in_words("j. F Y"))}


def unlinked_note(names: Sequence[str]) -> str:
    return _("ikke koblet: %(names)s") % {"names": ", ".join(names)} if names else ""


def year_of(plan: Plan) -> int | None:
    """The year that a deadline without one means: the plan's last."""
    day = plan.period_end or plan.period_start
    return day.year if day else None
