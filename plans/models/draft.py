"""The workbench: a plan that people edit (its table is in `rows.py`). What has left it is in `record.py`."""

import secrets
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import Agreement, HealthCommunity, User

# No vowels, so that no code spells a word; no letters that look like digits.
_CODE_LETTERS = "23456789bcdfghjkmnpqrstvwxz"


def new_code() -> str:
    """A short address for an item: 27⁷, about ten thousand million."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(7))


class Item(models.Model):
    """The identity of a section, goal or measure across revisions, languages and years: `/t/{code}`."""

    class Kind(models.TextChoices):
        SECTION = "section", _("kapittel")
        GOAL = "goal", _("mål")
        MEASURE = "measure", _("tiltak")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("kode"), max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)

    class Meta:
        verbose_name = _("element")
        verbose_name_plural = _("elementer")

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("item_page", args=[self.code])


class Plan(models.Model):
    class Kind(models.TextChoices):
        ACTION_PLAN = "action_plan", _("handlingsplan")
        STRATEGY = "strategy", _("strategi")

    class State(models.TextChoices):
        DRAFT = "draft", _("utkast")
        IN_REVIEW = "in_review", _("til behandling")
        ADOPTED = "adopted", _("vedtatt")
        RECEIVED = "received", _("mottatt, vedtaksopplysninger mangler")

    class Language(models.TextChoices):
        NB = "nb", _("bokmål")
        NN = "nn", _("nynorsk")
        SE = "se", _("nordsamisk")
        EN = "en", _("engelsk")

    community = models.ForeignKey(
        HealthCommunity, models.PROTECT, related_name="plans", verbose_name=_("helsefellesskap")
    )
    slug = models.SlugField(_("adresse"), max_length=80)
    kind = models.CharField(_("slag"), max_length=20, choices=Kind, default=Kind.ACTION_PLAN)
    state = models.CharField(_("tilstand"), max_length=20, choices=State, default=State.DRAFT)
    title = models.CharField(_("tittel"), max_length=300)
    subtitle = models.CharField(_("undertittel"), max_length=300, blank=True)
    vision = models.TextField(_("visjon"), blank=True)
    language = models.CharField(_("språk"), max_length=2, choices=Language, default=Language.NB)
    read_as = models.CharField(_("lest som"), max_length=20, default="table", editable=False)
    period_text = models.TextField(_("periode slik den står"), blank=True)
    period_start = models.DateField(_("fra"), null=True, blank=True)
    period_end = models.DateField(_("til"), null=True, blank=True)
    period_end_event = models.CharField(
        _("til en hendelse"),
        max_length=200,
        blank=True,
        help_text=_("For eksempel «partnerskapsmøtet 2027»."),
    )
    agreements = models.ManyToManyField(
        Agreement, blank=True, related_name="plans", verbose_name=_("bygger på avtaler")
    )
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("følger etter"),
    )
    under = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans_under",
        verbose_name=_("hører under"),
    )
    made_from = models.ForeignKey(
        "Revision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans_made",
        verbose_name=_("laget fra"),
        editable=False,
    )
    undecided_reason = models.TextField(_("hvorfor tiltak er uavgjort"), blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("opprettet av"), editable=False
    )
    created_at = models.DateTimeField(_("opprettet"), auto_now_add=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("planer")
        ordering = ["-period_start", "title"]
        constraints = [
            models.UniqueConstraint(fields=["community", "slug"], name="plan_address_once"),
            models.CheckConstraint(
                condition=Q(period_start__isnull=True)
                | Q(period_end__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="plan_ends_after_start",
                violation_error_message=_("Perioden slutter før den begynner."),
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")), name="plan_not_after_itself"
            ),
            models.CheckConstraint(
                condition=Q(under__isnull=True) | ~Q(under=F("id")), name="plan_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan_page", args=[self.community.slug, self.slug])

    def get_work_url(self) -> str:
        return reverse("plan_work", args=[self.community.slug, self.slug])

    @property
    def locked(self) -> bool:
        """Adopted or published as received: the words stand still."""
        return self.state in (self.State.ADOPTED, self.State.RECEIVED)


class Abbreviation(models.Model):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="abbreviations", verbose_name=_("plan"))
    position = models.PositiveIntegerField(default=0, editable=False)
    short = models.CharField(_("forkortelse"), max_length=50)
    long = models.CharField(_("betydning"), max_length=300)

    class Meta:
        verbose_name = _("forkortelse")
        verbose_name_plural = _("forkortelser")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.short} = {self.long}"


class Edit(models.Model):
    """One field that somebody changed: serves undo, history, restore, and the base for merging."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="edits", verbose_name=_("plan"))
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="edits", verbose_name=_("element")
    )
    field = models.CharField(_("felt"), max_length=50)
    before = models.TextField(_("før"), blank=True)
    after = models.TextField(_("etter"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"))
    # Words typed in one go are one step: `at` is when the last of them came.
    began_at = models.DateTimeField(_("begynt"), auto_now_add=True)
    at = models.DateTimeField(_("når"), auto_now_add=True)
    kept: Any = models.JSONField(null=True, blank=True, editable=False)  # what a deleted row comes back from
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="undone_by", verbose_name=_("angrer")
    )
    undoing = models.BooleanField(default=False, editable=False)  # takes back; else it does, or does again
    # The save that made it, as the page that sent it calls it: when it comes again, it is answered the same.
    op = models.UUIDField(null=True, blank=True, db_index=True, editable=False)
    # The same on all that was made in one go: it is taken back in one go too.
    together = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("endring")
        verbose_name_plural = _("endringer")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["plan", "item", "-at"], name="edit_history")]

    def __str__(self) -> str:
        return f"{self.field}: {self.before[:40]} → {self.after[:40]}"
