"""What is open to machines: the newest public version of every plan, and what stands of its measures."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from helsefellesskap.slugs import slug_of
from partners.models import RoleParty
from plans.models import Adoption, Item, Publication, Revision, StatusReport
from plans.models import RevisionMention as Mention

from .status import newest


def public_revisions() -> QuerySet[Revision]:
    """Every public version, in the order in which they were frozen."""
    return (
        Revision.objects.filter(publication__published_from__lte=timezone.localdate())
        .select_related("publication", "plan__community", "plan__follows__community")
        .order_by("pk")
    )


def newest_revisions() -> QuerySet[Revision]:
    """The newest public version of each plan, in the order in which they were frozen."""
    newer = Revision.objects.filter(
        plan=OuterRef("plan"),
        number__gt=OuterRef("number"),
        publication__published_from__lte=timezone.localdate(),
    )
    return public_revisions().filter(~Exists(newer))


def changed_since(revisions: QuerySet[Revision], moment: datetime) -> QuerySet[Revision]:
    """Those that became public, were adopted, or of whose measures somebody reported, then or later."""
    day = timezone.localtime(moment).date()
    reported = StatusReport.objects.filter(plan=OuterRef("plan"), reported_at__gte=moment)
    # A version may become public on a day that was set long before.
    public = Q(publication__published_at__gte=moment) | Q(publication__published_from__gt=day)
    if timezone.localtime(moment).time() == time.min:
        public |= Q(publication__published_from=day)
    adopted = Adoption.objects.filter(revision=OuterRef("pk"), registered_at__gte=moment)
    return revisions.filter(public | Exists(adopted) | Exists(reported))


def public_since(publication: Publication) -> datetime:
    """The moment from which a version was public: its day, or when that was registered afterwards."""
    day = timezone.make_aware(datetime.combine(publication.published_from, time.min))
    return max(day, publication.published_at)


def with_last_report(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """With `.last_report`: when somebody last reported of the plan, or None."""
    reports = StatusReport.objects.filter(plan=OuterRef("plan")).order_by().values("plan")
    return revisions.annotate(last_report=Subquery(reports.annotate(last=Max("reported_at")).values("last")))


def naming(revisions: QuerySet[Revision], responsible: str) -> QuerySet[Revision]:
    """Those with a measure of this responsible. One query beside, none of the words."""
    return _mentioning(revisions, Mention.What.RESPONSIBLE, keys_of(responsible))


def for_group(revisions: QuerySet[Revision], group: str) -> QuerySet[Revision]:
    """Those with a measure for this patient group, or under a goal for it."""
    return _mentioning(revisions, Mention.What.PATIENT_GROUP, [group])


def _mentioning(revisions: QuerySet[Revision], what: str, keys: Iterable[str]) -> QuerySet[Revision]:
    return revisions.filter(pk__in=Mention.objects.filter(what=what, key__in=keys).values("revision"))


def keys_of(responsible: str) -> frozenset[str]:
    """How documents may name it: the slug of a committee or a party, the key of a role. One query."""
    roles = RoleParty.objects.order_by().values_list("pk", "abbreviation")
    return frozenset({responsible, *(str(pk) for pk, short in roles if slug_of(short) == responsible)})


def reports_in(plans: Iterable[int]) -> dict[str, list[StatusReport]]:
    """Item key → what stands of it, a report a party, in these plans. One query."""
    reports = StatusReport.objects.filter(plan__in=list(plans))
    found: dict[str, list[StatusReport]] = {}
    for report in newest(reports):
        found.setdefault(str(report.item_id), []).append(report)
    return found


def codes_of_items(items: Iterable[str]) -> dict[str, str]:
    """Item key → its short code. One query."""
    rows = Item.objects.filter(pk__in=list(items)).values_list("pk", "code")
    return {str(pk): code for pk, code in rows}
