"""What is frozen, what came of it, and what is made of it: to be looked at, not changed."""

from django.contrib import admin
from django.http import HttpRequest

from partners.admin import ReadOnly

from ..models import (
    Adoption,
    AuthorityScope,
    CaseItem,
    Correction,
    Fate,
    FileHash,
    Hearing,
    Input,
    LinguisticChange,
    OrderedFile,
    PointSubject,
    Publication,
    Rendering,
    Review,
    Revision,
    RevisionFile,
    RevisionItem,
    RevisionMention,
    SearchEntry,
    SearchWord,
    Seen,
    SharedCopy,
    Stance,
    StatusReport,
    StatusRound,
    TranslatedText,
    Translation,
    Withdrawal,
)


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ["plan", "number", "purpose", "sha256", "created_by", "created_at"]
    list_filter = ["purpose", "plan__community"]
    list_select_related = ["plan", "created_by"]
    search_fields = ["plan__title", "sha256"]


@admin.register(RevisionItem)
class RevisionItemAdmin(ReadOnly):
    list_display = ["revision", "item"]
    list_select_related = ["revision__plan", "item"]
    search_fields = ["item__code"]


@admin.register(RevisionMention)
class RevisionMentionAdmin(ReadOnly):
    list_display = ["revision", "what", "key"]
    list_filter = ["what"]
    list_select_related = ["revision__plan"]
    search_fields = ["key"]


@admin.register(Adoption)
class AdoptionAdmin(ReadOnly):
    list_display = ["revision", "item", "point", "in_force_from", "provisional_until", "registered_by"]
    list_filter = ["revision__plan__community"]
    list_select_related = ["revision__plan", "item", "point", "registered_by"]
    search_fields = ["revision__plan__title"]


@admin.register(Publication)
class PublicationAdmin(ReadOnly):
    list_display = ["revision", "published_from", "published_by", "published_at"]
    list_select_related = ["revision__plan", "published_by"]
    search_fields = ["revision__plan__title"]


@admin.register(CaseItem)
class CaseItemAdmin(ReadOnly):
    list_display = ["case", "plan", "revision"]
    list_select_related = ["case__committee", "plan", "revision__plan"]
    search_fields = ["plan__title", "case__title"]


@admin.register(RevisionFile)
class RevisionFileAdmin(ReadOnly):
    list_display = ["revision", "format", "language", "made_at", "tries", "error"]
    list_filter = ["format", "language"]
    list_select_related = ["revision__plan"]
    search_fields = ["revision__plan__title"]


@admin.register(OrderedFile)
class OrderedFileAdmin(ReadOnly):
    list_display = ["plan", "kind", "by", "asked_at", "made_at", "tries", "error"]
    list_filter = ["kind"]
    list_select_related = ["plan", "by"]
    search_fields = ["plan__title"]


@admin.register(FileHash)
class FileHashAdmin(ReadOnly):
    list_display = ["sha256", "revision", "format", "language", "made_at"]
    list_filter = ["format", "language"]
    list_select_related = ["revision__plan"]
    search_fields = ["sha256", "revision__plan__title"]


@admin.register(Rendering)
class RenderingAdmin(ReadOnly):
    """A cache. Deleting a row only means that the page is made anew."""

    list_display = ["address", "plan", "day", "build"]
    list_select_related = ["plan"]
    search_fields = ["address"]
    exclude = ["brotli", "gzip"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return request.user.is_active and request.user.is_superuser


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnly):
    """A copy of what is public: `manage.py rebuild_search` makes it anew."""

    list_display = ["title", "kind", "community", "public_from", "until"]
    list_filter = ["kind", "community"]
    list_select_related = ["community"]
    search_fields = ["title"]


@admin.register(SearchWord)
class SearchWordAdmin(ReadOnly):
    list_display = ["word", "stem"]
    search_fields = ["word"]


@admin.register(Fate)
class FateAdmin(ReadOnly):
    list_display = ["plan", "old", "kind", "new", "reason", "by", "at"]
    list_filter = ["kind", "plan__community"]
    list_select_related = ["plan", "old", "new", "by"]
    search_fields = ["old__code", "new__code", "plan__title", "reason"]


# What actions alone write: it can be looked at.
for model in (
    AuthorityScope,
    Correction,
    Hearing,
    Input,
    LinguisticChange,
    PointSubject,
    Review,
    Seen,
    SharedCopy,
    Stance,
    StatusReport,
    StatusRound,
    TranslatedText,
    Translation,
    Withdrawal,
):
    admin.site.register(model, ReadOnly)
