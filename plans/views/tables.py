"""The measures as CSV and Excel, out and back in: a dry run, then all of it or nothing."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helsefellesskap.errors import Refusal
from helsefellesskap.uploads import Quota, with_quota
from plans import actions, queries, rules
from plans.actions import tables as acts
from plans.document import PlanDocument
from plans.exporters.table import CSV_TYPE, EXCEL_TYPE, to_csv, to_excel
from plans.forms.tables import TableForm
from plans.models import EditedFile
from plans.review import shown

from .again import SignedIn, at_work
from .edit_plan import draft_for
from .proposals import files_page


@require_safe
@at_work
def measures_csv(request: SignedIn, community: str, plan: str) -> HttpResponse:
    return _download(request, community, plan, to_csv, CSV_TYPE, "csv")


@require_safe
@at_work
def measures_excel(request: SignedIn, community: str, plan: str) -> HttpResponse:
    return _download(request, community, plan, to_excel, EXCEL_TYPE, "xlsx")


def _download(
    request: SignedIn,
    community: str,
    plan: str,
    made: Callable[[PlanDocument, Mapping[str, str]], bytes],
    media_type: str,
    suffix: str,
) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    document = queries.settled(target, reader=request.user).document
    data = made(document, queries.codes_of_draft(target))
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{target.slug}-tiltak.{suffix}"'
    return response


@require_POST
@with_quota
@at_work
def receive_table(request: SignedIn, community: str, plan: str, quota: Quota) -> HttpResponse:
    target = draft_for(request, community, plan)
    form = TableForm(request.POST, request.FILES)
    if quota.exceeded:
        form.errors["table"] = form.error_class([_("Filen er større enn 20 MB, og er derfor ikke lest inn.")])
        return files_page(request, target, 413, table_form=form)
    if not form.is_valid():
        return files_page(request, target, 422, table_form=form)
    upload = form.cleaned_data["table"]
    try:
        file = acts.receive_table(target, by=request.user, name=upload.name, data=upload.read())
    except acts.Problems as refusal:
        return files_page(request, target, refusal.status, table_form=form, problems=refusal.problems)
    except actions.Unreadable as refusal:
        form.add_error("table", str(refusal))
        return files_page(request, target, refusal.status, table_form=form)
    return redirect("review_table", community, plan, file.pk)


@at_work
def review_table(request: SignedIn, community: str, plan: str, pk: int) -> HttpResponse:
    """GET shows what would change; POST changes it."""
    target = draft_for(request, community, plan)
    file = get_object_or_404(EditedFile.objects.select_related("by"), plan=target, pk=pk)
    file.plan = target
    if not file.is_table:
        raise Http404
    refused, status = "", 200
    if request.method == "POST":
        try:
            acts.accept_table(file, by=request.user)
            messages.success(request, _("Tabellen er tatt inn."))
            return redirect(target.get_work_url())
        except Refusal as refusal:
            refused, status = str(refusal), refusal.status
    every = shown(file)
    context = {
        "community": target.community,
        "plan": target,
        "file": file,
        "changes": every,
        "new": sum(1 for one in every if one.proposal.kind == "add"),
        "changed": len({one.proposal.item for one in every if one.proposal.kind == "change"}),
        "open": any(not one.proposal.decision for one in every),
        "refused": refused,
    }
    return render(request, "plans/workbench/review_table.html", context, status=status)
