"""The system administrator's back door to committees, meetings, cases and decisions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from partners.admin import ReadOnly

from .models import (
    AgendaItem,
    Attachment,
    Attendance,
    Authority,
    AuthorityUse,
    CalendarFeed,
    Call,
    Case,
    Committee,
    Decision,
    DecisionPoint,
    FollowUp,
    Meeting,
    Minutes,
    MinutesApproval,
    Papers,
    PersonalLink,
    Recusal,
    Seat,
    WheelEntry,
)
from .subjects import subjects


class TellsSubjects(admin.ModelAdmin):
    """A change here may change what the public reads of a case, as the actions do."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        row = form.instance
        subjects().decided(row if isinstance(row, Case) else getattr(row, "decision", row).case)


class SeatInline(admin.TabularInline):
    model = Seat
    extra = 0
    fields = ["printed_name", "user", "role", "side", "area", "start", "end"]
    autocomplete_fields = ["user"]
    show_change_link = True


@admin.register(Committee)
class CommitteeAdmin(admin.ModelAdmin):
    list_display = ["abbreviation", "name", "community", "level", "rank", "until"]
    list_filter = ["community", "level"]
    list_select_related = ["community"]
    search_fields = ["abbreviation", "name", "community__name"]
    autocomplete_fields = ["community", "parent"]
    prepopulated_fields = {"slug": ["abbreviation"]}
    inlines = [SeatInline]


@admin.register(Seat)
class SeatAdmin(admin.ModelAdmin):
    list_display = ["printed_name", "user", "role", "side", "committee", "start", "end"]
    list_filter = ["role", "side", "committee__community"]
    list_select_related = ["user", "committee"]
    search_fields = ["printed_name", "user__email", "committee__name", "committee__abbreviation"]
    autocomplete_fields = ["committee", "user", "represents", "deputy_for"]


@admin.register(Meeting)
class MeetingAdmin(admin.ModelAdmin):
    list_display = ["date", "committee", "place"]
    list_filter = ["committee__community"]
    list_select_related = ["committee"]
    search_fields = ["committee__name", "committee__abbreviation"]
    autocomplete_fields = ["committee"]
    date_hierarchy = "date"


@admin.register(Case)
class CaseAdmin(TellsSubjects):
    list_display = ["printed_number", "title", "committee", "year", "access"]
    list_filter = ["access", "year", "committee__community"]
    list_select_related = ["committee"]
    search_fields = ["printed_number", "title", "reference"]
    autocomplete_fields = ["committee"]


class DecisionPointInline(admin.StackedInline):
    model = DecisionPoint
    fk_name = "decision"
    extra = 0
    autocomplete_fields = ["delegates_to", "lifted_to", "postponed_to", "confirmed_by"]


@admin.register(Decision)
class DecisionAdmin(TellsSubjects):
    list_display = ["case", "meeting", "registered_afterwards", "recorded_by", "recorded_at"]
    list_filter = ["registered_afterwards", "case__committee__community"]
    list_select_related = ["case__committee", "meeting__committee", "recorded_by"]
    search_fields = ["case__title", "case__printed_number"]
    autocomplete_fields = ["case", "meeting", "recorded_by"]
    inlines = [DecisionPointInline]


@admin.register(DecisionPoint)
class DecisionPointAdmin(TellsSubjects):
    list_display = ["decision", "number", "verb", "wording"]
    list_filter = ["verb"]
    list_select_related = ["decision__case__committee", "decision__meeting"]
    search_fields = ["wording"]
    autocomplete_fields = ["decision", "delegates_to", "lifted_to", "postponed_to", "confirmed_by"]


# What actions alone write: it can be looked at.
for model in (
    AgendaItem,
    Attachment,
    Attendance,
    Authority,
    AuthorityUse,
    CalendarFeed,
    Call,
    FollowUp,
    Minutes,
    MinutesApproval,
    Papers,
    PersonalLink,
    Recusal,
    WheelEntry,
):
    admin.site.register(model, ReadOnly)
