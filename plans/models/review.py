"""Review: a frozen version is laid before a committee, and each seat says where its parties stand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models import AgendaItem, Committee, PersonalLink, Seat
from partners.models import User

from .draft import Item, Plan
from .record import Revision


class Review(models.Model):
    """A frozen version before one committee, with a due date. Several at once make a matrix."""

    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="reviews", verbose_name=_("låst versjon")
    )
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="reviews", verbose_name=_("utvalg"))
    due = models.DateField(_("svarfrist"))
    message = models.TextField(_("følgebrev"), blank=True)
    laid_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("lagt fram av"))
    laid_at = models.DateTimeField(_("lagt fram"), auto_now_add=True)
    closed_at = models.DateTimeField(_("avsluttet"), null=True, blank=True)

    class Meta:
        verbose_name = _("behandling")
        verbose_name_plural = _("behandlinger")
        ordering = ["-laid_at"]
        constraints = [models.UniqueConstraint(fields=["revision", "committee"], name="review_once")]

    def __str__(self) -> str:
        return f"{self.revision}: {self.committee.abbreviation}"


class Seen(models.Model):
    """That a seat has had on its screen what changed up to this version."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="seen", verbose_name=_("behandling"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="seen", verbose_name=_("verv"))
    at = models.DateTimeField(_("sett"), auto_now_add=True)

    class Meta:
        verbose_name = _("sett")
        verbose_name_plural = _("sett")
        constraints = [models.UniqueConstraint(fields=["review", "seat"], name="seen_once")]

    def __str__(self) -> str:
        return f"{self.review}: {self.seat.printed_name}"


class Stance(models.Model):
    """Where a seat stands for those it represents, on the words it was shown. Append-only; the newest counts.

    Without an item it speaks of the whole: of every measure's words in that version. `words` is
    `document.words_hash` of the measure then; on the whole it is empty, since the version says it.
    """

    class Kind(models.TextChoices):
        JOINS = "joins", _("slutter seg til")
        RESERVES = "reserves", _("tar forbehold")
        OWN_BODY = "own_body", _("tar forbehold om behandling i eget organ")
        DISAGREES = "disagrees", _("er uenig")

    review = models.ForeignKey(Review, models.PROTECT, related_name="stances", verbose_name=_("behandling"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="stances", verbose_name=_("verv"))
    # A deputy speaks for a member: the stance counts for that seat.
    in_place_of = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("i stedet for")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="stances", verbose_name=_("tiltak")
    )
    words = models.CharField(max_length=64, blank=True, editable=False)
    kind = models.CharField(_("standpunkt"), max_length=20, choices=Kind)
    remark = models.TextField(_("merknad"), blank=True)
    expected_on = models.DateField(_("ventes behandlet"), null=True, blank=True)
    # For whom, in words, as the seat stood then: «Harstad, Kvæfjord» or «kommunene i …».
    on_behalf_of = models.CharField(_("på vegne av"), max_length=500)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="stances", verbose_name=_("gitt av")
    )
    link = models.ForeignKey(
        PersonalLink,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("personlig lenke"),
    )
    from_paper = models.BooleanField(_("skrevet inn fra papir"), default=False)
    given_in = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gitt i møtet")
    )
    given_at = models.DateTimeField(_("gitt"), auto_now_add=True)

    class Meta:
        verbose_name = _("standpunkt")
        verbose_name_plural = _("standpunkter")
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=True, words="") | Q(item__isnull=False) & ~Q(words=""),
                name="stance_on_a_measure_knows_its_words",
            ),
            models.CheckConstraint(
                condition=Q(kind="own_body") | Q(expected_on__isnull=True), name="stance_expects_own_body"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(link__isnull=False), name="stance_given_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat.printed_name} {self.get_kind_display()}"


class LinguisticChange(models.Model):
    """«Språklig rettelse»: a measure's words changed so little that stances on them stand. Append-only."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="linguistic_changes", verbose_name=_("plan"))
    item = models.ForeignKey(
        Item, models.PROTECT, related_name="linguistic_changes", verbose_name=_("tiltak")
    )
    from_words = models.CharField(max_length=64, editable=False)
    to_words = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"))
    at = models.DateTimeField(_("når"), auto_now_add=True)

    class Meta:
        verbose_name = _("språklig rettelse")
        verbose_name_plural = _("språklige rettelser")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "item", "from_words", "to_words"], name="linguistic_change_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.at:%d.%m.%Y}"


class SharedCopy(models.Model):
    """A read-only copy of what is laid before a seat, for those whom it represents. Its address is signed."""

    review = models.ForeignKey(
        Review, models.PROTECT, related_name="shared_copies", verbose_name=_("behandling")
    )
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="shared_copies", verbose_name=_("verv"))
    made_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("laget av")
    )
    link = models.ForeignKey(
        PersonalLink,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("personlig lenke"),
    )
    made_at = models.DateTimeField(_("laget"), auto_now_add=True)
    expires_on = models.DateField(_("gjelder til og med"))
    revoked_at = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)

    class Meta:
        verbose_name = _("delt lesekopi")
        verbose_name_plural = _("delte lesekopier")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_by__isnull=False) | Q(link__isnull=False),
                name="shared_copy_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.seat.printed_name}"
