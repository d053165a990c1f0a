"""Who takes part in a random life of a plan, what each of them may, and what a step may write."""

from django.utils import timezone
from hypothesis import strategies as st

from committees.models import (
    AgendaItem,
    Attendance,
    Authority,
    AuthorityUse,
    Case,
    Decision,
    DecisionPoint,
    Meeting,
    Recusal,
)
from partners.models import Audit
from plans.models import (
    Adoption,
    CaseItem,
    Correction,
    Edit,
    Hearing,
    Input,
    LinguisticChange,
    Publication,
    Review,
    Revision,
    Stance,
    StatusReport,
    StatusRound,
    Withdrawal,
)

TODAY = timezone.localdate()

# What was refused wrote none of these.
WRITTEN = (
    *(Audit, Edit, Revision, Review, Stance, LinguisticChange, Hearing, Input, Meeting, Case, CaseItem),
    *(AgendaItem, Attendance, Recusal, Decision, DecisionPoint, Authority, AuthorityUse, Adoption),
    *(Publication, StatusReport, StatusRound, Correction, Withdrawal),
)
# Who may do what, by name; everybody else is denied. `prepare` and `confirm` are by committee.
MAY = {
    "edit": {"kari", "jon"},
    "secretariat": {"kari"},
    "give_input": {"per", "odd", "aslak"},
    "report": {"kari", "ingrid", "sigrid"},
}
PREPARE = {"SSU": {"kari", "sigrid"}, "FSU BU": {"kari"}, "PM": {"kari"}}
CONFIRM: dict[str, set[str]] = {"SSU": {"ingrid"}, "FSU BU": set(), "PM": {"paal"}}
GIVE_STANCE = {"ingrid": "SSU", "tove": "SSU", "per": "FSU BU", "odd": "FSU BU", "paal": "PM"}
NAMES = (
    *("kari", "nils", "ingrid", "per", "tove", "olav", "odd"),
    *("sigrid", "gunn", "aslak", "berit", "jon", "ola", "paal"),
)
POSITION = {
    "joins": "consensus",
    "reserves": "reservation",
    "own_body": "reservation",
    "disagrees": "disagreement",
}

someone = st.integers(0, 199)
which = st.integers(0, 9)
text = st.sampled_from(["Ringe hverandre", "Møtes hver måned", "Skrive epikrise"])  # few: words come back
