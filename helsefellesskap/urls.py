"""All addresses. Apps are included by name; the ground imports none of them.

Pages lie under the languages: bokmål without prefix, the others under /nn/, /se/ and /en/. Files and what
machines read have no language (each app's urls_files.py, which come first).
"""

from django.conf.urls.i18n import i18n_patterns
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
    path("", include("committees.urls_files")),
    path("", include("plans.urls_files")),
    path("", include("plans.urls_open")),
    *i18n_patterns(
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
        prefix_default_language=False,
    ),
]
