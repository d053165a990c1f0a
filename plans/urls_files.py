"""Files: what has no language in its address."""

from django.urls import path

from .views import agreement_pages, downloads, public

VERSION = "<slug:community>/planer/<slug:plan>/v<int:number>"

urlpatterns = [
    path(
        "<slug:community>/avtaler/<slug:slug>/v<int:number>.pdf",
        agreement_pages.agreement_file,
        name="agreement_file",
    ),
    *(
        path(f"{VERSION}.{format}", downloads.revision_file, {"format": format}, name=name)
        for format, name in downloads.URL_NAMES.items()
    ),
    path(VERSION + ".json", public.revision_json, name="revision_json"),
    path(VERSION + "/figurer/<slug:sha256>", public.revision_figure, name="revision_figure"),
]
