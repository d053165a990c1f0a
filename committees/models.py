"""Who decides: committees with seats, meetings, cases and the decisions made in them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
    rules = models.JSONField(_("regler"), default=dict, blank=True)

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


class Meeting(models.Model):
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="meetings", verbose_name=_("utvalg")
    )
    date = models.DateField(_("møtedato"))
    place = models.CharField(_("sted"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("møte")
        verbose_name_plural = _("møter")
        ordering = ["-date"]
        constraints = [models.UniqueConstraint(fields=["committee", "date"], name="meeting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.committee.abbreviation} {self.date:%d.%m.%Y}"


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
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("møte")
    )
    reference = models.CharField(_("vår referanse"), max_length=100, blank=True)
    recommendation = models.TextField(_("anbefaling"), blank=True)
    background = models.TextField(_("bakgrunn"), blank=True)
    presentation = models.TextField(_("saksfremstilling"), blank=True)
    conclusion_heading = models.CharField(
        _("overskrift over konklusjonen"), max_length=100, default="Forslag til konklusjon"
    )
    conclusion = models.TextField(_("konklusjon"), blank=True)
    attachments = models.JSONField(_("vedlegg"), default=list, blank=True)
    access = models.CharField(_("tilgang"), max_length=20, choices=Access, default=Access.PUBLIC)
    legal_basis = models.CharField(_("hjemmel"), max_length=200, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.wording}"
