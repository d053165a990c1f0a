"""How it goes: each responsible party reports in half a minute, and the secretariat asks for it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from committees.links import guest_link
from committees.models import PersonalLink
from helsefellesskap.errors import NotAllowed, Refusal
from helsefellesskap.languages import fill_in_with
from partners.models import Partner
from plans import actions, queries, rules
from plans.forms.status import VALUES, AskStatusForm, ConfirmStatusForm, LinesForm, ReportForm
from plans.models import Plan, StatusRound
from plans.queries.status import Line

from .again import SignedIn, at_work

MANY = 10  # lines on a page before one may choose among them


@dataclass(frozen=True)
class Speaker:
    """Who reports: somebody who signed in, or the holder of a personal link."""

    request: HttpRequest
    plan: Plan
    link: PersonalLink | None = None

    def may(self, line: Line) -> bool:
        if self.link:
            return isinstance(line.party, Partner) and line.party.pk == self.link.partner_id
        return self.types_in or rules.may_report(self.request.user, self.plan, line.party)

    @property
    def types_in(self) -> bool:
        """The secretariat, who may write for everybody."""
        return self.link is None and rules.may_ask_status(self.request.user, self.plan)


@at_work
def report_status(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_see_status)
    return _page(Speaker(request, target))


@never_cache
def report_status_by_link(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for somebody without an account, who came by a personal link."""
    link = guest_link(request, PersonalLink.Purpose.STATUS)
    if link is None or link.target != pk:
        raise NotAllowed(_("Åpne lenken du har fått på e-post, så kommer du hit."))
    asked = get_object_or_404(StatusRound.objects.select_related("plan__community"), pk=pk)
    fill_in_with(asked.plan.community.language)
    return _page(Speaker(request, asked.plan, link))


def _page(speaker: Speaker) -> HttpResponse:
    request, plan = speaker.request, speaker.plan
    queries.check_not_waiting(plan)
    asked = queries.open_round(plan)
    lines = [line for line in queries.lines_of(plan, asked) if speaker.may(line)]
    chosen = LinesForm(request.GET, lines=lines)
    status, refused, open_line, form = 200, "", "", ReportForm()
    if request.method == "POST":
        line = next((one for one in lines if one.name == request.POST.get("line")), None)
        if line is None:
            raise NotAllowed(_("Du kan ikke melde status på dette."))
        form = ReportForm(request.POST)
        status, open_line = 422, line.name
        if form.is_valid():
            try:
                _report(speaker, line, form.cleaned_data)
                messages.success(request, _("Lagret: %(party)s.") % {"party": line.party_name})
                return redirect(f"{request.get_full_path()}#{line.name}")
            except Refusal as refusal:
                refused, status = str(refusal), refusal.status
    shown = {line.name for line in chosen.shown} | {open_line}
    context: dict[str, Any] = {
        "community": plan.community,
        "plan": plan,
        "lines": [line for line in lines if line.name in shown],
        "choose": chosen if len(lines) > MANY else None,
        "asked": asked,
        "waiting": sum(line.waiting for line in lines),
        "form": form,
        "values": VALUES,
        "open_line": open_line,
        "refused": refused,
        "types_in": speaker.types_in,
        "link": speaker.link,
    }
    return render(request, "plans/workbench/report_status.html", context, status=status)


def _report(speaker: Speaker, line: Line, said: dict[str, Any]) -> None:
    by = None if speaker.link else speaker.request.user
    actions.report_status(
        speaker.plan,
        line.measure.item,
        party=line.party,
        by=by,  # type: ignore[arg-type] # signed in: `report_status` is behind `at_work`
        link=speaker.link,
        **said,
    )


@at_work
def ask_status(request: SignedIn, community: str, plan: str) -> HttpResponse:
    """A round with a due date: everybody who can answer is told."""
    target = queries.plan_for(request.user, community, plan, may=rules.may_ask_status)
    form = AskStatusForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            asked = actions.ask_status(target, by=request.user, **form.cleaned_data)
            messages.success(request, _("Runden er i gang. De som kan svare, får beskjed."))
            return redirect(asked.get_absolute_url())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    context = {"community": target.community, "plan": target, "form": form}
    return render(request, "plans/workbench/ask_status.html", context, status=status)


@require_POST
@at_work
def close_round(request: SignedIn, community: str, plan: str) -> HttpResponse:
    target = queries.plan_for(request.user, community, plan, may=rules.may_ask_status)
    asked = get_object_or_404(StatusRound, plan=target, closed_at=None)
    actions.close_round(asked, by=request.user)
    messages.success(request, _("Statusrunden er avsluttet."))
    return redirect(asked.get_absolute_url())


@at_work
def confirm_status(request: SignedIn, community: str, plan: str) -> HttpResponse:
    """The committee confirmed in a meeting what has been reported: every line, as of that day."""
    target = queries.plan_for(request.user, community, plan, may=rules.may_ask_status)
    form = ConfirmStatusForm(request.POST if request.method == "POST" else None, plan=target)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        items = [measure.item for measure in queries.measures_to_report(target)]
        try:
            count = actions.confirm_status(
                target, by=request.user, point=form.cleaned_data["point"], items=items
            )
            messages.success(request, _("%(count)s linjer er bekreftet i møtet.") % {"count": count})
            return redirect("report_status", community, plan)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
    context = {"community": target.community, "plan": target, "form": form}
    return render(request, "plans/workbench/confirm_status.html", context, status=status)
