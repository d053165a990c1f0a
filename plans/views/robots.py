"""robots.txt: pages of those who have signed in, and secret addresses, are not for machines."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = [reverse("admin:index")]
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            front = reverse("front_page")
            closed += [reverse("my_work"), reverse("search"), *(f"{front}{name}/" for name in SECRET)]
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in closed)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


# The first words of addresses that somebody got in a letter.
SECRET = ("konto", "lenke", "varsler", "kopi", "innspill")
