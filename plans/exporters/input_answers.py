"""«Innspill og svar» of a hearing as a PDF (PDF/A-2a, PDF/UA-1): persons named as everybody may read it."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from helsefellesskap.dates import local_day
from helsefellesskap.languages import speaking
from helsefellesskap.printing import to_pdf
from plans.hearing_places import by_place
from plans.models import Hearing, Input


def title_of(hearing: Hearing) -> str:
    return _("Innspill og svar: %(plan)s") % {"plan": hearing.revision.plan.title}


def day_of(hearing: Hearing, inputs: Iterable[Input]) -> date:
    """When something in the list last changed."""
    changed = [at for one in inputs for at in (one.given_at, one.answered_at) if at]
    return local_day(max(changed, default=hearing.sent_at))


def render(hearing: Hearing, inputs: Sequence[Input]) -> bytes:
    """The PDF's bytes, in the plan's language; the same for the same words. As `to_pdf` raises."""
    plan = hearing.revision.plan
    with speaking(plan.language, plan.community.language):
        context = {
            "language": plan.language,
            "title": title_of(hearing),
            "plan": plan,
            "community": plan.community,
            "hearing": hearing,
            "day": day_of(hearing, inputs),
            "groups": by_place(inputs, hearing.revision.load()),
            "total": len(inputs),
        }
        html = render_to_string("documents/input_answers.html", context)
    return to_pdf(html, style="papers.css", identifier=sha256(html.encode()).hexdigest())
