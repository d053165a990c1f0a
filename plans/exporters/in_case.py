"""A frozen version as a part of a case's papers: its chapters, goals and measures, under the case."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plans.document import PlanDocument

from .printed import chapters


def printed_in_case(document: PlanDocument, *, title: str, note: str, level: int, key: int) -> SafeString:
    """HTML for `documents/papers.html`, its own heading at `level`; `key` makes its anchors its own.

    Pictures are printed as their descriptions: the plan's own page has them.
    """
    context = {
        "title": title,
        "note": note,
        "level": level,
        "chapters": chapters(document, above=level, prefix=f"plan-{key}-kap-"),
        "images": {},
    }
    return render_to_string("documents/_plan_in_case.html", context)
