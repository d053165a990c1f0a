"""A read-only copy of what lies before a member, for those whom they represent. No answers stand in it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees.seats import spoken_for
from helsefellesskap.errors import NotAllowed, Refusal
from helsefellesskap.languages import fill_in_with
from plans import actions, queries, shared_copies
from plans.forms.share_copy import ShareForm
from plans.models import SharedCopy

from .asked import asked, for_those_asked
from .take_stance import address


class CopyClosed(Refusal):
    status = 410


@require_POST
@for_those_asked
def share_copy(request: HttpRequest, community: str, review: int) -> HttpResponse:
    who = asked(request, community, review)
    seat, _place = who.answering()
    form = ShareForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(" ".join(map(str, form.errors["expires_on"])))
        actions.share_copy(who.review, seat, by=who.by, link=who.link, **form.cleaned_data)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Lesekopien er laget. Adressen står under «Del med dine egne»."))
    return redirect(f"{address(who)}#del")


@require_POST
@for_those_asked
def revoke_copy(request: HttpRequest, community: str, review: int, pk: int) -> HttpResponse:
    who = asked(request, community, review)
    seat, _place = who.answering()
    copy = get_object_or_404(SharedCopy, review=who.review, pk=pk)
    if copy.seat_id != seat.pk:
        raise NotAllowed(_("Bare den som delte lesekopien, kan trekke den tilbake."))
    actions.revoke_copy(copy, by=who.by)
    messages.success(request, _("Lesekopien er trukket tilbake."))
    return redirect(f"{address(who)}#del")


@require_safe
@never_cache
def shared_copy(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever has the address: the version, and who shares it."""
    copy = shared_copies.copy_at(token)
    if copy is None:
        raise Http404
    if not shared_copies.is_open(copy):
        raise CopyClosed(_("Lesekopien er trukket tilbake eller gått ut. Spør den som delte den med deg."))
    review, plan = copy.review, copy.review.revision.plan
    fill_in_with(plan.community.language)
    queries.check_not_taken_down(review.revision)
    context = {
        "copy": copy,
        "on_behalf_of": spoken_for(copy.seat),
        "review": review,
        "plan": plan,
        "community": plan.community,
        "document": review.revision.load(),
        "codes": {},
        "state": "in_review",
        "agreements": list(plan.agreements.all()),
    }
    response = render(request, "plans/review/shared_copy.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
