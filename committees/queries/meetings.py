"""What was sent before a meeting, what changed since, and what happened in it. Constant query counts."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from committees.models import AgendaItem, Attendance, Call, Case, Decision, DecisionPoint, Meeting, Recusal
from committees.models.cases import FIELDS
from committees.subjects import subjects

from .followups import earlier_than, fact_of, written_in


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The list in order, each with its case, who was there, who was recused, and what was decided.

    `decisions_here` are the case's in this meeting, with their points. Seven queries.
    """
    return (
        meeting.agenda.select_related("case__committee", "case__lifted_from__committee")
        .prefetch_related(
            Prefetch("attendances", Attendance.objects.select_related("seat", "stands_in_for")),
            Prefetch("case__recusals", Recusal.objects.select_related("seat", "deputy")),
            "case__files__file",
            Prefetch(
                "case__decisions",
                Decision.objects.filter(meeting=meeting).prefetch_related(
                    "points__postponed_to", "points__lifted_to", "points__delegates_to"
                ),
                to_attr="decisions_here",
            ),
        )
        .order_by("position", "pk")
    )


def calls_of(meeting: Meeting) -> QuerySet[Call]:
    """Who was called, and what they answered."""
    return meeting.calls.select_related("seat", "seat__user", "stands_in_for").order_by("pk")


@dataclass(frozen=True, slots=True)
class Changed:
    """A field of a case that is other than when the papers were sent."""

    case: int
    field: str  # a name of `models.cases.FIELDS`, «files», «subjects», or «new» for a case that was not there
    before: str
    after: str


def changed_since(sent: str, now: str) -> Sequence[Changed]:
    """What changed between two contents of `Papers` (canonical JSON, as `canonical` writes)."""
    before = {case["case"]: case for case in json.loads(sent)}
    changes: list[Changed] = []
    for case in json.loads(now):
        old = before.get(case["case"])
        if old is None:
            changes.append(Changed(case["case"], "new", "", case["number"]))
            continue
        changes += [
            Changed(case["case"], name, old["texts"].get(name, ""), text)
            for name, text in case["texts"].items()
            if text != old["texts"].get(name, "")
        ]
        if case["subjects"] != old.get("subjects", case["subjects"]):
            about = ["; ".join(", ".join(words) for words in case_["subjects"]) for case_ in (old, case)]
            changes.append(Changed(case["case"], "subjects", *about))
        if case["files"] != old["files"]:
            names = [", ".join(title for title, _sha in files["files"]) for files in (old, case)]
            changes.append(Changed(case["case"], "files", *names))
    return changes


def canonical(meeting: Meeting) -> str:
    """The meeting's papers now, as JSON: every case's texts and attachments, in the list's order."""
    agenda = meeting.agenda.select_related("case").prefetch_related("case__files__file")
    items = list(agenda.order_by("position", "pk"))
    for item in items:
        item.case.committee = meeting.committee
    about = subjects().of_cases([item.case for item in items])
    cases = [
        {
            "case": item.case_id,
            "number": item.case.printed_number,
            "texts": {name: str(getattr(item.case, name) or "") for name in FIELDS},
            "subjects": [[subject.title, subject.note] for subject in about.get(item.case_id, ())],
            "files": [[file.title, file.file.sha256] for file in item.case.files.all()],
        }
        for item in items
    ]
    return json.dumps(cases, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def protocol(meeting: Meeting) -> dict[str, Any]:
    """What happened, as the minutes keep it: plain JSON values, in the list's order.

    `follow_ups` are what the meeting decided to do, each under its case where it has one; `earlier` what
    earlier meetings did, and was not done when this one began.
    """
    to_do: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for item in written_in(meeting):
        to_do[item.case_id].append(fact_of(item, on=meeting.date))
    return {
        "committee": meeting.committee.name,
        "date": meeting.date.isoformat(),
        "starts_at": f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "",
        "place": meeting.place,
        "items": [_item(item) | {"follow_ups": to_do[item.case_id]} for item in agenda_of(meeting)],
        "follow_ups": to_do[None],
        "earlier": [fact_of(item, on=meeting.date) for item in earlier_than(meeting)],
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    case = item.case
    return {
        "number": case.printed_number,
        "year": case.year,
        "nr": case.number,
        # What is restricted is not told by the minutes either.
        "title": case.title if case.access == Case.Access.PUBLIC else case.public_title,
        "restricted": case.legal_basis if case.access == Case.Access.RESTRICTED else "",
        "present": [
            {
                "name": a.seat.printed_name,
                "for": a.stands_in_for.printed_name if a.stands_in_for else "",
                "side": a.seat.get_side_display(),
                # Whether the names may be shown in public: the frozen minutes keep what was asked.
                "named": a.seat.named_in_public,
                "for_named": a.stands_in_for.named_in_public if a.stands_in_for else True,
            }
            for a in item.attendances.all()
        ],
        "recused": [
            {
                "name": r.seat.printed_name,
                "outcome": r.outcome,
                "basis": r.legal_basis,
                "deputy": r.deputy.printed_name if r.deputy else "",
                "side": r.seat.get_side_display(),
                "named": r.seat.named_in_public,
                "deputy_named": r.deputy.named_in_public if r.deputy else True,
            }
            for r in case.recusals.all()
        ],
        "points": [
            {
                "number": point.number,
                "verb": point.verb,
                "wording": point.wording,
                "reason": point.reason,
                "to": _to(point),
                "with_changes": point.with_changes,
            }
            for decision in case.decisions_here  # type: ignore[attr-defined]  # prefetched
            for point in decision.points.all()
        ],
    }


def _to(point: DecisionPoint) -> str:
    """To whom authority was given, where the case was lifted, when it comes back."""
    if point.postponed_to:
        return f"{point.postponed_to.date:%d.%m.%Y}"
    to = point.delegates_to or point.lifted_to
    return to.abbreviation if to else ""
