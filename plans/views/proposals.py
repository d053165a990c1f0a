"""An edited Word file comes back: upload, review proposal by proposal, adjust, throw away."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helsefellesskap.errors import Refusal
from helsefellesskap.uploads import Quota, with_quota
from plans import actions
from plans.actions import proposals as acts
from plans.actions.tables import accept_clear
from plans.forms.proposals import AdjustForm, DecisionForm, EditedFileForm
from plans.forms.tables import TableForm
from plans.models import EditedFile, Plan, ProposedChange
from plans.review import shown

from .again import SignedIn, at_work
from .edit_plan import draft_for


@with_quota
@at_work
def receive_file(request: SignedIn, community: str, plan: str, quota: Quota) -> HttpResponse:
    """The page for sending the plan out as a file and taking it back in."""
    target = draft_for(request, community, plan)
    if request.method != "POST":
        return files_page(request, target, 200)
    form = EditedFileForm(request.POST, request.FILES)
    if quota.exceeded:
        form.errors["file"] = form.error_class([_("Filen er større enn 20 MB, og er derfor ikke lest inn.")])
        return files_page(request, target, 413, form=form)
    if not form.is_valid():
        return files_page(request, target, 422, form=form)
    upload = form.cleaned_data["file"]
    try:
        file = acts.receive_file(target, by=request.user, name=upload.name, data=upload.read())
    except actions.Unreadable as refusal:
        form.add_error("file", str(refusal))
        return files_page(request, target, refusal.status, form=form)
    return redirect("review_file", community, plan, file.pk)


def files_page(
    request: SignedIn,
    plan: Plan,
    status: int,
    *,
    form: EditedFileForm | None = None,
    table_form: TableForm | None = None,
    problems: Sequence[str] = (),
) -> HttpResponse:
    """The page with both files, Word and table; `problems` are those of a table."""
    context = {
        "community": plan.community,
        "plan": plan,
        "form": form or EditedFileForm(),
        "table_form": table_form or TableForm(),
        "problems": problems,
        "files": EditedFile.objects.filter(plan=plan).select_related("by").prefetch_related("proposals"),
    }
    return render(request, "plans/workbench/receive_file.html", context, status=status)


@at_work
def review_file(request: SignedIn, community: str, plan: str, pk: int) -> HttpResponse:
    file = _file(request, community, plan, pk)
    return _review(request, file, 200)


def _review(request: SignedIn, file: EditedFile, status: int, refused: str = "") -> HttpResponse:
    every = shown(file)
    context = {
        "community": file.plan.community,
        "plan": file.plan,
        "file": file,
        "waiting": [s for s in every if not s.proposal.decision],
        "decided": [s for s in every if s.proposal.decision],
        "refused": refused,
    }
    return render(request, "plans/workbench/review_file.html", context, status=status)


@require_POST
@at_work
def decide_proposal(request: SignedIn, community: str, plan: str, pk: int, proposal: int) -> HttpResponse:
    file = _file(request, community, plan, pk)
    one = get_object_or_404(ProposedChange, file=file, pk=proposal)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        if form.cleaned_data["decision"] == "accept":
            acts.accept_proposal(one, by=request.user, version=form.cleaned_data["version"] or 0)
            messages.success(request, _("Godtatt. Teksten er endret i planen."))
        else:
            acts.reject_proposal(one, by=request.user)
            messages.success(request, _("Avvist. Planen er som før."))
    except Refusal as refusal:
        return _review(request, file, refusal.status, str(refusal))
    return redirect("review_file", community, plan, pk)


@require_POST
@at_work
def accept_all(request: SignedIn, community: str, plan: str, pk: int) -> HttpResponse:
    """Takes every proposal that nothing stands in the way of; the others stay."""
    file = _file(request, community, plan, pk)
    taken = accept_clear(file, by=request.user)
    messages.success(request, _("%(n)d forslag er godtatt.") % {"n": taken})
    return redirect("review_file", community, plan, pk)


@at_work
def adjust_proposal(request: SignedIn, community: str, plan: str, pk: int, proposal: int) -> HttpResponse:
    file = _file(request, community, plan, pk)
    one = next((s for s in shown(file) if s.proposal.pk == proposal and s.can_adjust), None)
    if one is None:
        raise Http404
    status = 200
    if request.method == "POST":
        form = AdjustForm(request.POST, proposal=one.proposal)
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                acts.accept_proposal(
                    one.proposal, by=request.user, version=said["version"] or 0, after=said["after"].strip()
                )
            except Refusal as refusal:  # the words stay in the form, beside what stands there now
                one = next((s for s in shown(file) if s.proposal.pk == proposal), one)
                form = AdjustForm(request.POST.dict() | {"version": one.version}, proposal=one.proposal)
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _("Godtatt med justering."))
                return redirect("review_file", community, plan, pk)
    else:
        form = AdjustForm(initial={"version": one.version}, proposal=one.proposal)
    context = {"community": file.plan.community, "plan": file.plan, "file": file, "one": one, "form": form}
    return render(request, "plans/workbench/adjust_proposal.html", context, status=status)


@require_POST
@at_work
def discard_file(request: SignedIn, community: str, plan: str, pk: int) -> HttpResponse:
    target = draft_for(request, community, plan)
    file = get_object_or_404(EditedFile.objects.select_related("plan__community"), plan=target, pk=pk)
    acts.discard_file(file, by=request.user)
    messages.success(request, _("Forslagene i «%(file)s» er forkastet.") % {"file": file.name})
    return redirect("receive_file", community, plan)


def _file(request: SignedIn, community: str, plan: str, pk: int) -> EditedFile:
    target = draft_for(request, community, plan)
    file = get_object_or_404(EditedFile.objects.select_related("by"), plan=target, pk=pk)
    if file.is_table:
        raise Http404
    file.plan = target
    return file
