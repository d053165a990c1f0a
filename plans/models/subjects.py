"""What decisions and authorities are about: plans, their frozen versions, their sections and measures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models import Authority, DecisionPoint

from .draft import Item, Plan
from .record import Revision


class PointSubject(models.Model):
    """That a decision point speaks of a plan: the version before the meeting, the whole or one part."""

    point = models.ForeignKey(
        DecisionPoint, models.PROTECT, related_name="plan_subjects", verbose_name=_("vedtakspunkt")
    )
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="point_subjects", verbose_name=_("plan"))
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("låst versjon")
    )
    # What an adoption needs to take effect: at once, or when the leader confirms the words.
    in_force_from = models.DateField(_("gjelder fra"), null=True, blank=True)
    published_from = models.DateField(_("offentlig fra"), null=True, blank=True)
    provisional_until = models.CharField(_("foreløpig til"), max_length=200, blank=True)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="point_subjects", verbose_name=_("del")
    )

    class Meta:
        verbose_name = _("det et vedtakspunkt gjelder")
        verbose_name_plural = _("det vedtakspunkter gjelder")
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_from__isnull=True, published_from__isnull=True)
                | Q(in_force_from__isnull=False, published_from__isnull=False),
                name="point_subject_has_both_days",
            ),
            models.UniqueConstraint(fields=["point", "plan", "item"], name="point_subject_part_once"),
            models.UniqueConstraint(
                fields=["point", "plan"], condition=Q(item__isnull=True), name="point_subject_whole_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.plan}"


class AuthorityScope(models.Model):
    """A plan that an authority covers. An authority without any covers no plan."""

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="plan_scopes", verbose_name=_("delegert myndighet")
    )
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="authority_scopes", verbose_name=_("plan"))

    class Meta:
        verbose_name = _("plan som myndigheten gjelder")
        verbose_name_plural = _("planer som myndigheten gjelder")
        constraints = [models.UniqueConstraint(fields=["authority", "plan"], name="authority_scope_once")]

    def __str__(self) -> str:
        return f"{self.authority}: {self.plan}"
