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
from .matrix import matrices
from .overview import community_work, my_work
from .pictures import pictures, stale_in
from .public import (
    adopted_plans,
    awaits_redaction,
    codes_of,
    corrections_of,
    made_file,
    newest_public_revision_with,
    public_plans,
    public_predecessor,
    public_standing,
    public_versions,
    revision_by_hash,
    standings,
)
from .reviews import (
    committee_for,
    document_before,
    last_seen,
    named_as,
    open_copies,
    review_for,
    reviews,
    reworded,
    said_for,
    without_seat,
)
from .settled import settled
from .status import (
    latest_reports,
    lines_of,
    measures_to_report,
    open_round,
    parties_of,
    party_of,
    reporters_of,
    status_of,
    unanswered,
)
from .work import community_for, plan_for

__all__ = [
    "adopted_plans",
    "agreements_of",
    "awaits_redaction",
    "carry_count",
    "codes_of",
    "codes_of_draft",
    "committee_for",
    "committees_with_seats",
    "communities_with_plans",
    "community_for",
    "community_work",
    "corrections_of",
    "deletions",
    "document_before",
    "edits_of",
    "figures_of_draft",
    "frozen_versions",
    "givers_of",
    "hints_of",
    "inputs_of",
    "invited_to",
    "last_seen",
    "latest_reports",
    "lines_of",
    "made_file",
    "matrices",
    "measures_to_report",
    "members_by_kind",
    "municipalities_named",
    "municipality_names",
    "my_work",
    "named_as",
    "newest_public_revision_with",
    "old_measures",
    "open_copies",
    "open_round",
    "parties_of",
    "party_of",
    "pasts",
    "pictures",
    "plan_for",
    "public_plans",
    "public_predecessor",
    "public_sides",
    "public_standing",
    "public_versions",
    "reporters_of",
    "review_for",
    "reviews",
    "revision_by_hash",
    "reworded",
    "row_of",
    "said_for",
    "settled",
    "sources_for",
    "stale_in",
    "standings",
    "status_of",
    "unanswered",
    "undecided",
    "usual_pair",
    "without_seat",
    "work_sides",
]
