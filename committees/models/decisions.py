"""What meetings decide, point by point, and the authority that decisions give and use."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import HealthCommunity, Partner, User

from .bodies import Committee, Seat
from .cases import Case
from .meetings import Meeting


class Decision(models.Model):
    """What a meeting decided in a case; its points say what."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions", verbose_name=_("sak"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions", verbose_name=_("møte"))
    registered_afterwards = models.BooleanField(
        _("registrert i ettertid"), default=False, help_text=_("Vedtaket ble gjort før portalen var i bruk.")
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("registrert av"))
    recorded_at = models.DateTimeField(_("registrert"), auto_now_add=True)

    class Meta:
        verbose_name = _("vedtak")
        verbose_name_plural = _("vedtak")
        constraints = [
            models.UniqueConstraint(fields=["case", "meeting"], name="decision_once_a_case_and_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.meeting.date:%d.%m.%Y}"


class DecisionPoint(models.Model):
    class Verb(models.TextChoices):
        ADOPTS = "adopts", _("vedtar")
        JOINS = "joins", _("slutter seg til")
        BUILDS_ON = "builds_on", _("legger til grunn")
        ADOPTS_PROVISIONALLY = "adopts_provisionally", _("vedtar foreløpig")
        RECOMMENDS = "recommends", _("anbefaler")
        DELEGATES = "delegates", _("gir myndighet til")
        TAKES_NOTE = "takes_note", _("tar til orientering")
        RETURNS = "returns", _("sender tilbake")
        POSTPONES = "postpones", _("utsetter")
        LIFTS = "lifts", _("løfter")
        WITHDRAWS = "withdraws", _("trekker")

    # By these a plan becomes adopted.
    ADOPTING = (Verb.ADOPTS, Verb.JOINS, Verb.BUILDS_ON, Verb.ADOPTS_PROVISIONALLY)

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="points", verbose_name=_("vedtak"))
    number = models.PositiveSmallIntegerField(_("punkt"))
    verb = models.CharField(_("verb"), max_length=30, choices=Verb)
    wording = models.TextField(_("ordlyd"))
    delegates_to = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gir myndighet til"),
    )
    postponed_to = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="postponed_here",
        verbose_name=_("utsatt til"),
    )
    lifted_to = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("løftet til")
    )
    reason = models.TextField(_("begrunnelse"), blank=True)
    # Where the committee's mandate has votes.
    votes_for = models.PositiveSmallIntegerField(_("stemmer for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("stemmer mot"), null=True, blank=True)
    # «Vedtatt med de endringer som framkom i møtet»: takes effect when the leader confirms the words.
    with_changes = models.BooleanField(_("med endringer fra møtet"), default=False)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ordlyden bekreftet av")
    )
    confirmed_at = models.DateTimeField(_("ordlyden bekreftet"), null=True, blank=True)

    class Meta:
        verbose_name = _("vedtakspunkt")
        verbose_name_plural = _("vedtakspunkter")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="decision_point_numbered_once"),
            models.CheckConstraint(
                condition=Q(verb="delegates", delegates_to__isnull=False)
                | (~Q(verb="delegates") & Q(delegates_to__isnull=True)),
                name="decision_point_delegates_to_somebody",
                violation_error_message=_("Oppgi hvilket utvalg som får myndighet."),
            ),
            models.CheckConstraint(
                condition=Q(verb="lifts", lifted_to__isnull=False)
                | (~Q(verb="lifts") & Q(lifted_to__isnull=True)),
                name="decision_point_lifts_to_somebody",
                violation_error_message=_("Oppgi hvilket utvalg saken løftes til."),
            ),
            models.CheckConstraint(
                condition=Q(verb="postpones") | Q(postponed_to__isnull=True),
                name="decision_point_only_postponed_has_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(verb__in=["returns", "withdraws"]) | ~Q(reason=""),
                name="decision_point_returned_has_reason",
                violation_error_message=_("Oppgi en begrunnelse."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.wording}"


class Authority(models.Model):
    """Delegated authority: from a kommunestyre or a board to its member, or from one committee to another.

    What it covers is said in words for people; which plans it covers the app above knows.
    """

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="authorities", verbose_name=_("helsefellesskap")
    )
    from_committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authority_given",
        verbose_name=_("fra utvalg"),
    )
    from_partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authority_given",
        verbose_name=_("fra part"),
    )
    to_committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authority_held",
        verbose_name=_("til utvalg"),
    )
    to_seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="authority_held", verbose_name=_("til verv")
    )
    case_number = models.CharField(_("sak"), max_length=100)  # the giver's own: «PM 03-2025», «k-sak 45/25»
    point = models.OneToOneField(
        DecisionPoint, models.PROTECT, null=True, blank=True, related_name="gives", verbose_name=_("gitt ved")
    )
    covers = models.TextField(_("hva den gjelder"))
    start = models.DateField(_("fra"), default=timezone.localdate)
    end = models.DateField(_("til og med"), null=True, blank=True)
    revoked_on = models.DateField(_("trukket tilbake"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("registrert av"))
    recorded_at = models.DateTimeField(_("registrert"), auto_now_add=True)

    class Meta:
        verbose_name = _("delegert myndighet")
        verbose_name_plural = _("delegert myndighet")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_committee__isnull=True) ^ Q(from_partner__isnull=True),
                name="authority_has_one_giver",
                violation_error_message=_("Oppgi hvem som gir myndigheten: et utvalg eller en part."),
            ),
            models.CheckConstraint(
                condition=Q(to_committee__isnull=True) ^ Q(to_seat__isnull=True),
                name="authority_has_one_holder",
                violation_error_message=_("Oppgi hvem som får myndigheten: et utvalg eller et verv."),
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="authority_ends_after_start",
                violation_error_message=_("Sluttdatoen er før startdatoen."),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.from_committee or self.from_partner} → {self.to_committee or self.to_seat}: {self.covers}"
        )


class AuthorityUse(models.Model):
    """That a decision point stood on an authority. Append-only."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="uses", verbose_name=_("delegert myndighet")
    )
    point = models.ForeignKey(
        DecisionPoint, models.PROTECT, related_name="stands_on", verbose_name=_("vedtakspunkt")
    )

    class Meta:
        verbose_name = _("bruk av myndighet")
        verbose_name_plural = _("bruk av myndighet")
        constraints = [models.UniqueConstraint(fields=["authority", "point"], name="authority_use_once")]

    def __str__(self) -> str:
        return f"{self.authority}: {self.point}"
