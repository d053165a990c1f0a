"""Files: what has no language in its address."""

from django.contrib.sitemaps import views as sitemaps
from django.urls import path
from django.views.decorators.http import require_safe

from .sitemaps import SITEMAPS
from .urls import VERSION
from .views import agreement_pages, downloads, public, robots, translate_plan

urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", require_safe(sitemaps.index), {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<str:section>.xml",
        require_safe(sitemaps.sitemap),
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",  # the name that the index asks for
    ),
    path(
        "<slug:community>/avtaler/<slug:slug>/v<number:number>.pdf",
        agreement_pages.agreement_file,
        name="agreement_file",
    ),
    *(
        path(f"{VERSION}.{format}", downloads.revision_file, {"format": format}, name=name)
        for format, name in downloads.URL_NAMES.items()
    ),
    *(
        path(
            f"<slug:community>/planer/<slug:plan>/oversettelse/<slug:language>.{format}",
            downloads.translated_file,
            {"format": format},
            name=f"translated_{format.name.lower()}",
        )
        for format in downloads.URL_NAMES
    ),
    path(
        "<slug:community>/planer/<slug:plan>/oversettelse/<slug:language>.json",
        translate_plan.translated_json,
        name="translated_json",
    ),
    path(VERSION + ".json", public.revision_json, name="revision_json"),
    path(VERSION + "/figurer/<slug:sha256>", public.revision_figure, name="revision_figure"),
]
