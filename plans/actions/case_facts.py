"""From the saksframlegg that a plan's file held to the fields of the case in which it was adopted."""

from datetime import date
from typing import Any

from helsefellesskap.richtext import plain
from plans.document import Case, load
from plans.models import Plan

_FIELDS = ("case_worker", "reference")
_PARTS = ("recommendation", "background", "presentation", "conclusion")


def source_case(plan: Plan) -> Case | None:
    """The saksframlegg that the plan's file held, if it came from a file that had one."""
    came_from = getattr(plan, "came_from", None)
    return load(came_from.document).case if came_from else None


def case_facts(plan: Plan, number: str) -> dict[str, Any]:
    """What that saksframlegg says of itself, where it is the case of this number; otherwise nothing."""
    case = source_case(plan)
    fields = {field.key: field for field in case.fields} if case else {}
    if case is None or "number" not in fields or fields["number"].text != number:
        return {}
    facts: dict[str, Any] = {key: fields[key].text for key in _FIELDS if key in fields}
    if (document_date := fields.get("document_date")) and document_date.date:
        facts["document_date"] = date.fromisoformat(document_date.date)
    for part in case.parts:
        if part.kind in _PARTS and part.kind not in facts:
            facts[part.kind] = plain(part.body)
            if part.kind == "conclusion":
                facts["conclusion_heading"] = part.heading[:100]
    return facts | {"attachments": list(case.attachments)}
