"""Meetings: when and where, who was called, what is on the list, who was there at each item."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import StoredFile, User

from .bodies import Committee, Seat
from .cases import Case


class Meeting(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", _("planlagt")
        PAPERS_SENT = "papers_sent", _("papirene er sendt")
        HELD = "held", _("holdt")
        MINUTES_APPROVED = "minutes_approved", _("protokollen er godkjent")
        CANCELLED = "cancelled", _("avlyst")

    # From a state to those that may follow.
    MOVES = {
        State.PLANNED: {State.PAPERS_SENT, State.HELD, State.CANCELLED},
        State.PAPERS_SENT: {State.HELD, State.CANCELLED},
        State.HELD: {State.MINUTES_APPROVED},
        State.MINUTES_APPROVED: set(),
        State.CANCELLED: {State.PLANNED},
    }

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="meetings", verbose_name=_("utvalg")
    )
    date = models.DateField(_("møtedato"))
    starts_at = models.TimeField(_("begynner"), null=True, blank=True)  # Norwegian time
    ends_at = models.TimeField(_("slutter"), null=True, blank=True)
    place = models.CharField(_("sted"), max_length=200, blank=True)
    link = models.URLField(_("lenke til videomøte"), blank=True)
    papers_due = models.DateField(_("papirene sendes senest"), null=True, blank=True)
    state = models.CharField(_("tilstand"), max_length=20, choices=State, default=State.PLANNED)
    sequence = models.PositiveIntegerField(
        default=0, editable=False
    )  # raised when the calendar entry changes

    class Meta:
        verbose_name = _("møte")
        verbose_name_plural = _("møter")
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "date"], name="meeting_once_a_day"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message=_("Møtet slutter før det begynner."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee.abbreviation} {self.date:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        """The meeting's page for its members."""
        committee = self.committee
        return reverse("meeting", args=[committee.community.slug, committee.slug, self.date])

    @property
    def coming(self) -> bool:
        """Whether it is still to be held: until then it can be moved, called to and prepared."""
        return self.state in (self.State.PLANNED, self.State.PAPERS_SENT)

    @property
    def can_be_followed_up(self) -> bool:
        """Whether what it decided to do can be written: from its day, until the minutes are approved."""
        closed = self.state in (self.State.CANCELLED, self.State.MINUTES_APPROVED)
        return not closed and self.date <= timezone.localdate()


class AgendaItem(models.Model):
    """A case on a meeting's list. A postponed case stands on the next meeting's list, too."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda", verbose_name=_("møte"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="agenda_items", verbose_name=_("sak"))
    position = models.PositiveIntegerField(_("rekkefølge"), default=0)
    # The extract of the approved minutes (særutskrift), as everybody may read it.
    extract = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("særutskrift"),
    )
    file_tries = models.PositiveSmallIntegerField(_("mislykkede forsøk"), default=0, editable=False)
    file_error = models.TextField(_("feil"), blank=True, editable=False)

    class Meta:
        verbose_name = _("punkt på sakslisten")
        verbose_name_plural = _("punkter på sakslisten")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "case"], name="agenda_item_once")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.case.printed_number}"


class Call(models.Model):
    """That a seat was called to a meeting, and its answer. A deputy is called in somebody's place."""

    class Reply(models.TextChoices):
        NONE = "", _("ikke svart")
        COMING = "coming", _("kommer")
        NOT_COMING = "not_coming", _("kommer ikke")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="calls", verbose_name=_("møte"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="calls", verbose_name=_("verv"))
    stands_in_for = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("i stedet for")
    )
    reply = models.CharField(_("svar"), max_length=20, choices=Reply, default=Reply.NONE, blank=True)
    called_at = models.DateTimeField(_("innkalt"), auto_now_add=True)
    replied_at = models.DateTimeField(_("svarte"), null=True, blank=True)

    class Meta:
        verbose_name = _("innkalling")
        verbose_name_plural = _("innkallinger")
        ordering = ["seat"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="call_once")]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.seat.printed_name}"


class Attendance(models.Model):
    """Who was there at one item of the list: a member, or the deputy who sat for them."""

    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="attendances", verbose_name=_("punkt på sakslisten")
    )
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances", verbose_name=_("verv"))
    stands_in_for = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("i stedet for")
    )

    class Meta:
        verbose_name = _("frammøte")
        verbose_name_plural = _("frammøte")
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(fields=["agenda_item", "seat"], name="attendance_once"),
            models.UniqueConstraint(
                fields=["agenda_item", "stands_in_for"], name="attendance_one_in_each_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agenda_item}: {self.seat.printed_name}"


class Papers(models.Model):
    """The papers as they were sent: every case's words then. Append-only; the newest counts."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers", verbose_name=_("møte"))
    content = models.TextField(_("innhold"))  # canonical JSON, so that later changes can be marked
    sha256 = models.CharField("SHA-256", max_length=64)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("sendt av"))
    sent_at = models.DateTimeField(_("sendt"), auto_now_add=True)

    class Meta:
        verbose_name = _("møtepapirer")
        verbose_name_plural = _("møtepapirer")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.meeting} {self.sent_at:%d.%m.%Y}"


class Minutes(models.Model):
    """The minutes (møteprotokoll) of a meeting: remarks are written, the facts come from the items."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes", verbose_name=_("møte"))
    opening = models.TextField(_("innledning"), blank=True)
    closing = models.TextField(_("avslutning"), blank=True)
    content = models.TextField(_("innhold"), blank=True, editable=False)  # canonical JSON, once approved
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sist godkjent av")
    )
    approved_at = models.DateTimeField(_("godkjent"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fil")
    )
    file_tries = models.PositiveSmallIntegerField(_("mislykkede forsøk"), default=0, editable=False)
    file_error = models.TextField(_("feil"), blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("møteprotokoll")
        verbose_name_plural = _("møteprotokoller")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | ~Q(content=""), name="minutes_approved_are_frozen"
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class MinutesApproval(models.Model):
    """That somebody stands behind the minutes in the words that they had then.

    It counts for those words and no others: where the minutes are changed before they freeze, it is taken
    back.
    """

    minutes = models.ForeignKey(
        Minutes, models.PROTECT, related_name="approvals", verbose_name=_("møteprotokoll")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("godkjent av"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name=_("verv"))
    words = models.CharField("SHA-256", max_length=64)  # of what was approved
    approved_at = models.DateTimeField(_("godkjent"), auto_now_add=True)
    taken_back_at = models.DateTimeField(_("tatt tilbake"), null=True, blank=True)

    class Meta:
        verbose_name = _("godkjenning av protokollen")
        verbose_name_plural = _("godkjenninger av protokoller")
        ordering = ["approved_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "by"],
                condition=Q(taken_back_at=None),
                name="minutes_approved_once_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes}: {self.seat.printed_name}"


class WheelEntry(models.Model):
    """A day in the committee's year (årshjul): a meeting to be, a deadline for cases or for papers."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("møte")
        CASES_DUE = "cases_due", _("frist for saker")
        PAPERS_DUE = "papers_due", _("papirer sendes")
        OTHER = "other", _("annet")

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="wheel", verbose_name=_("utvalg"))
    date = models.DateField(_("dato"))
    kind = models.CharField(_("slag"), max_length=20, choices=Kind, default=Kind.OTHER)
    text = models.CharField(_("hva"), max_length=200)

    class Meta:
        verbose_name = _("dag i årshjulet")
        verbose_name_plural = _("dager i årshjulet")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "date", "kind", "text"], name="wheel_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.date:%d.%m.%Y} {self.text}"
