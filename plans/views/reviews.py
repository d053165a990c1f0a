"""What lies before committees: laid there, closed, listed, read, and the picture of where the sides stand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.queries.committees import committee_for
from committees.rules import may_prepare, may_read_papers
from helsefellesskap.errors import Refusal, WrongState
from plans import actions, queries, rules
from plans.forms.lay_before import DRAFT, LayBeforeForm
from plans.forms.review_link import ReviewLinkForm

from .again import SignedIn, at_work
from .asked import asked, asked_on_paper, for_those_asked
from .writing_now import not_told_of


@at_work
def lay_before(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_lay_before)
    if target.locked:
        raise WrongState(_("Planen er publisert, og ordene i den er låst. Den behandles ikke lenger."))
    form = LayBeforeForm(
        request.POST or None, plan=target, initial={"version": request.GET.get("versjon", DRAFT)}
    )
    status = 422 if form.is_bound else 200
    writers = queries.settled(target, reader=request.user).writers
    if form.is_valid() and form.subject == target and not_told_of(request, writers):
        status = 409
    elif form.is_valid():
        try:
            return _lay(request, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    context = {"community": target.community, "plan": target, "form": form, "writers": writers}
    return render(request, "plans/review/lay_before.html", context, status=status)


def _lay(request: SignedIn, form: LayBeforeForm) -> HttpResponse:
    facts = form.cleaned_data
    reviews = actions.lay_before(
        form.subject,
        by=request.user,
        committees=list(facts["committees"]),
        due=facts["due"],
        message=facts["message"],
        name=facts["name"],
    )
    names = ", ".join(review.committee.abbreviation for review in reviews)
    messages.success(request, _("Lagt fram for %(names)s. De er varslet.") % {"names": names})
    return redirect(f"{form.plan.get_work_url()}#behandling")


@require_POST
@at_work
def close_review(request: SignedIn, community: str, review: int) -> HttpResponse:
    found = queries.review_for(request.user, community, review)
    actions.close_review(found, by=request.user)
    messages.success(request, _("Behandlingen er avsluttet. Det tas ikke imot flere svar."))
    return redirect("review_picture", community, review)


@require_safe
@at_work
def review_picture(request: SignedIn, community: str, review: int) -> HttpResponse:
    """Where the sides stand: first what must be talked about."""
    found = queries.review_for(request.user, community, review)
    plan = found.revision.plan
    (matrix,) = queries.matrices(plan, by=request.user, revision=found.revision_id)
    picture = next(row.picture for row in matrix.rows if row.review == found)
    context = {
        "community": found.committee.community,
        "plan": plan,
        "review": found,
        "picture": picture,
        "matrix": matrix,
        "stale": queries.stale_in(picture),
        "without_seat": queries.without_seat(found),
        "rules": found.committee.rulebook,
        "may_prepare": may_prepare(request.user, found.committee),
        "may_close": rules.may_lay_before(request.user, plan) and not found.closed_at,
    }
    return render(request, "plans/review/review_picture.html", context)


@require_safe
@for_those_asked
def reviewed_plan(request: HttpRequest, community: str, review: int) -> HttpResponse:
    """The whole version, for those before whom it lies."""
    found = asked(request, community, review).review
    plan = found.revision.plan
    context = {
        "community": plan.community,
        "plan": plan,
        "review": found,
        "document": queries.document_before(found),
        "codes": {},
        "state": "in_review",
        "agreements": list(plan.agreements.all()),
    }
    return render(request, "plans/review/reviewed_plan.html", context)


@require_safe
@at_work
def committee_reviews(request: SignedIn, community: str, committee: str) -> HttpResponse:
    """The plans that lie or have lain before a committee."""
    body = committee_for(request.user, community, committee, may=may_read_papers)
    context = {"community": body.community, "committee": body, "reviews": queries.reviews_before(body)}
    return render(request, "plans/review/committee_reviews.html", context)


@at_work
def review_link(request: SignedIn, community: str, review: int, seat: int) -> HttpResponse:
    """A personal link for a seat whose holder has no account."""
    who = asked_on_paper(request, community, review, seat)
    found, _place = who.answering()
    form = ReviewLinkForm(request.POST or None, initial={"name": found.printed_name, "email": found.email})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            actions.send_review_link(who.review, found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Lenken er sendt til %(email)s.") % form.cleaned_data)
            return redirect("review_picture", community, review)
    context = {"community": who.review.committee.community, "review": who.review, "seat": found, "form": form}
    return render(request, "plans/review/review_link.html", context, status=status)
