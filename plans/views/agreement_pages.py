"""Agreements for everybody: who has adopted and signed what, and the words."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partners.models import AgreementVersion, HealthCommunity
from plans.queries.agreements import agreement_for, in_words, matrix_of, public_plans_on


@require_safe
def agreements_page(request: HttpRequest, community: str) -> HttpResponse:
    place = get_object_or_404(HealthCommunity, slug=community)
    return render(request, "plans/agreements_page.html", {"community": place, "matrix": matrix_of(place)})


@require_safe
def agreement_page(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    agreement = agreement_for(community, slug)
    context = {
        "community": agreement.community,
        "agreement": agreement,
        "lines": [(line, in_words(line)) for line in agreement.parties.all()],
        "plans": public_plans_on(agreement),
    }
    return render(request, "plans/agreement_page.html", context)


@require_safe
def agreement_file(request: HttpRequest, community: str, slug: str, number: int) -> FileResponse:
    version = get_object_or_404(
        AgreementVersion.objects.select_related("file"),
        agreement__community__slug=community,
        agreement__slug=slug,
        number=number,
    )
    if version.file is None:
        raise Http404
    response = FileResponse(
        version.file.open(), filename=f"{slug}-v{number}.pdf", content_type="application/pdf"
    )
    response["ETag"] = f'"{version.file.sha256}"'
    return response
