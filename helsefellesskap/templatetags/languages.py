"""The page in the other languages: the switch on every page, and what search engines are told."""

from functools import cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest
from django.utils.translation import get_language, gettext, ngettext

from helsefellesskap import msgids
from helsefellesskap.languages import BOKMAL, has_languages, in_language, without_language

register = template.Library()


class Choice(NamedTuple):
    """A language and the page in it."""

    code: str
    name: str
    path: str
    chosen: bool


def choices(request: HttpRequest) -> list[Choice]:
    """The same page in every language, with its query; from an address without language, the front page."""
    path = without_language(request.path) if has_languages(without_language(request.path)) else "/"
    query = _query(request) if path != "/" else ""
    now = get_language()
    return [
        Choice(code, name, in_language(path, code) + query, code == now) for code, name in settings.LANGUAGES
    ]


def _query(request: HttpRequest) -> str:
    """With its question mark; empty where it is refused, since that page has the switch, too."""
    try:
        return f"?{request.GET.urlencode()}" if request.GET else ""
    except TooManyFieldsSent:
        return ""


@cache
def _said_by_scripts() -> list[tuple[str, str]]:
    """(msgid, plural) of every word in static/js, read once a process."""
    files = (file.read_text(encoding="utf-8") for file in msgids.scripts())
    return sorted({(message.msgid, message.plural) for text in files for message in msgids.in_script(text)})


@register.inclusion_tag("_script_words.html")
def script_words() -> dict[str, Any]:
    """What static/js/words.js needs: for a language with words of its own, those, by the bokmål."""
    said: dict[str, str | list[str]] = {}
    for msgid, plural in _said_by_scripts():
        if plural:
            said[msgid] = [ngettext(msgid, plural, n) for n in (1, 2, 3)]
        else:
            said[msgid] = gettext(msgid)
    own = {msgid: words for msgid, words in said.items() if words not in (msgid, [msgid, msgid, msgid])}
    return {"words": own if get_language() != BOKMAL else {}}


@register.inclusion_tag("_languages.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    request = context.get("request")
    return {"choices": choices(request) if request else [], "text_language": context.get("text_language")}


@register.inclusion_tag("_alternates.html", takes_context=True)
def alternates(context: template.Context) -> dict[str, Any]:
    """`canonical` and `hreflang` of a public page, as absolute addresses without their query.

    A page whose words are translated gives `in_languages`: language → the path of the page in it.
    """
    request = context.get("request")
    if not request or not has_languages(path := without_language(request.path)):
        return {}
    paths: dict[str, str] = context.get("in_languages") or {}
    if path not in paths.values():  # an older version of it, which is not translated
        paths = {}
    own = [code for code, other in paths.items() if other == path]
    alone = len(own) == 1  # read in this language only, whatever language is around it
    return {
        "canonical": settings.SITE_URL + (in_language(path, own[0]) if alone else request.path),
        "others": [
            (code, settings.SITE_URL + in_language(paths.get(code, path), code))
            for code, _n in settings.LANGUAGES
        ],
        "default": settings.SITE_URL + in_language(context.get("default_path") or path, BOKMAL),
    }
