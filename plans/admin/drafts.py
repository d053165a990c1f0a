"""Plans, the rows of their drafts, and what happens to them on the workbench."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import assign_perm, get_users_with_perms, remove_perm

from partners.admin import ReadOnly, ReadOnlyInline
from partners.models import User

from ..models import (
    Abbreviation,
    Edit,
    EditedFile,
    Figure,
    Goal,
    HintChoice,
    Import,
    Item,
    Measure,
    Operation,
    PlainSummary,
    Plan,
    Presence,
    ProposedChange,
    Responsible,
    Revision,
    Section,
    WavedOff,
)


class PlanForm(forms.ModelForm):
    """A plan, and the grants on it that are nobody's role."""

    GRANTS = {"authors": "change_plan", "readers": "view_plan"}

    authors = forms.ModelMultipleChoiceField(
        label=_("Medforfattere"),
        queryset=User.objects.filter(is_active=True),
        required=False,
        widget=FilteredSelectMultiple(_("medforfattere"), is_stacked=False),
        help_text=_("Kan lese og endre utkastet uten å ha en rolle i helsefellesskapet."),
    )
    readers = forms.ModelMultipleChoiceField(
        label=_("Lesere"),
        queryset=User.objects.filter(is_active=True),
        required=False,
        widget=FilteredSelectMultiple(_("lesere"), is_stacked=False),
        help_text=_("Kan lese utkastet uten å ha en rolle i helsefellesskapet."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for field, grant in self.GRANTS.items():
                self.initial[field] = _granted(self.instance, grant)


def _granted(plan: Plan, grant: str) -> list[User]:
    return list(get_users_with_perms(plan, only_with_perms_in=[grant], with_group_users=False))


class AbbreviationInline(admin.TabularInline):
    model = Abbreviation
    extra = 0


class RevisionInline(ReadOnlyInline):
    model = Revision
    fields = ["number", "purpose", "sha256", "created_by", "created_at"]


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    form = PlanForm
    list_display = ["title", "community", "kind", "state", "language", "period_start", "period_end"]
    list_filter = ["state", "kind", "community", "language"]
    list_select_related = ["community"]
    search_fields = ["title", "subtitle", "slug", "community__name"]
    autocomplete_fields = ["community", "agreements", "follows", "under"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["state", "created_by", "created_at"]
    inlines = [AbbreviationInline, RevisionInline]

    def save_model(self, request: HttpRequest, obj: Plan, form: forms.ModelForm, change: bool) -> None:
        if not change:
            assert isinstance(request.user, User)  # the administration lets nobody else in
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for field, grant in PlanForm.GRANTS.items():
            before, after = set(_granted(form.instance, grant)), set(form.cleaned_data[field])
            for user in after - before:
                assign_perm(grant, user, form.instance)
            for user in before - after:
                remove_perm(grant, user, form.instance)

    def get_readonly_fields(self, request: HttpRequest, obj: Plan | None = None) -> list[str]:
        """Words of a plan that is locked are not changed here either; who may read it is."""
        fixed = [*self.readonly_fields]
        if obj and obj.locked:
            words = ["title", "subtitle", "vision", "language", "kind", "slug", "community", "agreements"]
            fixed += [*words, "period_text", "period_start", "period_end", "period_end_event"]
            fixed += ["follows", "under"]
        return fixed

    def get_prepopulated_fields(self, request: HttpRequest, obj: Plan | None = None) -> dict[str, Any]:
        return {} if obj and obj.locked else {"slug": ["title"]}


class _Words(admin.ModelAdmin):
    """Rows of a draft. Those of a locked plan are for looking at."""

    def plan_of(self, obj: Any) -> Plan:
        return obj.plan

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and self.plan_of(obj).locked)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and self.plan_of(obj).locked)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # rows get their identity in the editor


class FigureInline(admin.TabularInline):
    model = Figure
    extra = 0
    autocomplete_fields = ["file"]


@admin.register(Section)
class SectionAdmin(_Words):
    list_display = ["__str__", "plan", "parent", "status_value", "struck"]
    list_filter = ["status_value", "struck", "plan__community"]
    list_select_related = ["plan", "parent"]
    search_fields = ["heading", "number", "plan__title"]
    autocomplete_fields = ["plan", "parent"]
    inlines = [FigureInline]


@admin.register(Goal)
class GoalAdmin(_Words):
    list_display = ["__str__", "section", "status_value", "struck"]
    list_filter = ["status_value", "struck", "section__plan__community"]
    list_select_related = ["section"]
    search_fields = ["html", "section__plan__title"]
    autocomplete_fields = ["section"]

    def plan_of(self, obj: Goal) -> Plan:
        return obj.section.plan


class ResponsibleInline(admin.TabularInline):
    model = Responsible
    extra = 0
    autocomplete_fields = ["committee", "partner", "role"]


@admin.register(Measure)
class MeasureAdmin(_Words):
    list_display = ["__str__", "label", "goal", "responsible_text", "deadline_date", "status_value", "struck"]
    list_filter = ["status_value", "struck", "goal__section__plan__community"]
    list_select_related = ["goal"]
    search_fields = ["html", "responsible_text", "goal__section__plan__title"]
    autocomplete_fields = ["goal"]
    inlines = [ResponsibleInline]

    def plan_of(self, obj: Measure) -> Plan:
        return obj.goal.section.plan


@admin.register(Figure)
class FigureAdmin(_Words):
    list_display = ["__str__", "section", "alt"]
    list_select_related = ["section", "file"]
    search_fields = ["alt", "caption"]
    autocomplete_fields = ["section", "file"]

    def plan_of(self, obj: Figure) -> Plan:
        return obj.section.plan


@admin.register(Abbreviation)
class AbbreviationAdmin(_Words):
    list_display = ["short", "long", "plan"]
    list_select_related = ["plan"]
    search_fields = ["short", "long"]
    autocomplete_fields = ["plan"]


@admin.register(Responsible)
class ResponsibleAdmin(ReadOnly):
    list_display = ["measure", "committee", "partner", "role"]
    list_select_related = ["measure", "committee", "partner", "role"]
    search_fields = ["measure__responsible_text"]


@admin.register(Item)
class ItemAdmin(ReadOnly):
    list_display = ["code", "kind", "id"]
    list_filter = ["kind"]
    search_fields = ["code"]


@admin.register(Edit)
class EditAdmin(ReadOnly):
    list_display = ["at", "plan", "field", "before", "after", "by"]
    list_select_related = ["plan", "by"]
    search_fields = ["plan__title", "before", "after", "by__name"]
    date_hierarchy = "at"


@admin.register(Import)
class ImportAdmin(ReadOnly):
    list_display = ["name", "community", "by", "at", "plan"]
    list_filter = ["community"]
    list_select_related = ["community", "by", "plan"]
    search_fields = ["name"]


@admin.register(EditedFile)
class EditedFileAdmin(ReadOnly):
    list_display = ["name", "plan", "by", "at"]
    list_select_related = ["plan", "by"]
    search_fields = ["name", "plan__title"]


@admin.register(ProposedChange)
class ProposedChangeAdmin(ReadOnly):
    list_display = ["file", "kind", "item_kind", "field", "decision"]
    list_filter = ["decision"]
    list_select_related = ["file"]
    search_fields = ["file__name", "field"]


@admin.register(HintChoice)
class HintChoiceAdmin(admin.ModelAdmin):
    list_display = ["community", "kind"]
    list_filter = ["community"]


@admin.register(PlainSummary)
class PlainSummaryAdmin(ReadOnly):
    list_display = ["plan", "text", "by", "at"]
    list_select_related = ["plan", "by"]


@admin.register(WavedOff)
class WavedOffAdmin(ReadOnly):
    list_display = ["plan", "fingerprint", "reason", "by", "at"]
    search_fields = ["fingerprint", "reason"]


@admin.register(Presence)
class PresenceAdmin(ReadOnly):
    list_display = ["plan", "user", "item", "seen_at"]
    list_select_related = ["plan", "user", "item"]


@admin.register(Operation)
class OperationAdmin(ReadOnly):
    list_display = ["id", "plan", "by", "at"]
    list_select_related = ["plan", "by"]
