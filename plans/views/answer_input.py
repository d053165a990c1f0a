"""The secretariat's list of a hearing's inputs, by place: each is answered there, wordings are taken in."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from helsefellesskap.errors import Refusal
from helsefellesskap.richtext import plain
from plans import actions, queries
from plans.compare import Line, compare_text
from plans.forms.answer_input import UNANSWERED, AnswerForm, FilterForm
from plans.hearing_places import WORDS, Place, Said, places_of, said
from plans.models import Hearing, Input

from .again import SignedIn, at_work

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """An input with its form, and its proposed wording against today's draft."""

    said: Said
    form: AnswerForm
    refused: str = ""
    today: tuple[Line, ...] = ()  # what taking it in would change now
    base: str = ""  # names the draft's words that the page showed
    moved: bool = False  # the draft's words are others than those of the hearing
    in_draft: bool = True


@at_work
def answer_input(request: SignedIn, community: str, plan: str, hearing: int) -> HttpResponse:
    found = queries.hearing_for(request.user, community, plan, hearing, answers=True)
    if request.method != "POST":
        return _list(request, found)
    given = get_object_or_404(found.inputs, pk=_number(request, "input"))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _list(request, found, at=given, form=form, status=422)
    try:
        actions.answer_input(given, by=request.user, version=_number(request, "version"), **form.cleaned_data)
    except Refusal as refusal:
        return _list(request, found, at=given, form=form, refused=str(refusal), status=refusal.status)
    messages.success(request, _("Svaret er lagret. Den som ga innspillet, får beskjed."))
    return redirect(_address(request, found, given))


@require_POST
@at_work
def take_in(request: SignedIn, community: str, plan: str, hearing: int, pk: int) -> HttpResponse:
    """One click: the proposed wording becomes the draft's."""
    found = queries.hearing_for(request.user, community, plan, hearing, answers=True)
    given = get_object_or_404(found.inputs.select_related("item"), pk=pk)
    row = queries.row_of(found.revision.plan, given.item) if given.item else None
    shown = row is not None and name_of(row.html) == request.POST.get("base")  # type: ignore[union-attr]  # has html
    try:
        actions.take_in(
            given,
            by=request.user,
            version=_number(request, "version"),
            # Where the page showed other words, none that the draft can have.
            base=row.html if row is not None and shown else "\x00",  # type: ignore[union-attr]  # the same
        )
    except Refusal as refusal:
        return _list(request, found, at=given, refused=str(refusal), status=refusal.status)
    messages.success(request, _("Ordlyden er tatt inn i utkastet."))
    return redirect(_address(request, found, given))


def name_of(html: str) -> str:
    """Names the words of a row, so that a form can say which it showed."""
    return sha256(html.encode()).hexdigest()[:32]


def _list(
    request: HttpRequest,
    hearing: Hearing,
    *,
    at: Input | None = None,
    form: AnswerForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The list; with the input `at`, the page on which it stands, with what was typed and what is wrong."""
    filters = FilterForm(request.GET)
    places = places_of(hearing.revision.load())
    order = {key: n for n, key in enumerate(places)}
    inputs = list(queries.inputs_of(hearing))
    chosen = [one for one in inputs if _passes(one, filters) or one == at]
    chosen.sort(key=lambda one: (order[str(one.item_id or "")], one.given_at, one.pk))
    pages = Paginator(chosen, PER_PAGE)
    page = pages.get_page(chosen.index(at) // PER_PAGE + 1 if at else request.GET.get("side"))
    draft = queries.words_in_draft(hearing.revision.plan)
    rows = [
        _row(one, draft, form if one.given == at else None, refused if one.given == at else "")
        for one in said(page.object_list, places)
    ]
    plan = hearing.revision.plan
    context: dict[str, Any] = {
        "community": plan.community,
        "plan": plan,
        "hearing": hearing,
        "filters": filters,
        "groups": _by_place(rows),
        "page": _with_filters(page, request),
        "total": len(inputs),
        "unanswered": sum(not one.disposition for one in inputs),
        "words": WORDS,
        "open": at,
        "parties": [str(party) for party in hearing.parties.all()],
        "committees": [committee.abbreviation for committee in hearing.committees.all()],
        "unreached": queries.unreached(hearing) if hearing.is_open else [],
        "open_address": request.build_absolute_uri(hearing.get_open_url()) if hearing.open_key else "",
    }
    return render(request, "plans/hearing/answer_input.html", context, status=status)


def _passes(given: Input, filters: FilterForm) -> bool:
    if not filters.is_valid():
        return True
    answer, kind, who = (filters.cleaned_data[name] for name in ("svar", "slag", "fra"))
    organised = bool(given.partner_id or given.committee_id)
    return (
        (not answer or given.disposition == ("" if answer == UNANSWERED else answer))
        and (not kind or given.kind == kind)
        and (not who or organised == (who == "parter"))
    )


def _row(one: Said, draft: dict[str, str], form: AnswerForm | None, refused: str) -> Row:
    given = one.given
    initial = {"disposition": given.disposition, "reason": given.reason}
    form = form or AnswerForm(initial=initial, auto_id=f"id_{given.pk}_%s")
    if not given.wording:
        return Row(one, form, refused)
    now = draft.get(one.place.key)
    if now is None:
        return Row(one, form, refused, in_draft=False)
    return Row(
        one,
        form,
        refused,
        today=compare_text(plain(now), plain(given.wording)),
        base=name_of(now),
        moved=plain(now) != one.place.words and not given.taken_in_by_id,
    )


def _by_place(rows: list[Row]) -> list[tuple[Place, list[Row]]]:
    groups: dict[str, tuple[Place, list[Row]]] = {}
    for row in rows:
        groups.setdefault(row.said.place.key, (row.said.place, []))[1].append(row)
    return list(groups.values())


def _with_filters(page: Page, request: HttpRequest) -> Page:
    """The page; its links to the next keep the filters."""
    kept = request.GET.copy()
    kept.pop("side", None)
    page.kept = f"{kept.urlencode()}&" if kept else ""  # type: ignore[attr-defined]  # for the template
    return page


def _address(request: HttpRequest, hearing: Hearing, given: Input) -> str:
    """Back to where the input stands, with the filters, which may hide it now."""
    plan = hearing.revision.plan
    path = reverse("answer_input", args=[plan.community.slug, plan.slug, hearing.pk])
    query = request.GET.urlencode()
    return f"{path}{f'?{query}' if query else ''}#innspill-{given.pk}"


def _number(request: HttpRequest, name: str) -> int:
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
