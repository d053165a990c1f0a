"""Secret addresses at which people's calendars read their meetings."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import User

from .bodies import Committee


class CalendarFeed(models.Model):
    """One person's secret calendar address: of all their committees, or of one. Taken back by deleting it.

    The address is made of the row and SECRET_KEY; only its digest is stored, as of personal links.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds", verbose_name=_("bruker"))
    committee = models.ForeignKey(
        Committee,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="calendar_feeds",
        verbose_name=_("utvalg"),
        help_text=_("Tomt: alle utvalgene som personen har verv i."),
    )
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("laget"), auto_now_add=True)

    class Meta:
        verbose_name = _("kalenderadresse")
        verbose_name_plural = _("kalenderadresser")
        constraints = [
            models.UniqueConstraint(fields=["user", "committee"], name="calendar_feed_once"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(committee__isnull=True), name="calendar_feed_of_all_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.committee or _('alle utvalg')}"
