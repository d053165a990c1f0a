"""What was done, by whom, in plain text. Rows are only ever added (a trigger holds it)."""

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from .communities import HealthCommunity
from .people import User


class AuditManager(models.Manager["Audit"]):
    def write(self, community: HealthCommunity, *, by: User | None, verb: str, what: str) -> "Audit":
        """Adds a line to the community's log; call it last, inside the transaction of what it tells.

        The community's row is locked, so that numbers run without gaps whoever writes at once.
        """
        HealthCommunity.objects.select_for_update().get(pk=community.pk)
        last = self.filter(community=community).aggregate(last=Max("seq"))["last"] or 0
        who = f"{by.name} <{by.email}>" if by else str(_("systemet"))
        return self.create(community=community, seq=last + 1, who=who, verb=verb, what=what)


class Audit(models.Model):
    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="audit", verbose_name=_("helsefellesskap")
    )
    seq = models.PositiveIntegerField(_("nummer"))
    who = models.CharField(_("hvem"), max_length=500)
    verb = models.CharField(_("handling"), max_length=50)
    what = models.TextField(_("hva"))
    at = models.DateTimeField(_("når"), auto_now_add=True)

    objects = AuditManager()

    class Meta:
        verbose_name = _("logglinje")
        verbose_name_plural = _("logg")
        ordering = ["-seq"]
        constraints = [
            models.UniqueConstraint(fields=["community", "seq"], name="audit_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.who}: {self.what}"
