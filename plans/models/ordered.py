"""Files that somebody asked for: while they work, shown to them alone and let go when they ask anew; and
comparisons of public versions, for everybody.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import StoredFile, User
from partners.models.files import LATE_AFTER

from .draft import Plan
from .record import Revision

# `manage.py reap_tasks` gives a killed worker's task to another after LATE_AFTER too; that an order is slow
# is told sooner.
SLOW_AFTER = timedelta(minutes=1)


class OrderedFile(models.Model):
    """A PDF of a draft or of a comparison: waiting, in the making, made, or failed with its reason."""

    class Kind(models.TextChoices):
        DRAFT = "utkast", _("utkastet")
        COMPARISON = "sammenligning", _("sammenligningen")
        PUBLIC = "offentlig", _("sammenligningen for alle")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="ordered_files", verbose_name=_("plan"))
    by = models.ForeignKey(
        User, models.CASCADE, null=True, related_name="ordered_files", verbose_name=_("bestilt av")
    )  # nobody's where it is for everybody
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    # Of a draft: which text (plans.word_identity). Of a comparison: «v1|utkast», its sides.
    source = models.CharField(max_length=500, blank=True)
    # The two versions of a comparison for everybody.
    old = models.ForeignKey(Revision, models.CASCADE, null=True, blank=True, related_name="+")
    new = models.ForeignKey(Revision, models.CASCADE, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("bestilt"), default=timezone.now)
    started_at = models.DateTimeField(_("begynt"), null=True, blank=True)
    made_at = models.DateTimeField(_("laget"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    tries = models.PositiveSmallIntegerField(_("mislykkede forsøk"), default=0)
    error = models.TextField(_("feil"), blank=True)

    class Meta:
        verbose_name = _("bestilt fil")
        verbose_name_plural = _("bestilte filer")
        constraints = [
            models.UniqueConstraint(fields=["plan", "by", "kind"], name="ordered_file_once"),
            models.UniqueConstraint(
                fields=["plan", "old", "new"], condition=Q(by__isnull=True), name="public_comparison_once"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(old__isnull=False, new__isnull=False, kind="offentlig"),
                name="ordered_by_somebody_or_of_two_versions",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.plan}"

    @property
    def is_slow(self) -> bool:
        return self._has_waited(SLOW_AFTER)

    @property
    def is_lost(self) -> bool:
        """Whether no worker took it, or one was stopped while it made it: it may be ordered once more."""
        return self._has_waited(LATE_AFTER)

    def _has_waited(self, time: timedelta) -> bool:
        waits = not self.file_id and not self.error
        return waits and (self.started_at or self.asked_at) <= timezone.now() - time
