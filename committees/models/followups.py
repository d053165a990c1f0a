"""What a meeting decided to do: who is responsible, until when, and whether it is done."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import Partner, User

from .bodies import Seat
from .cases import Case
from .meetings import Meeting


class FollowUp(models.Model):
    """It returns at the committee's next meetings until it is done (`done_on`)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="follow_ups", verbose_name=_("møte"))
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("sak")
    )
    what = models.TextField(_("hva som skal gjøres"))
    # One of these three is responsible.
    seat = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("verv")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("part")
    )
    responsible = models.CharField(_("ansvarlig i ord"), max_length=200, blank=True)
    due = models.DateField(_("frist"))
    done_on = models.DateField(_("utført"), null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("meldt utført av")
    )
    done_words = models.TextField(_("hva som ble gjort"), blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("skrevet av"))
    written_at = models.DateTimeField(_("skrevet"), auto_now_add=True)
    # Raised when somebody else is to do it, or it is opened again: a new thing to be told of.
    round = models.PositiveIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("oppfølgingspunkt")
        verbose_name_plural = _("oppfølgingspunkter")
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False, partner__isnull=True, responsible="")
                | Q(seat__isnull=True, partner__isnull=False, responsible="")
                | Q(seat__isnull=True, partner__isnull=True) & ~Q(responsible=""),
                name="follow_up_has_one_responsible",
                violation_error_message=_("Oppgi hvem som er ansvarlig: ett verv, én part eller ord."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) ^ Q(done_by__isnull=False),
                name="follow_up_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.what[:80]}"

    def get_absolute_url(self) -> str:
        """The item's page, for the committee's own and whoever is responsible."""
        committee = self.meeting.committee
        return reverse("follow_up", args=[committee.community.slug, committee.slug, self.pk])

    @property
    def restricted(self) -> bool:
        """Whether it comes from a case that is exempt from public access."""
        return bool(self.case and self.case.restricted)

    @property
    def responsible_name(self) -> str:
        """«Ingrid Leder», «UNN», or as it was written."""
        if self.seat:
            return self.seat.printed_name
        if self.partner:
            return self.partner.short or self.partner.name
        return self.responsible
