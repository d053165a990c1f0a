"""Rows of a draft, for the editor."""

from django.db.models import QuerySet

from plans.editable import Row
from plans.models import Figure, Goal, Item, Measure, Plan, Section


def row_of(plan: Plan, item: Item) -> Row | None:
    """The item's row in this draft, with what it stands in; None where the draft has none."""
    match item.kind:
        case Item.Kind.SECTION:
            sections = Section.objects.select_related("item", "plan__community", "parent__item")
            return sections.filter(plan=plan, item=item).first()
        case Item.Kind.GOAL:
            goals = Goal.objects.select_related("item", "section__item", "section__plan__community")
            return goals.filter(section__plan=plan, item=item).first()
        case _:
            measures = Measure.objects.select_related("item", "goal__item", "goal__section__plan__community")
            return measures.filter(goal__section__plan=plan, item=item).first()


def words_in_draft(plan: Plan) -> dict[str, str]:
    """Item key → stored words, for every goal and measure of the draft. Two queries."""
    rows: tuple[QuerySet, ...] = (
        Goal.objects.filter(section__plan=plan),
        Measure.objects.filter(goal__section__plan=plan),
    )
    return {str(item): html for found in rows for item, html in found.values_list("item", "html")}


def sections_in_order(plan: Plan) -> list[Section]:
    """The draft's sections in reading order, with their items and goals."""
    rows = plan.sections.select_related("item").prefetch_related("goals__item").order_by("position", "pk")
    below: dict[int | None, list[Section]] = {}
    for section in rows:
        below.setdefault(section.parent_id, []).append(section)

    def under(parent: int | None) -> list[Section]:
        return [s for one in below.get(parent, []) for s in (one, *under(one.pk))]

    return under(None)


def codes_of_draft(plan: Plan) -> dict[str, str]:
    """Item key → short code, for every row of the draft. Three queries."""
    rows: tuple[QuerySet, ...] = (
        Section.objects.filter(plan=plan),
        Goal.objects.filter(section__plan=plan),
        Measure.objects.filter(goal__section__plan=plan),
    )
    return {str(pk): code for found in rows for pk, code in found.values_list("item", "item__code")}


def figures_of_draft(plan: Plan) -> QuerySet[Figure, int]:
    """The ids of the stored files of the draft's figures."""
    return Figure.objects.filter(section__plan=plan).values_list("file", flat=True)
