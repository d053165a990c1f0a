"""A file on its way to becoming a plan."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import HealthCommunity, StoredFile, User
from plans.document import load
from plans.mending import Mend, Mended, mended

from .draft import Plan


class Import(models.Model):
    """What was uploaded and how it was read. Nothing of it is a plan until somebody accepts it.

    The reading stays as it was made; people's mends of it stand beside it, in order.
    """

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="imports", verbose_name=_("helsefellesskap")
    )
    name = models.CharField(_("filnavn"), max_length=255)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("fil"))
    source = models.TextField(_("lest"), help_text=_("Blokkene som JSON."), editable=False)
    document = models.TextField(_("tolket"), help_text=_("Plandokumentet som JSON."), editable=False)
    mends: Any = models.JSONField(_("rettelser"), default=list, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)  # of reading and mends
    operation = models.UUIDField(null=True, editable=False)  # the last that was answered
    plan = models.OneToOneField(
        Plan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="came_from",
        verbose_name=_("ble til planen"),
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("lastet opp av"))
    at = models.DateTimeField(_("lastet opp"), auto_now_add=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("importer")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name

    def read(self) -> Mended:
        """The reading with the mends made so far."""
        return mended(load(self.document), [Mend(*values) for values in self.mends])
