"""What an archive package tells of a published version: facts, decisions, stances and inputs as JSON values.

Complete, for the secretariat: also what is restricted, and names that are not for the public. E-mail
addresses and personal links are left out. The same rows give the same values: no «now» in them.
A constant number of queries. The shapes are `docs/archive-package/*.schema.json`.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from committees.models import Decision, DecisionPoint
from helsefellesskap.dates import local_day

from .facts import address_of, check_address_of
from .models import Correction, Hearing, Input, Revision, Stance
from .standing import Standing

SCHEMA_VERSION = 1

type Values = dict[str, Any]


def metadata(standing: Standing) -> Values:
    """About the document, in fields that `docs/archive-package/noark.md` maps to Noark 5."""
    plan, revision = standing.plan, standing.revision
    community = plan.community
    correction = Correction.objects.filter(revision=revision).select_related("corrects").first()
    return {
        "schema_version": SCHEMA_VERSION,
        "community": community.name,
        "archive_owner": community.archive_owner,
        "controller": community.controller,
        "plan_id": f"{community.slug}/{plan.slug}",
        "title": plan.title,
        "kind": plan.kind,
        "language": revision.load().language,
        "version": revision.number,
        "purpose": revision.purpose,
        "address": address_of(revision),
        "check_address": check_address_of(revision),
        "document_sha256": revision.sha256,
        "frozen_at": revision.created_at.isoformat(),
        "frozen_by": revision.created_by.name,
        "published_from": _day(standing.publication.published_from),
        "in_force_from": _day(min((a.in_force_from for a in standing.adoptions), default=None)),
        "period": {
            "text": plan.period_text,
            "start": _day(plan.period_start),
            "end": _day(plan.period_end),
            "end_event": plan.period_end_event,
        },
        "follows": f"{plan.follows.community.slug}/{plan.follows.slug}" if plan.follows else "",
        "corrects": (
            {
                "version": correction.corrects.number,
                "reason": correction.reason,
                "decided_by": correction.decided_by,
                "day": _day(local_day(correction.at)),
            }
            if correction
            else None
        ),
    }


def decisions(revision: Revision) -> Values:
    """Every decision that speaks of the plan, by day: what adopted it, and what led there."""
    about = Q(points__plan_subjects__plan=revision.plan) | Q(points__adoptions__revision__plan=revision.plan)
    found = (
        Decision.objects.filter(about)
        .select_related("case__committee", "meeting__committee", "recorded_by")
        .prefetch_related(
            "points__adoptions__revision",
            "points__plan_subjects",
            "points__stands_on__authority",
            "points__delegates_to",
            "points__lifted_to",
        )
        .order_by("meeting__date", "pk")
        .distinct()
    )
    return {
        "schema_version": SCHEMA_VERSION,
        "decisions": [
            {
                "committee": decision.meeting.committee.name,
                "meeting_day": _day(decision.meeting.date),
                "case_number": decision.case.printed_number,
                "case_title": decision.case.title,
                "access": decision.case.access,
                "legal_basis": decision.case.legal_basis,
                "registered_afterwards": decision.registered_afterwards,
                "recorded_by": decision.recorded_by.name,
                "points": [_point(point, revision) for point in decision.points.all()],
            }
            for decision in found
        ],
    }


def _point(point: DecisionPoint, revision: Revision) -> Values:
    adopted = [a for a in point.adoptions.all() if a.revision.plan_id == revision.plan_id]
    to = point.delegates_to or point.lifted_to
    return {
        "number": point.number,
        "verb": point.verb,
        "verb_text": str(point.get_verb_display()),
        "wording": point.wording,
        "reason": point.reason,
        "to": to.name if to else "",
        "votes_for": point.votes_for,
        "votes_against": point.votes_against,
        "adopts_versions": [
            {
                "version": a.revision.number,
                "section": str(a.item_id) if a.item_id else "",
                "in_force_from": _day(a.in_force_from),
                "provisional_until": a.provisional_until,
            }
            for a in adopted
        ],
        "stands_on": [
            {"case_number": use.authority.case_number, "covers": use.authority.covers}
            for use in point.stands_on.all()
        ],
    }


def stances(revision: Revision) -> Values:
    """Every stance that was given on the plan, in the order they came, up to this version."""
    found = (
        Stance.objects.filter(
            review__revision__plan=revision.plan, review__revision__number__lte=revision.number
        )
        .select_related("review__committee", "review__revision", "seat", "item", "in_place_of")
        .order_by("given_at", "pk")
    )
    return {
        "schema_version": SCHEMA_VERSION,
        "stances": [
            {
                "committee": stance.review.committee.name,
                "version": stance.review.revision.number,
                "seat": stance.seat.printed_name,
                "side": stance.seat.side,
                "in_place_of": stance.in_place_of.printed_name if stance.in_place_of else "",
                "on_behalf_of": stance.on_behalf_of,
                "measure": stance.item.code if stance.item else "",
                "words_sha256": stance.words,
                "kind": stance.kind,
                "kind_text": str(stance.get_kind_display()),
                "remark": stance.remark,
                "expected_on": _day(stance.expected_on),
                "from_paper": stance.from_paper,
                "given_at": stance.given_at.isoformat(),
            }
            for stance in found
        ],
    }


def inputs(revision: Revision) -> Values:
    """The hearings of the plan up to this version, with every input and its answer."""
    hearings = (
        Hearing.objects.filter(revision__plan=revision.plan, revision__number__lte=revision.number)
        .select_related("revision")
        .prefetch_related("parties", "committees", "inputs__partner", "inputs__committee", "inputs__item")
        .order_by("sent_at", "pk")
    )
    return {
        "schema_version": SCHEMA_VERSION,
        "hearings": [
            {
                "version": hearing.revision.number,
                "deadline": _day(hearing.deadline),
                "sent_at": hearing.sent_at.isoformat(),
                "closed_at": _moment(hearing.closed_at),
                "message": hearing.message,
                "asked": sorted(
                    [p.name for p in hearing.parties.all()] + [c.name for c in hearing.committees.all()]
                ),
                "open": bool(hearing.open_key),
                "inputs": [_input(given) for given in sorted(hearing.inputs.all(), key=_by_time)],
            }
            for hearing in hearings
        ],
    }


def _by_time(given: Input) -> tuple[datetime, int]:
    return given.given_at, given.pk


def _input(given: Input) -> Values:
    body = given.partner or given.committee
    return {
        "name": given.name,
        "name_public": given.name_public,
        "on_behalf_of": body.name if body else "",
        "item": given.item.code if given.item else "",
        "kind": given.kind,
        "text": given.text,
        "wording": given.wording,
        "disposition": given.disposition,
        "disposition_text": str(given.get_disposition_display()) if given.disposition else "",
        "reason": given.reason,
        "given_at": given.given_at.isoformat(),
        "answered_at": _moment(given.answered_at),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
