"""Samarbeidsavtaler, sub-agreements and partnership declarations; each party adopts and signs for itself."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .communities import HealthCommunity, Partner
from .files import StoredFile
from .people import User


class Agreement(models.Model):
    class Kind(models.TextChoices):
        PARTNERSHIP = "partnership", _("partnerskapsavtale")
        COOPERATION = "cooperation", _("samarbeidsavtale")
        SUB_AGREEMENT = "sub", _("delavtale")
        GUIDELINE = "guideline", _("retningslinje")

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="agreements", verbose_name=_("helsefellesskap")
    )
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    slug = models.SlugField(_("adresse"), max_length=80)
    title = models.CharField(_("tittel"), max_length=300)
    own_name = models.CharField(_("eget navn"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sub_agreements",
        verbose_name=_("hører under"),
    )
    version = models.CharField(_("versjon"), max_length=50, blank=True)
    start = models.DateField(_("gjelder fra"), null=True, blank=True)
    end = models.DateField(_("gjelder til"), null=True, blank=True)
    next_revision = models.DateField(_("revideres neste gang"), null=True, blank=True)
    summary = models.TextField(_("sammendrag"), blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fil")
    )

    class Meta:
        verbose_name = _("avtale")
        verbose_name_plural = _("avtaler")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="agreement_address_once"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="agreement_ends_after_start",
                violation_error_message=_("Sluttdatoen er før startdatoen."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="agreement_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.own_name or self.title


class AgreementVersion(models.Model):
    """The agreement's words in one version: as text, or as the file that was signed. Append-only."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="versions", verbose_name=_("avtale")
    )
    number = models.PositiveIntegerField(_("nummer"))
    label = models.CharField(_("versjon"), max_length=100, blank=True)  # as printed: «versjon 2.1»
    text = models.TextField(_("tekst"), blank=True)  # safe HTML
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fil")
    )
    start = models.DateField(_("gjelder fra"), null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("lagt inn av"))
    made_at = models.DateTimeField(_("lagt inn"), auto_now_add=True)

    class Meta:
        verbose_name = _("avtaleversjon")
        verbose_name_plural = _("avtaleversjoner")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_numbered_once"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(file__isnull=False),
                name="agreement_version_says_something",
                violation_error_message=_("Legg inn teksten eller en fil."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} v{self.number}"


class AgreementParty(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties", verbose_name=_("avtale"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="agreements", verbose_name=_("part"))
    case_number = models.CharField(_("sak"), max_length=100, blank=True)
    adopted_on = models.DateField(_("vedtatt"), null=True, blank=True)
    signed_on = models.DateField(_("signert"), null=True, blank=True)
    signatory = models.CharField(_("signert av"), max_length=200, blank=True)
    version = models.ForeignKey(
        AgreementVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("versjon")
    )
    sent_on = models.DateField(_("sendt"), null=True, blank=True)
    expires_on = models.DateField(_("utløper"), null=True, blank=True)
    archive_reference = models.CharField(_("partens arkivreferanse"), max_length=100, blank=True)
    typed_in = models.BooleanField(_("skrevet inn av sekretariatet"), default=False)
    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("avtalepart")
        verbose_name_plural = _("avtaleparter")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "partner"], name="agreement_party_once"),
            models.CheckConstraint(
                condition=Q(signatory="") | Q(signed_on__isnull=False),
                name="agreement_signatory_has_date",
                violation_error_message=_("Oppgi datoen avtalen ble signert."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.agreement}"
