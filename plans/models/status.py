"""How it goes after adoption: status reported by party, asked for in rounds; corrections; withdrawals."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, DecisionPoint, PersonalLink
from partners.models import Partner, RoleParty, User

from .draft import Item, Plan
from .record import Revision
from .rows import Measure


class StatusRound(models.Model):
    """Asking everybody responsible in a plan how it goes, with a due date."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="status_rounds", verbose_name=_("plan"))
    due = models.DateField(_("svarfrist"))
    message = models.TextField(_("følgebrev"), blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("spurt av"))
    asked_at = models.DateTimeField(_("spurt"), auto_now_add=True)
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)

    class Meta:
        verbose_name = _("statusrunde")
        verbose_name_plural = _("statusrunder")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.plan} {self.due:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("report_status", args=[self.plan.community.slug, self.plan.slug])


class StatusReport(models.Model):
    """What one responsible party says of one measure as of a day. Append-only; the newest stands.

    Who reports is a partner, a committee or a role; where the responsible is only words, `party_name`
    alone says who.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="status_reports", verbose_name=_("plan"))
    item = models.ForeignKey(Item, models.PROTECT, related_name="status_reports", verbose_name=_("tiltak"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="status_reports", verbose_name=_("part")
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="status_reports",
        verbose_name=_("utvalg"),
    )
    role = models.ForeignKey(
        RoleParty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="status_reports",
        verbose_name=_("rolle"),
    )
    party_name = models.CharField(_("hvem melder"), max_length=200)
    words = models.TextField(_("status med egne ord"), blank=True)
    value = models.CharField(
        _("status"), max_length=20, choices=Measure._meta.get_field("status_value").choices
    )
    as_of = models.DateField(_("per"))
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meldt av")
    )
    link = models.ForeignKey(
        PersonalLink,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("personlig lenke"),
    )
    typed_in = models.BooleanField(_("skrevet inn av sekretariatet"), default=False)
    confirmed_in = models.ForeignKey(
        DecisionPoint,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bekreftet i møte"),
    )
    reported_at = models.DateTimeField(_("meldt"), auto_now_add=True)

    class Meta:
        verbose_name = _("statusmelding")
        verbose_name_plural = _("statusmeldinger")
        ordering = ["as_of", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(value=""), name="status_report_has_value"),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(link__isnull=False), name="status_report_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_name}: {self.get_value_display()}"


class Correction(models.Model):
    """A logged rettelse: the new frozen version, why, and who decided. Append-only."""

    revision = models.OneToOneField(
        Revision, models.PROTECT, related_name="correction", verbose_name=_("ny låst versjon")
    )
    corrects = models.ForeignKey(
        Revision, models.PROTECT, related_name="corrected_by", verbose_name=_("retter")
    )
    reason = models.TextField(_("begrunnelse"))
    decided_by = models.CharField(_("hvem bestemte rettelsen"), max_length=300)
    point = models.ForeignKey(
        DecisionPoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("vedtakspunkt")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("rettet av"))
    at = models.DateTimeField(_("rettet"), auto_now_add=True)

    class Meta:
        verbose_name = _("rettelse")
        verbose_name_plural = _("rettelser")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.corrects} → {self.revision}"


class Withdrawal(models.Model):
    """A published version was taken down. The words are gone; the tombstone stays. Append-only.

    A redacted version that follows is a `Correction` of this one.
    """

    revision = models.OneToOneField(
        Revision, models.PROTECT, related_name="withdrawal", verbose_name=_("låst versjon")
    )
    reason = models.TextField(_("begrunnelse"))  # public: says why, never what
    was_public_from = models.DateField(_("var offentlig fra"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("trukket tilbake av"))
    at = models.DateTimeField(_("trukket tilbake"), auto_now_add=True)

    class Meta:
        verbose_name = _("tilbaketrekking")
        verbose_name_plural = _("tilbaketrekkinger")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.revision} {self.at:%d.%m.%Y}"
