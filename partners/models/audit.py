"""What was done, by whom, in plain bokmål. Rows are only ever added (a trigger holds it)."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from helsefellesskap.databases import locked
from helsefellesskap.languages import BOKMAL, speaking

from .communities import HealthCommunity
from .people import User


class AuditManager(models.Manager["Audit"]):
    def write(
        self,
        community: HealthCommunity,
        *,
        by: User | None,
        verb: str,
        what: str,
        facts: Mapping[str, object] | None = None,
    ) -> "Audit":
        """Adds a line to the community's log; call it last, inside the transaction of what it tells.

        `what` is a sentence in bokmål with the names of `facts` in it, «Sendte papirene til %(meeting)s.»,
        never translated: the log is one record in one language, whoever acted (docs/decisions/0009). A
        fact whose words depend on the language is given as the function that says it, and asked in bokmål.

        The community's row is locked, so that numbers run without gaps whoever writes at once.
        """
        locked(HealthCommunity.objects).get(pk=community.pk)
        last = self.filter(community=community).aggregate(last=Max("seq"))["last"] or 0
        who = f"{by.name} <{by.email}>" if by else "systemet"
        with speaking(BOKMAL):
            known = {name: fact() if callable(fact) else fact for name, fact in (facts or {}).items()}
            said = what % known
        return self.create(community=community, seq=last + 1, who=who, verb=verb, what=said)


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
