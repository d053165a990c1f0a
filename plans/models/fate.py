"""From year to year: what became of a section, goal or measure in the plan that came after."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models import User

from .draft import Item, Plan


class Fate(models.Model):
    """What an old item became in a new plan. An item without a row is undecided; a split has several.

    A decision holds as long as its new item stands in the plan: see `queries.undecided`.
    """

    class Kind(models.TextChoices):
        CONTINUED = "continued", _("videreføres")
        CHANGED = "changed", _("endres")
        MERGED = "merged", _("slås sammen")
        SPLIT = "split", _("deles")
        FINISHED = "finished", _("gjennomført")
        DROPPED = "dropped", _("utgår")
        BORROWED = "borrowed", _("hentet fra et annet helsefellesskap")

    # Those that end here: they need a reason, and nothing comes after.
    ENDS = (Kind.FINISHED, Kind.DROPPED)

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="fates", verbose_name=_("ny plan"))
    old = models.ForeignKey(Item, models.PROTECT, related_name="fates", verbose_name=_("gammelt element"))
    new = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="origins", verbose_name=_("nytt element")
    )
    kind = models.CharField(_("hva som skjer"), max_length=10, choices=Kind)
    reason = models.CharField(_("begrunnelse"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"))
    at = models.DateTimeField(_("når"), auto_now_add=True)

    class Meta:
        verbose_name = _("videreføring")
        verbose_name_plural = _("videreføringer")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind__in=("finished", "dropped"), new__isnull=True) & ~Q(reason="")
                    | Q(new__isnull=False) & ~Q(kind__in=("finished", "dropped"))
                ),
                name="fate_ends_with_reason_or_goes_on",
            ),
            models.UniqueConstraint(
                fields=["plan", "old"], condition=~Q(kind="split"), name="fate_decided_once"
            ),
            models.UniqueConstraint(fields=["plan", "old", "new"], name="fate_of_pair_once"),
            models.UniqueConstraint(
                fields=["new"], condition=~Q(kind="merged"), name="fate_new_comes_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} {self.get_kind_display()}"
