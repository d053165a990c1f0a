"""Where one chooses which notices come by e-mail: signed in, or by the address that stands in each mail."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from partners import actions
from partners.digests import whose_choices
from partners.forms import NoticesForm
from partners.models import User
from partners.queries import kinds_wanted
from partners.requests import SignedIn, signed_in


@signed_in
def choose_notices(request: SignedIn) -> HttpResponse:
    return _choose(request, request.user)


@never_cache
@csrf_exempt  # mailboxes post «List-Unsubscribe=One-Click» here; the signed address is what lets them
def choose_notices_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    person = whose_choices(token)
    if not person:
        raise Http404
    return _choose(request, person)


def _choose(request: HttpRequest, person: User | str) -> HttpResponse:
    """One click in a mailbox turns all off; the form turns on what is ticked."""
    bound = request.POST if request.method == "POST" else None
    form = NoticesForm(bound, initial={"wanted": kinds_wanted(person)})
    if form.is_valid():
        actions.choose_notices(person, wanted=form.cleaned_data["wanted"])
        messages.success(request, _("Valget er lagret."))
        return redirect(request.path)
    return render(
        request,
        "partners/choose_notices.html",
        {"form": form, "person": person},
        status=422 if form.is_bound else 200,
    )
