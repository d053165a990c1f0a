"""The files of a case: added, opened, taken off."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees import actions, rules
from committees.actions.attachments import MEDIA_TYPES
from committees.forms.attachments import AttachmentForm
from committees.models import Attachment, Case
from committees.queries.committees import case_for
from helsefellesskap.errors import NotAllowed, Refusal
from helsefellesskap.slugs import slug_of
from helsefellesskap.uploads import Quota, with_quota
from partners.models import StoredFile, User
from partners.requests import SignedIn, at_work

from .guests import guests_case
from .trail import trail_to


@with_quota
@at_work
def attach(
    request: SignedIn, community: str, committee: str, year: int, nr: int, quota: Quota
) -> HttpResponse:
    case = case_for(request.user, community, committee, year, nr, may=rules.may_prepare)
    form = AttachmentForm(request.POST, request.FILES) if request.method == "POST" else AttachmentForm()
    status = 422 if form.is_bound else 200
    if quota.exceeded:
        form.errors["file"] = form.error_class([_("Filen er større enn 20 MB, og er derfor ikke lagt ved.")])
        status = 413
    elif form.is_valid():
        try:
            _attach(case, form, request.user)
        except Refusal as refusal:
            if isinstance(refusal, actions.MustConfirm):
                form.ask_to_confirm()
            form.add_error("file", str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Vedlegget er lagt til."))
            return redirect(f"{case.get_absolute_url()}#vedlegg")
    context = {
        "form": form,
        "multipart": True,
        "heading": _("Nytt vedlegg til sak %(number)s") % {"number": case.printed_number},
        "lead": _("Legg ikke ved dokumenter med pasientopplysninger."),
        "trail": [
            *trail_to(request.user, case.committee.community, case.committee),
            (_("Sak %(number)s") % {"number": case.printed_number}, case.get_absolute_url()),
        ],
        "back": case.get_absolute_url(),
    }
    return render(request, "committees/form.html", context, status=status)


def _attach(case: Case, form: AttachmentForm, by: User) -> Attachment:
    facts = form.cleaned_data
    sent, redacted = facts["file"], facts["public_file"]
    return actions.attach(
        case,
        by=by,
        title=facts["title"],
        access=facts["access"],
        legal_basis=facts["legal_basis"],
        file=actions.Upload(sent.name, sent.read()),
        public_file=actions.Upload(redacted.name, redacted.read()) if redacted else None,
        confirmed=facts["confirmed"],
    )


@require_safe
@never_cache
def attachment(
    request: HttpRequest, community: str, committee: str, year: int, nr: int, pk: int
) -> HttpResponseBase:
    """The file; to those who may not see a restricted one, its redacted copy. A personal link to the
    papers gives its guest what the seat has.
    """
    if case := guests_case(request, community, committee, year, nr):
        found = get_object_or_404(case.files.select_related("file"), pk=pk)
        return _sent(found, found.file)
    return _attachment(request, community, committee, year, nr, pk)


@at_work
def _attachment(
    request: SignedIn, community: str, committee: str, year: int, nr: int, pk: int
) -> FileResponse:
    case = case_for(request.user, community, committee, year, nr, may=rules.may_read_papers)
    found = get_object_or_404(case.files.select_related("file", "public_file"), pk=pk)
    if rules.may_read_file(request.user, case, found):
        return _sent(found, found.file)
    if found.public_file:
        return _sent(found, found.public_file)
    raise NotAllowed(_("Vedlegget er unntatt offentlighet, og er bare for utvalgets egne."))


def _sent(attachment: Attachment, stored: StoredFile) -> FileResponse:
    suffix = {media_type: suffix for suffix, media_type in MEDIA_TYPES.items()}.get(stored.media_type, "")
    name = f"{slug_of(attachment.title) or 'vedlegg'}{suffix}"
    return FileResponse(
        stored.open(), content_type=stored.media_type, as_attachment=suffix != ".pdf", filename=name
    )


@require_POST
@at_work
def detach(request: SignedIn, community: str, committee: str, year: int, nr: int, pk: int) -> HttpResponse:
    case = case_for(request.user, community, committee, year, nr, may=rules.may_prepare)
    found = get_object_or_404(case.files.select_related("case__committee__community"), pk=pk)
    actions.detach(found, by=request.user)
    messages.success(request, _("Vedlegget er tatt av saken."))
    return redirect(f"{case.get_absolute_url()}#vedlegg")
