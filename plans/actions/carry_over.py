"""Deciding what becomes of last year's measures. Those that go on are copied into the draft."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from helsefellesskap.errors import Conflict, Refusal, WrongState
from partners.models import Audit, User
from plans.carrying import GOES_ON, Decision, OldMeasure, State
from plans.models import Fate, Measure, Plan
from plans.queries.carry_over import old_measures

from .arrange import delete_row
from .carry_copy import Copies
from .edit import lock_draft
from .numbering import labels_running

MOST_PARTS = 5


@transaction.atomic
def carry_over(plan: Plan, *, by: User, decisions: Iterable[Decision]) -> int:
    """Writes these decisions; how many were new. What no longer goes on leaves the draft, logged.

    Raises NotAllowed, WrongState, Refusal (a reason is missing) and Conflict (somebody else has
    decided otherwise since the person looked): then nothing is written.
    """
    plan = lock_draft(plan, by=by)
    olds = {old.key: old for old in old_measures(plan)}
    wanted = {d.old: d for d in decisions if d.old in olds and d.wanted != olds[d.old].state}
    if taken := [str(olds[key].number) for key, d in wanted.items() if d.seen != olds[key].state]:
        raise Conflict(
            _("Noen andre har avgjort nr. %(numbers)s mens du valgte. Se over, og lagre en gang til.")
            % {"numbers": ", ".join(taken)}
        )
    for key, decision in wanted.items():
        _check(olds[key], decision.wanted)
    if wanted:
        in_order = sorted(wanted.values(), key=lambda d: olds[d.old].number)
        with labels_running(plan):
            _write(plan, olds, {d.old: d.wanted for d in in_order}, by)
        _audit(plan, [d.wanted for d in wanted.values()], by)
    return len(wanted)


def _check(old: OldMeasure, state: State) -> None:
    if state.kind in Fate.ENDS and not state.reason:
        raise Refusal(_("Nr. %(number)s mangler begrunnelse.") % {"number": old.number})
    if state.kind == Fate.Kind.SPLIT and not 2 <= state.parts <= MOST_PARTS:
        raise Refusal(_("Et tiltak kan deles i to til fem."))


def _write(plan: Plan, olds: dict[str, OldMeasure], wanted: dict[str, State], by: User) -> None:
    rows = {
        row.item_id: row
        for row in Measure.objects.filter(goal__section__plan=plan).select_related(
            "item", "goal__section__plan__community"
        )
    }
    copies = Copies(plan, by)
    new: dict[str, list[UUID]] = {}
    for key, state in wanted.items():
        have, count = list(olds[key].new), _own_rows(state)
        for item in have[count:]:
            delete_row(rows[item], by=by)
        new[key] = have[:count] + [copies.add(olds[key]) for _n in range(count - len(have))]
    for key, state in wanted.items():
        if state.kind == Fate.Kind.MERGED:
            new[key] = [_merged_into(key, state, olds, wanted, new)]
    copies.write()
    Fate.objects.filter(plan=plan, old__in=[UUID(key) for key in wanted]).delete()
    Fate.objects.bulk_create(
        Fate(plan=plan, old_id=key, new_id=item, kind=state.kind, reason=state.reason, by=by)
        for key, state in wanted.items()
        if state.kind
        for item in (new[key] or (None,))
    )


def _own_rows(state: State) -> int:
    """How many measures of its own the old one has in the new plan."""
    if state.kind == Fate.Kind.SPLIT:
        return state.parts
    return 1 if state.kind in GOES_ON else 0


def _merged_into(
    key: str, state: State, olds: dict[str, OldMeasure], wanted: dict[str, State], new: dict[str, list[UUID]]
) -> UUID:
    target = olds.get(state.into)
    now = wanted.get(state.into, target.state if target else State())
    if target is None or state.into == key or now.kind not in GOES_ON:
        raise WrongState(
            _("Nr. %(number)s kan bare slås sammen med et tiltak som videreføres eller endres.")
            % {"number": olds[key].number}
        )
    return new[target.key][0] if target.key in new else target.new[0]


def _audit(plan: Plan, states: list[State], by: User) -> None:
    def told() -> str:
        names = {**dict(Fate.Kind.choices), "": "uavgjort igjen"}
        counts = Counter(state.kind for state in states)
        return ", ".join(f"{n} {names[kind]}" for kind, n in counts.items())

    Audit.objects.write(
        plan.community,
        by=by,
        verb="carry_over",
        what="Videreføring til «%(plan)s»: %(counts)s.",
        facts={"plan": plan.title, "counts": told},
    )
