"""What people are told: rows written with what happened, sent as one digest a day at most."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .communities import HealthCommunity
from .people import User


class Sending(models.Model):
    """One e-mail of notices: a day's digest, or what could not wait for it.

    Made in the transaction that takes its notices and enqueues its task; so a notice is in one mail, and
    there is one digest a day. `accepted_at` says that the mail server took it. Until then the task is
    enqueued again at `retry_at`, and `claimed_at` keeps two workers from sending it at once.
    """

    email = models.EmailField(_("til"))
    day = models.DateField(_("dag"))
    digest = models.BooleanField(_("dagens samlede e-post"))
    made_at = models.DateTimeField(_("laget"), auto_now_add=True)
    retry_at = models.DateTimeField(_("prøves igjen"))
    tries = models.PositiveSmallIntegerField(_("antall nye forsøk"), default=0)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    accepted_at = models.DateTimeField(_("levert"), null=True, blank=True)

    class Meta:
        verbose_name = _("utsending")
        verbose_name_plural = _("utsendinger")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "day"], condition=Q(digest=True), name="sending_one_digest_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["retry_at"], condition=Q(accepted_at=None), name="sending_not_accepted")
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.day:%d.%m.%Y}"


class Notice(models.Model):
    """One thing to tell one person. Written in the same transaction as what it tells of.

    `key` says what it is about, so that the same thing is told once. `group` gathers a digest's lines:
    a plan or a meeting, with its title. Nothing of a restricted case stands here.

    Who acts and who reads may speak different languages: the row has its words in each of them, and
    `words` and `title` are those of the language in use. `text` and `group_title` are bokmål.

    `sent_at` is when it was settled: taken into a mail (`sending`), told by a mail of its own, or passed
    over for somebody who wants none of its kind.
    """

    class Kind(models.TextChoices):
        REVIEW = "review", _("saker til behandling")
        HEARING = "hearing", _("høringer")
        ANSWER = "answer", _("svar på innspill")
        MEETING = "meeting", _("møter og papirer")
        STATUS = "status", _("status på tiltak")
        DECISION = "decision", _("vedtak")
        MENTION = "mention", _("omtale av deg")
        REMINDER = "reminder", _("påminnelser")

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="notices", verbose_name=_("helsefellesskap")
    )
    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="notices", verbose_name=_("til")
    )
    email = models.EmailField(_("e-post"), blank=True)  # of somebody without an account
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    key = models.CharField(_("gjelder"), max_length=200)  # «review:12», «meeting:3:papers»
    group = models.CharField(_("gruppe"), max_length=100)  # «plan:7», «meeting:3»
    group_title = models.CharField(_("gruppens tittel"), max_length=300)
    text = models.TextField(_("tekst"))
    # {"nn": {"text": …, "group_title": …}, …}: what is said otherwise there. Old rows have none.
    translated: Any = models.JSONField(_("i andre språk"), default=dict, editable=False)
    path = models.CharField(_("adresse"), max_length=300, blank=True)  # the one thing to do, from the root
    due = models.DateField(_("frist"), null=True, blank=True)
    urgent = models.BooleanField(_("straks"), default=False)
    done = models.BooleanField(_("gjort"), default=False)
    made_at = models.DateTimeField(_("skrevet"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    sending = models.ForeignKey(
        Sending, models.SET_NULL, null=True, blank=True, related_name="notices", verbose_name=_("utsending")
    )
    # A reminder says nothing once that is done, or its due date is moved.
    reminds_of = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reminders",
        verbose_name=_("påminnelse om"),
    )

    class Meta:
        verbose_name = _("varsel")
        verbose_name_plural = _("varsler")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=Q(user__isnull=False), name="notice_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["email", "key"], condition=Q(user__isnull=True), name="notice_once_an_address"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(email=""), name="notice_is_for_somebody"
            ),
        ]
        indexes = [models.Index(fields=["sent_at", "user"], name="notice_waiting")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def words(self) -> str:
        return self._said("text")

    @property
    def title(self) -> str:
        return self._said("group_title")

    def _said(self, what: str) -> str:
        """In the language in use; in bokmål where nothing is said otherwise."""
        said: str = self.translated.get(get_language(), {}).get(what) or getattr(self, what)
        return said

    @property
    def address(self) -> str:
        """Where mail to the person goes."""
        return self.user.email if self.user else self.email


class NoticeOff(models.Model):
    """A kind of notice that a person does not want by e-mail. It still stands under «Mitt arbeid»."""

    user = models.ForeignKey(
        User,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="notices_off",
        verbose_name=_("bruker"),
    )
    email = models.EmailField(_("e-post"), blank=True)  # of somebody without an account
    kind = models.CharField(_("slag"), max_length=20, choices=Notice.Kind)

    class Meta:
        verbose_name = _("avslått varsel")
        verbose_name_plural = _("avslåtte varsler")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(user__isnull=False), name="notice_off_once"
            ),
            models.UniqueConstraint(
                fields=["email", "kind"], condition=Q(user__isnull=True), name="notice_off_once_an_address"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email="") | Q(user__isnull=True) & ~Q(email=""),
                name="notice_off_is_for_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.email}: {self.get_kind_display()}"
