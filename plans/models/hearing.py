"""Hearings: a frozen version goes out with a deadline, input comes in, and each gets its answer."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, PersonalLink
from partners.models import Partner, User

from .draft import Edit, Item
from .record import Revision


class Hearing(models.Model):
    """A frozen version sent to parties, committees, or everybody with the link."""

    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="hearings", verbose_name=_("låst versjon")
    )
    deadline = models.DateField(_("frist"))  # the last day
    message = models.TextField(_("følgebrev"), blank=True)
    parties = models.ManyToManyField(Partner, blank=True, related_name="hearings", verbose_name=_("parter"))
    committees = models.ManyToManyField(
        Committee, blank=True, related_name="hearings", verbose_name=_("utvalg")
    )
    # The secret last part of the address for everybody who has it; empty where nobody else may answer.
    open_key = models.CharField(max_length=40, blank=True, editable=False)
    listed = models.BooleanField(_("vises på forsiden"), default=False)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sendt av"))
    sent_at = models.DateTimeField(_("sendt"), auto_now_add=True)
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)

    class Meta:
        verbose_name = _("høring")
        verbose_name_plural = _("høringer")
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["open_key"], condition=~Q(open_key=""), name="hearing_open_key_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self._meta.verbose_name} {self.deadline:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        """Where those who signed in read and answer."""
        plan = self.revision.plan
        return reverse("give_input", args=[plan.community.slug, plan.slug, self.pk])

    def get_open_url(self) -> str:
        """Where everybody who has the address reads and answers; empty where nobody else may."""
        return reverse("open_hearing", args=[self.open_key]) if self.open_key else ""

    @property
    def is_open(self) -> bool:
        """Whether input is taken today."""
        return not self.closed_at and timezone.localdate() <= self.deadline


class Input(models.Model):
    """Somebody's words on the whole, a section, a goal or a measure: a remark, or a proposed wording."""

    class Kind(models.TextChoices):
        REMARK = "remark", _("merknad")
        WORDING = "wording", _("forslag til ordlyd")

    class Disposition(models.TextChoices):
        UNANSWERED = "", _("ikke besvart")
        TAKEN_IN = "taken_in", _("tatt inn")
        PARTLY = "partly", _("delvis tatt inn")
        NOT_TAKEN_IN = "not_taken_in", _("ikke tatt inn")
        ANSWERED = "answered", _("besvart")

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="inputs", verbose_name=_("høring"))
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name=_("gjelder")
    )
    kind = models.CharField(_("slag"), max_length=20, choices=Kind, default=Kind.REMARK)
    text = models.TextField(_("innspill"))
    wording = models.TextField(_("foreslått ordlyd"), blank=True)  # safe inline HTML, of the item's own text
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inputs",
        verbose_name=_("på vegne av part"),
    )
    committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="inputs",
        verbose_name=_("på vegne av utvalg"),
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name=_("skrevet av")
    )
    link = models.ForeignKey(
        PersonalLink,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("personlig lenke"),
    )
    name = models.CharField(_("navn"), max_length=200)
    email = models.EmailField(_("e-post"), blank=True)
    name_public = models.BooleanField(_("navnet kan vises offentlig"), default=False)
    operation = models.UUIDField(
        unique=True, editable=False
    )  # chosen by the form: a double click is one input
    given_at = models.DateTimeField(_("gitt"), auto_now_add=True)
    disposition = models.CharField(
        _("svar"), max_length=20, choices=Disposition, default=Disposition.UNANSWERED, blank=True
    )
    reason = models.TextField(_("begrunnelse"), blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("besvart av")
    )
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)
    taken_in_by = models.ForeignKey(
        Edit,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="from_inputs",
        verbose_name=_("tatt inn ved"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("innspill")
        verbose_name_plural = _("innspill")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | Q(committee__isnull=True), name="input_for_one_at_most"
            ),
            models.CheckConstraint(
                condition=~Q(kind="wording") | (~Q(wording="") & Q(item__isnull=False)),
                name="input_wording_has_words",
                violation_error_message=_("Skriv ordlyden du foreslår."),
            ),
            models.CheckConstraint(
                condition=Q(disposition__in=["", "taken_in"]) | ~Q(reason=""),
                name="input_answer_has_reason",
                violation_error_message=_("Oppgi en begrunnelse."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:60]}"

    def get_absolute_url(self) -> str:
        """The copy for whoever gave it, account or not: the address is a secret of theirs."""
        return reverse("given_input", args=[self.operation])

    @property
    def on_behalf_of(self) -> str:
        """The party or committee; empty where the person speaks for themselves."""
        if self.partner:
            return self.partner.short or self.partner.name
        return self.committee.abbreviation if self.committee else ""

    @property
    def public_name(self) -> str:
        """Who said it, as everybody may read it: private persons are named only where they said so."""
        return self.on_behalf_of or (self.name if self.name_public and self.name else str(_("Privatperson")))
