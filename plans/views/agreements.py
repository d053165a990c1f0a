"""Agreements at work: the matrix, one agreement, its versions, each party's line, the table out and in."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helsefellesskap.errors import NotAllowed, Refusal, why_refused
from helsefellesskap.uploads import Quota, with_quota
from partners import actions
from partners.models import Agreement, AgreementParty, HealthCommunity, StoredFile
from partners.rules import may_manage_agreements, may_sign_for
from plans.agreement_table import DAYS, read_rows, rows_of
from plans.exporters.table import EXCEL_TYPE, excel
from plans.forms.agreements import AgreementForm, LineForm, MatrixForm, VersionForm
from plans.importers.sandbox import Refused
from plans.importers.sandbox import read_rows as read_file
from plans.queries import community_for
from plans.queries.agreements import agreement_for, matrix_of

from .again import SignedIn, at_work

# What a dry run showed, carried through the page and signed, so that nothing else is written.
_SALT = "agreements.matrix"
_HOURS = 24 * 60 * 60


@require_safe
@at_work
def agreements_work(request: SignedIn, community: str) -> HttpResponse:
    place = community_for(request.user, community, may="see_work")
    return _matrix_page(request, place, MatrixForm())


@at_work
def write_agreement(request: SignedIn, community: str, slug: str | None = None) -> HttpResponse:
    place = _managed(request, community)
    agreement = get_object_or_404(Agreement, community=place, slug=slug) if slug else None
    form = AgreementForm(request.POST or None, instance=agreement, community=place)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            made = actions.write_agreement(
                place,
                by=request.user,
                facts=form.facts(),
                parties=form.cleaned_data["parties"],
                agreement=agreement,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            return redirect("agreement_work", place.slug, made.slug)
    heading = _("Rediger avtalen") if agreement else _("Ny avtale")
    return _form(request, place, form, heading, status, agreement)


@require_safe
@at_work
def agreement_work(request: SignedIn, community: str, slug: str) -> HttpResponse:
    place = community_for(request.user, community, may="see_work")
    agreement = agreement_for(place.slug, slug)
    manages = may_manage_agreements(request.user, place)
    context = {
        "community": place,
        "agreement": agreement,
        "manages": manages,
        "lines": [
            (line, manages or may_sign_for(request.user, place, line.partner))
            for line in agreement.parties.all()
        ],
        "plans": agreement.plans.select_related("community").order_by("title"),
    }
    return render(request, "plans/workbench/agreement.html", context)


@with_quota
@at_work
def new_version(request: SignedIn, community: str, slug: str, quota: Quota) -> HttpResponse:
    place = _managed(request, community)
    agreement = get_object_or_404(Agreement, community=place, slug=slug)
    form = VersionForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    status = 422 if form.is_bound else 200
    if quota.exceeded:
        form.add_error("file", _("Filen er større enn 20 MB, og er derfor ikke lest inn."))
        status = 413
    elif form.is_valid():
        try:
            actions.new_version(agreement, by=request.user, **_version_facts(form))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            return redirect("agreement_work", place.slug, agreement.slug)
    return _form(request, place, form, _("Ny versjon av avtalen"), status, agreement)


def _version_facts(form: VersionForm) -> dict[str, Any]:
    upload = form.cleaned_data.pop("file")
    if upload is None:
        return form.cleaned_data
    data = upload.read()
    if b"%PDF-" not in data[:1024]:
        raise Refusal(_("Filen er ikke en PDF."))
    return form.cleaned_data | {"file": StoredFile.objects.store(data, "application/pdf")}


@at_work
def sign_agreement(request: SignedIn, community: str, slug: str, pk: int) -> HttpResponse:
    """One party's line: its own case, when it adopted and signed, by whom."""
    place = community_for(request.user, community, may="see_work")
    lines = AgreementParty.objects.select_related("agreement", "partner")
    line = get_object_or_404(lines, agreement__community=place, agreement__slug=slug, pk=pk)
    if not (may_manage_agreements(request.user, place) or may_sign_for(request.user, place, line.partner)):
        raise NotAllowed(_("Bare parten selv og sekretariatet kan føre når avtalen er signert."))
    form = LineForm(request.POST or None, instance=line)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.sign_agreement(
                line, by=request.user, row_version=form.cleaned_data["row_version"], values=form.values()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Lagret: %(party)s.") % {"party": line.partner})
            return redirect("agreement_work", place.slug, slug)
    heading = f"{line.partner}: {line.agreement}"
    context = {
        "community": place,
        "form": form,
        "heading": heading,
        "agreement": line.agreement,
        "line": line,
    }
    return render(request, "plans/workbench/sign_agreement.html", context, status=status)


@require_safe
@at_work
def agreements_excel(request: SignedIn, community: str) -> HttpResponse:
    place = community_for(request.user, community, may="see_work")
    data = excel(rows_of(_lines(place)), sheet=_("Avtaler"), title=_("Avtaler"), creator=place.name)
    response = HttpResponse(data, content_type=EXCEL_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{place.slug}-avtaler.xlsx"'
    return response


@require_POST
@with_quota
@at_work
def receive_matrix(request: SignedIn, community: str, quota: Quota) -> HttpResponse:
    """The dry run: what the table would change. Nothing is written."""
    place = _managed(request, community)
    form = MatrixForm(request.POST, request.FILES)
    if quota.exceeded:
        form.errors["table"] = form.error_class([_("Filen er større enn 20 MB, og er derfor ikke lest inn.")])
        return _matrix_page(request, place, form, 413)
    if not form.is_valid():
        return _matrix_page(request, place, form, 422)
    upload = form.cleaned_data["table"]
    try:
        rows = read_file(upload.read(), upload.name)
    except Refused as refused:
        form.add_error("table", why_refused(refused))
        return _matrix_page(request, place, form, 422)
    reading = read_rows(rows, _lines(place))
    if reading.problems:
        return _matrix_page(request, place, form, 422, problems=reading.problems)
    signed = signing.dumps(
        [[c.line, c.row_version, {k: v and str(v) for k, v in c.values.items()}] for c in reading.changes],
        salt=_SALT,
        compress=True,
    )
    context = {"community": place, "name": upload.name, "shown": reading.shown, "signed": signed}
    return render(request, "plans/workbench/review_matrix.html", context)


@require_POST
@at_work
def write_matrix(request: SignedIn, community: str) -> HttpResponse:
    place = _managed(request, community)
    try:
        sent = signing.loads(request.POST.get("signed", ""), salt=_SALT, max_age=_HOURS)
    except signing.BadSignature as error:
        raise Http404 from error
    changes = [
        actions.LineChange(line=line, row_version=version, values=_typed(values))
        for line, version, values in sent
    ]
    count = actions.write_matrix(place, by=request.user, changes=changes)
    messages.success(request, _("Tabellen er tatt inn: %(count)s linjer.") % {"count": count})
    return redirect("agreements_work", place.slug)


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """Days as days again; an empty one is none."""
    return {
        name: (date.fromisoformat(value) if value else None) if name in DAYS else value
        for name, value in values.items()
    }


def _lines(place: HealthCommunity) -> list[AgreementParty]:
    return [cell.line for _partner, cells in matrix_of(place).rows for cell in cells if cell.line]


def _managed(request: SignedIn, community: str) -> HealthCommunity:
    return community_for(request.user, community, may="manage_agreements")


def _matrix_page(
    request: SignedIn, place: HealthCommunity, form: MatrixForm, status: int = 200, problems: Any = ()
) -> HttpResponse:
    context = {
        "community": place,
        "matrix": matrix_of(place),
        "manages": may_manage_agreements(request.user, place),
        "form": form,
        "problems": problems,
    }
    return render(request, "plans/workbench/agreements.html", context, status=status)


def _form(
    request: SignedIn,
    place: HealthCommunity,
    form: Any,
    heading: str,
    status: int,
    agreement: Agreement | None,
) -> HttpResponse:
    context = {"community": place, "form": form, "heading": heading, "agreement": agreement}
    return render(request, "plans/workbench/agreement_form.html", context, status=status)
