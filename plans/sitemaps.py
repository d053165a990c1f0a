"""What search engines are told of: every public page at its own address, in bokmål, and translated plans.

The other languages stand in each page's head. What is secret, personal or taken down is in none of these.
"""

from datetime import date
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from committees.models import Case
from helsefellesskap.languages import in_language
from partners.models import HealthCommunity, Partner
from plans import queries
from plans.models import Item, Plan, RevisionItem, Translation
from plans.queries.chain import public_case_url


class Pages(Sitemap[str]):
    """The portal's own."""

    def items(self) -> list[str]:
        return ["front_page", "open_data", "check_file", "accessibility", "privacy", "contact"]

    def location(self, item: str) -> str:
        return reverse(item)


class Communities(Sitemap[HealthCommunity]):
    def items(self) -> QuerySet[HealthCommunity]:
        return HealthCommunity.objects.order_by("slug")


class Municipalities(Sitemap[Partner]):
    def items(self) -> QuerySet[Partner]:
        return Partner.objects.filter(kind=Partner.Kind.MUNICIPALITY, valid_to=None).order_by("slug")

    def location(self, item: Partner) -> str:
        return reverse("municipality_page", args=[item.slug])


class Plans(Sitemap[Plan]):
    """Those that are public, whether anybody is known to have adopted them or not."""

    def items(self) -> QuerySet[Plan]:
        published = {"revisions__publication__published_from__lte": timezone.localdate()}
        return (
            Plan.objects.filter(**published)
            .select_related("community")
            .annotate(public_since=Max("revisions__publication__published_from"))
            .order_by("pk")
        )

    def lastmod(self, item: Any) -> date:
        return item.public_since


class Translations(Sitemap[Translation]):
    """Plans in other languages than their own, each within the pages of its language."""

    def items(self) -> QuerySet[Translation]:
        return queries.public_translations().order_by("pk")

    def location(self, item: Translation) -> str:
        return in_language(item.get_absolute_url(), item.language)

    def lastmod(self, item: Translation) -> Any:
        return item.published_at


class _MeasuresOfPlans(Paginator[Any]):
    """Pages of plans, told as the measures in them."""

    def page(self, number: int | str) -> Page[Any]:
        found = super().page(number)
        public = RevisionItem.objects.filter(
            revision__plan__in=[plan.pk for plan in found.object_list],
            revision__publication__published_from__lte=timezone.localdate(),
        )
        measures = Item.objects.filter(kind=Item.Kind.MEASURE, pk__in=public.values("item"))
        return Page(measures.order_by("code"), found.number, self)


class Measures(Sitemap[Item]):
    """The pages that say why a measure stands in its plan. So many that they come in parts, by their plans:
    to count them all would take a second where there are many. One that was carried over is told twice.
    """

    limit = 20  # plans

    @property
    def paginator(self) -> Paginator[Any]:
        return _MeasuresOfPlans(Plans().items(), self.limit)


class Cases(Sitemap[Case]):
    """What committees decided, where anybody may read it."""

    def items(self) -> QuerySet[Case]:
        return (
            Case.objects.filter(decisions__in=queries.public_decisions())
            .select_related("committee__community")
            .order_by("pk")
            .distinct()
        )

    def location(self, item: Case) -> str:
        return public_case_url(item)


SITEMAPS = {
    "sider": Pages,
    "helsefellesskap": Communities,
    "kommuner": Municipalities,
    "planer": Plans,
    "oversettelser": Translations,
    "tiltak": Measures,
    "saker": Cases,
}
