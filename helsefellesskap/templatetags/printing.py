"""What templates of printed documents need."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from helsefellesskap.letters import TOGETHER, fitting, visible, width_of

register = template.Library()

# What has room at the top of each page, in points, in letters of 8: both parts, and the title's alone.
_BOTH, _TITLE, _SIZE = 151 / 25.4 * 72, 89 / 25.4 * 72, 8


@register.filter
def running(words: object, title: object = "") -> str:
    """A chapter's name as it stands at the top of each page beside this title (or the longest): on one line,
    without a colon at its end, cut after a word if need be."""
    beside = width_of(running_title(title), _SIZE) if title else _TITLE
    return fitting(visible(str(words)).rstrip(": "), size=_SIZE, width=_BOTH - beside)


@register.filter
def running_title(words: object) -> str:
    """The document's title, as `running`."""
    return fitting(visible(str(words)), size=_SIZE, width=_TITLE)


@register.filter
def together(words: object) -> SafeString:
    """The words with periods, dates and short names marked, that no line may end within."""
    html = conditional_escape(str(words))
    return mark_safe(TOGETHER.sub(r'<span class="together">\g<0></span>', html))  # noqa: S308 - escaped above


@register.simple_tag
def page_of_pages() -> SafeString:
    """«Side 2 av 9» as the value of CSS's `content`, in the active language."""
    words = gettext("Side %(n)s av %(of)s") % {"n": "\0page\0", "of": "\0pages\0"}
    parts = [(n, part) for n, part in enumerate(words.split("\0")) if part]
    value = " ".join(f"counter({part})" if n % 2 else f'"{part}"' for n, part in parts)
    return mark_safe(value)  # noqa: S308 - our own sentence, from the catalogue
