from django.urls import include, path

from . import views

urlpatterns = [
    # In front of allauth's own page, which lets people hang several addresses on one account.
    path("konto/email/", views.account_email, name="account_email"),
    path("konto/", include("allauth.urls")),
    path(
        "arbeid/<slug:community>/folk/sekretariat/",
        views.invite_to_secretariat,
        name="invite_to_secretariat",
    ),
    path(
        "arbeid/<slug:community>/folk/sekretariat/<int:pk>/slutt/",
        views.end_secretariat_place,
        name="end_secretariat_place",
    ),
    path(
        "arbeid/<slug:community>/folk/representanter/",
        views.invite_representative,
        name="invite_representative",
    ),
    path(
        "arbeid/<slug:community>/folk/representanter/<int:pk>/slutt/",
        views.end_representation,
        name="end_representation",
    ),
    path(
        "arbeid/<slug:community>/folk/<int:pk>/invitasjon/",
        views.resend_invitation,
        name="resend_invitation",
    ),
]
