"""A committee's own rules are written down, and its yearly wheel (årshjul) is laid."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from committees import rules
from committees.models import Committee, WheelEntry
from committees.rulebook import Rules
from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import Audit, User


@transaction.atomic
def set_rules(committee: Committee, *, by: User, rulebook: Rules) -> None:
    """What the mandate says from now on; what was decided under the old rules stays.

    Raises NotAllowed and Refusal.
    """
    committee = locked(Committee.objects).get(pk=committee.pk)
    if not rules.may_set_rules(by, committee):
        raise NotAllowed(_("Bare sekretariatet kan endre utvalgets regler."))
    try:
        numbers = {rulebook.print_number(number, 2026) for number in (1, 2, 11)}
    except (LookupError, ValueError, AttributeError) as error:
        raise Refusal(_("Saksnummeret kan ikke skrives slik.")) from error
    if len(numbers) < 3:
        raise Refusal(_("Saksnummeret må ha {number} i seg, ellers får alle saker samme nummer."))
    committee.rules = rulebook.stored()
    committee.save(update_fields=["rules"])
    _write(committee, by, "set_rules", "Endret reglene for %(committee)s.")


@transaction.atomic
def add_to_wheel(committee: Committee, *, by: User, day: date, kind: str, text: str) -> WheelEntry:
    """A day in the committee's year; the same day twice is one. Raises NotAllowed and Refusal."""
    _may_prepare(by, committee)
    if not text.strip():
        raise Refusal(_("Skriv hva dagen gjelder."))
    entry, _made = WheelEntry.objects.get_or_create(
        committee=committee, date=day, kind=kind, text=text.strip()
    )
    return entry


@transaction.atomic
def take_off_wheel(entry: WheelEntry, *, by: User) -> None:
    """Raises NotAllowed."""
    _may_prepare(by, entry.committee)
    entry.delete()


def _may_prepare(by: User, committee: Committee) -> None:
    if not rules.may_prepare(by, committee):
        raise NotAllowed(_("Bare sekretariatet og utvalgets sekretær kan endre årshjulet."))


def _write(committee: Committee, by: User, verb: str, said: str) -> None:
    Audit.objects.write(
        committee.community, by=by, verb=verb, what=said, facts={"committee": committee.abbreviation}
    )
