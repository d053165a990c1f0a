"""The workbench's rows: sections, goals, measures, who is responsible, figures."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models import Committee
from helsefellesskap.richtext import plain
from partners.models import Partner, RoleParty, StoredFile

from .draft import Item, Plan

# Room between neighbours, so that moving one row touches one row.
GAP = 1024


class _Row(models.Model):
    """What sections, goals and measures share: identity, place among neighbours, optimistic lock."""

    item = models.OneToOneField(Item, models.PROTECT, related_name="+", editable=False)
    position = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    label = models.CharField(
        _("merke"), max_length=50, blank=True, help_text=_("Slik det er trykt. Tomt for å telle selv.")
    )
    status_text = models.TextField(_("status med egne ord"), blank=True)
    status_value = models.CharField(
        _("status"),
        max_length=20,
        blank=True,
        choices=[
            ("not_started", _("ikke startet")),
            ("planned", _("planlagt")),
            ("ongoing", _("pågår")),
            ("continuous", _("løpende")),
            ("completed", _("gjennomført")),
            ("postponed", _("utsatt")),
            ("dropped", _("utgår")),
            ("carried_over", _("videreført")),
        ],
    )
    struck = models.BooleanField(_("strøket ut"), default=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Section(_Row):
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections", verbose_name=_("plan"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("hører under")
    )
    number = models.CharField(_("nummer"), max_length=20, blank=True)
    heading = models.TextField(_("overskrift"), blank=True)
    body = models.TextField(_("tekst før tabellen"), blank=True)
    after = models.TextField(_("tekst etter tabellen"), blank=True)
    adoption_note = models.CharField(
        _("vedtaksmerknad"),
        max_length=300,
        blank=True,
        help_text=_("For eksempel «vedtatt i SSU 14.06.2026»."),
    )
    columns = models.JSONField(_("kolonneoverskrifter"), default=list, blank=True)

    class Meta(_Row.Meta):
        verbose_name = _("kapittel")
        verbose_name_plural = _("kapitler")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="section_not_under_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.heading}".strip()


class Goal(_Row):
    """«Hva vil vi?»"""

    section = models.ForeignKey(Section, models.CASCADE, related_name="goals", verbose_name=_("kapittel"))
    html = models.TextField(_("mål"), blank=True)
    body = models.TextField(_("utdyping"), blank=True)
    patient_groups = models.JSONField(_("pasientgrupper"), default=list, blank=True)

    class Meta(_Row.Meta):
        verbose_name = _("mål")
        verbose_name_plural = _("mål")

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def text(self) -> str:
        return plain(self.html)


class Measure(_Row):
    """«Hvordan få det til?»"""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="measures", verbose_name=_("mål"))
    html = models.TextField(_("tiltak"), blank=True)
    responsible_text = models.TextField(_("ansvarlig, slik det står"), blank=True)
    deadline_text = models.CharField(_("frist, slik den står"), max_length=300, blank=True)
    deadline_date = models.DateField(_("fristdato"), null=True, blank=True)
    indicator = models.TextField(_("indikator"), blank=True)
    extra = models.JSONField(_("andre kolonner"), default=dict, blank=True)
    patient_groups = models.JSONField(_("pasientgrupper"), default=list, blank=True)

    class Meta(_Row.Meta):
        verbose_name = _("tiltak")
        verbose_name_plural = _("tiltak")

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def text(self) -> str:
        return plain(self.html)


class Responsible(models.Model):
    """One body that a measure's words name: a committee, a partner or a role, exactly one."""

    measure = models.ForeignKey(
        Measure, models.CASCADE, related_name="responsibles", verbose_name=_("tiltak")
    )
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("utvalg")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part")
    )
    role = models.ForeignKey(
        RoleParty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rolle")
    )

    class Meta:
        verbose_name = _("ansvarlig")
        verbose_name_plural = _("ansvarlige")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(committee__isnull=False, partner__isnull=True, role__isnull=True)
                    | Q(committee__isnull=True, partner__isnull=False, role__isnull=True)
                    | Q(committee__isnull=True, partner__isnull=True, role__isnull=False)
                ),
                name="responsible_is_exactly_one",
                violation_error_message=_("Velg enten et utvalg, en part eller en rolle."),
            ),
            models.UniqueConstraint(fields=["measure", "committee"], name="responsible_committee_once"),
            models.UniqueConstraint(fields=["measure", "partner"], name="responsible_partner_once"),
            models.UniqueConstraint(fields=["measure", "role"], name="responsible_role_once"),
        ]

    def __str__(self) -> str:
        return str(self.body)

    @property
    def body(self) -> Committee | Partner | RoleParty:
        body = self.committee or self.partner or self.role
        assert body is not None, "held by the constraint responsible_is_exactly_one"
        return body


class Figure(models.Model):
    section = models.ForeignKey(Section, models.CASCADE, related_name="figures", verbose_name=_("kapittel"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("bilde"))
    position = models.PositiveIntegerField(default=0, editable=False)
    alt = models.TextField(
        _("alternativ tekst"), blank=True, help_text=_("Hva bildet viser, for den som ikke ser det.")
    )
    caption = models.TextField(_("bildetekst"), blank=True)

    class Meta:
        verbose_name = _("figur")
        verbose_name_plural = _("figurer")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.caption or self.alt or str(self.file)
