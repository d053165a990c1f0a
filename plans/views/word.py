"""The draft as a Word file, for those who may read it. (A public version's is in `downloads`.)"""

from collections.abc import Set

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from helsefellesskap.dates import local_day
from partners.models import StoredFile
from plans import queries, rules
from plans.document import PlanDocument
from plans.exporters.facts import AdoptionFacts
from plans.exporters.word import render
from plans.exporters.word_file import MEDIA_TYPE
from plans.facts import contact_of
from plans.word_identity import last_edit, of_draft

from .again import SignedIn, at_work


@require_safe
@at_work
def draft_word(request: SignedIn, community: str, plan: str) -> HttpResponse:
    draft = queries.plan_for(request.user, community, plan, may=rules.may_read_draft)
    last = last_edit(draft)  # before the text, so that no change falls between the two
    found = queries.settled(draft, reader=request.user)
    document, identifier = found.document, of_draft(draft, last, found.without)
    facts = AdoptionFacts(
        community=draft.community.name,
        form=draft.community.language,
        state="draft",
        created=local_day(timezone.now()),
        contact=contact_of(draft),
    )
    data = render(document, facts, figures=_figures(document), identifier=identifier)
    return word_answer(data, f"{draft.slug}-utkast.docx")


def _figures(document: PlanDocument) -> dict[str, bytes]:
    wanted: Set[str] = {f.sha256 for _depth, section in document.walk_sections() for f in section.figures}
    return {f.sha256: f.read() for f in StoredFile.objects.filter(sha256__in=wanted)} if wanted else {}


def word_answer(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
