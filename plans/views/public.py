"""Pages for everybody: no user, no cookie, no token in them."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from helsefellesskap.languages import without_language
from partners.models import StoredFile
from plans import queries
from plans.change_words import summary
from plans.compare import compare
from plans.document import PlanDocument
from plans.forms.narrow_plan import NarrowForm
from plans.models import Plan, Revision, Translation
from plans.renderings import kept
from plans.standing import Standing

from .downloads import downloads, send_stored


@require_safe
@kept
def plan_page(request: HttpRequest, community: str, plan: str) -> tuple[Plan, HttpResponse]:
    return _page(request, queries.public_standing(community, plan))


@require_safe
@kept
def revision_page(request: HttpRequest, community: str, plan: str, number: int) -> tuple[Plan, HttpResponse]:
    return _page(request, queries.public_standing(community, plan, number))


def _page(request: HttpRequest, standing: Standing) -> tuple[Plan, HttpResponse]:
    context = context_of(request, standing, standing.revision.load())
    status = 422 if context["narrow"].errors else 200
    return standing.plan, render(request, "plans/plan_page.html", context, status=status)


def context_of(request: HttpRequest, standing: Standing, document: PlanDocument) -> dict[str, Any]:
    """What the page says of this version; `document` is its own or the same in another language."""
    plan, revision = standing.plan, standing.revision
    versions = list(queries.public_versions(plan))
    statuses = queries.status_of(plan)
    reported = {key: [report.value for report in reports] for key, reports in statuses.items()}
    narrow = NarrowForm(request.GET, document=document, reported=reported)
    narrowed = narrow.narrow()
    follows = queries.public_predecessor(plan)
    if not versions:  # taken down since it was found
        queries.check_not_purged(revision)
    latest = versions[:1] == [revision]
    translations = list(queries.published_translations(plan))
    return {
        "community": plan.community,
        "plan": plan,
        "document": narrowed,
        "narrow": narrow,
        "summary": queries.summary_of(plan),
        "shown": sum(1 for _ in narrowed.walk_measures()),
        "revision": revision,
        "publication": standing.publication,
        "state": standing.state,
        "adoptions": standing.adoptions,
        "chain": queries.chain_of(plan),
        "stances": queries.stances_of(standing.adoptions, revision),
        "superseded_by": standing.superseded_by,
        "instead": queries.last_successor(plan) if standing.superseded_by else None,
        "follows": follows,
        "changed": _changed(document, versions, follows) if latest and not narrow.chosen else "",
        "agreements": list(plan.agreements.all()),
        "codes": queries.codes_of(revision),
        "pasts": queries.pasts(plan),
        "statuses": statuses,
        "corrections": list(queries.corrections_of(plan)),
        "figure_urls": _figure_urls(document, revision),
        "downloads": downloads(revision),
        "versions": versions,
        "translations": translations,
        "in_languages": _in_languages(plan, translations),
        "default_path": without_language(plan.get_absolute_url()) if translations else "",
        "latest": latest,
    }


def _in_languages(plan: Plan, translations: list[Translation]) -> dict[str, str]:
    """Language → the path where the plan is read in it; nothing where it is in its own only."""
    own = without_language(plan.get_absolute_url())
    found = {code: own for code, _name in settings.LANGUAGES} if translations else {}
    return found | {one.language: without_language(one.get_absolute_url()) for one in translations}


def _changed(document: PlanDocument, versions: list[Revision], follows: Plan | None) -> str:
    """«3 tiltak nye, 2 endret.» since the version before, else since the plan before; empty where none is."""
    earlier = versions[1:2] or (queries.public_versions(follows)[:1] if follows else [])
    for version in earlier:
        return summary(compare(version.load(), document))
    return ""


def _figure_urls(document: PlanDocument, revision: Revision) -> dict[str, str]:
    plan = revision.plan
    return {
        figure.sha256: reverse(
            "revision_figure", args=[plan.community.slug, plan.slug, revision.number, figure.sha256]
        )
        for _depth, section in document.walk_sections()
        for figure in section.figures
    }


@require_safe
def revision_json(request: HttpRequest, community: str, plan: str, number: int) -> HttpResponse:
    """The frozen document, byte for byte as its SHA-256 was taken."""
    revision = queries.public_standing(community, plan, number).revision
    response = HttpResponse(revision.content, content_type="application/json")
    response["ETag"] = f'"{revision.sha256}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def revision_figure(
    request: HttpRequest, community: str, plan: str, number: int, sha256: str
) -> HttpResponse | FileResponse:
    document = queries.public_standing(community, plan, number).revision.load()
    if not any(f.sha256 == sha256 for _depth, s in document.walk_sections() for f in s.figures):
        raise Http404
    return send_stored(request, get_object_or_404(StoredFile, sha256=sha256))
