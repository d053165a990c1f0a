"""The minutes as they read: while they are written, from what is recorded; once approved, as they froze."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from committees.models import DecisionPoint, Meeting, Minutes, Recusal

from .meetings import protocol


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the minutes. Of a restricted one that the reader may not read, number and title are all."""

    number: str
    title: str
    restricted: str  # its legal basis
    present: tuple[str, ...]
    recused: tuple[str, ...]
    points: tuple[tuple[str, str, str], ...]  # what was done, the words, the reason
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Protocol:
    """The minutes for one kind of reader."""

    meeting: Meeting
    committee: str
    day: date
    opening: str
    closing: str
    lines: tuple[Line, ...]
    minutes: Minutes | None

    @property
    def approved(self) -> bool:
        return bool(self.minutes and self.minutes.approved_at)


def protocol_of(meeting: Meeting, *, restricted: bool, public: bool) -> Protocol:
    """`restricted`: with what is exempt from public access; `public`: names as the public may see them."""
    minutes = Minutes.objects.filter(meeting=meeting).select_related("approved_by", "file").first()
    frozen = json.loads(minutes.content) if minutes and minutes.approved_at else None
    facts = frozen or protocol(meeting)
    return Protocol(
        meeting=meeting,
        committee=facts["committee"],
        day=date.fromisoformat(facts["date"]),
        opening=minutes.opening if minutes else "",
        closing=minutes.closing if minutes else "",
        lines=tuple(_line(item, restricted=restricted, public=public) for item in facts["items"]),
        minutes=minutes,
    )


def _line(item: Mapping[str, Any], *, restricted: bool, public: bool) -> Line:
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
        hidden=hidden,
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
