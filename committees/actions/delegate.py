"""«PM ga SSU myndighet til å vedta endelig»: authority is given, ends, and is stood on."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.models import AgendaItem, Authority, AuthorityUse, Committee, DecisionPoint, Seat
from committees.subjects import subjects
from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.models import Audit, HealthCommunity, Partner, User
from partners.roles import may


class OutsideAuthority(WrongState):
    """An authority does not cover what it is to be used for."""


@transaction.atomic
def delegate(
    community: HealthCommunity,
    *,
    by: User,
    giver: Committee | Partner,
    holder: Committee | Seat,
    case_number: str,
    covers: str,
    about: Sequence[str] = (),
    start: date | None = None,
    end: date | None = None,
    point: DecisionPoint | None = None,
) -> Authority:
    """Records an authority that was given: by a decision here (`point`), or elsewhere, by its case number.

    `about` are subject keys, as `subjects().of(case)` names them. Raises NotAllowed and Refusal.
    """
    if point is None and not may(by, "prepare_meetings", community):
        raise NotAllowed(_("Bare sekretariatet kan registrere delegert myndighet."))
    if not covers.strip() or not case_number.strip():
        raise Refusal(_("Oppgi saken og hva myndigheten gjelder."))
    authority = Authority(
        community=community,
        from_committee=giver if isinstance(giver, Committee) else None,
        from_partner=giver if isinstance(giver, Partner) else None,
        to_committee=holder if isinstance(holder, Committee) else None,
        to_seat=holder if isinstance(holder, Seat) else None,
        case_number=case_number.strip(),
        covers=covers.strip(),
        point=point,
        start=start or timezone.localdate(),
        end=end,
        recorded_by=by,
    )
    if authority.end and authority.end < authority.start:
        raise Refusal(_("Sluttdatoen er før startdatoen."))
    authority.save()
    subjects().cover(authority, about)
    Audit.objects.write(
        community, by=by, verb="delegate", what="Myndighet: %(what)s.", facts={"what": authority}
    )
    return authority


@transaction.atomic
def revoke_authority(authority: Authority, *, by: User, day: date) -> None:
    """The giver took the authority back; from this day it is none. Raises NotAllowed, WrongState."""
    authority = locked(Authority.objects).get(pk=authority.pk)
    if not may(by, "prepare_meetings", authority.community_id):
        raise NotAllowed(_("Bare sekretariatet kan registrere at myndighet er trukket tilbake."))
    if authority.revoked_on:
        raise WrongState(_("Myndigheten er allerede trukket tilbake."))
    authority.revoked_on = day
    authority.save(update_fields=["revoked_on"])
    Audit.objects.write(
        authority.community,
        by=by,
        verb="revoke_authority",
        what="Myndighet trukket tilbake: %(what)s.",
        facts={"what": authority},
    )


def holds_on(authority: Authority, day: date) -> bool:
    """Whether the authority is one on this day."""
    return (
        authority.start <= day
        and (authority.end is None or day <= authority.end)
        and (authority.revoked_on is None or day < authority.revoked_on)
    )


def stand_on(point: DecisionPoint, authority: Authority, *, item: AgendaItem) -> AuthorityUse:
    """Records that the point stands on the authority. Raises OutsideAuthority where it is another's or over.

    Whether it covers the point's subject is for `subjects().apply`.
    """
    committee, day = item.meeting.committee, item.meeting.date
    if authority.to_committee_id not in (None, committee.pk):
        raise OutsideAuthority(_("Myndigheten er gitt til et annet utvalg."))
    if authority.to_seat_id and not item.attendances.filter(seat=authority.to_seat_id).exists():
        raise OutsideAuthority(_("Den som har myndigheten, var ikke til stede i saken."))
    if not holds_on(authority, day):
        raise OutsideAuthority(
            _("Myndigheten fra %(giver)s gjaldt ikke på møtedagen %(day)s.")
            % {"giver": authority.from_committee or authority.from_partner, "day": f"{day:%d.%m.%Y}"}
        )
    return AuthorityUse.objects.create(authority=authority, point=point)
