"""How mail is written: from a template, in the written form of the community that it comes from."""

from typing import Any

from django.template.loader import select_template
from django.utils import translation


def written(template: str, language: str, **context: Any) -> str:
    """The body of a mail in `nb` or `nn`: nynorsk has a template of its own («digest.nn.txt»)."""
    own = template.replace(".txt", f".{language}.txt")
    with translation.override(language):
        return select_template([own, template]).render(context).strip() + "\n"
