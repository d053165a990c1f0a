"""A file that went out, was edited elsewhere and came back, and what it proposes."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from helsefellesskap.languages import say
from partners.models import User

from .draft import Plan


class EditedFile(models.Model):
    """An edited file as it was received. Its proposals are taken or left one by one."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="edited_files", verbose_name=_("plan"))
    name = models.CharField(_("filnavn"), max_length=255)
    notices: Any = models.JSONField(_("merknader"), default=list, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("lastet opp av"))
    at = models.DateTimeField(_("lastet opp"), auto_now_add=True)

    class Meta:
        verbose_name = _("redigert fil")
        verbose_name_plural = _("redigerte filer")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def remarks(self) -> list[str]:
        """What the file says that is no proposal, in the language in use. Each is stored as a `Sentence`;
        older ones as they were said.
        """
        return [one if isinstance(one, str) else say(one["says"], one["facts"]) for one in self.notices]

    @property
    def is_table(self) -> bool:
        """A table is taken whole or not at all; a text proposal by proposal."""
        return self.name.lower().endswith((".csv", ".xlsx"))


class ProposedChange(models.Model):
    """One proposal (`plans.proposals.Proposal`) and what became of it."""

    class Decision(models.TextChoices):
        WAITING = "", _("ikke avgjort")
        ACCEPTED = "accepted", _("godtatt")
        ADJUSTED = "adjusted", _("godtatt med justering")
        REJECTED = "rejected", _("avvist")

    file = models.ForeignKey(
        EditedFile, models.CASCADE, related_name="proposals", verbose_name=_("redigert fil")
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    kind = models.CharField(max_length=10)
    item_kind = models.CharField(max_length=10)
    item = models.CharField(max_length=40, blank=True)  # an Item's id; a reader's guess, so no foreign key
    field = models.CharField(max_length=300, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    place = models.TextField(blank=True)
    values: Any = models.JSONField(default=dict, blank=True)
    decision = models.CharField(_("avgjørelse"), max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("endringsforslag")
        verbose_name_plural = _("endringsforslag")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_kind} {self.field}".strip()
