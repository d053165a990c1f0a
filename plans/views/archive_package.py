"""The archive package of a published version: for the secretariat alone, since it is complete."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsefellesskap.errors import WrongState
from plans import archive, queries, rules
from plans.exporters.archive import ZIP_TYPE, package
from plans.files import Format

from .again import SignedIn, at_work


@require_safe
@at_work
def archive_package(request: SignedIn, community: str, plan: str, number: int) -> HttpResponse:
    """Raises WrongState until the PDF is made, since a package without it would be half of one."""
    target = queries.plan_for(request.user, community, plan, may=rules.may_adopt)
    standing = queries.published_standing(target, number)
    revision = standing.revision
    made = queries.made_files(revision).get(Format.PDF)
    if made is None or made.file is None:
        raise WrongState(_("PDF-en er ikke laget ennå. Arkivpakken kan hentes når den er det."))
    values = {
        "metadata": archive.metadata(standing),
        "decisions": archive.decisions(revision),
        "stances": archive.stances(revision),
        "inputs": archive.inputs(revision),
    }
    data = package(pdf=made.file.read(), document=revision.content, values=values)
    response = HttpResponse(data, content_type=ZIP_TYPE)
    name = f"{community}-{plan}-v{number}-arkiv.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
