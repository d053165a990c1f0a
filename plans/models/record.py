"""The record: frozen words, who adopted them, and when they were published. Rows here are only added."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Case, DecisionPoint
from partners.models import StoredFile, User
from partners.models.files import LATE_AFTER
from plans import document

from .draft import Item, Plan


class Revision(models.Model):
    """A frozen document: the canonical bytes, their number and their SHA-256."""

    class Purpose(models.TextChoices):
        ADOPTION = "adoption", _("til vedtak")
        RECEIVED = "received", _("som mottatt")
        NAMED = "named", _("navngitt underveis")
        REVIEW = "review", _("til behandling")
        HEARING = "hearing", _("til høring")
        CORRECTION = "correction", _("rettelse")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="revisions", verbose_name=_("plan"))
    number = models.PositiveIntegerField(_("nummer"))
    purpose = models.CharField(_("formål"), max_length=20, choices=Purpose)
    name = models.CharField(_("navn"), max_length=100, blank=True)  # «til SSU 12. mars»
    note = models.TextField(_("merknad"), blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("låst av"))
    created_at = models.DateTimeField(_("låst"))
    measures = models.PositiveIntegerField(_("tiltak"), default=0)  # how many, so that lists need not count
    # Text, not a JSON column: jsonb reorders keys, and the hash would no longer match.
    # The last column: SQLite reads through the whole of it to come to one behind it.
    content = models.TextField(_("innhold"))

    class Meta:
        verbose_name = _("låst versjon")
        verbose_name_plural = _("låste versjoner")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="revision_numbered_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_numbered_from_one"),
            models.UniqueConstraint(
                fields=["plan", "name"], condition=~Q(name=""), name="revision_named_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("revision_page", args=[self.plan.community.slug, self.plan.slug, self.number])

    def load(self) -> document.PlanDocument:
        """The document as it was frozen, in today's schema."""
        return document.load(self.content)


class RevisionItem(models.Model):
    """Which items stand in a revision, so that a permanent address finds its page."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="occurrences")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "item"], name="revision_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item} i {self.revision}"


class RevisionMention(models.Model):
    """Whom and which patient groups a revision's measures name, so that a list opens only what it shows.

    Read from the frozen words by `plans/mentions.py`, and gone with them.
    """

    class What(models.TextChoices):
        RESPONSIBLE = "responsible", _("ansvarlig")
        PATIENT_GROUP = "patient_group", _("pasientgruppe")

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="mentions")
    what = models.CharField(max_length=20, choices=What)
    key = models.CharField(max_length=100)  # as the words have it: a slug, the key of a role or a group

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "key", "revision"], name="revision_mention_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} i {self.revision}"


class Adoption(models.Model):
    """A decision point adopted a revision, or one section of it."""

    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="adoptions", verbose_name=_("låst versjon")
    )
    item = models.ForeignKey(
        Item,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
        verbose_name=_("kapittel"),
        help_text=_("Tomt når hele planen ble vedtatt."),
    )
    point = models.ForeignKey(
        DecisionPoint, models.PROTECT, related_name="adoptions", verbose_name=_("vedtakspunkt")
    )
    provisional_until = models.CharField(_("foreløpig til"), max_length=200, blank=True)
    in_force_from = models.DateField(_("gjelder fra"))
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("registrert av"))
    registered_at = models.DateTimeField(_("registrert"), auto_now_add=True)

    class Meta:
        verbose_name = _("vedtakelse")
        verbose_name_plural = _("vedtakelser")
        ordering = ["registered_at"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "item", "point"], name="adoption_of_part_once"),
            models.UniqueConstraint(
                fields=["revision", "point"], condition=Q(item__isnull=True), name="adoption_of_whole_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.point}"


class Publication(models.Model):
    """That a revision is public, and from which day."""

    revision = models.OneToOneField(
        Revision, models.PROTECT, related_name="publication", verbose_name=_("låst versjon")
    )
    published_from = models.DateField(_("offentlig fra"))
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("publisert av"))
    published_at = models.DateTimeField(_("registrert"), auto_now_add=True)

    class Meta:
        verbose_name = _("publisering")
        verbose_name_plural = _("publiseringer")

    def __str__(self) -> str:
        return f"{self.revision} fra {self.published_from:%d.%m.%Y}"


class CaseItem(models.Model):
    """That a case speaks of a plan, and in which version when that is known."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="plan_items", verbose_name=_("sak"))
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="case_items", verbose_name=_("plan"))
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case_items",
        verbose_name=_("låst versjon"),
    )

    class Meta:
        verbose_name = _("plan i sak")
        verbose_name_plural = _("planer i saker")
        constraints = [
            models.UniqueConstraint(fields=["case", "plan", "revision"], name="case_item_once"),
            models.UniqueConstraint(
                fields=["case", "plan"], condition=Q(revision__isnull=True), name="case_item_draft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.plan}"


class Rendering(models.Model):
    """A public page as it was sent, kept for the day: a cache, never the archive.

    What a page says depends on the date (in force, superseded), so a new day renders anew.
    Compressed only, as browsers take it.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="renderings")
    address = models.CharField(max_length=300)
    build = models.CharField(max_length=16)
    day = models.DateField()
    brotli = models.BinaryField()
    gzip = models.BinaryField()
    etag = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address"], name="rendering_once")]

    def __str__(self) -> str:
        return self.address


class RevisionFile(models.Model):
    """A public version, or its translation, as a file of one kind: waiting, made, or failed with its reason.

    (JSON is no file of its own: it is the frozen text itself.)
    """

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"
        TEXT = "txt", _("ren tekst")
        CSV = "csv", "CSV"
        EXCEL = "xlsx", "Excel"

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="files")
    format = models.CharField(_("format"), max_length=10, choices=Format)
    # Of a translation its language; empty for the plan's own words.
    language = models.CharField(_("oversatt til"), max_length=2, blank=True, choices=Plan.Language)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("bestilt"), default=timezone.now)
    made_at = models.DateTimeField(_("laget"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("mislykkede forsøk"), default=0)
    error = models.TextField(_("feil"), blank=True)

    class Meta:
        verbose_name = _("fil av låst versjon")
        verbose_name_plural = _("filer av låste versjoner")
        constraints = [
            models.UniqueConstraint(fields=["revision", "format", "language"], name="revision_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.revision}.{self.format}"

    @property
    def is_late(self) -> bool:
        return self.file_id is None and self.asked_at <= timezone.now() - LATE_AFTER


class FileHash(models.Model):
    """The SHA-256 of a file that was made of a version. Append-only: it outlives the file, so that whoever
    holds one can be told that it was corrected, or withdrawn.
    """

    revision = models.ForeignKey(
        Revision, models.PROTECT, related_name="file_hashes", verbose_name=_("låst versjon")
    )
    format = models.CharField(_("format"), max_length=10, choices=RevisionFile.Format)
    language = models.CharField(_("oversatt til"), max_length=2, blank=True, choices=Plan.Language)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    made_at = models.DateTimeField(_("laget"))

    class Meta:
        verbose_name = _("kontrollsum")
        verbose_name_plural = _("kontrollsummer")
        constraints = [
            models.UniqueConstraint(fields=["revision", "sha256"], name="file_hash_once"),
        ]

    def __str__(self) -> str:
        return f"{self.revision}.{self.format} {self.sha256[:12]}"
