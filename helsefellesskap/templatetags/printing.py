"""What templates of printed documents need."""

from django import template

from helsefellesskap.letters import fitting, visible

register = template.Library()

# Half of the line at the top of a page, less the space between the two: 75 mm in points, in letters of 8.
_WIDTH, _SIZE = 75 / 25.4 * 72, 8


@register.filter
def running(words: object) -> str:
    """The words as they stand at the top of each page: on one line, cut after a word where they must be."""
    return fitting(visible(str(words)), size=_SIZE, width=_WIDTH)
