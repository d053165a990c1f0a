"""«Rett feilen i vedtatt plan»: choose the words, see the difference, publish it with the reason."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsefellesskap.errors import Refusal, WrongState
from plans import actions, queries, rules
from plans.actions.edit import changes_of
from plans.editable import Editable, as_text
from plans.forms.correct import CorrectForm
from plans.forms.rows import ROW_FORMS, FactsForm, RowForm
from plans.models import Edit, Item, Plan
from plans.snapshot import document_of

from .again import SignedIn, at_work
from .row_history import AS_IT_STANDS, Step, Words


@require_safe
@at_work
def correct(request: SignedIn, community: str, plan: str) -> HttpResponse:
    """The published words, each with its «Rett»."""
    target = _published(request, community, plan)
    context = {
        "community": target.community,
        "plan": target,
        "document": document_of(target),
        "codes": queries.codes_of_draft(target),
    }
    return render(request, "plans/workbench/correct.html", context)


@at_work
def correct_facts(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = _published(request, community, plan)
    return _form_page(request, target, target, FactsForm(request.POST or None, instance=target))


@at_work
def correct_row(request: SignedIn, community: str, plan: str, code: str) -> HttpResponse:
    target = _published(request, community, plan)
    item = get_object_or_404(Item, code=code)
    row = queries.row_of(target, item)
    if row is None:
        raise Http404
    return _form_page(request, target, row, ROW_FORMS[item.kind](request.POST or None, instance=row))


def _published(request: SignedIn, community: str, plan: str) -> Plan:
    target = queries.plan_for(request.user, community, plan, may=rules.may_correct)
    if not target.locked:
        raise WrongState(_("Planen er ikke publisert: ordene kan endres i utkastet."))
    return target


def _form_page(request: SignedIn, plan: Plan, row: Editable, form: RowForm) -> HttpResponse:
    """The form; then what would change; then, when that was seen, the correction."""
    why = CorrectForm(request.POST if form.is_bound else None, plan=plan)
    steps: list[Step] = []
    status = 422 if form.is_bound else 200
    if form.is_valid() and why.is_valid():
        # The form has put its values into its instance: what stood is read anew.
        stood = type(row)._default_manager.get(pk=row.pk)
        steps = _steps(plan, stood, form, request)
        status = 200
        if not steps:
            form.add_error(None, _("Ingenting er endret."))
            status = 422
        elif "publish" in request.POST:
            change = actions.Change(
                row=stood, version=form.cleaned_data["version"] or 0, values=form.values()
            )
            try:
                actions.correct(plan, by=request.user, changes=[change], **why.cleaned_data)
            except Refusal as refusal:
                why.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("Rettelsen er publisert. PDF-en lages nå."))
                return redirect(plan.get_work_url())
    context = {
        "community": plan.community,
        "plan": plan,
        "form": form,
        "why": why,
        "steps": steps,
        "field": AS_IT_STANDS,
    }
    return render(request, "plans/workbench/correct_row.html", context, status=status)


def _steps(plan: Plan, stood: Editable, form: RowForm, request: SignedIn) -> list[Step]:
    """What would change, field by field, in the words of the row's history."""
    words = Words(stood, type(stood), type(form))
    return [
        words.step(
            Edit(plan=plan, field=name, before=as_text(before), after=as_text(after), by=request.user), False
        )
        for name, (before, after) in changes_of(stood, form.values()).items()
    ]
