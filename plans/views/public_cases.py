"""What a committee decided, for everybody: the case's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from committees.models import Case, Meeting
from committees.queries.case_page import texts_of
from plans.queries.chain import public_decisions_of, public_plans_in


@require_safe
def public_case(request: HttpRequest, community: str, committee: str, year: int, nr: int) -> HttpResponse:
    """Once a decision in it is public; of a restricted case only what its public copy says."""
    case = get_object_or_404(
        Case.objects.select_related("committee__community"),
        committee__community__slug=community,
        committee__slug=committee,
        year=year,
        number=nr,
    )
    decisions = public_decisions_of(case)
    if not decisions:
        raise Http404
    context = {
        "community": case.committee.community,
        "committee": case.committee,
        "case": case,
        "decisions": decisions,
        "texts": [] if case.restricted else texts_of(case),
        # The meetings whose approved minutes have an extract for the case.
        "extracts": set(
            case.agenda_items.filter(meeting__state=Meeting.State.MINUTES_APPROVED).values_list(
                "meeting", flat=True
            )
        ),
        "plans": public_plans_in(case),
    }
    return render(request, "plans/public_case.html", context)
