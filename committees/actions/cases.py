"""Cases are written, numbered and changed; their papers are sent, and what changed after is known."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.models import Case, Committee, Meeting, Papers
from committees.models.cases import FIELDS
from committees.numbers import next_number
from committees.queries.meetings import canonical
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.actions import tell
from partners.models import Audit, User

from .meetings import lock_meeting, move


@transaction.atomic
def write_case(committee: Committee, *, by: User, facts: Mapping[str, Any]) -> Case:
    """A new case with the committee's next number of the year. `facts` are some of FIELDS.

    Raises NotAllowed and Refusal.
    """
    _may_prepare(by, committee)
    case = Case(committee=committee, document_date=timezone.localdate())
    case.conclusion_heading = committee.rulebook.conclusion_heading
    _set(case, facts)
    next_number(case, timezone.localdate().year)
    case.save()
    _write(case, by, "write_case", _("Opprettet sak %(case)s."))
    return case


@transaction.atomic
def edit_case(case: Case, *, by: User, version: int, facts: Mapping[str, Any]) -> Case:
    """Changes what the saksframlegg says. Raises NotAllowed, WrongState (decided), Conflict and Refusal."""
    case = lock_case(case, by=by)
    if case.version != version:
        raise Conflict(_("Noen andre lagret saken mens du skrev."))
    _set(case, facts)
    case.version += 1
    case.save()
    _write(case, by, "edit_case", _("Endret sak %(case)s."))
    return case


@transaction.atomic
def send_papers(meeting: Meeting, *, by: User) -> Papers:
    """The papers go out as they stand; what is changed after is marked. Again, it is a new sending.

    Raises NotAllowed and WrongState.
    """
    meeting = lock_meeting(meeting, by=by)
    if not meeting.agenda.exists():
        raise WrongState(_("Sakslisten er tom."))
    if meeting.state != Meeting.State.PAPERS_SENT:
        move(meeting, Meeting.State.PAPERS_SENT)
    content = canonical(meeting)
    papers = Papers.objects.create(meeting=meeting, content=content, sha256=_sha256(content), sent_by=by)
    calls = meeting.calls.select_related("seat__user")
    tell(
        meeting.committee.community,
        to=[call.seat.user or call.seat.email for call in calls if call.seat.user or call.seat.email],
        kind="meeting",
        key=f"meeting:{meeting.pk}:papers:{papers.pk}",
        group=f"meeting:{meeting.pk}",
        group_title=str(meeting),
        text=_("Papirene til %(meeting)s er klare.") % {"meeting": meeting},
        path=meeting.get_absolute_url(),
        urgent=meeting.date <= timezone.localdate() + timedelta(days=2),
    )
    Audit.objects.write(
        meeting.committee.community,
        by=by,
        verb="send_papers",
        what=_("Sendte papirene til %(meeting)s.") % {"meeting": meeting},
    )
    return papers


def lock_case(case: Case, *, by: User) -> Case:
    """The case's row, locked, for somebody who prepares it. Raises NotAllowed, WrongState where decided."""
    case = Case.objects.select_for_update(of=("self",)).select_related("committee__community").get(pk=case.pk)
    _may_prepare(by, case.committee)
    if case.withdrawn_reason or case.decisions.exclude(points__verb="postpones").exists():
        raise WrongState(_("Saken er avgjort eller trukket, og ordene i den står."))
    return case


def _may_prepare(by: User, committee: Committee) -> None:
    if not rules.may_prepare(by, committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan skrive saker."))


def _set(case: Case, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        if name not in FIELDS:
            raise ValueError(name)
        setattr(case, name, value.strip() if isinstance(value, str) else value)
    if not case.title:
        raise Refusal(_("Saken mangler tittel."))
    if case.access == Case.Access.RESTRICTED and not case.legal_basis:
        raise Refusal(_("Oppgi hjemmelen når saken er unntatt offentlighet."))


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _write(case: Case, by: User, verb: str, said: str) -> None:
    Audit.objects.write(case.committee.community, by=by, verb=verb, what=said % {"case": case})
