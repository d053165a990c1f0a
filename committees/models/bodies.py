"""Who decides: committees, and the seats in them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.rulebook import Rules
from partners.models import HealthCommunity, Partner, User


class Committee(models.Model):
    """A body of the community. Its name, abbreviation and level are data: no two communities agree."""

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="committees", verbose_name=_("helsefellesskap")
    )
    slug = models.SlugField(_("adresse"), max_length=50)
    name = models.CharField(_("navn"), max_length=200)
    abbreviation = models.CharField(_("forkortelse"), max_length=50)
    level = models.CharField(_("nivå"), max_length=100)
    rank = models.PositiveSmallIntegerField(_("rekkefølge ovenfra"), default=1)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("nedsatt av"),
    )
    until = models.DateField(_("virker til"), null=True, blank=True, help_text=_("Tomt for faste utvalg."))
    mandate = models.TextField(_("mandat"), blank=True)
    rules = models.JSONField(_("regler"), default=dict, blank=True)  # as `rulebook.Rules.read` takes it

    class Meta:
        verbose_name = _("utvalg")
        verbose_name_plural = _("utvalg")
        ordering = ["rank", "abbreviation"]
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="committee_address_once"),
            models.UniqueConstraint(fields=["community", "abbreviation"], name="committee_abbreviation_once"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="committee_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.abbreviation})"

    def get_work_url(self) -> str:
        """The committee's page for its members."""
        return reverse("committee_work", args=[self.community.slug, self.slug])

    @property
    def rulebook(self) -> Rules:
        return Rules.read(self.rules)


class Seat(models.Model):
    class Role(models.TextChoices):
        LEADER = "leader", _("leder")
        DEPUTY_LEADER = "deputy_leader", _("nestleder")
        MEMBER = "member", _("medlem")
        DEPUTY = "deputy", _("vara")
        OBSERVER = "observer", _("observatør")
        SECRETARY = "secretary", _("sekretær")

    class Side(models.TextChoices):
        SPECIALIST = "specialist", _("spesialisthelsetjenesten")
        MUNICIPALITY = "municipality", _("kommune")
        GP = "gp", _("fastlege")
        USER = "user", _("bruker")
        OTHER = "other", _("annen")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats", verbose_name=_("utvalg"))
    printed_name = models.CharField(_("navn som vises"), max_length=200)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="seats", verbose_name=_("bruker")
    )
    role = models.CharField(_("verv"), max_length=20, choices=Role, default=Role.MEMBER)
    side = models.CharField(_("side"), max_length=20, choices=Side)
    represents = models.ManyToManyField(
        Partner, blank=True, related_name="seats", verbose_name=_("representerer")
    )
    area = models.CharField(_("område som representeres"), max_length=200, blank=True)
    # Of those without an account: calls and personal links go here.
    email = models.EmailField(_("e-post uten brukerkonto"), blank=True)
    # A user representative's name may tell of their health: they are asked first.
    named_in_public = models.BooleanField(_("navnet vises offentlig"), default=True)
    deputy_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("vara for"),
    )
    start = models.DateField(_("fra"), default=timezone.localdate)
    end = models.DateField(_("til og med"), null=True, blank=True)

    class Meta:
        verbose_name = _("verv")
        verbose_name_plural = _("verv")
        ordering = ["committee", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="seat_ends_after_start",
                violation_error_message=_("Sluttdatoen er før startdatoen."),
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | Q(role="deputy"),
                name="seat_only_deputies_stand_in",
                violation_error_message=_("Bare en vara kan være vara for noen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_name}, {self.get_role_display()}"

    @property
    def public_name(self) -> str:
        """The name that everybody may read: the side's, where the person has not agreed to be named."""
        return self.printed_name if self.named_in_public else str(self.get_side_display())
