"""Agreements as a matrix of parties, and one by one. Constant numbers of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import by_norwegian
from partners.models import Agreement, AgreementParty, AgreementVersion, HealthCommunity, Partner
from plans.models import Plan


@dataclass(frozen=True, slots=True)
class Cell:
    """One party in one agreement, said in words; no line where it is not a party."""

    agreement: Agreement
    line: AgreementParty | None

    @property
    def words(self) -> list[str]:
        return in_words(self.line) if self.line else []


@dataclass(frozen=True, slots=True)
class Matrix:
    agreements: Sequence[Agreement]
    rows: Sequence[tuple[Partner, Sequence[Cell]]]


def in_words(line: AgreementParty) -> list[str]:
    """«vedtatt 12.03.2026», «signert …», «sendt …», «utløper …»; «venter» where nothing is known."""
    today = timezone.localdate()
    facts: list[tuple[date | None, str]] = [
        (line.adopted_on, _("vedtatt %(day)s")),
        (line.signed_on, _("signert %(day)s")),
        (line.sent_on, _("sendt %(day)s")),
    ]
    said = [words % {"day": f"{day:%d.%m.%Y}"} for day, words in facts if day]
    if line.expires_on:
        words = _("utløpt %(day)s") if line.expires_on < today else _("utløper %(day)s")
        said.append(words % {"day": f"{line.expires_on:%d.%m.%Y}"})
    return said or [_("venter")]


def agreements_in_order(community: HealthCommunity) -> QuerySet[Agreement]:
    """Overall ones before those under them, by kind and title."""
    return community.agreements.select_related("parent").order_by("parent__title", "kind", "title", "pk")


def matrix_of(community: HealthCommunity) -> Matrix:
    """Who has adopted and signed what: parties down, agreements across. Two queries."""
    agreements = list(agreements_in_order(community))
    lines = AgreementParty.objects.filter(agreement__community=community).select_related("partner", "version")
    of: dict[tuple[int, int], AgreementParty] = {}
    partners: dict[int, Partner] = {}
    for line in lines.order_by(by_norwegian("partner__name"), "pk"):
        of[line.partner_id, line.agreement_id] = line
        partners[line.partner_id] = line.partner
    return Matrix(
        agreements,
        [(partner, [Cell(a, of.get((pk, a.pk))) for a in agreements]) for pk, partner in partners.items()],
    )


def agreement_for(community: str, slug: str) -> Agreement:
    """The agreement with its community, versions and parties in Norwegian order. Raises Http404."""
    return get_object_or_404(
        Agreement.objects.select_related("community", "parent").prefetch_related(
            Prefetch("versions", AgreementVersion.objects.select_related("file", "made_by")),
            Prefetch(
                "parties",
                AgreementParty.objects.select_related("partner", "version").order_by(
                    by_norwegian("partner__name"), "pk"
                ),
            ),
            "sub_agreements",
        ),
        community__slug=community,
        slug=slug,
    )


def public_plans_on(agreement: Agreement) -> QuerySet[Plan]:
    """The published plans that say they build on the agreement."""
    return (
        agreement.plans.filter(revisions__publication__published_from__lte=timezone.localdate())
        .select_related("community")
        .distinct()
        .order_by("-period_start", "title")
    )
