"""The sheet that a seat fills in on paper, and the secretariat types in (PDF/A-2a, PDF/UA-1)."""

from collections.abc import Sequence
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from helsefellesskap.dates import local_day
from helsefellesskap.languages import speaking
from helsefellesskap.printing import to_pdf
from plans.compare import Comparison
from plans.document import Measure
from plans.models import Review, Revision
from plans.stance_rows import Measures, StanceRow, measures_by_key


def render(
    review: Review,
    rows: Sequence[StanceRow],
    *,
    name: str = "",
    on_behalf_of: str = "",
    before: Revision | None = None,
    comparison: Comparison | None = None,
) -> bytes:
    """The PDF's bytes, in the plan's language: every measure with boxes and a line for a remark.

    Without a name the sheet is blank.
    `before` is the version that the seat saw last, and `comparison` what changed since. As `to_pdf` raises.
    """
    old = measures_by_key(before.load()) if before else {}
    gone = old.keys() - {row.measure.key for row in rows}
    plan = review.revision.plan
    with speaking(plan.language, review.committee.community.language):
        context = {
            "language": plan.language,
            "title": _("Svarark: %(plan)s") % {"plan": plan.title},
            "review": review,
            "revision": review.revision,
            "plan": plan,
            "community": review.committee.community,
            "day": local_day(review.laid_at),
            "rows": [(row, _earlier(row, old)) for row in rows],
            "gone": [measure for key, (_goal, measure) in old.items() if key in gone],
            "name": name,
            "on_behalf_of": on_behalf_of,
            "before": before,
            "comparison": comparison,
        }
        html = render_to_string("documents/stance_sheet.html", context)
    return to_pdf(html, style="sheet.css", identifier=sha256(html.encode()).hexdigest())


def _earlier(row: StanceRow, old: Measures) -> Measure | None:
    """The measure as the seat saw it last, where its words are others now."""
    return old[row.measure.key][1] if row.since == "changed" else None
