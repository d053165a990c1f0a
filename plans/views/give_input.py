"""A hearing as those see it who are asked: the version, one form, and what they have said.

Signed in, by a personal link, or by the open address, which knows no user.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees.links import LinkClosed, guest_link
from committees.models import Committee, PersonalLink
from helsefellesskap.errors import NotAllowed, Refusal
from helsefellesskap.languages import fill_in_with
from partners.models import Partner, User
from plans import actions, queries, rules
from plans.forms.give_input import SELF, GiveInputForm, at_another_place
from plans.hearing_places import WORDS, Place, places_of, said
from plans.models import Hearing, Input, Item

from .again import SignedIn, at_work, send_again


class TooMany(Refusal):
    status = 429


@dataclass(frozen=True, kw_only=True)
class Giver:
    """Who gives input: somebody who signed in, the holder of a personal link, or whoever has the address."""

    hearing: Hearing
    by: User | None = None
    link: PersonalLink | None = None
    open_key: str = ""

    @property
    def may_say(self) -> bool:
        return self.by is None or rules.may_give_input(self.by, self.hearing)

    def voices(self) -> dict[str, Partner | Committee]:
        """Whom the person may speak for, as the form names them; those who were asked first."""
        plan = self.hearing.revision.plan
        spoken_for = rules.voices(self.by, plan) if self.by else frozenset()
        parties = Partner.objects.filter(pk__in=[pk for kind, pk in spoken_for if kind == "partner"])
        committees = plan.community.committees.filter(
            pk__in=[pk for kind, pk in spoken_for if kind == "committee"]
        )
        asked = {*self.hearing.parties.all(), *self.hearing.committees.all()}
        bodies: list[Partner | Committee] = [*parties, *committees] if spoken_for else []
        bodies.sort(key=lambda body: body not in asked)
        return {f"{'partner' if isinstance(b, Partner) else 'committee'}:{b.pk}": b for b in bodies}


@at_work
def give_input(request: SignedIn, community: str, plan: str, hearing: int) -> HttpResponse:
    found = queries.hearing_for(request.user, community, plan, hearing)
    return _page(request, Giver(hearing=found, by=request.user))


@never_cache
def give_input_by_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for somebody without an account, who came by a personal link."""
    try:
        link = guest_link(request, PersonalLink.Purpose.HEARING)
    except LinkClosed:
        if request.method == "POST":
            return send_again(request)
        raise
    if link is None or link.target != pk:
        if request.method == "POST":
            return send_again(request)
        raise NotAllowed(_("Åpne lenken du har fått på e-post, så kommer du hit."))
    hearing = get_object_or_404(queries.hearings(), pk=pk)
    queries.check_not_taken_down(hearing.revision)
    return _page(request, Giver(hearing=hearing, link=link))


@never_cache
def open_hearing(request: HttpRequest, key: str) -> HttpResponse:
    """The same for everybody who has the address. No user is known here, and nothing is kept of a reader."""
    found = queries.open_hearing(key)
    response = _page(request, Giver(hearing=found, open_key=key))
    if not found.listed:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@never_cache
def given_input(request: HttpRequest, operation: UUID) -> HttpResponse:
    """The copy, and what was answered, for whoever gave the input: the address is a secret of theirs."""
    given = queries.input_at(operation)
    plan = given.hearing.revision.plan
    fill_in_with(plan.community.language)
    (one,) = said([given], places_of(given.hearing.revision.load()))
    context = {"one": one, "hearing": given.hearing, "plan": plan, "community": plan.community}
    response = render(request, "plans/hearing/given_input.html", {**context, "words": WORDS})
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: HttpRequest, giver: Giver) -> HttpResponse:
    hearing = giver.hearing
    document = hearing.revision.load()
    fill_in_with(hearing.revision.plan.community.language)
    places = places_of(document)
    voices = giver.voices()
    facts: dict[str, Any] = {
        "voices": [(key, str(getattr(body, "name", body))) for key, body in voices.items()],
        "for_party": bool(giver.link and giver.link.partner_id),
        "stranger": bool(giver.open_key),
    }
    place = places.get(request.POST.get("item") or request.GET.get("sted", ""), places[""])
    status = 200
    if request.method == "POST" and (chosen := places.get(request.POST.get("sted", "-"))):
        form = GiveInputForm(
            place=chosen, initial=at_another_place(request.POST.dict(), place, chosen), **facts
        )
    elif request.method == "POST":
        form = GiveInputForm(request.POST, place=place, **facts)
        status = 422
        if form.is_valid():
            try:
                return _give(request, giver, form, voices)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
    else:
        form = GiveInputForm(place=place, **facts)
    context = _shown(giver, places) | {"document": document, "form": form}
    return render(request, "plans/hearing/give_input.html", context, status=status)


def _give(
    request: HttpRequest, giver: Giver, form: GiveInputForm, voices: dict[str, Partner | Committee]
) -> HttpResponse:
    if giver.open_key and not consume(request, action="give_input"):
        raise TooMany(
            _("Det er kommet mange innspill herfra på kort tid. Vent noen minutter, og send igjen.")
        )
    body = voices.get(form.cleaned_data.get("on_behalf_of", SELF))
    given = actions.give_input(
        giver.hearing,
        item=_item(giver.hearing, form.place),
        by=giver.by,
        link=giver.link,
        open_key=giver.open_key,
        partner=body if isinstance(body, Partner) else None,
        committee=body if isinstance(body, Committee) else None,
        **form.values(),
    )
    if giver.open_key:
        return redirect(given)
    messages.success(request, _("Innspillet ditt er mottatt. Kopien står under «Det du har sagt»."))
    return redirect(f"{request.path}#innspill-{given.pk}")


def _item(hearing: Hearing, place: Place) -> Item | None:
    return hearing.revision.items.get(item=UUID(place.key)).item if place.key else None


def _shown(giver: Giver, places: dict[str, Place]) -> dict[str, Any]:
    hearing = giver.hearing
    plan = hearing.revision.plan
    mine: list[Input] = queries.inputs_by(hearing, user=giver.by, link=giver.link)
    return {
        "base": "public.html" if giver.open_key else "work.html",
        "giver": giver,
        "hearing": hearing,
        "plan": plan,
        "community": plan.community,
        "codes": {},  # nothing of a draft has an address that others may keep
        "state": "hearing",
        "agreements": list(plan.agreements.all()),
        "mine": said(mine, places),
        "words": WORDS,
        "saying": hearing.is_open and giver.may_say,
        "answers_url": reverse("input_answers", args=[hearing.open_key])
        if hearing.open_key and queries.is_answered(hearing)
        else "",
        "may_answer": bool(giver.by and rules.may_send_hearing(giver.by, plan)),
        "list_url": reverse("answer_input", args=[plan.community.slug, plan.slug, hearing.pk])
        if giver.by
        else "",
    }
