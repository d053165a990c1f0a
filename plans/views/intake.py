"""From a file to a draft: upload, preview, read in another way, accept or discard."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helsefellesskap.errors import Refusal
from helsefellesskap.uploads import Quota, with_quota
from partners.models import HealthCommunity
from plans import actions, queries
from plans.forms.intake import RereadForm, UploadForm
from plans.mendable import KINDS, VERBS
from plans.models import Import
from plans.preview import READINGS, preview_of

from .again import SignedIn, at_work


@with_quota
@at_work
def upload_plan(request: SignedIn, community: str, quota: Quota) -> HttpResponse:
    place = queries.community_for(request.user, community, may="import_plan")
    if request.method != "POST":
        return _upload_page(request, place, UploadForm(), 200)
    form = UploadForm(request.POST, request.FILES)
    if quota.exceeded:
        form.errors["file"] = form.error_class([_("Filen er større enn 20 MB, og er derfor ikke lest inn.")])
        return _upload_page(request, place, form, 413)
    if not form.is_valid():
        return _upload_page(request, place, form, 422)
    file = form.cleaned_data["file"]
    try:
        import_ = actions.upload_plan(place, by=request.user, name=file.name, data=file.read())
    except actions.Unreadable as refusal:
        form.add_error("file", str(refusal))
        return _upload_page(request, place, form, refusal.status)
    return redirect("import_preview", place.slug, import_.pk)


def _upload_page(request: SignedIn, place: HealthCommunity, form: UploadForm, status: int) -> HttpResponse:
    return render(
        request, "plans/workbench/upload_plan.html", {"community": place, "form": form}, status=status
    )


@at_work
def import_preview(request: SignedIn, community: str, pk: int) -> HttpResponse:
    """`?rett=` names the piece that the menu is open for, where no script opens it."""
    return preview_page(request, import_for(request, community, pk), chosen=request.GET.get("rett", ""))


def preview_page(
    request: SignedIn, import_: Import, *, chosen: str = "", refused: str = "", status: int = 200
) -> HttpResponse:
    context = preview_context(import_, chosen) | {"refused": refused}
    return render(request, "plans/workbench/import_preview.html", context, status=status)


def preview_context(import_: Import, chosen: str = "") -> dict[str, Any]:
    """What the preview's templates need; `chosen` is the key of the piece that the menu is open for."""
    preview = preview_of(import_)
    return {
        "community": import_.community,
        "import": import_,
        "preview": preview,
        "mendable": preview.mendable,
        "chosen": preview.mendable.tools.get(chosen) if preview.mendable else None,
        "verbs": VERBS,
        "kinds": KINDS,
        "readings": READINGS,
        "too": None if import_.plan else queries.read_too(import_),
        # The outline is the editor's, without its tools.
        "codes": None,
        "figure_urls": None,
        "may_edit": False,
    }


@require_POST
@at_work
def reread_import(request: SignedIn, community: str, pk: int) -> HttpResponse:
    import_ = import_for(request, community, pk)
    form = RereadForm(request.POST)
    if form.is_valid():
        try:
            actions.reread_import(import_, by=request.user, **form.cleaned_data)
            messages.success(request, _("Filen er lest på nytt."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("import_preview", community, pk)


@require_POST
@at_work
def accept_import(request: SignedIn, community: str, pk: int) -> HttpResponse:
    plan = actions.accept_import(import_for(request, community, pk), by=request.user)
    messages.success(request, _("Utkastet er laget. Rett det som ble lest feil."))
    return redirect(plan.get_work_url())


@require_POST
@at_work
def discard_import(request: SignedIn, community: str, pk: int) -> HttpResponse:
    import_ = import_for(request, community, pk)
    actions.discard_import(import_, by=request.user)
    messages.success(request, _("«%(file)s» er forkastet.") % {"file": import_.name})
    return redirect("community_work", community)


def import_for(request: SignedIn, community: str, pk: int) -> Import:
    place = queries.community_for(request.user, community, may="import_plan")
    return get_object_or_404(
        Import.objects.select_related("community", "plan__community", "file", "by"), community=place, pk=pk
    )
