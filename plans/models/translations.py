"""A plan's words in another language. They are words beside the plan's own, never a plan of their own."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import User

from .draft import Item, Plan


class Translation(models.Model):
    """A plan in another language than its own: it shares the plan's items, and the plan's words are those
    that hold. Public from `published_at`, as far as its words are up to date."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="translations", verbose_name=_("plan"))
    language = models.CharField(_("språk"), max_length=2, choices=Plan.Language)
    made_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("laget av"), editable=False
    )
    made_at = models.DateTimeField(_("laget"), auto_now_add=True)
    published_at = models.DateTimeField(_("publisert"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("oversettelse")
        verbose_name_plural = _("oversettelser")
        ordering = ["language"]
        constraints = [models.UniqueConstraint(fields=["plan", "language"], name="translation_once")]

    def __str__(self) -> str:
        return f"{self.plan}, {self.get_language_display()}"

    def get_absolute_url(self) -> str:
        return reverse("translated_plan", args=[self.plan.community.slug, self.plan.slug, self.language])

    def get_work_url(self) -> str:
        return reverse("edit_translation", args=[self.plan.community.slug, self.plan.slug, self.language])


class TranslatedText(models.Model):
    """One field in the translation's language, and the hash of the words that it was translated from.

    `item` is None for the plan's own title and the like. `field` is a name of plans/translating.py.
    """

    translation = models.ForeignKey(
        Translation, models.CASCADE, related_name="texts", verbose_name=_("oversettelse")
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("element")
    )
    field = models.CharField(_("felt"), max_length=400)
    text = models.TextField(_("tekst"))
    source_sha256 = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("av"), editable=False)
    at = models.DateTimeField(_("tidspunkt"), auto_now=True)

    class Meta:
        verbose_name = _("oversatt tekst")
        verbose_name_plural = _("oversatte tekster")
        constraints = [
            models.UniqueConstraint(
                fields=["translation", "item", "field"], name="translated_field_once", condition=~Q(item=None)
            ),
            models.UniqueConstraint(
                fields=["translation", "field"], name="translated_fact_once", condition=Q(item=None)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
