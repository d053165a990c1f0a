"""«Språklig rettelse»: the secretariat says which changes leave the stances standing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from helsefellesskap.errors import Refusal
from plans import actions, queries, rules
from plans.forms.compare import CompareForm
from plans.forms.mark_linguistic import LinguisticForm

from .again import SignedIn, at_work


@at_work
def mark_linguistic(request: SignedIn, community: str, plan: str) -> HttpResponse:
    """Two versions, or a version and the draft; the measures whose words differ; a box at each."""
    target = queries.plan_for(request.user, community, plan, may=rules.may_lay_before)
    sides = [side for side in queries.work_sides(target, request.user) if side.own]
    pair = queries.usual_pair(target, sides)
    chosen = request.GET if request.GET else {"fra": pair[0].value, "til": pair[1].value} if pair else None
    choice = CompareForm(chosen, sides=sides)
    reworded = []
    if choice.is_valid():
        reworded = queries.reworded(target, choice.old.load(), choice.new.load())
    form = LinguisticForm(request.POST or None, reworded=reworded)
    status = 422 if form.is_bound or choice.errors else 200
    if form.is_valid():
        try:
            marked = actions.mark_linguistic(target, by=request.user, corrections=form.corrections)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            told = ngettext(
                "%(n)s tiltak er merket. Svarene på dem blir stående.",
                "%(n)s tiltak er merket. Svarene på dem blir stående.",
                len(marked),
            )
            messages.success(request, told % {"n": len(marked)})
            return redirect(request.get_full_path())
    context = {
        "community": target.community,
        "plan": target,
        "form": form,
        "choice": choice,
        "reworded": reworded,
    }
    return render(request, "plans/review/mark_linguistic.html", context, status=status)
