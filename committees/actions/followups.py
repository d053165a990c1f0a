"""«Møtet ba Tromsø kommune følge opp»: written while the meeting is treated, told, changed, and done."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.models import Case, FollowUp, Meeting, Seat
from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.actions import done, tell
from partners.models import Audit, Partner, User
from partners.roles import on

from .meetings import lock_meeting
from .minutes import take_back_changed

State = Meeting.State


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """What is to be done, by whom (a seat, a party, or somebody in words), until when, and in which case."""

    what: str
    responsible: Seat | Partner | str
    due: date
    case: Case | None = None


@transaction.atomic
def write_follow_up(meeting: Meeting, *, by: User, to_do: ToDo) -> FollowUp:
    """Something that the meeting decided to do; who is responsible is told at once.

    Raises NotAllowed, WrongState (the meeting has not begun, or its minutes are approved) and Refusal.
    """
    meeting = lock_meeting(meeting, by=by)
    if not meeting.can_be_followed_up:
        raise WrongState(_("Oppfølging skrives når møtet er i gang, og til protokollen er godkjent."))
    item = FollowUp(meeting=meeting, written_by=by)
    _set(item, to_do)
    item.save()
    tell_responsible(item)
    take_back_changed(meeting)
    _write(item, by, "write_follow_up", "Skrev et oppfølgingspunkt fra %(meeting)s.")
    return item


@transaction.atomic
def edit_follow_up(item: FollowUp, *, by: User, version: int, to_do: ToDo) -> FollowUp:
    """Other words, another responsible or due date. When the minutes are approved, what is to be done and
    in which case stands as they say. Raises NotAllowed, WrongState, Conflict and Refusal.
    """
    item = _lock(item, by=by)
    if item.version != version:
        raise Conflict(_("Noen andre lagret punktet mens du skrev."))
    if item.done_on:
        raise WrongState(_("Punktet er utført. Åpne det igjen for å endre det."))
    before = (item.what, item.case_id), item.responsible_name
    _set(item, to_do)
    if item.meeting.state == State.MINUTES_APPROVED and (item.what, item.case_id) != before[0]:
        raise WrongState(_("Protokollen er godkjent. Bare ansvarlig og frist kan endres."))
    if item.responsible_name != before[1]:
        _ask_anew(item)
    item.version += 1
    item.save()
    tell_responsible(item)
    _take_back(item)
    _write(item, by, "edit_follow_up", "Endret et oppfølgingspunkt fra %(meeting)s.")
    return item


@transaction.atomic
def drop_follow_up(item: FollowUp, *, by: User) -> None:
    """Takes it out, before the minutes are approved. Raises NotAllowed and WrongState."""
    item = _lock(item, by=by)
    if item.meeting.state == State.MINUTES_APPROVED:
        raise WrongState(_("Protokollen er godkjent, og punktet står i den. Meld det utført i stedet."))
    done(key_of(item))
    _write(item, by, "drop_follow_up", "Tok ut et oppfølgingspunkt fra %(meeting)s.")
    item.delete()
    take_back_changed(item.meeting)


@transaction.atomic
def finish_follow_up(item: FollowUp, *, by: User, day: date, words: str) -> FollowUp:
    """It is done, said by whoever is responsible or by those who prepare. `day` is when.

    Raises NotAllowed, WrongState and Refusal.
    """
    item = _locked(item)
    if not rules.may_finish(by, item):
        raise NotAllowed(_("Bare den som er ansvarlig, og sekretariatet, kan melde punktet utført."))
    if item.done_on:
        raise WrongState(_("Punktet er allerede meldt utført."))
    if not item.meeting.date <= day <= timezone.localdate():
        raise Refusal(_("Velg en dag fra møtet og til i dag."))
    item.done_on, item.done_by, item.done_words = day, by, words.strip()
    item.version += 1
    item.save()
    done(key_of(item))
    _take_back(item)
    _write(item, by, "finish_follow_up", "Meldte et oppfølgingspunkt fra %(meeting)s utført.")
    return item


@transaction.atomic
def reopen_follow_up(item: FollowUp, *, by: User) -> FollowUp:
    """It was not done after all: who is responsible is asked anew. Raises NotAllowed and WrongState."""
    item = _lock(item, by=by)
    if not item.done_on:
        raise WrongState(_("Punktet er ikke meldt utført."))
    item.done_on, item.done_by, item.done_words = None, None, ""
    _ask_anew(item)
    item.version += 1
    item.save()
    tell_responsible(item)
    _take_back(item)
    _write(item, by, "reopen_follow_up", "Åpnet igjen et oppfølgingspunkt fra %(meeting)s.")
    return item


def tell_responsible(item: FollowUp) -> None:
    """Tells whoever is responsible, with its due date; of a restricted case only that there is something."""
    meeting = item.meeting

    def text() -> str:
        if item.restricted:
            return _("Du har fått noe å følge opp etter %(meeting)s.") % {"meeting": meeting}
        return _("Følg opp: %(what)s") % {"what": item.what}

    tell(
        meeting.committee.community,
        to=_people(item),
        kind="decision",
        key=key_of(item),
        group=f"meeting:{meeting.pk}",
        group_title=str(meeting),
        text=text,
        path=item.get_absolute_url(),
        due=item.due,
    )


def key_of(item: FollowUp) -> str:
    return f"follow_up:{item.pk}:{item.round}"


def _people(item: FollowUp) -> list[User | str]:
    """The seat's person; of a party its representatives and who sits for it, as `rules.is_responsible`."""
    if item.seat:
        return [item.seat.user or item.seat.email]
    if not item.partner:
        return []
    today, committee = on(timezone.localdate()), item.meeting.committee
    seats = committee.seats.filter(today, represents=item.partner).select_related("user")
    people: list[User | str] = [seat.user or seat.email for seat in seats]
    if not item.restricted:
        speaks = committee.community.representatives.filter(today, partner=item.partner)
        people += [representative.user for representative in speaks.select_related("user")]
    return people


def _ask_anew(item: FollowUp) -> None:
    done(key_of(item))
    item.round += 1


def _take_back(item: FollowUp) -> None:
    """Its meeting's minutes tell of it, and those of later meetings."""
    later = Meeting.objects.filter(
        committee=item.meeting.committee_id, date__gte=item.meeting.date, state=State.HELD
    )
    for meeting in later.select_related("committee__community"):
        take_back_changed(meeting)


def _set(item: FollowUp, to_do: ToDo) -> None:
    if not to_do.what.strip():
        raise Refusal(_("Skriv hva som skal gjøres."))
    if to_do.due < item.meeting.date:
        raise Refusal(_("Fristen er før møtet."))
    if to_do.case and not item.meeting.agenda.filter(case=to_do.case).exists():
        raise Refusal(_("Saken står ikke på møtets saksliste."))
    item.what, item.due, item.case = to_do.what.strip(), to_do.due, to_do.case
    who = to_do.responsible
    if isinstance(who, Seat) and who.committee_id != item.meeting.committee_id:
        raise Refusal(_("Vervet er i et annet utvalg."))
    item.seat = who if isinstance(who, Seat) else None
    item.partner = who if isinstance(who, Partner) else None
    item.responsible = who.strip() if isinstance(who, str) else ""
    if not item.responsible_name:
        raise Refusal(_("Oppgi hvem som er ansvarlig."))


def _locked(item: FollowUp) -> FollowUp:
    """Behind its meeting's row, which whoever approves the minutes holds."""
    locked(Meeting.objects).get(pk=item.meeting_id)
    found = locked(FollowUp.objects)
    return found.select_related("meeting__committee__community", "case", "seat__user", "partner").get(
        pk=item.pk
    )


def _lock(item: FollowUp, *, by: User) -> FollowUp:
    """For those who prepare the meetings."""
    item = _locked(item)
    if not rules.may_prepare(by, item.meeting.committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan skrive oppfølgingspunkter."))
    return item


def _write(item: FollowUp, by: User, verb: str, said: str) -> None:
    """Nothing of what it says: it may come from a restricted case."""
    Audit.objects.write(
        item.meeting.committee.community, by=by, verb=verb, what=said, facts={"meeting": item.meeting}
    )
