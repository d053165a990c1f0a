"""«Innspill og svar» of a hearing as a PDF (PDF/A-2a, PDF/UA-1): persons named as everybody may read it."""

from collections.abc import Sequence
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from helsefellesskap.dates import local_day
from helsefellesskap.printing import to_pdf
from plans.hearing_places import by_place
from plans.models import Hearing, Input


def render(hearing: Hearing, inputs: Sequence[Input]) -> bytes:
    """The PDF's bytes: the same for the same inputs and answers. As `to_pdf` raises."""
    plan = hearing.revision.plan
    changed = [at for one in inputs for at in (one.given_at, one.answered_at) if at]
    html = render_to_string(
        "documents/input_answers.html",
        {
            "title": _("Innspill og svar: %(plan)s") % {"plan": plan.title},
            "plan": plan,
            "community": plan.community,
            "hearing": hearing,
            "day": local_day(max(changed, default=hearing.sent_at)),
            "groups": by_place(inputs, hearing.revision.load()),
            "total": len(inputs),
        },
    )
    return to_pdf(html, style="plan.css", identifier=sha256(html.encode()).hexdigest())
