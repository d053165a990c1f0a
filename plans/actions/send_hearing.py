"""A frozen version goes to hearing with a deadline, and the hearing is closed."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.actions import make_link
from committees.models import Committee, PersonalLink, Seat
from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.actions import done, tell
from partners.models import Audit, Partner, User
from partners.roles import on
from plans import rules
from plans.models import Hearing, Plan, Revision
from plans.queries.hearing import invited_to

from .freeze import freeze

# How long after the deadline a personal link still opens what its holder said, until the hearing is closed.
READABLE = timedelta(days=60)


@transaction.atomic
def send_hearing(
    plan: Plan,
    *,
    by: User,
    deadline: date,
    name: str,
    message: str = "",
    parties: Sequence[Partner] = (),
    committees: Sequence[Committee] = (),
    open_to_all: bool = False,
    listed: bool = False,
) -> Hearing:
    """Freezes the draft and asks these for input by the deadline; the draft stays open for work.

    `open_to_all` makes a secret address for everybody who has it; `listed` shows it on the front page,
    too. Raises NotAllowed, WrongState, Conflict and Refusal.
    """
    plan = locked(Plan.objects).select_related("community").get(pk=plan.pk)
    if not rules.may_send_hearing(by, plan):
        raise NotAllowed(_("Bare sekretariatet kan sende en plan på høring."))
    if plan.locked:
        raise WrongState(_("Planen er publisert, og kan ikke sendes på høring."))
    if deadline < timezone.localdate():
        raise Refusal(_("Høringsfristen har allerede vært."))
    if not (parties or committees or open_to_all):
        raise Refusal(_("Velg hvem som skal høres."))
    outside = [p for p in parties if not plan.community.memberships.filter(partner=p).exists()]
    if outside or any(c.community_id != plan.community_id for c in committees):
        raise Refusal(_("En av dem du har valgt, hører ikke til dette helsefellesskapet."))
    if plan.revisions.filter(name=name).exists():
        raise Conflict(_("Planen har allerede en versjon som heter «%(name)s».") % {"name": name})
    revision = freeze(plan, by=by, purpose=Revision.Purpose.HEARING, name=name)
    hearing = Hearing.objects.create(
        revision=revision,
        deadline=deadline,
        message=message.strip(),
        open_key=secrets.token_urlsafe(16) if open_to_all or listed else "",
        listed=listed,
        sent_by=by,
    )
    hearing.parties.set(parties)
    hearing.committees.set(committees)
    if plan.state == Plan.State.DRAFT:
        plan.state = Plan.State.IN_REVIEW
        plan.save(update_fields=["state"])
    tell(
        plan.community,
        to=invited_to(hearing),
        kind="hearing",
        key=key_of(hearing),
        group=f"plan:{plan.pk}",
        group_title=plan.title,
        text=lambda: (
            _("«%(plan)s» er på høring. %(message)s") % {"plan": plan.title, "message": hearing.message}
        ).strip(),
        path=hearing.get_absolute_url(),
        due=deadline,
    )
    seats = Seat.objects.filter(on(timezone.localdate()), committee__in=committees, user=None)
    for seat in seats.exclude(email="").select_related("committee__community"):
        send_hearing_link(hearing, by=by, seat=seat, name=seat.printed_name, email=seat.email)
    said = "Sendte «%(plan)s» versjon %(number)s på høring, frist %(day)s."
    write_line(hearing, by, "send_hearing", said)
    return hearing


def send_hearing_link(
    hearing: Hearing,
    *,
    by: User,
    name: str,
    email: str,
    seat: Seat | None = None,
    partner: Partner | None = None,
) -> str:
    """Mails a personal link to somebody without an account: for a seat, or for a party that was asked.

    Returns its address. As `make_link` raises, and Refusal where the party was not asked.
    """
    if partner and not hearing.parties.filter(pk=partner.pk).exists():
        raise Refusal(_("Høringen er ikke sendt til denne parten."))
    last_day = max(hearing.deadline, timezone.localdate())
    return make_link(
        PersonalLink.Purpose.HEARING,
        hearing.pk,
        by=by,
        seat=seat,
        partner=partner,
        community=None if seat else hearing.revision.plan.community,
        name=name,
        email=email,
        expires_at=timezone.make_aware(datetime.combine(last_day + READABLE, time(23, 59))),
    )


@transaction.atomic
def close_hearing(hearing: Hearing, *, by: User) -> None:
    """Takes in no more, before or after the deadline. Raises NotAllowed and WrongState."""
    hearing = locked_hearing(hearing)
    if not rules.may_send_hearing(by, hearing.revision.plan):
        raise NotAllowed(_("Bare sekretariatet kan avslutte en høring."))
    if hearing.closed_at:
        raise WrongState(_("Høringen er allerede avsluttet."))
    hearing.closed_at = timezone.now()
    hearing.save(update_fields=["closed_at"])
    done(key_of(hearing))
    write_line(hearing, by, "close_hearing", "Avsluttet høringen av «%(plan)s» versjon %(number)s.")


def key_of(hearing: Hearing) -> str:
    """What the invitation's notice is about, until who got it has given input."""
    return f"hearing:{hearing.pk}"


def locked_hearing(hearing: Hearing) -> Hearing:
    found = locked(Hearing.objects).select_related("revision__plan__community")
    return found.get(pk=hearing.pk)


def write_line(hearing: Hearing, by: User | None, verb: str, said: str, **facts: object) -> None:
    plan = hearing.revision.plan
    facts = {
        **facts,
        "plan": plan.title,
        "number": hearing.revision.number,
        "day": f"{hearing.deadline:%d.%m.%Y}",
    }
    Audit.objects.write(plan.community, by=by, verb=verb, what=said, facts=facts)
