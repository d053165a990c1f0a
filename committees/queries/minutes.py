"""The minutes as they read: while they are written, from what is recorded; once approved, as they froze."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from committees.models import (
    AgendaItem,
    Case,
    Committee,
    DecisionPoint,
    Meeting,
    Minutes,
    MinutesApproval,
    Recusal,
)
from helsefellesskap.dates import local_day
from partners.models.files import LATE_AFTER

from .followups import FollowUpLine, follow_up_url, line_of
from .meetings import protocol

type FollowUps = Callable[[Iterable[Mapping[str, Any]]], tuple[FollowUpLine, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the minutes. Of a restricted one that the reader may not read, number and title are all."""

    number: str
    title: str
    restricted: str  # its legal basis
    present: tuple[str, ...]
    recused: tuple[str, ...]
    points: tuple[tuple[str, str, str], ...]  # what was done, the words, the reason
    follow_ups: tuple[FollowUpLine, ...]
    hidden: bool = False
    year: int = 0  # the case's
    url: str = ""  # of the extract, once the minutes are approved


@dataclass(frozen=True, slots=True)
class Approved:
    """One who approved: «Ingrid Leder», «leder», and the day."""

    name: str
    role: str
    day: date


@dataclass(frozen=True, slots=True)
class Protocol:
    """The minutes for one kind of reader."""

    meeting: Meeting
    committee: str
    day: date
    opening: str
    closing: str
    lines: tuple[Line, ...]
    follow_ups: tuple[FollowUpLine, ...]  # in no case
    earlier: tuple[FollowUpLine, ...]  # from earlier meetings, not done when this one began
    minutes: Minutes | None
    words: str  # the mark of what is to be approved; the frozen minutes' own
    approved_by: tuple[Approved, ...]  # these words, so far
    taken_back: tuple[Approved, ...]  # who approved other words, before the minutes were changed
    approvers: frozenset[int]  # the users who approved these words, while they wait for more

    @property
    def approved(self) -> bool:
        return bool(self.minutes and self.minutes.approved_at)


def protocol_of(meeting: Meeting, *, restricted: bool, public: bool) -> Protocol:
    """`restricted`: with what is exempt from public access; `public`: names as the public may see them."""
    minutes = Minutes.objects.filter(meeting=meeting).select_related("approved_by", "file").first()
    frozen = json.loads(minutes.content) if minutes and minutes.approved_at else None
    facts = frozen or facts_of(meeting, minutes)
    approvals = approvals_of(minutes) if minutes and not frozen else []
    words = mark_of(facts)
    standing = [one for one in approvals if one.words == words and not one.taken_back_at]
    again = {one.by_id for one in standing}
    fallen = {one.by_id: one for one in approvals if one.by_id not in again}
    follow: FollowUps = partial(
        _follow_ups, committee=meeting.committee, restricted=restricted, public=public
    )
    return Protocol(
        meeting=meeting,
        committee=facts["committee"],
        day=date.fromisoformat(facts["date"]),
        opening=minutes.opening if minutes else "",
        closing=minutes.closing if minutes else "",
        lines=tuple(
            _line(
                item,
                follow,
                restricted=restricted,
                public=public,
                url=_extract_url(meeting, item, public=public) if frozen else "",
            )
            for item in facts["items"]
        ),
        follow_ups=follow(facts.get("follow_ups", ())),
        earlier=follow(facts.get("earlier", ())),
        minutes=minutes,
        words=words,
        approved_by=_approved(_who_approved(frozen, minutes) if frozen else approved_by(standing), public),
        taken_back=_approved(approved_by(fallen.values()), public),
        approvers=frozenset(again),
    )


def facts_of(meeting: Meeting, minutes: Minutes | None) -> dict[str, Any]:
    """What the minutes say now: the facts of the items, and what is written beside them.

    In the community's language, whoever reads: the same words have the same mark.
    """
    opening, closing = (minutes.opening, minutes.closing) if minutes else ("", "")
    with translation.override(meeting.committee.community.language):
        return {**protocol(meeting), "opening": opening, "closing": closing}


def written(facts: Mapping[str, Any]) -> str:
    """The facts as canonical JSON."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def mark_of(facts: Mapping[str, Any]) -> str:
    """SHA-256 of the facts: the same words have the same mark."""
    return hashlib.sha256(written(facts).encode()).hexdigest()


def approvals_of(minutes: Minutes) -> Sequence[MinutesApproval]:
    """In order, those taken back too."""
    return list(minutes.approvals.select_related("seat", "by").order_by("approved_at", "pk"))


def approved_by(approvals: Iterable[MinutesApproval]) -> list[dict[str, Any]]:
    """Who approved, as the frozen minutes keep it."""
    return [
        {
            "name": one.seat.printed_name,
            "role": str(one.seat.get_role_display()),
            "side": str(one.seat.get_side_display()),
            "named": one.seat.named_in_public,
            "date": local_day(one.approved_at).isoformat(),
        }
        for one in approvals
    ]


def _who_approved(frozen: Mapping[str, Any], minutes: Minutes | None) -> Sequence[Mapping[str, Any]]:
    """Minutes that froze when the leader approved alone do not say so themselves."""
    if "approved" in frozen or not (minutes and minutes.approved_by and minutes.approved_at):
        return frozen.get("approved", ())
    day = local_day(minutes.approved_at).isoformat()
    return [{"name": minutes.approved_by.name, "role": _("leder"), "side": "", "named": True, "date": day}]


def _approved(who: Iterable[Mapping[str, Any]], public: bool) -> tuple[Approved, ...]:
    return tuple(
        Approved(
            one["name"] if one["named"] or not public else one["side"],
            one["role"],
            date.fromisoformat(one["date"]),
        )
        for one in who
    )


def failed_files(meeting: Meeting) -> tuple[Minutes | None, list[AgendaItem]]:
    """The approved minutes whose PDF could not be made, or waits too long; the items whose extract does."""
    minutes = Minutes.objects.filter(meeting=meeting, approved_at__isnull=False).first()
    if minutes is None:
        return None, []
    late = minutes.approved_at is not None and minutes.approved_at <= timezone.now() - LATE_AFTER
    items = list(meeting.agenda.filter(extract=None).select_related("case"))
    failed = [item for item in items if item.file_error]
    if late and minutes.file_id and len(failed) < len(items):
        protocol = protocol_of(meeting, restricted=False, public=True)
        failed = [item for item in items if item.file_error or extract_of(protocol, item.case)]
    whole = not minutes.file_id and (minutes.file_error or late)
    return minutes if whole else None, failed


def extract_of(protocol: Protocol, case: Case) -> Line | None:
    """What approved minutes say of one case of the committee."""
    year = {0, case.year}  # minutes that froze before there were extracts do not say the year
    return next(
        (line for line in protocol.lines if line.number == case.printed_number and line.year in year), None
    )


def _extract_url(meeting: Meeting, item: Mapping[str, Any], *, public: bool) -> str:
    if "nr" not in item:
        return ""
    committee = meeting.committee
    place = [committee.community.slug, committee.slug, meeting.date, item["year"], item["nr"]]
    return reverse("public_extract" if public else "extract", args=place)


def _follow_ups(
    facts: Iterable[Mapping[str, Any]], *, committee: Committee, restricted: bool, public: bool
) -> tuple[FollowUpLine, ...]:
    """Without those of restricted cases where these may not be read."""
    return tuple(
        line_of(fact, public=public, url="" if public else follow_up_url(committee, fact["id"]))
        for fact in facts
        if restricted or not fact["restricted"]
    )


def _line(item: Mapping[str, Any], follow: FollowUps, *, restricted: bool, public: bool, url: str) -> Line:
    hidden = bool(item["restricted"]) and not restricted
    return Line(
        number=item["number"],
        title=item["title"] or _("Sak unntatt offentlighet"),
        restricted=item["restricted"],
        present=() if hidden else tuple(_present(one, public=public) for one in item["present"]),
        recused=()
        if hidden
        else tuple(filter(None, (_recused(one, public=public) for one in item["recused"]))),
        points=() if hidden else tuple(_point(one) for one in item["points"]),
        follow_ups=() if hidden else follow(item.get("follow_ups", ())),
        hidden=hidden,
        year=item.get("year", 0),
        url=url if public or not hidden else "",
    )


def _present(one: Mapping[str, Any], *, public: bool) -> str:
    """«Tove Vara (fastlege) for Ingrid Leder»; of a name that is not for the public its side."""
    shown = not public or one.get("named", True)
    told = f"{one['name']} ({one['side']})" if shown else one["side"]
    if not one["for"]:
        return told
    member = one["for"] if not public or one.get("for_named", True) else one["side"]
    return _("%(deputy)s for %(member)s") % {"deputy": told, "member": member}


def _recused(one: Mapping[str, Any], *, public: bool) -> str:
    if one["outcome"] != Recusal.Outcome.RECUSED:
        return ""
    name = one["name"] if not public or one.get("named", True) else one.get("side", "")
    words = {"name": name, "basis": one["basis"], "deputy": one["deputy"]}
    if one["deputy"] and not (public and not one.get("deputy_named", True)):
        return _("%(name)s ble kjent inhabil (%(basis)s). %(deputy)s trådte inn.") % words
    return _("%(name)s ble kjent inhabil (%(basis)s).") % words


def _point(one: Mapping[str, Any]) -> tuple[str, str, str]:
    done = str(DecisionPoint.Verb(one["verb"]).label).capitalize()
    if one.get("to"):
        done = f"{done} {one['to']}"
    if one["with_changes"]:
        done = _("%(done)s med de endringer som framkom i møtet") % {"done": done}
    return done, one["wording"], one["reason"]
