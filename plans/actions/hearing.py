"""A frozen version goes to hearing; input comes in, and each gets its answer."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.actions import make_link
from committees.models import Committee, PersonalLink, Seat
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from helsefellesskap.national_id import find
from helsefellesskap.richtext import clean_inline, plain
from partners.actions import done, tell
from partners.models import Audit, Partner, User
from partners.roles import on
from plans import rules
from plans.editable import cleaned
from plans.models import Edit, Hearing, Input, Item, Plan, Revision
from plans.queries.draft import row_of
from plans.queries.hearing import givers_of, invited_to

from .edit import edit_row
from .freeze import freeze

Disposition = Input.Disposition
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
    plan = Plan.objects.select_for_update(of=("self",)).select_related("community").get(pk=plan.pk)
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
        key=_key(hearing),
        group=f"plan:{plan.pk}",
        group_title=plan.title,
        text=_("«%(plan)s» er på høring. %(message)s") % {"plan": plan.title, "message": hearing.message},
        path=hearing.get_absolute_url(),
        due=deadline,
    )
    seats = Seat.objects.filter(on(timezone.localdate()), committee__in=committees, user=None)
    for seat in seats.exclude(email="").select_related("committee__community"):
        send_hearing_link(hearing, by=by, seat=seat, name=seat.printed_name, email=seat.email)
    _write(hearing, by, "send_hearing", _("Sendte «%(plan)s» versjon %(number)s på høring, frist %(day)s."))
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
    hearing = _locked(hearing)
    if not rules.may_send_hearing(by, hearing.revision.plan):
        raise NotAllowed(_("Bare sekretariatet kan avslutte en høring."))
    if hearing.closed_at:
        raise WrongState(_("Høringen er allerede avsluttet."))
    hearing.closed_at = timezone.now()
    hearing.save(update_fields=["closed_at"])
    done(_key(hearing))
    _write(hearing, by, "close_hearing", _("Avsluttet høringen av «%(plan)s» versjon %(number)s."))


@transaction.atomic
def give_input(
    hearing: Hearing,
    *,
    operation: UUID,
    text: str,
    item: Item | None = None,
    wording: str = "",
    by: User | None = None,
    link: PersonalLink | None = None,
    open_key: str = "",
    partner: Partner | None = None,
    committee: Committee | None = None,
    name: str = "",
    email: str = "",
    name_public: bool = False,
) -> Input:
    """A remark on the whole or one part, or a proposed wording of a goal or measure. Sent twice, it is one.

    Raises NotAllowed, WrongState (the deadline has passed) and Refusal.
    """
    hearing = _locked(hearing)
    if sent := Input.objects.filter(operation=operation).first():
        if sent.hearing_id != hearing.pk:
            raise Conflict(_("Skjemaet er brukt før. Åpne siden på nytt."))
        return sent
    if hearing.closed_at or hearing.deadline < timezone.localdate():
        raise WrongState(_("Høringsfristen har gått ut. Kontakt sekretariatet hvis du likevel vil si noe."))
    _check_who(hearing, by, link, open_key, partner, committee)
    text, wording = text.strip(), clean_inline(wording).strip()
    _check_words(hearing.revision, item, text, wording)
    given = Input.objects.create(
        hearing=hearing,
        operation=operation,
        item=item,
        kind=Input.Kind.WORDING if wording else Input.Kind.REMARK,
        text=text,
        wording=wording,
        partner=partner or (link.partner if link else None),
        committee=committee,
        user=by,
        link=link,
        name=by.name if by else link.name if link else name.strip(),
        email="" if by else link.email if link else email.strip().lower(),
        # An organisation's input is public under its name; a person's only where they said so.
        name_public=name_public or bool(partner or committee),
    )
    if asked := by or (link and link.email):
        done(_key(hearing), to=asked)
    _write(hearing, by, "give_input", _("Innspill til «%(plan)s» versjon %(number)s."))
    return given


@transaction.atomic
def answer_input(given: Input, *, by: User, version: int, disposition: str, reason: str) -> Input:
    """«Innspillet er delvis tatt inn, fordi …». Who gave it is told. Raises NotAllowed, Conflict, Refusal."""
    given = _locked_input(given, by)
    if given.version != version:
        raise Conflict(_("Noen andre har svart på innspillet i mellomtiden."))
    reason = reason.strip()
    if disposition not in Disposition.values or disposition == Disposition.UNANSWERED:
        raise Refusal(_("Velg om innspillet er tatt inn."))
    if disposition != Disposition.TAKEN_IN and not reason:
        raise Refusal(_("Oppgi en begrunnelse."))
    _answer(given, by=by, disposition=disposition, reason=reason)
    return given


@transaction.atomic
def take_in(given: Input, *, by: User, version: int, base: str) -> Input:
    """Puts the proposed wording into the draft, by one click; the log knows where it came from.

    `base` is the draft's text that the person saw; other words there raise Conflict. Raises NotAllowed,
    WrongState and Refusal too.
    """
    given = _locked_input(given, by)
    if given.version != version:
        raise Conflict(_("Noen andre har svart på innspillet i mellomtiden."))
    if given.kind != Input.Kind.WORDING or given.item is None:
        raise WrongState(_("Innspillet foreslår ingen ordlyd."))
    plan = given.hearing.revision.plan
    row = row_of(plan, given.item)
    if row is None:
        raise WrongState(_("Det innspillet gjelder, er ikke i utkastet lenger."))
    if row.html != base:  # type: ignore[union-attr]
        raise Conflict(_("Teksten i utkastet er endret siden du så den. Se etter og prøv igjen."))
    edit_row(row, by=by, version=row.version, values={"html": given.wording})
    given.taken_in_by = Edit.objects.filter(plan=plan, item=given.item, field="html").latest("pk")
    _answer(given, by=by, disposition=Disposition.TAKEN_IN, reason=given.reason)
    return given


def tell_what_became_of_it(plan: Plan) -> None:
    """The plan is adopted: those who gave input on the way hear of it. In adoption's transaction."""
    tell(
        plan.community,
        to=givers_of(plan),
        kind="answer",
        key=f"adopted:{plan.pk}",
        group=f"plan:{plan.pk}",
        group_title=plan.title,
        text=_("«%(plan)s», som du ga innspill til, er vedtatt.") % {"plan": plan.title},
        path=plan.get_absolute_url(),
    )


def _answer(given: Input, *, by: User, disposition: str, reason: str) -> None:
    given.disposition, given.reason = disposition, reason
    given.answered_by, given.answered_at = by, timezone.now()
    given.version += 1
    given.save()
    plan = given.hearing.revision.plan
    tell(
        plan.community,
        to=[given.user or given.email] if given.user or given.email else [],
        kind="answer",
        # A new answer is a new thing to hear of.
        key=f"input:{given.pk}:{given.version}",
        group=f"plan:{plan.pk}",
        group_title=plan.title,
        text=_("Innspillet ditt er besvart: %(answer)s. %(reason)s")
        % {"answer": given.get_disposition_display(), "reason": reason},
        path=given.hearing.get_absolute_url() if given.user else given.get_absolute_url(),
    )
    said = _("Svarte på innspill til «%(plan)s» versjon %(number)s: ") + given.get_disposition_display() + "."
    _write(given.hearing, by, "answer_input", said)


def _key(hearing: Hearing) -> str:
    """What the invitation's notice is about, until who got it has given input."""
    return f"hearing:{hearing.pk}"


def _locked(hearing: Hearing) -> Hearing:
    found = Hearing.objects.select_for_update(of=("self",)).select_related("revision__plan__community")
    return found.get(pk=hearing.pk)


def _locked_input(given: Input, by: User) -> Input:
    found = Input.objects.select_for_update(of=("self",)).select_related(
        "hearing__revision__plan__community", "user", "item"
    )
    given = found.get(pk=given.pk)
    if not rules.may_send_hearing(by, given.hearing.revision.plan):
        raise NotAllowed(_("Bare sekretariatet kan svare på innspill."))
    return given


def _check_who(
    hearing: Hearing,
    by: User | None,
    link: PersonalLink | None,
    open_key: str,
    partner: Partner | None,
    committee: Committee | None,
) -> None:
    plan = hearing.revision.plan
    holds_key = bool(hearing.open_key) and secrets.compare_digest(open_key, hearing.open_key)
    holds_link = link is not None and (link.purpose, link.target) == ("hearing", hearing.pk)
    if not (holds_key or holds_link or (by and rules.may_give_input(by, hearing))):
        raise NotAllowed(_("Høringen er ikke sendt til deg."))
    if partner and not (
        (link and link.partner_id == partner.pk) or (by and rules.may_report(by, plan, partner))
    ):
        raise NotAllowed(_("Du kan ikke gi innspill på vegne av %(who)s.") % {"who": partner})
    if committee and not (by and rules.may_report(by, plan, committee)):
        raise NotAllowed(_("Du kan ikke gi innspill på vegne av %(who)s.") % {"who": committee.abbreviation})


def _check_words(revision: Revision, item: Item | None, text: str, wording: str) -> None:
    if not text and not wording:
        raise Refusal(_("Skriv et innspill, eller den ordlyden du foreslår."))
    if find(text) or find(plain(wording)):
        raise Refusal(_("Innspillet inneholder et fødselsnummer eller D-nummer. Ta det ut."))
    if item and not revision.items.filter(item=item).exists():
        raise Refusal(_("Det innspillet gjelder, er ikke i planen."))
    if wording and (item is None or item.kind == Item.Kind.SECTION):
        raise Refusal(_("Ny ordlyd foreslås for et mål eller et tiltak."))
    if wording and cleaned("html", wording) == "":
        raise Refusal(_("Skriv ordlyden du foreslår."))


def _write(hearing: Hearing, by: User | None, verb: str, said: str) -> None:
    plan = hearing.revision.plan
    facts = {
        "plan": plan.title,
        "number": hearing.revision.number,
        "day": f"{hearing.deadline:%d.%m.%Y}",
    }
    Audit.objects.write(plan.community, by=by, verb=verb, what=said % facts)
