"""All addresses. Apps are included by name; the ground imports none of them."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView
from health_check.views import HealthCheckView

handler400 = "helsefellesskap.errors.too_many_fields"

urlpatterns = [
    path("admin/", admin.site.urls),
    path(
        "helse/",
        HealthCheckView.as_view(
            checks=["health_check.Database", "health_check.Storage"], template_name="health.html"
        ),
        name="health",
    ),
    path(
        "tilgjengelighet/",
        TemplateView.as_view(template_name="about/accessibility.html"),
        name="accessibility",
    ),
    path("personvern/", TemplateView.as_view(template_name="about/privacy.html"), name="privacy"),
    path("kontakt/", TemplateView.as_view(template_name="about/contact.html"), name="contact"),
    path("", include("partners.urls")),
    path("", include("committees.urls")),
    path("", include("plans.urls")),
]
