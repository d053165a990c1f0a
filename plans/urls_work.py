"""The addresses of the workbench, for people who signed in: everything under /arbeid/."""

from django.urls import path

from .views import adopt, draft_page

urlpatterns = [
    path("arbeid/<slug:community>/planer/<slug:plan>/vedtak/", adopt.adopt, name="adopt"),
    path(
        "arbeid/<slug:community>/planer/<slug:plan>/som-mottatt/",
        adopt.publish_received,
        name="publish_received",
    ),
    path("arbeid/<slug:community>/planer/<slug:plan>/forhandsvis/", draft_page.draft_page, name="draft_page"),
]
