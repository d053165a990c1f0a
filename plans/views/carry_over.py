"""Last year's measures in one list: what becomes of each, and why some may stand open."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from helsefellesskap.errors import Refusal
from plans import actions, queries
from plans.forms.carry_over import CarryOverForm, ExplainForm
from plans.models import Revision

from .again import SignedIn, at_work
from .edit_plan import draft_for

# Three fields a measure, and Django takes at most 1,000 fields.
PER_PAGE = 100


@at_work
def carry_over(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    olds = queries.old_measures(target)
    if not olds:
        raise Http404
    page = Paginator(olds, PER_PAGE).get_page(request.GET.get("side"))
    form = CarryOverForm(request.POST or None, olds=olds, page=page)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            decided = actions.carry_over(target, by=request.user, decisions=form.decisions())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _saved(decided, queries.undecided(target)))
            return redirect(request.get_full_path())
    context = {
        "community": target.community,
        "plan": target,
        "source": Revision.objects.select_related("plan").defer("content").get(plans_made=target),
        "form": form,
        "page": page,
        "undecided": sum(not old.decided for old in olds),
        "total": len(olds),
        "explain_form": ExplainForm(initial={"reason": target.undecided_reason}, prefix="open"),
    }
    return render(request, "plans/workbench/carry_over.html", context, status=status)


def _saved(decided: int, left: int) -> str:
    if not decided:
        return _("Ingenting er endret.")
    told = ngettext("%(n)s tiltak er avgjort.", "%(n)s tiltak er avgjort.", decided) % {"n": decided}
    rest = _("%(n)s gjenstår.") % {"n": left} if left else _("Ingen gjenstår.")
    return f"{told} {rest}"


@require_POST
@at_work
def explain_undecided(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = ExplainForm(request.POST, prefix="open")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.explain_undecided(target, by=request.user, reason=reason)
    messages.success(request, _("Begrunnelsen er lagret. Planen kan gå videre."))
    return redirect("carry_over", community, plan)
