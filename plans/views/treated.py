"""In the meeting: the words on the screen while they are changed, and the leader who confirms them."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees import actions as committee_actions
from committees import rules
from committees.models import AgendaItem, DecisionPoint
from committees.queries.treatment import item_for
from committees.views.treatment import trail_of, url_of
from helsefellesskap.errors import NotAllowed, Refusal
from plans import queries
from plans.actions.decisions import mark_of
from plans.compare import Comparison, compare
from plans.document import Goal, Measure, PlanDocument
from plans.models import Plan, Revision
from plans.snapshot import document_of

from .again import SignedIn, at_work


@require_safe
@at_work
def on_screen(
    request: SignedIn, community: str, committee: str, date: date, year: int, nr: int, plan: str
) -> HttpResponse:
    """What everybody in the meeting sees while the secretary writes. It keeps itself up to date."""
    item = item_for(request.user, community, committee, date, year, nr, may=rules.may_read_papers)
    context = _screen(request, item, plan)
    context |= {"item": item, "trail": trail_of(request, item)}
    return render(request, "plans/workbench/on_screen.html", context)


@require_safe
@at_work
def on_screen_words(
    request: SignedIn, community: str, committee: str, date: date, year: int, nr: int, plan: str
) -> HttpResponse:
    """The words alone, as the page fetches them every few seconds."""
    item = item_for(request.user, community, committee, date, year, nr, may=rules.may_read_papers)
    return render(request, "plans/workbench/_on_screen_words.html", _screen(request, item, plan))


def _screen(request: SignedIn, item: AgendaItem, slug: str) -> dict[str, object]:
    found = item.case.plan_items.select_related("plan__community", "revision").order_by("pk")
    case_item = found.filter(plan__slug=slug).first()
    if case_item is None:
        raise Http404
    plan = case_item.plan
    now = document_of(plan)
    measures = [(goal, measure) for _section, goal, measure in now.walk_measures()]
    return {
        "plan": plan,
        "measures": measures,
        "chosen": _chosen(measures, request.GET.get("tiltak", "")),
        "comparison": _since_laid(plan, case_item.revision, now),
        "at": timezone.now(),
    }


def _chosen(measures: list[tuple[Goal, Measure]], key: str) -> tuple[Goal, Measure] | None:
    return next((pair for pair in measures if pair[1].key == key), None)


def _since_laid(plan: Plan, laid: Revision | None, now: PlanDocument) -> Comparison | None:
    """What the meeting has changed: from the version that lay before it. None where none did."""
    return compare(laid.load(), now) if laid else None


@dataclass(frozen=True, slots=True)
class Words:
    """A plan's words to confirm: how they differ from those that lay before the meeting, who writes now."""

    plan: Plan
    laid: Revision | None
    comparison: Comparison | None
    writers: object


@at_work
def confirm_words(
    request: SignedIn, community: str, committee: str, date: date, year: int, nr: int, number: int
) -> HttpResponse:
    """«Vedtatt med endringene fra møtet»: the leader reads what is different, and confirms that."""
    item = item_for(request.user, community, committee, date, year, nr, may=rules.may_read_papers)
    may_confirm = rules.may_lead(request.user, item.meeting.committee)
    if request.method == "POST" and not may_confirm:
        raise NotAllowed(_("Bare lederen og nestlederen av utvalget kan bekrefte ordlyden."))
    point = get_object_or_404(
        DecisionPoint,
        decision__case=item.case,
        decision__meeting=item.meeting,
        number=number,
        with_changes=True,
    )
    refusal, status = "", 200
    if request.method == "POST":
        try:
            committee_actions.confirm_words(point, by=request.user, words=request.POST.get("words", ""))
        except Refusal as refused:
            refusal, status = str(refused), refused.status
        else:
            messages.success(request, _("Ordlyden er bekreftet og låst."))
            return redirect(f"{url_of(item)}#vedtak")
    words, mark = _words(request, point)
    context = {
        "item": item,
        "point": point,
        "words": words,
        "mark": mark,
        "may_confirm": may_confirm and point.confirmed_at is None,
        "refusal": refusal,
        "trail": trail_of(request, item),
        "back": url_of(item),
    }
    return render(request, "plans/workbench/confirm_words.html", context, status=status)


def _words(request: SignedIn, point: DecisionPoint) -> tuple[list[Words], str]:
    """The plans that the point is about, as they read now; and the mark of these words."""
    found, documents = [], []
    for subject in point.plan_subjects.select_related("plan__community", "revision").order_by("pk"):
        now = document_of(subject.plan)
        documents.append(now)
        writers = queries.settled(subject.plan, reader=request.user).writers
        comparison = _since_laid(subject.plan, subject.revision, now)
        found.append(Words(subject.plan, subject.revision, comparison, writers))
    return found, mark_of(documents)
