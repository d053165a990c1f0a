"""One's own: what a kommune, another party, a committee or a role has taken on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from partners.models import HealthCommunity, Partner
from plans import queries
from plans.duties import Group
from plans.forms.duties import DutiesForm
from plans.queries.duties import Body


@require_safe
def responsible_page(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    owner = get_object_or_404(HealthCommunity, slug=community)
    body = queries.responsible_body(owner, slug)
    form = DutiesForm(request.GET, plans=queries.public_plans(owner))
    duties = queries.duties_of(owner, body, form.chosen_plans)
    shown = [duty for duty in duties.all if form.shows(duty)]
    context = {
        "community": owner,
        "body": body,
        "name": queries.body_name(body),
        "duties": duties,
        "form": form,
        "shown": shown,
        "groups": [
            (group, heading, [duty for duty in shown if duty.group == group])
            for group, heading in _headings(body)
        ],
        "today": timezone.localdate(),
    }
    return render(request, "plans/responsible_page.html", context, status=422 if form.errors else 200)


def _headings(body: Body) -> list[tuple[Group, object]]:
    if not isinstance(body, Partner):
        return [("named", _("Nevnt ved navn"))]
    kommune = body.kind == Partner.Kind.MUNICIPALITY
    return [
        ("named", _("Nevnt ved navn")),
        ("covered", _("Gjelder alle kommunene") if kommune else _("Gjelder en gruppe av parter")),
        ("through", _("Gjennom et utvalg")),
    ]
