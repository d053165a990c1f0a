"""The life of a plan, played at random by the whole cast: whatever the order, the record holds.

One state machine over the actions (`tests/plans/life/`). It keeps its own account of who may do what,
which words a stance was given on and what was frozen, and asks after every step whether the portal agrees.
The same seeds each time, and more where what must be done was not: Hypothesis draws otherwise as other
modules are loaded. `LIVES=50 script/test -k life_of_a_plan` plays so many others from each beginning, and
pytest's `-rP` tells how often each verb was done and refused.
"""

import os
from collections import Counter, defaultdict

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from committees.models import DecisionPoint
from plans.models import Plan
from tests.people import Cast

from .life.afterwards import Afterwards
from .life.drafting import Drafting
from .life.life import Tally, any_step, first_account
from .life.meetings import Meetings
from .life.record import Record

pytestmark = pytest.mark.django_db
Verb = DecisionPoint.Verb
LIVES = int(os.environ.get("LIVES", "0"))
ROUNDS = 5
# Where lives begin: how many, and what must have been done in them, so that no step becomes idle unseen.
ADOPTIONS = {f"decide: {verb}" for verb in DecisionPoint.ADOPTING}
BEGINNINGS: dict[str, tuple[int, set[str]]] = {
    "draft": (6, {"edit_row", "send_hearing", "give_input", "answer_input", "lay_before", "take_stance"}),
    "answered": (6, {"take_stance", "close_review", "case_about", "add_to_agenda"}),
    "before SSU": (
        10,
        {"record_attendance", "report_recusal", "recuse", "delegate", "confirm_words"},
    ),
    "adopted": (8, {"ask_status", "report_status", "correct", "withdraw", "publish_redacted"}),
}


class LifeOfAPlan(Drafting, Meetings, Afterwards, Record):
    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        name, given = data.draw(any_step(self))
        getattr(self, name)(**given)

    def begin(self, steps: int) -> None:
        """So far has the plan come already: a life is too short to get everywhere by chance."""
        if steps >= 1:
            self.lay_before(n=1, to=3, anew=True)
            self.take_stance(n=1, at=0, measure=None, kind="joins")
            self.take_stance(n=1, at=0, measure=1, kind="reserves")
        if steps >= 2:
            self.treat(n=1, days=1, to=2)
            self.treat(n=1, days=1, to=0)
            self.give_authority(n=1, at=6, start=1, ends=False)
        if steps >= 3:
            self.adopt(n=1, at=0, verb=Verb.ADOPTS, with_changes=True, stand_on=1)
            self.edit(n=1, at=1, words="Skrive epikrise")
            self.confirm(n=1, at=0)
            assert self.plan.state == Plan.State.ADOPTED


@pytest.mark.parametrize("beginning", list(BEGINNINGS))
def test_the_life_of_a_plan(cast: Cast, beginning: str) -> None:
    LifeOfAPlan.cast, LifeOfAPlan.beginning = cast, first_account(cast)
    first = LifeOfAPlan()
    first.begin(list(BEGINNINGS).index(beginning))
    tally: Tally = defaultdict(Counter)
    played = settings(
        max_examples=LIVES or BEGINNINGS[beginning][0],
        derandomize=not LIVES,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        for number in range(ROUNDS):
            machine = type("LifeOfAPlan", (LifeOfAPlan,), {"beginning": first.account, "tally": tally})
            run_state_machine_as_test(machine if LIVES else seed(number)(machine), settings=played)
            if LIVES or not _left(beginning, tally):
                break
    finally:
        first.teardown()
    for verb, times in sorted(tally.items()):
        print(f"{verb}: {times['done']} done, {times['refused']} refused")
    assert _left(beginning, tally) == set(), "play more lives from here, or give the steps more tickets"


def _left(beginning: str, tally: Tally) -> set[str]:
    """What must be done in lives from here, and was not."""
    done = {verb for verb, times in tally.items() if times["done"]}
    left = BEGINNINGS[beginning][1] - done
    if beginning == "before SSU":
        if not {verb.removesuffix(", with changes") for verb in done} & ADOPTIONS:
            left.add("any adoption")
        if len([verb for verb in done if verb.startswith("decide: ")]) < 6:
            left.add("six kinds of decision")
    return left
