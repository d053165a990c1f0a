"""Reading, by who reads: `public` and `communities` know no user, `work` asks the rules first."""

from .carry_over import carry_count, old_measures, pasts, sources_for, undecided
from .communities import (
    agreements_of,
    committees_with_seats,
    communities_with_plans,
    members_by_kind,
    municipalities_named,
    municipality_names,
)
from .compare import frozen_versions, public_sides, usual_pair, work_sides
from .draft import codes_of_draft, figures_of_draft, row_of
from .hearing import givers_of, inputs_of, invited_to
from .hints import hints_of
from .history import deletions, edits_of
from .overview import community_work, my_work
from .public import (
    adopted_plans,
    codes_of,
    made_file,
    newest_public_revision_with,
    public_plans,
    public_predecessor,
    public_standing,
    public_versions,
    revision_by_hash,
    standings,
)
from .settled import settled
from .status import latest_reports, measures_to_report, parties_of, party_of, reporters_of, unanswered
from .work import community_for, plan_for

__all__ = [
    "adopted_plans",
    "agreements_of",
    "carry_count",
    "codes_of",
    "codes_of_draft",
    "committees_with_seats",
    "communities_with_plans",
    "community_for",
    "community_work",
    "deletions",
    "edits_of",
    "figures_of_draft",
    "frozen_versions",
    "givers_of",
    "hints_of",
    "inputs_of",
    "invited_to",
    "latest_reports",
    "made_file",
    "measures_to_report",
    "members_by_kind",
    "municipalities_named",
    "municipality_names",
    "my_work",
    "newest_public_revision_with",
    "old_measures",
    "parties_of",
    "party_of",
    "pasts",
    "plan_for",
    "public_plans",
    "public_predecessor",
    "public_sides",
    "public_standing",
    "public_versions",
    "reporters_of",
    "revision_by_hash",
    "row_of",
    "settled",
    "sources_for",
    "standings",
    "unanswered",
    "undecided",
    "usual_pair",
    "work_sides",
]
