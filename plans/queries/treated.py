"""The plans of a case in its meeting: where the sides stand, and what is at hand for this person."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import AgendaItem, Committee
from committees.subjects import Subject
from partners.models import User
from plans import rules
from plans.models import CaseItem, Plan, Review, Revision

from .pictures import Picture, pictures
from .reviews import reviews


def version_in_words(revision: Revision | None) -> str:
    """«versjon 3, til SSU», «utkastet»."""
    if revision is None:
        return _("utkastet")
    named = f", {revision.name}" if revision.name else ""
    return _("versjon %(number)s%(name)s") % {"number": revision.number, "name": named}


def newest_review(plan: Plan, committee: Committee) -> Review | None:
    """The committee's last review of the plan."""
    found = reviews().filter(revision__plan=plan, committee=committee)
    return found.order_by("-revision__number", "-pk").first()


def treated(item: AgendaItem, *, user: User) -> Sequence[Subject]:
    """So many queries for each plan, whatever its size."""
    found = (
        item.case.plan_items.select_related("plan__community", "revision")
        .defer("revision__content")
        .order_by("plan__title", "pk")
    )
    return [_subject(case_item, item, user) for case_item in found]


def _subject(case_item: CaseItem, item: AgendaItem, user: User) -> Subject:
    plan, committee = case_item.plan, item.meeting.committee
    community = plan.community.slug
    review = newest_review(plan, committee)
    said: tuple[str, ...] = ()
    links: list[tuple[str, str]] = []
    if review:
        said = tuple(_sentences(pictures([review])[review.pk]))
        links.append((_("Hvor sidene står"), reverse("review_picture", args=[community, review.pk])))
        links.append((_("Planen"), reverse("reviewed_plan", args=[community, review.pk])))
    if not plan.locked:
        place = [
            committee.community.slug,
            committee.slug,
            item.meeting.date,
            item.case.year,
            item.case.number,
        ]
        links.append((_("Ordlyden på skjerm"), reverse("on_screen", args=[*place, plan.slug])))
        if rules.may_edit(user, plan):
            links.append((_("Skriv i planen"), reverse("write", args=[community, plan.slug])))
    return Subject(
        key=str(case_item.pk),
        title=plan.title,
        note=version_in_words(case_item.revision),
        url=plan.get_work_url() if rules.may_edit(user, plan) else "",
        said=said,
        links=tuple(links),
    )


def _sentences(picture: Picture) -> list[str]:
    total, talk = len(picture.rows), len(picture.to_talk_about)
    said = [
        _("Enighet om %(n)s av %(total)s tiltak.") % {"n": picture.agreed, "total": total},
    ]
    if talk:
        said.append(
            ngettext("%(n)s tiltak må snakkes om.", "%(n)s tiltak må snakkes om.", talk) % {"n": talk}
        )
    if picture.silent:
        names = ", ".join(place.name for place in picture.silent)
        said.append(_("Har ikke svart: %(names)s.") % {"names": names})
    return said
