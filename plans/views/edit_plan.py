"""The editor's overview of a plan, and the forms for the plan's own facts and abbreviations."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from helsefellesskap.errors import WrongState
from partners.models import StoredFile
from plans import queries, rules
from plans.forms.rows import AbbreviationsForm, FactsForm, RowForm
from plans.models import Plan
from plans.snapshot import document_of

from .again import SignedIn, at_work
from .compare import since_frozen
from .saving import save


@at_work
def plan_work(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    may_edit = not target.locked and rules.may_edit(request.user, target)
    # Whoever only reads, sees nothing half-written.
    document = document_of(target) if may_edit else queries.settled(target, reader=request.user).document
    versions = list(queries.frozen_versions(target))
    context = {
        "community": target.community,
        "plan": target,
        "document": document,
        "codes": queries.codes_of_draft(target),
        "rows_url": f"{target.get_work_url()}rad/",
        "figure_urls": figure_urls(target),
        "may_edit": may_edit,
        "mendable": None,  # the outline is the preview's too
        "may_translate": rules.may_edit(request.user, target),
        "may_adopt": rules.may_adopt(request.user, target),
        "goals": sum(1 for _section, goal in document.walk_goals() if goal.text),
        "measures": sum(1 for _ in document.walk_measures()),
        "agreements": list(target.agreements.all()),
        "hints": 0 if target.locked else len(queries.hints_of(target, document).standing),
        "versions": versions,
        "laid": queries.matrices(target, by=request.user),
        "may_lay": not target.locked and rules.may_lay_before(request.user, target),
        "may_send": rules.may_send_hearing(request.user, target),
        "hearings": queries.hearings_of(target) if rules.may_send_hearing(request.user, target) else (),
        "carried": queries.carry_count(target),
        "missing": queries.missing_files(target) if target.locked else (),
        "pasts": queries.pasts(target),
        "awaits_redaction": queries.awaits_redaction(target),
        "since": "" if target.locked else since_frozen(document, versions),
    }
    return render(request, "plans/workbench/plan_work.html", context)


@at_work
def edit_facts(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = FactsForm(request.POST or None, instance=target)
    return _save_or_show(request, form, target, _("Opplysninger om planen"))


@at_work
def edit_abbreviations(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = AbbreviationsForm(request.POST or None, instance=target)
    return _save_or_show(request, form, target, _("Forkortelser"))


def _save_or_show(request: SignedIn, form: RowForm, plan: Plan, heading: str) -> HttpResponse:
    if form.is_valid():
        refused = save(request, form, plan)
        if refused is None:
            messages.success(request, _("Lagret."))
        return refused or redirect(plan.get_work_url())
    context = {"community": plan.community, "plan": plan, "form": form, "heading": heading}
    return render(request, "plans/workbench/edit.html", context, status=422 if form.is_bound else 200)


def draft_for(request: SignedIn, community: str, plan: str) -> Plan:
    """The plan, where this person may edit it and its words still can be."""
    target = queries.plan_for(request.user, community, plan, may=rules.may_edit)
    if target.locked:
        raise WrongState(_("Planen er publisert, og ordene i den er låst."))
    return target


def figure_urls(plan: Plan) -> dict[str, str]:
    """SHA-256 → address, for the pictures of a draft."""
    files = StoredFile.objects.filter(pk__in=queries.figures_of_draft(plan))
    return {f.sha256: f"{plan.get_work_url()}figurer/{f.sha256}" for f in files}


@at_work
def draft_figure(request: SignedIn, community: str, plan: str, sha256: str) -> FileResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    stored = get_object_or_404(StoredFile, sha256=sha256, pk__in=queries.figures_of_draft(target))
    return FileResponse(stored.open(), content_type=stored.media_type)
