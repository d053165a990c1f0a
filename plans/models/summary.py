"""«Kort sagt»: what a plan is, in at most three plain sentences beside it. Not adopted words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import User

from .draft import Plan


class PlainSummary(models.Model):
    """What the secretariat wrote on a day; the newest stands. Gone with the plan when it is taken down."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="summaries", verbose_name=_("plan"))
    text = models.CharField(_("kort sagt"), max_length=600)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("skrevet av"))
    at = models.DateTimeField(_("skrevet"), auto_now_add=True)

    class Meta:
        verbose_name = _("kort omtale")
        verbose_name_plural = _("korte omtaler")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text
