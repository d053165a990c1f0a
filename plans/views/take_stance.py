"""The member's page: what changed, what is theirs, and where they stand; the same for what came on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from committees.seats import spoken_for
from helsefellesskap.dates import local_day
from helsefellesskap.errors import Conflict, Refusal
from plans import actions, queries
from plans.compare import compare
from plans.exporters import stance_sheet as sheets
from plans.forms.share_copy import ShareForm
from plans.forms.take_stance import Filled, StancesForm, as_filled
from plans.models import Review, Seen, Stance
from plans.shared_copies import address_of
from plans.stance_rows import stance_rows

from .again import SignedIn, at_work
from .asked import Asked, asked, asked_on_paper, for_those_asked


@for_those_asked
def take_stance(request: HttpRequest, community: str, review: int) -> HttpResponse:
    return _answer(request, asked(request, community, review))


@at_work
def paper_stance(request: SignedIn, community: str, review: int, seat: int) -> HttpResponse:
    return _answer(request, asked_on_paper(request, community, review, seat))


@require_POST
@for_those_asked
def see_changes(request: HttpRequest, community: str, review: int) -> HttpResponse:
    """The button stands below what changed: it has been on the screen."""
    who = asked(request, community, review)
    seat, _place = who.answering()
    Seen.objects.get_or_create(review=who.review, seat=seat)
    return redirect(f"{address(who)}#svar")


@require_safe
@for_those_asked
def stance_sheet(request: HttpRequest, community: str, review: int, seat: int) -> HttpResponse:
    """To print and fill in. One's own; the secretariat's for anybody."""
    who = asked(request, community, review)
    if who.seat is None or who.seat.pk != seat:
        who = asked_on_paper(request, community, review, seat)
    _seat, place = who.answering()
    facts = shown(who)
    pdf = sheets.render(
        who.review,
        facts["rows"],
        name=place.printed_name,
        on_behalf_of=facts["on_behalf_of"],
        before=facts["before"],
        comparison=facts["comparison"],
    )
    return _sheet(pdf, who.review, f"-{place.pk}")


@require_safe
@at_work
def blank_sheet(request: SignedIn, community: str, review: int) -> HttpResponse:
    """To print without a name, for whoever comes to the meeting."""
    found = queries.review_for(request.user, community, review)
    rows = stance_rows(queries.document_before(found), named=set(), answers={}, documents={}, before=None)
    return _sheet(sheets.render(found, rows), found, "")


def _sheet(pdf: bytes, review: Review, whose: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"svarark-{review.revision.plan.slug}-v{review.revision.number}{whose}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _answer(request: HttpRequest, who: Asked) -> HttpResponse:
    context = shown(who)
    posted = request.POST if request.method == "POST" else None
    form = StancesForm(
        posted,
        rows=context["rows"],
        whole=_filled(context["whole"]),
        typed_in=who.typed_in,
        items=queries.agenda_items_about(who.review) if who.typed_in else (),
    )
    status = 200
    if posted is not None:
        who.answering()
        status = 422
        if form.is_valid():
            try:
                return _save(request, who, form)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
                context = shown(who) | {"newer": getattr(refusal, "newer", ())}
    open_ = who.review.closed_at is None and (context["seen"] or who.typed_in or form.is_bound)
    context |= {"form": form, "exceptions": form.exceptions, "answering": open_}
    return render(request, "plans/review/take_stance.html", context, status=status)


def _save(request: HttpRequest, who: Asked, form: StancesForm) -> HttpResponse:
    seat, _place = who.answering()
    if form.cleaned_data["shown"] != who.review.revision.sha256:
        raise Conflict(
            _("Siden viste en annen versjon. Se på planen slik den er lagt fram, og svar på nytt.")
        )
    stances = actions.take_stances(
        who.review,
        seat,
        by=who.by,
        link=who.link,
        answers=form.answers(),
        last=form.cleaned_data["last"],
        from_paper=who.typed_in and form.given_in is None,
        given_in=form.given_in,
    )
    messages.success(request, _saved(who, stances))
    if who.typed_in:
        return redirect("review_picture", who.review.committee.community.slug, who.review.pk)
    return redirect(address(who))


def _saved(who: Asked, stances: list[Stance]) -> str:
    whole = [str(s.get_kind_display()) for s in stances if s.item_id is None]
    rest = len(stances) - len(whole)
    said = [_("%(kind)s hele planen") % {"kind": kind} for kind in whole]
    if rest and whole:
        said.append(
            ngettext("med unntak for %(n)s tiltak", "med unntak for %(n)s tiltak", rest) % {"n": rest}
        )
    elif rest:
        said.append(ngettext("svar på %(n)s tiltak", "svar på %(n)s tiltak", rest) % {"n": rest})
    told = _("Svaret for %(whom)s er registrert: %(said)s.") % {
        "whom": stances[0].on_behalf_of,
        "said": ", ".join(said),
    }
    late = timezone.localdate() > who.review.due
    return f"{told} {_('Det kom etter fristen.')}" if late else told


def address(who: Asked) -> str:
    slug = who.review.committee.community.slug
    return reverse("take_stance", args=[slug, who.review.pk])


def shown(who: Asked) -> dict[str, Any]:
    """What the page says: a constant number of queries, whatever the plan's size."""
    review, seat, place = who.review, who.seat, who.place
    picture = queries.pictures([review])[review.pk]
    before = queries.last_seen(review, seat) if seat else None
    old = before.load() if before else None
    said = list(queries.said_for(review, place)) if place else []
    whole = next((stance for stance in reversed(said) if stance.item_id is None), None)
    rows = stance_rows(
        picture.document,
        named=queries.named_as(review, place) if place else set(),
        answers=picture.answers_of(place.pk) if place else {},
        documents=picture.documents,
        before=old,
    )
    return {
        "who": who,
        "review": review,
        "plan": review.revision.plan,
        "community": review.committee.community,
        "document": picture.document,
        "before": before,
        "comparison": compare(old, picture.document) if old else None,
        "seen": bool(seat) and Seen.objects.filter(review=review, seat=seat).exists(),
        "meetings": list(queries.meetings_about(review)),
        "rows": rows,
        "ours": [row for row in rows if row.ours],
        "stale": [row for row in rows if row.answer and row.answer.stale],
        "whole": whole,
        "whole_late": whole is not None and local_day(whole.given_at) > review.due,
        "said": said,
        "last": said[-1].pk if said else 0,
        "stands": sum(bool(row.answer and not row.answer.stale) for row in rows),
        "on_behalf_of": spoken_for(place) if place else "",
        "copies": [(copy, address_of(copy)) for copy in queries.open_copies(review, seat)] if seat else [],
        "share_form": ShareForm(),
        "late": timezone.localdate() > review.due,
    }


def _filled(whole: Stance | None) -> Filled:
    return as_filled(whole.kind, whole.remark, whole.expected_on) if whole else Filled()
