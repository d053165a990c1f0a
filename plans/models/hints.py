"""What a community and a plan have said to the hints beside the text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import HealthCommunity, User

from .draft import Plan


class HintChoice(models.Model):
    """That a community wants a hint which is off unless somebody asks for it."""

    community = models.ForeignKey(
        HealthCommunity, models.CASCADE, related_name="hint_choices", verbose_name=_("helsefellesskap")
    )
    kind = models.CharField(_("merknad"), max_length=40)

    class Meta:
        verbose_name = _("valgt merknad")
        verbose_name_plural = _("valgte merknader")
        constraints = [models.UniqueConstraint(fields=["community", "kind"], name="hint_choice_once")]

    def __str__(self) -> str:
        return self.kind


class WavedOff(models.Model):
    """A hint that somebody looked at and let be, with a word of reason; new words raise it again."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="waved_off", verbose_name=_("plan"))
    fingerprint = models.CharField(max_length=300)
    reason = models.CharField(_("begrunnelse"), max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"))
    at = models.DateTimeField(_("når"), auto_now_add=True)

    class Meta:
        verbose_name = _("merknad som er sett bort fra")
        verbose_name_plural = _("merknader som er sett bort fra")
        constraints = [models.UniqueConstraint(fields=["plan", "fingerprint"], name="waved_off_once")]

    def __str__(self) -> str:
        return self.fingerprint
