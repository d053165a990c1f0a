"""Personal links: somebody without an account answers one thing, for one seat or one party."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import HealthCommunity, Partner, User

from .bodies import Seat


class PersonalLink(models.Model):
    """An address that opens one thing after a one-time code. It gives no right beyond its seat's.

    Neither the address nor the code is stored, only their SHA-256. `target` is the key of what the
    purpose speaks of: a review, a meeting, a hearing, a round of status.
    """

    class Purpose(models.TextChoices):
        REVIEW = "review", _("behandle en plan")
        PAPERS = "papers", _("lese møtepapirer")
        HEARING = "hearing", _("gi innspill")
        STATUS = "status", _("melde status")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="links", verbose_name=_("helsefellesskap")
    )
    purpose = models.CharField(_("formål"), max_length=20, choices=Purpose)
    target = models.PositiveBigIntegerField(_("gjelder"))
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="links", verbose_name=_("verv")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part")
    )
    name = models.CharField(_("navn"), max_length=200)
    email = models.EmailField(_("e-post"))
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    code_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    code_sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    expires_at = models.DateTimeField(_("gjelder til"))
    revoked_at = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("sist brukt"), null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("laget av"))
    made_at = models.DateTimeField(_("laget"), auto_now_add=True)

    class Meta:
        verbose_name = _("personlig lenke")
        verbose_name_plural = _("personlige lenker")
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=True) ^ Q(partner__isnull=True), name="link_for_seat_or_party"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_purpose_display()}"

    @property
    def is_for(self) -> str:
        """The party, or the seat's committee."""
        return str(self.partner or (self.seat and self.seat.committee.abbreviation))

    @property
    def is_open(self) -> bool:
        """Neither taken back nor expired. (`committees.links.check_open` asks the seat too.)"""
        return self.revoked_at is None and timezone.now() < self.expires_at
