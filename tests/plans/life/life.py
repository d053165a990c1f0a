"""How a step in the life is taken: by somebody, all or nothing, with its audit lines, and counted."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.strategies import SearchStrategy

from committees.models import Case, Committee, Meeting, Recusal, Seat
from committees.rulebook import Rules
from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import Audit, User
from plans.models import Input, Measure, Plan, Review
from tests import make
from tests.people import Cast

from .table import NAMES, WRITTEN

type Tally = defaultdict[str, Counter[str]]  # verb → how often it was done and refused


@dataclass
class Account:
    """What the machine itself has noted down, to hold the portal's answers against."""

    plan: Plan
    pm: Committee
    people: dict[str, User]
    frozen: dict[int, tuple[str, str]] = field(default_factory=dict)
    taken_down: set[int] = field(default_factory=set)
    # (seat that it counts for, measure) → words, kind, and the version where it spoke of the whole.
    said: dict[tuple[int, str], tuple[str, str, int | None]] = field(default_factory=dict)
    corrected: set[tuple[str, str, str]] = field(default_factory=set)
    adopted_by: set[int] = field(default_factory=set)  # the points whose authority was looked at

    def copied(self) -> Self:
        """For a life of its own from here."""
        own = replace(self, plan=Plan.objects.select_related("community").get(pk=self.plan.pk))
        for name in ("frozen", "taken_down", "said", "corrected", "adopted_by"):
            setattr(own, name, copy(getattr(self, name)))
        return own


def first_account(cast: Cast) -> Account:
    """The cast, and above SSU a partnership meeting without whose authority it adopts nothing."""
    pm = make.committee(cast.troms, "PM", name="Partnerskapsmøtet")
    paal = make.user("Pål Partnerskap")
    make.seat(pm, paal, role=Seat.Role.LEADER)
    cast.ssu.rules = Rules(adopts_by_authority=True).stored()
    cast.ssu.save()
    return Account(cast.draft, pm, {name: getattr(cast, name, paal) for name in NAMES})


@dataclass(frozen=True)
class Step:
    times: int  # how many tickets it has in the lot
    when: Callable[[Any], bool]  # of the machine: whether there is anything to try it on
    given: SearchStrategy[dict[str, Any]]


STEPS: dict[str, Step] = {}  # by the name of the method


def step[F: Callable[..., None]](
    *, times: int = 1, when: Callable[[Any], bool] = lambda _: True, **given: SearchStrategy[Any]
) -> Callable[[F], F]:
    """A step of the machine. Hypothesis' own rules have no weights, and each life leaves out half of them."""

    def declare(method: F) -> F:
        STEPS[method.__name__] = Step(times, when, st.fixed_dictionaries(given))
        return method

    return declare


def any_step(life: "Life") -> SearchStrategy[tuple[str, dict[str, Any]]]:
    """Something there is something to try on, and with what."""
    lot = [name for name, step in STEPS.items() if step.when(life) for _ in range(step.times)]
    return st.sampled_from(lot).flatmap(lambda name: st.tuples(st.just(name), STEPS[name].given))


class Life(RuleBasedStateMachine):
    cast: ClassVar[Cast]
    beginning: ClassVar[Account]
    tally: ClassVar[Tally | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        self.account = self.beginning.copied()
        self.plan, self.people = self.account.plan, self.account.people
        self.committees = (self.cast.ssu, self.cast.fsu, self.account.pm)
        self.wrote = True  # whether anything was written since the invariants were looked at

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def act(
        self, verb: str, may: Collection[str], n: int, lines: Sequence[str], do: Callable[[User], Any]
    ) -> bool:
        """Somebody tries: whether it was done. Three times of four it is somebody who may."""
        pool = sorted(may) if may and n % 4 else NAMES
        who = pool[n // 4 % len(pool)]
        before, last = all_there_is(), last_line()
        refused: Refusal | None = None
        try:
            do(self.people[who])
        except Refusal as error:
            refused = error
        if self.tally is not None:
            self.tally[verb]["refused" if refused else "done"] += 1
        if refused:
            assert all_there_is() == before
            assert not (isinstance(refused, NotAllowed) and who in may), f"{who}: {refused}"
            return False
        assert who in may, f"{who} was let do {verb}"
        written = Audit.objects.filter(pk__gt=last).order_by("pk").values_list("verb", flat=True)
        assert list(written) == list(lines)
        self.wrote = True
        self.plan.refresh_from_db()
        return True

    def measure(self, n: int) -> Measure:
        found = Measure.objects.filter(goal__section__plan=self.plan).order_by("pk")
        return found[n % found.count()]

    def is_draft(self) -> bool:
        return not self.plan.locked

    def is_public(self) -> bool:
        return self.plan.locked


def pick(rows: Any, n: int) -> Any:
    found = list(rows)
    return found[n % len(found)] if found else None


def last_line() -> int:
    return Audit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def all_there_is() -> Any:
    """How many rows there are of everything, and what may change in them."""
    counts = ", ".join(f"(SELECT COUNT(*) FROM {model._meta.db_table})" for model in WRITTEN)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        how_many = cursor.fetchone()
    return (
        how_many,
        list(Plan.objects.order_by("pk").values_list("pk", "state", "version")),
        list(Measure.objects.order_by("pk").values_list("pk", "html", "version")),
        list(Meeting.objects.order_by("pk").values_list("pk", "state")),
        list(Case.objects.order_by("pk").values_list("pk", "withdrawn_reason")),
        list(Recusal.objects.order_by("pk").values_list("pk", "outcome", "deputy")),
        list(Review.objects.order_by("pk").values_list("pk", "closed_at")),
        list(Input.objects.order_by("pk").values_list("pk", "disposition")),
    )
