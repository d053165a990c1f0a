"""The minutes: the facts come from the items, remarks are written, two approve, and they freeze."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from committees.approving import approving_seat, approving_seats, enough
from committees.models import AgendaItem, Meeting, Minutes, MinutesApproval, Seat
from committees.queries.minutes import (
    approvals_of,
    approved_by,
    facts_of,
    failed_files,
    mark_of,
    written,
)
from committees.rules import LEADERS, may_prepare
from committees.subjects import subjects
from committees.tasks import make_extract, make_minutes
from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, WrongState
from partners.actions import done, tell
from partners.models import Audit, User

from .meetings import check_move, lock_meeting, move

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

APPROVE_WITHIN = timedelta(days=14)


@transaction.atomic
def write_minutes(meeting: Meeting, *, by: User, version: int, opening: str, closing: str) -> Minutes:
    """What is said beside the items. An approval of other words is taken back.

    Raises NotAllowed, WrongState and Conflict.
    """
    meeting = lock_meeting(meeting, by=by)
    if meeting.state != Meeting.State.HELD:
        raise WrongState(_("Protokollen skrives når møtet er holdt, og til den er godkjent."))
    minutes, made = locked(Minutes.objects).get_or_create(meeting=meeting)
    if not made and minutes.version != version:
        raise Conflict(_("Noen andre lagret protokollen mens du skrev."))
    minutes.opening, minutes.closing = opening.strip(), closing.strip()
    minutes.version += 1
    minutes.save()
    take_back_changed(meeting)
    _write(meeting, by, "write_minutes", "Skrev i protokollen fra %(meeting)s.")
    return minutes


@transaction.atomic
def approve_minutes(meeting: Meeting, *, by: User, words: str = "") -> Minutes:
    """One who may (`approving.approving_seats`) stands behind the minutes as they read. When as many as the
    committee's rules say have, the leader among them, attendance, decisions and remarks freeze as they stand.

    `words`, where given, is the mark of what was read (`Protocol.words`). The first is told of by a notice
    to those who may be the second. Raises NotAllowed, WrongState and Conflict.
    """
    meeting = locked(Meeting.objects).select_related("committee__community").get(pk=meeting.pk)
    seat = approving_seat(by, meeting)
    if seat is None:
        raise NotAllowed(_not_allowed(meeting))
    _check_decided(meeting)
    check_move(meeting, Meeting.State.MINUTES_APPROVED)
    minutes, _made = Minutes.objects.get_or_create(meeting=meeting)
    mark = mark_of(facts_of(meeting, minutes))
    if words and words != mark:
        raise Conflict(_("Protokollen er endret siden du leste den. Les den på nytt før du godkjenner."))
    take_back_changed(meeting)
    if minutes.approvals.filter(by=by, taken_back_at=None).exists():
        raise WrongState(_("Du har allerede godkjent protokollen. Den venter på en til."))
    MinutesApproval.objects.create(minutes=minutes, by=by, seat=seat, words=mark)
    standing = [approval for approval in approvals_of(minutes) if approval.taken_back_at is None]
    seats = [approval.seat for approval in standing]
    _answered(meeting, minutes, by, mark)
    if enough(seats, needed=meeting.committee.rulebook.minutes_approvers):
        _freeze(meeting, minutes, standing)
    else:
        _ask_another(meeting, seats, mark)
    _write(meeting, by, "approve_minutes", "Godkjente protokollen fra %(meeting)s.")
    return minutes


@transaction.atomic
def remake_minutes(meeting: Meeting, *, by: User) -> int:
    """«Prøv igjen nå»: the PDFs of approved minutes, and of their extracts, that could not be made are asked
    for once more; how many. Raises NotAllowed, and WrongState where none is missing.
    """
    if not may_prepare(by, meeting.committee):
        raise NotAllowed(_("Bare sekretariatet kan bestille filer av en godkjent protokoll."))
    whole, extracts = failed_files(meeting)
    if not (whole or extracts):
        raise WrongState(_("Alle filene er laget."))
    if whole:
        make_minutes.enqueue(meeting.pk)
    for item in extracts:
        make_extract.enqueue(item.pk)
    _write(meeting, by, "remake_minutes", "Filene av protokollen fra %(meeting)s bestilt på nytt.")
    return bool(whole) + len(extracts)


def take_back_changed(meeting: Meeting) -> None:
    """Call it after each write to what the minutes of a held meeting tell: an approval of other words than
    they have now is taken back, and who gave it is told and asked anew."""
    standing = MinutesApproval.objects.filter(minutes__meeting=meeting, taken_back_at=None)
    approvals = list(standing.select_related("by", "minutes")) if meeting.state == Meeting.State.HELD else []
    if not approvals:
        return
    mark = mark_of(facts_of(meeting, approvals[0].minutes))
    for approval in approvals:
        if approval.words == mark:
            continue
        approval.taken_back_at = timezone.now()
        approval.save(update_fields=["taken_back_at"])
        done(_key(meeting, approval.words))
        text = _lazy("Protokollen fra %(meeting)s er endret etter at du godkjente den. Les den på nytt.")
        _tell(meeting, [approval.by], _changed_key(meeting, approval), text)
        what = "Godkjenningen av protokollen fra %(meeting)s falt bort, fordi protokollen ble endret."
        _write(meeting, approval.by, "take_back_approval", what)


def _check_decided(meeting: Meeting) -> None:
    undecided = AgendaItem.objects.filter(meeting=meeting).exclude(case__decisions__meeting=meeting)
    if numbers := list(undecided.order_by("position", "pk").values_list("case__printed_number", flat=True)):
        raise WrongState(
            _("Sak %(cases)s er ikke avgjort i møtet. Før et vedtak, eller ta den av sakslisten.")
            % {"cases": ", ".join(numbers)}
        )


def _not_allowed(meeting: Meeting) -> str:
    if meeting.committee.rulebook.minutes_approvers > 1:
        return _("Protokollen godkjennes av lederen eller nestlederen, og en til som var til stede i møtet.")
    return _("Bare lederen og nestlederen av utvalget kan godkjenne protokollen.")


def _freeze(meeting: Meeting, minutes: Minutes, approvals: Sequence[MinutesApproval]) -> None:
    move(meeting, Meeting.State.MINUTES_APPROVED)
    with translation.override(meeting.committee.community.language):
        facts = {**facts_of(meeting, minutes), "approved": approved_by(approvals)}
    minutes.content, minutes.sha256 = written(facts), mark_of(facts)
    minutes.approved_by, minutes.approved_at = approvals[-1].by, timezone.now()
    minutes.save()
    done(_key(meeting, approvals[-1].words))
    subjects().recorded(meeting)
    make_minutes.enqueue(meeting.pk)


def _ask_another(meeting: Meeting, approved: list[Seat], mark: str) -> None:
    """Tells those who may be the next: where only the leader is missing, the leaders alone."""
    seats = approving_seats(meeting).exclude(user=None).exclude(user__in=[seat.user for seat in approved])
    led = any(seat.role in LEADERS for seat in approved)
    if not led and len(approved) + 1 >= meeting.committee.rulebook.minutes_approvers:
        seats = seats.filter(role__in=LEADERS)
    names = ", ".join(seat.printed_name for seat in approved)
    text = _lazy("%(names)s har godkjent protokollen fra %(meeting)s. Les den, og godkjenn den du også.")
    _tell(meeting, [seat.user for seat in seats if seat.user], _key(meeting, mark), text, names=names)


def _answered(meeting: Meeting, minutes: Minutes, by: User, mark: str) -> None:
    """What this person was asked is done."""
    done(_key(meeting, mark), to=by)
    for approval in minutes.approvals.filter(by=by).exclude(taken_back_at=None):
        done(_changed_key(meeting, approval))


def _key(meeting: Meeting, mark: str) -> str:
    """Of these words: others are a new thing to approve."""
    return f"minutes:{meeting.pk}:{mark[:16]}"


def _changed_key(meeting: Meeting, approval: MinutesApproval) -> str:
    return f"minutes:{meeting.pk}:changed:{approval.pk}"


def _tell(meeting: Meeting, people: list[User], key: str, text: "_StrPromise", **facts: str) -> None:
    committee = meeting.committee
    tell(
        committee.community,
        to=people,
        kind="meeting",
        key=key,
        group=f"meeting:{meeting.pk}",
        group_title=str(meeting),
        text=lambda: text % {"meeting": meeting, **facts},
        path=reverse("minutes", args=[committee.community.slug, committee.slug, meeting.date]),
        due=timezone.localdate() + APPROVE_WITHIN,
    )


def _write(meeting: Meeting, by: User, verb: str, said: str) -> None:
    Audit.objects.write(meeting.committee.community, by=by, verb=verb, what=said, facts={"meeting": meeting})
