"""Who: the health communities, and the parties that make them up."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# First segments of addresses that are something else; a community's own address is `/{slug}/`.
RESERVED_SLUGS = {
    *("admin", "api", "arbeid", "avtaler", "d", "embed", "en", "feil", "helse", "horing", "innspill"),
    *("kommune", "konto", "kontakt", "kopi", "lenke", "media", "nb", "nn", "om", "personvern", "planer"),
    *("rss", "sak", "saker", "se", "sok", "static", "t", "tilgjengelighet", "utvalg", "varsler"),
    *("apne-data", "kalender", "kontroll", "well-known"),
}


class HealthCommunity(models.Model):
    """A hospital trust and its municipalities, planning together."""

    class WrittenForm(models.TextChoices):
        BOKMAL = "nb", _("bokmål")
        NYNORSK = "nn", _("nynorsk")

    slug = models.SlugField(_("adresse"), unique=True)
    name = models.CharField(_("navn"), max_length=200, unique=True)
    language = models.CharField(_("målform"), max_length=2, choices=WrittenForm, default=WrittenForm.BOKMAL)
    about = models.TextField(_("om helsefellesskapet"), blank=True)
    contact_name = models.CharField(_("kontaktpunkt"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-post"), blank=True)
    contact_phone = models.CharField(_("telefon"), max_length=50, blank=True)
    controller = models.CharField(_("behandlingsansvarlig"), max_length=200, blank=True)
    archive_owner = models.CharField(_("arkiveier"), max_length=200, blank=True)
    accessibility_statement = models.URLField(_("tilgjengelighetserklæring"), blank=True)

    class Meta:
        verbose_name = _("helsefellesskap")
        verbose_name_plural = _("helsefellesskap")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=["nb", "nn"]), name="community_language_is_norwegian"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("community_page", args=[self.slug])

    def clean(self) -> None:
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("Adressen er i bruk til noe annet. Velg en annen.")})


class Partner(models.Model):
    """An organisation that is a party: a hospital trust, a kommune, the GPs, a user organisation."""

    class Kind(models.TextChoices):
        HOSPITAL_TRUST = "hf", _("helseforetak")
        PRIVATE_HOSPITAL = "private_hospital", _("privat sykehus")
        MUNICIPALITY = "kommune", _("kommune")
        GP = "gp", _("fastleger")
        USER_ORGANISATION = "user_organisation", _("brukerorganisasjon")
        KS = "ks", "KS"
        OTHER = "other", _("annen part")

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    name = models.CharField(_("navn"), max_length=200)
    short = models.CharField(_("kortnavn"), max_length=50, blank=True)
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    municipality_number = models.CharField(_("kommunenummer"), max_length=4, blank=True)
    county = models.CharField(_("fylke"), max_length=100, blank=True)
    organisation_number = models.CharField(_("organisasjonsnummer"), max_length=9, blank=True)
    valid_from = models.DateField(_("gyldig fra"), null=True, blank=True)
    valid_to = models.DateField(_("gyldig til"), null=True, blank=True)
    communities = models.ManyToManyField(
        HealthCommunity, through="Membership", related_name="partners", verbose_name=_("helsefellesskap")
    )

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="kommune") | Q(municipality_number__regex=r"^\d{4}$"),
                name="partner_kommune_has_number",
                violation_error_message=_("En kommune har et kommunenummer på fire siffer."),
            ),
            models.UniqueConstraint(
                fields=["municipality_number"],
                condition=Q(kind="kommune", valid_to__isnull=True),
                name="partner_one_kommune_per_number",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A partner in a community. A split kommune is in several, with a note."""

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="memberships", verbose_name=_("helsefellesskap")
    )
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="memberships", verbose_name=_("part"))
    note = models.CharField(_("merknad"), max_length=200, blank=True)
    start = models.DateField(_("fra"), null=True, blank=True)
    end = models.DateField(_("til"), null=True, blank=True)

    class Meta:
        verbose_name = _("medlemskap")
        verbose_name_plural = _("medlemskap")
        constraints = [
            models.UniqueConstraint(fields=["community", "partner"], name="membership_once"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=models.F("start")),
                name="membership_ends_after_start",
                violation_error_message=_("Sluttdatoen er før startdatoen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} – {self.community}"


class RoleParty(models.Model):
    """A responsible that is neither a committee nor one partner: «SEKR», «Felles», «Samhandl.-sjefene»."""

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="roles", verbose_name=_("helsefellesskap")
    )
    abbreviation = models.CharField(_("forkortelse"), max_length=50)
    name = models.CharField(_("navn"), max_length=200)
    members = models.ManyToManyField(
        Partner, blank=True, related_name="roles", verbose_name=_("parter som omfattes")
    )

    class Meta:
        verbose_name = _("rolle")
        verbose_name_plural = _("roller")
        ordering = ["abbreviation"]
        constraints = [
            models.UniqueConstraint(fields=["community", "abbreviation"], name="role_party_once"),
        ]

    def __str__(self) -> str:
        return self.name
