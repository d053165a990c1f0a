"""The demo's hearing: next year's draft, open to everybody; three inputs, two of them answered."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from committees.models import Seat
from partners.models import User
from plans.actions import answer_input, give_input, send_hearing, take_in
from plans.models import Hearing, Input, Measure, Plan

LETTER = "Vi vil særlig høre om fristene er til å leve med for små kommuner."
DRUGS = "Gjennomføre legemiddelgjennomgang"


def add_hearing(plan: Plan, *, by: User) -> None:
    """A citizen is answered, a committee's wording is taken in, a citizen's remark waits."""
    ssu = plan.community.committees.get(abbreviation="SSU")
    hearing = send_hearing(
        plan,
        by=by,
        deadline=timezone.localdate() + timedelta(days=28),
        name="til høring",
        message=LETTER,
        committees=[ssu],
        listed=True,
    )
    relatives = _from_a_citizen(hearing, "Randi Larsen", "Pårørende bør nevnes i innledningen.")
    reason = "Pårørende står i kapittelet om brukermedvirkning. Vi har lagt inn en henvisning."
    answer_input(relatives, by=by, version=relatives.version, disposition="partly", reason=reason)

    measure = Measure.objects.get(goal__section__plan=plan, html__startswith=DRUGS)
    seat = Seat.objects.get(committee=ssu, printed_name="Jorunn Elvevoll")
    proposed = give_input(
        hearing,
        operation=uuid5(NAMESPACE_URL, f"demo:{plan.pk}:Jorunn"),
        text="To uker er for kort tid når legen er alene.",
        item=measure.item,
        wording=measure.html.replace("to uker", "fire uker"),
        by=seat.user,
    )
    take_in(proposed, by=by, version=proposed.version, base=measure.html)

    _from_a_citizen(hearing, "Ola Nilsen", "Fint at planen er kort. Hvor kan vi lese om status?")


def _from_a_citizen(hearing: Hearing, name: str, text: str) -> Input:
    operation = uuid5(NAMESPACE_URL, f"demo:{hearing.pk}:{name}")
    return give_input(hearing, operation=operation, text=text, open_key=hearing.open_key, name=name)
