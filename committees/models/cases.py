"""Cases (saker) with their saksframlegg and attachments, and who was disqualified in them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import StoredFile, User

from .bodies import Committee, Seat

# What the saksframlegg says, field by field, as a form names it.
TEXTS = ("title", "case_worker", "reference", "recommendation", "background", "presentation")
FIELDS = (
    *TEXTS,
    *("document_date", "conclusion_heading", "conclusion", "access", "legal_basis"),
    *("wider_access_considered", "public_title", "public_copy"),
)


class Case(models.Model):
    """A sak with its saksframlegg. The number is kept as printed: «07-2021», «004-2021»."""

    class Access(models.TextChoices):
        PUBLIC = "public", _("offentlig")
        RESTRICTED = "restricted", _("unntatt offentlighet")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="cases", verbose_name=_("utvalg"))
    year = models.PositiveSmallIntegerField(_("år"))
    number = models.PositiveIntegerField(_("nummer"))
    printed_number = models.CharField(_("saksnummer"), max_length=50)
    title = models.CharField(_("tittel"), max_length=300)
    case_worker = models.CharField(_("saksbehandler"), max_length=200, blank=True)
    document_date = models.DateField(_("dokumentdato"), null=True, blank=True)
    reference = models.CharField(_("vår referanse"), max_length=100, blank=True)
    recommendation = models.TextField(_("anbefaling"), blank=True)
    background = models.TextField(_("bakgrunn"), blank=True)
    presentation = models.TextField(_("saksfremstilling"), blank=True)
    conclusion_heading = models.CharField(
        _("overskrift over konklusjonen"), max_length=100, default="Forslag til konklusjon"
    )
    conclusion = models.TextField(_("konklusjon"), blank=True)
    attachments = models.JSONField(_("vedlegg slik de står"), default=list, blank=True)
    access = models.CharField(_("tilgang"), max_length=20, choices=Access, default=Access.PUBLIC)
    legal_basis = models.CharField(_("hjemmel"), max_length=200, blank=True)
    wider_access_considered = models.BooleanField(_("meroffentlighet er vurdert"), default=False)
    public_title = models.CharField(_("tittel i offentlig kopi"), max_length=300, blank=True)
    public_copy = models.TextField(_("sladdet tekst til offentlig kopi"), blank=True)
    lifted_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lifted_as",
        verbose_name=_("løftet fra"),
    )
    withdrawn_reason = models.TextField(_("hvorfor saken ble trukket"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("sak")
        verbose_name_plural = _("saker")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "year", "number"], name="case_numbered_once"),
            models.CheckConstraint(
                condition=Q(access="public") | ~Q(legal_basis=""),
                name="case_restricted_has_legal_basis",
                violation_error_message=_("Oppgi hjemmelen når saken er unntatt offentlighet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee.abbreviation} {self.printed_number}"

    def get_absolute_url(self) -> str:
        """The case's page for the committee's members."""
        committee = self.committee
        return reverse("case", args=[committee.community.slug, committee.slug, self.year, self.number])

    @property
    def restricted(self) -> bool:
        return self.access == self.Access.RESTRICTED

    @property
    def open_title(self) -> str:
        """The title as anybody may see it."""
        if not self.restricted:
            return self.title
        return self.public_title or gettext("Sak unntatt offentlighet")


class Attachment(models.Model):
    """A file that follows a case. (A frozen plan is tied to it as the app above knows.)"""

    case = models.ForeignKey(Case, models.PROTECT, related_name="files", verbose_name=_("sak"))
    position = models.PositiveIntegerField(_("rekkefølge"), default=0)
    title = models.CharField(_("tittel"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("fil"))
    access = models.CharField(_("tilgang"), max_length=20, choices=Case.Access, default=Case.Access.PUBLIC)
    legal_basis = models.CharField(_("hjemmel"), max_length=200, blank=True)
    public_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sladdet fil")
    )

    class Meta:
        verbose_name = _("vedlegg")
        verbose_name_plural = _("vedlegg")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(access="public") | ~Q(legal_basis=""),
                name="attachment_restricted_has_legal_basis",
                violation_error_message=_("Oppgi hjemmelen når vedlegget er unntatt offentlighet."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Recusal(models.Model):
    """Inhabilitet: reported by the member, decided by the committee for one case."""

    class Outcome(models.TextChoices):
        REPORTED = "reported", _("meldt")
        RECUSED = "recused", _("inhabil")
        NOT_RECUSED = "not_recused", _("habil")

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals", verbose_name=_("sak"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="recusals", verbose_name=_("verv"))
    reason = models.TextField(_("hva som er meldt"))
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("meldt av"))
    reported_at = models.DateTimeField(_("meldt"), auto_now_add=True)
    outcome = models.CharField(_("utfall"), max_length=20, choices=Outcome, default=Outcome.REPORTED)
    legal_basis = models.CharField(_("hjemmel"), max_length=200, blank=True)  # «forvaltningsloven § 6 …»
    deputy = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("vara som trer inn")
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ført av")
    )
    decided_at = models.DateTimeField(_("avgjort"), null=True, blank=True)

    class Meta:
        verbose_name = _("inhabilitet")
        verbose_name_plural = _("inhabilitet")
        ordering = ["reported_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seat"], name="recusal_once"),
            models.CheckConstraint(
                condition=Q(outcome="reported") | Q(decided_at__isnull=False) & ~Q(legal_basis=""),
                name="recusal_decided_has_legal_basis",
                violation_error_message=_("Oppgi hjemmelen for avgjørelsen."),
            ),
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("seat")), name="recusal_deputy_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.seat.printed_name}"
