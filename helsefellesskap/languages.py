"""The languages of the interface: the address alone decides. Bokmål has no prefix, the others have theirs.

No cookie and no header is read, so that one address is one text for all, and shared caches need no `Vary`.
Northern Sámi has few words yet: what it lacks is said in the community's own form, bokmål or nynorsk.
"""

import gettext as standard_gettext
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import trans_real

from .sentences import filled

BOKMAL = settings.LANGUAGE_CODE
PREFIXED = [code for code, _name in settings.LANGUAGES if code != BOKMAL]
# Languages in which most of the interface is still said in another.
SPARSE = {"se"}
# First segments of addresses that have no language: the administration and machines' own.
WITHOUT_LANGUAGE = {"admin", "api", "helse"}

# The form that fills in for a sparse language here and now: the community's.
_form: ContextVar[str] = ContextVar("form", default=BOKMAL)


class _CommunityForm(standard_gettext.NullTranslations):
    """What Northern Sámi falls back on: the words of the form that was said last."""

    def gettext(self, message: str) -> str:
        return trans_real.translation(_form.get()).gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return trans_real.translation(_form.get()).ngettext(msgid1, msgid2, n)


def let_the_form_fill_in() -> None:
    """Lets the sparse languages fall back on the community's form. Called once, at start."""
    for code in SPARSE:
        vars(trans_real.translation(code))["_fallback"] = _CommunityForm()


@contextmanager
def speaking(language: str, form: str = BOKMAL) -> Iterator[None]:
    """Within this the words are those of `language`; what it lacks is said in `form` («nb» or «nn»)."""
    token = _form.set(form)
    try:
        with translation.override(language):
            yield
    finally:
        _form.reset(token)


def say(sentence: str, facts: Mapping[str, str]) -> str:
    """A sentence that was marked for later (`helsefellesskap.sentences`), in the language in use."""
    return filled(translation.gettext(sentence), facts)


def in_each(words: Callable[[], str], form: str) -> dict[str, str]:
    """What is said now and read later by others: language → the words, said once in each."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with speaking(code, form):
            said[code] = words()
    return said


def fill_in_with(form: str) -> None:
    """From here on, until the end of `speaking`, what the language lacks is said in this form."""
    _form.set(form)


def text_language() -> str:
    """The language that most of the interface's words are in, for `lang`: of a sparse one, what fills in."""
    language = translation.get_language() or BOKMAL
    return _form.get() if language in SPARSE else language


def in_templates(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `text_language`, for `lang` on what is ours within a document of another."""
    return {"text_language": text_language()}


def split(path: str) -> tuple[str, str]:
    """(language, path without it): «/nn/arbeid/» is («nn», «/arbeid/»), «/arbeid/» is («nb», «/arbeid/»)."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return (first, f"/{rest}") if slash and first in PREFIXED else (BOKMAL, path)


def without_language(path: str) -> str:
    return split(path)[1]


def in_language(path: str, language: str) -> str:
    """The same page in another language; an address without languages stays as it is."""
    plain = without_language(path)
    if language == BOKMAL or not has_languages(plain):
        return plain
    return f"/{language}{plain}"


def has_languages(path: str) -> bool:
    return path.split("/")[1] not in WITHOUT_LANGUAGE


def language_of_the_address(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a request is answered in the language of its address, which `Content-Language` says."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        language = split(request.path_info)[0]
        with speaking(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer
