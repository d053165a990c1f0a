"""«Et medlem ble kjent inhabil»: reported by the member, decided by the committee for one case."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees import rules
from committees.models import Attendance, Case, Recusal, Seat
from committees.queries.case_page import is_settled
from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, Refusal, WrongState
from partners.models import Audit, User


@transaction.atomic
def report_recusal(case: Case, seat: Seat, *, by: User, reason: str) -> Recusal:
    """The member says what may make them inhabil; those who prepare may write it down for them.

    Raises NotAllowed, WrongState and Refusal.
    """
    case = locked(Case.objects).select_related("committee__community").get(pk=case.pk)
    mine = any(held.pk == seat.pk for held in rules.seats_held(by, case.committee))
    if seat.committee_id != case.committee_id or not (mine or rules.may_prepare(by, case.committee)):
        raise NotAllowed(_("Inhabilitet meldes av medlemmet selv eller føres av sekretariatet."))
    if is_settled(case):
        raise WrongState(_("Saken er avgjort: inhabilitet meldes før vedtaket."))
    if not reason.strip():
        raise Refusal(_("Skriv hva som kan gjøre deg inhabil."))
    if case.recusals.filter(seat=seat).exists():
        raise WrongState(_("Det er allerede meldt fra om dette medlemmet i saken."))
    recusal = Recusal.objects.create(case=case, seat=seat, reason=reason.strip(), reported_by=by)
    _write(recusal, by, "report_recusal", "%(name)s meldte mulig inhabilitet i sak %(case)s.")
    return recusal


@transaction.atomic
def recuse(
    recusal: Recusal, *, by: User, recused: bool, legal_basis: str, deputy: Seat | None = None
) -> Recusal:
    """Records what the committee decided. A recused member is out of the case, the deputy steps in.

    Raises NotAllowed, WrongState and Refusal.
    """
    recusal = locked(Recusal.objects).select_related("case__committee__community", "seat").get(pk=recusal.pk)
    case = recusal.case
    if not rules.may_prepare(by, case.committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan føre avgjørelsen."))
    if is_settled(case):
        raise WrongState(_("Saken er avgjort: inhabilitet avgjøres før vedtaket."))
    if not legal_basis.strip():
        raise Refusal(_("Oppgi hjemmelen for avgjørelsen."))
    if deputy and (deputy.committee_id != case.committee_id or deputy.role != Seat.Role.DEPUTY):
        raise Refusal(_("Den som trer inn, må være vara i utvalget."))
    recusal.outcome = Recusal.Outcome.RECUSED if recused else Recusal.Outcome.NOT_RECUSED
    recusal.legal_basis = legal_basis.strip()
    recusal.deputy = deputy if recused else None
    recusal.recorded_by, recusal.decided_at = by, timezone.now()
    recusal.save()
    if recused:
        _step_out(recusal)
    said = (
        "%(name)s ble kjent inhabil i sak %(case)s (%(basis)s)."
        if recused
        else "%(name)s ble kjent habil i sak %(case)s (%(basis)s)."
    )
    _write(recusal, by, "recuse", said)
    return recusal


def _step_out(recusal: Recusal) -> None:
    """The member leaves the case's items where they were recorded; the deputy takes the place."""
    at_case = Attendance.objects.filter(agenda_item__case=recusal.case)
    items = list(at_case.filter(seat=recusal.seat).values_list("agenda_item", flat=True))
    at_case.filter(seat=recusal.seat).delete()
    if recusal.deputy:
        for item in items:
            Attendance.objects.update_or_create(
                agenda_item_id=item, seat=recusal.deputy, defaults={"stands_in_for": recusal.seat}
            )


def _write(recusal: Recusal, by: User, verb: str, said: str) -> None:
    Audit.objects.write(
        recusal.case.committee.community,
        by=by,
        verb=verb,
        what=said,
        facts={
            "name": recusal.seat.printed_name,
            "case": recusal.case.printed_number,
            "basis": recusal.legal_basis,
        },
    )
