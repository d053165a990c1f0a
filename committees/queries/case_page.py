"""What a case's page shows, for the one who asks. A constant number of queries."""

from typing import Any

from django.utils.translation import gettext as _

from committees import rules
from committees.models import Case
from committees.rules import Person
from committees.subjects import subjects


def case_page(user: Person, case: Case) -> dict[str, Any]:
    may_prepare = rules.may_prepare(user, case.committee)
    settled = is_settled(case)
    return {
        "case": case,
        "committee": case.committee,
        "community": case.committee.community,
        "may_prepare": may_prepare,
        "may_edit": may_prepare and not settled,
        "may_report": not settled and (may_prepare or bool(rules.seats_held(user, case.committee))),
        "texts": texts_of(case),
        "files": [
            (file, rules.may_read_file(user, case, file))
            for file in case.files.select_related("file", "public_file")
        ],
        "subjects": subjects().of(case),
        "items": list(case.agenda_items.select_related("meeting").order_by("meeting__date")),
    }


def is_settled(case: Case) -> bool:
    """Decided, other than postponed, or withdrawn: its words stand."""
    return bool(case.withdrawn_reason) or case.decisions.exclude(points__verb="postpones").exists()


def texts_of(case: Case) -> list[tuple[str, str]]:
    """The texts of the saksframlegg that are written, each under its heading, as the papers print them."""
    texts = [
        (_("Anbefaling"), case.recommendation),
        (_("Bakgrunn"), case.background),
        (_("Saksfremstilling"), case.presentation),
        (case.conclusion_heading, case.conclusion),
    ]
    return [(heading, text) for heading, text in texts if text]
