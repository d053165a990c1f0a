"""Case numbers: each committee its own, in its own form, without gaps, year by year."""

from django.db.models import Max

from helsefellesskap.databases import locked

from .models import Case, Committee


def next_number(case: Case, year: int) -> None:
    """Gives the unsaved case the committee's next number of the year. Call it in a transaction."""
    # Locked, so that two who write at once do not get the same.
    committee = locked(Committee.objects).get(pk=case.committee_id)
    last = committee.cases.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    case.year, case.number = year, last + 1
    case.printed_number = committee.rulebook.print_number(case.number, year)
