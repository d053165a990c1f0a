"""«Prøv igjen»: files of a public plan that could not be made are asked for once more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans import actions, queries, rules

from .again import SignedIn, at_work


@require_POST
@at_work
def remake_files(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_adopt)
    actions.remake_files(target, by=request.user)
    messages.success(request, _("Filene er bestilt på nytt, og lages nå."))
    return redirect(target.get_work_url())
