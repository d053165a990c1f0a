"""Input comes in to a hearing: on the whole or one part, as a remark or a proposed wording."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import Committee, PersonalLink
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from helsefellesskap.national_id import find
from helsefellesskap.richtext import clean_inline, plain
from partners.actions import done
from partners.models import Partner, User
from plans import rules
from plans.editable import cleaned
from plans.models import Hearing, Input, Item, Revision

from .send_hearing import key_of, locked_hearing, write_line


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
    hearing = locked_hearing(hearing)
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
        done(key_of(hearing), to=asked)
    write_line(hearing, by, "give_input", "Innspill til «%(plan)s» versjon %(number)s.")
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
