"""What search finds: a copy of what is public, made by `plans/search/index.py` and thrown away freely."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models import Decision, Minutes
from partners.models import HealthCommunity

from .draft import Plan
from .record import Publication
from .translations import Translation


class SearchEntry(models.Model):
    """One thing that can be found. It goes with what it stands for: a publication, a decision, minutes.

    The words as they are read, and as they are looked up: stems, told apart by how much they weigh.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan")
        SECTION = "section", _("kapittel")
        GOAL = "goal", _("mål")
        MEASURE = "measure", _("tiltak")
        DECISION = "decision", _("vedtak")
        MINUTES = "minutes", _("møteprotokoll")

    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    community = models.ForeignKey(
        HealthCommunity, models.CASCADE, related_name="+", verbose_name=_("helsefellesskap")
    )
    public_from = models.DateField(_("offentlig fra"))
    until = models.DateField(_("gjeldende til"), null=True, blank=True)  # the first day that it is old
    plan = models.ForeignKey(
        Plan, models.CASCADE, null=True, blank=True, related_name="search_entries", verbose_name=_("plan")
    )
    publication = models.ForeignKey(
        Publication, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("publisering")
    )
    # Where the words are a translation's: it goes with that, too.
    translation = models.ForeignKey(
        Translation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("oversettelse")
    )
    decision = models.ForeignKey(
        Decision, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("vedtak")
    )
    minutes = models.ForeignKey(
        Minutes, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("møteprotokoll")
    )
    code = models.CharField(_("kode"), max_length=12, blank=True)  # of the section, goal or measure
    title = models.TextField(_("tittel"))
    place = models.TextField(_("sted"), blank=True)  # «Handlingsplan 2026 › 2.1 Overganger»
    text = models.TextField(_("tekst"), blank=True)
    title_stems = models.TextField(editable=False)
    text_stems = models.TextField(editable=False)
    part_stems = models.TextField(editable=False)  # of compounds
    place_stems = models.TextField(editable=False)

    class Meta:
        verbose_name = _("søkeoppføring")
        verbose_name_plural = _("søkeoppføringer")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(publication__isnull=False, plan__isnull=False)
                    | Q(decision__isnull=False)
                    | Q(minutes__isnull=False)
                ),
                name="search_entry_stands_for_something",
            )
        ]

    def __str__(self) -> str:
        return self.title[:80]


class SearchWord(models.Model):
    """A word that some entry has: splits compounds, and is found by a piece of it."""

    word = models.CharField(_("ord"), max_length=60, primary_key=True)
    stem = models.CharField(_("stamme"), max_length=60, db_index=True)

    class Meta:
        verbose_name = _("søkeord")
        verbose_name_plural = _("søkeord")

    def __str__(self) -> str:
        return self.word
