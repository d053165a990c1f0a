"""The system administrator's back door to people, parties and agreements."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    Audit,
    HealthCommunity,
    Membership,
    Notice,
    NoticeOff,
    Partner,
    Representative,
    RoleParty,
    SecretariatPlace,
    Sending,
    StoredFile,
    User,
)
from .tasks import send_invitation

# The administration lets nobody in past the password, the limits and the second factor of /konto/.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's own way
admin.site.site_header = _("Helsefellesskap: systemforvaltning")
admin.site.site_title = _("Helsefellesskap")
admin.site.index_title = _("Alt som er lagret")


class ReadOnly(admin.ModelAdmin):
    """For rows that are only ever written by actions: they can be looked at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class SecretariatInline(admin.TabularInline):
    model = SecretariatPlace
    extra = 0
    autocomplete_fields = ["user", "community"]


class RepresentativeInline(admin.TabularInline):
    model = Representative
    extra = 0
    autocomplete_fields = ["user", "partner", "community"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People are invited with a link to choose a password, and deactivated, never deleted."""

    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "is_active", "is_staff", "is_superuser", "last_login", "date_joined"]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [SecretariatInline, RepresentativeInline]
    actions = ["invite_again"]

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        # An old address must not go on opening the door.
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()
        if not change:
            send_invitation.enqueue(user_id=obj.pk)

    @admin.action(description=_("Send invitasjon på nytt til dem som ikke har valgt passord"))
    def invite_again(self, request: HttpRequest, users: QuerySet[User]) -> None:
        waiting = [user for user in users if user.is_active and not user.has_usable_password()]
        for user in waiting:
            send_invitation.enqueue(user_id=user.pk)
        sent = ngettext("Sendte %(n)d invitasjon.", "Sendte %(n)d invitasjoner.", len(waiting))
        self.message_user(request, sent % {"n": len(waiting)}, messages.SUCCESS)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["partner", "community"]


class RoleInline(admin.TabularInline):
    model = RoleParty
    extra = 0
    fields = ["abbreviation", "name"]
    show_change_link = True


@admin.register(HealthCommunity)
class HealthCommunityAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "language", "contact_name", "contact_email"]
    list_filter = ["language"]
    search_fields = ["name", "slug"]
    inlines = [SecretariatInline, RoleInline]


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    list_display = ["name", "short", "kind", "municipality_number", "county", "organisation_number"]
    list_filter = ["kind", "communities", "county"]
    search_fields = ["name", "short", "municipality_number", "organisation_number"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["partner", "community", "note", "start", "end"]
    list_filter = ["community"]
    search_fields = ["partner__name", "community__name"]
    list_select_related = ["partner", "community"]
    autocomplete_fields = ["partner", "community"]


@admin.register(RoleParty)
class RolePartyAdmin(admin.ModelAdmin):
    list_display = ["abbreviation", "name", "community"]
    list_filter = ["community"]
    list_select_related = ["community"]
    search_fields = ["abbreviation", "name"]
    autocomplete_fields = ["community", "members"]


@admin.register(SecretariatPlace)
class SecretariatPlaceAdmin(admin.ModelAdmin):
    list_display = ["user", "community", "title", "start", "end"]
    list_filter = ["community"]
    list_select_related = ["user", "community"]
    search_fields = ["user__name", "user__email"]
    autocomplete_fields = ["user", "community"]


@admin.register(Representative)
class RepresentativeAdmin(admin.ModelAdmin):
    list_display = ["user", "partner", "community", "start", "end"]
    list_filter = ["community"]
    list_select_related = ["user", "partner", "community"]
    search_fields = ["user__name", "user__email", "partner__name"]
    autocomplete_fields = ["user", "partner", "community"]


class AgreementPartyInline(admin.TabularInline):
    model = AgreementParty
    extra = 0
    autocomplete_fields = ["partner"]


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin):
    list_display = ["title", "own_name", "kind", "community", "version", "start", "end"]
    list_filter = ["kind", "community"]
    list_select_related = ["community"]
    search_fields = ["title", "own_name"]
    autocomplete_fields = ["community", "parent", "file"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [AgreementPartyInline]


@admin.register(AgreementParty)
class AgreementPartyAdmin(admin.ModelAdmin):
    list_display = ["agreement", "partner", "case_number", "adopted_on", "signed_on", "signatory"]
    list_select_related = ["agreement", "partner"]
    search_fields = ["agreement__title", "partner__name", "case_number"]
    autocomplete_fields = ["agreement", "partner"]


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnly):
    list_display = ["sha256", "media_type", "size", "stored_at"]
    list_filter = ["media_type"]
    search_fields = ["sha256"]


@admin.register(Audit)
class AuditAdmin(ReadOnly):
    list_display = ["at", "community", "seq", "who", "what"]
    list_filter = ["community", "verb"]
    list_select_related = ["community"]
    search_fields = ["who", "what"]
    date_hierarchy = "at"


for model in (AgreementVersion, Notice, NoticeOff, Sending):
    admin.site.register(model, ReadOnly)
