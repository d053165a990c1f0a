"""The preview is mended piece by piece: one form serves every piece, with a script or without.

A script asks for the changed parts of the page alone, and puts them in place.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helsefellesskap.errors import Refusal
from plans import actions
from plans.forms.intake import MendForm, UndoMendForm
from plans.models import Import

from .again import SignedIn, at_work
from .intake import import_for, preview_context, preview_page


@require_POST
@at_work
def mend_import(request: SignedIn, community: str, pk: int) -> HttpResponse:
    import_ = import_for(request, community, pk)
    form = MendForm(request.POST)
    key = request.POST.get("key", "")
    if not form.is_valid():
        return _refused(request, import_, key, _("Velg først «Rett» ved det som er lest feil."), 400)
    sent = {"version": form.cleaned_data["version"], "operation": form.operation()}
    try:
        import_ = actions.mend_import(import_, by=request.user, mend=form.mend(), **sent)
    except Refusal as refusal:
        return _refused(request, import_for(request, community, pk), key, str(refusal), refusal.status)
    return _done(request, import_, key, "")


@require_POST
@at_work
def undo_mend(request: SignedIn, community: str, pk: int) -> HttpResponse:
    import_ = import_for(request, community, pk)
    form = UndoMendForm(request.POST)
    key = import_.mends[-1][1] if import_.mends else ""
    if not form.is_valid():
        return _refused(request, import_, "", _("Siden var ikke lastet ferdig. Prøv igjen."), 400)
    sent = {"version": form.cleaned_data["version"], "operation": form.operation()}
    try:
        import_ = actions.undo_mend(import_, by=request.user, **sent)
    except Refusal as refusal:
        return _refused(request, import_for(request, community, pk), "", str(refusal), refusal.status)
    return _done(request, import_, key, _("Siste rettelse er angret."))


def _done(request: SignedIn, import_: Import, key: str, said: str) -> HttpResponse:
    """`said` is empty where the last mend tells it."""
    context = preview_context(import_)
    preview = context["preview"]
    said = said or f"{preview.mendable.done[-1]}."
    near = preview.read.near(key)
    if _asks_for_parts(request):
        return _parts(request, context | {"focus": near, "said": said})
    messages.success(request, said)
    return redirect(f"{reverse('import_preview', args=[import_.community.slug, import_.pk])}#rad-{near}")


def _refused(request: SignedIn, import_: Import, key: str, refused: str, status: int) -> HttpResponse:
    """The page as it is now, with the sentence, and the menu still open for the same piece."""
    if _asks_for_parts(request):
        context = preview_context(import_, key)
        return _parts(request, context | {"focus": key, "said": refused, "refused": refused}, status)
    return preview_page(request, import_, chosen=key, refused=refused, status=status)


def _asks_for_parts(request: SignedIn) -> bool:
    return request.headers.get("X-Parts") == "1"


def _parts(request: SignedIn, context: dict[str, object], status: int = 200) -> HttpResponse:
    return render(request, "plans/workbench/_preview_parts.html", context, status=status)
