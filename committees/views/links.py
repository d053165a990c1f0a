"""Personal links: the page that one opens, for people without an account; and the secretariat's list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import actions, links
from committees.actions.links import TooManyCodes, WrongCode
from committees.forms.links import CodeForm
from committees.models import PersonalLink
from committees.queries.links import links_of
from helsefellesskap.languages import fill_in_with
from partners.queries import community_for
from partners.requests import SignedIn, signed_in
from partners.rules import may_manage_people


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def personal_link(request: HttpRequest, token: str) -> HttpResponse:
    """Whom and what the link is for; «Send kode» mails a code, and the right code opens it."""
    link = links.link_at(token)
    if not link:
        raise Http404
    fill_in_with(link.community.language)
    links.check_open(link)
    what = links.opens(link)
    form = CodeForm(request.POST if "code" in request.POST else None)
    status = 200
    try:
        if request.method == "POST" and not form.is_bound:
            actions.send_code(link)
            messages.success(
                request, _("Koden er på vei, og gjelder i %(n)d minutter.") % {"n": links.CODE_MINUTES}
            )
            return _unkept(redirect("personal_link", token=token))
        if form.is_valid():
            links.let_in(request, actions.open_link(link, **form.cleaned_data))
            return _unkept(redirect(what.path))
    except WrongCode as error:
        link.refresh_from_db()
        form.add_error("code", str(error))
    except TooManyCodes as error:
        messages.error(request, str(error))
        status = error.status
    if form.is_bound and form.errors:
        status = WrongCode.status
    context: dict[str, Any] = {
        "link": link,
        "what": what,
        "form": form,
        "address": masked(link.email),
        "code_is_out": links.code_is_out(link),
        "is_in": links.is_let_in(request, link),
    }
    return _unkept(render(request, "committees/personal_link.html", context, status=status))


def masked(email: str) -> str:
    """«k***@tromso.kommune.no»: enough for whom it belongs to."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}***@{domain}"


def _unkept(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it goes into no referrer and no search index."""
    response["Referrer-Policy"] = "strict-origin"  # «no-referrer» would take the Origin that forms need
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@signed_in
def personal_links(request: SignedIn, community: str) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    context = {"community": place, "links": links_of(place)}
    return render(request, "committees/personal_links.html", context)


@require_POST
@signed_in
def resend_link(request: SignedIn, community: str, pk: UUID) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    link = get_object_or_404(PersonalLink, community=place, pk=pk)
    actions.resend_link(link, by=request.user)
    messages.success(request, _("Lenken til %(name)s er sendt på nytt.") % {"name": link.name})
    return redirect("personal_links", place.slug)


@require_POST
@signed_in
def revoke_link(request: SignedIn, community: str, pk: UUID) -> HttpResponse:
    place = community_for(request.user, community, may=may_manage_people)
    link = get_object_or_404(PersonalLink, community=place, pk=pk)
    actions.revoke_link(link, by=request.user)
    messages.success(request, _("Lenken til %(name)s er trukket tilbake.") % {"name": link.name})
    return redirect("personal_links", place.slug)
