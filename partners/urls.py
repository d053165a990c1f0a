from django.urls import include, path

from .views import language, notices, people

urlpatterns = [
    # In front of allauth's own page, which lets people hang several addresses on one account.
    path("konto/email/", people.account_email, name="account_email"),
    path("konto/sprak/", language.choose_language, name="choose_language"),
    path("konto/varsler/", notices.choose_notices, name="choose_notices"),
    path("konto/", include("allauth.urls")),
    path("varsler/<str:token>/", notices.choose_notices_by_mail, name="choose_notices_by_mail"),
    path(
        "arbeid/<slug:community>/folk/sekretariat/",
        people.invite_to_secretariat,
        name="invite_to_secretariat",
    ),
    path(
        "arbeid/<slug:community>/folk/sekretariat/<int:pk>/slutt/",
        people.end_secretariat_place,
        name="end_secretariat_place",
    ),
    path(
        "arbeid/<slug:community>/folk/representanter/",
        people.invite_representative,
        name="invite_representative",
    ),
    path(
        "arbeid/<slug:community>/folk/representanter/<int:pk>/slutt/",
        people.end_representation,
        name="end_representation",
    ),
    path(
        "arbeid/<slug:community>/folk/<int:pk>/invitasjon/",
        people.resend_invitation,
        name="resend_invitation",
    ),
]
