"""What the editor's templates need beside `documents`."""

from collections.abc import Mapping

from django import forms, template
from django.template import Context
from django.utils.safestring import SafeString

from partners.models import HealthCommunity
from partners.roles import may
from plans.document import Figure, Section
from plans.mendable import Mendable
from plans.models import Plan
from plans.rules import Person
from plans.source_words import place, warning_said

register = template.Library()


@register.simple_tag(takes_context=True)
def form_media(context: Context, form: forms.BaseForm) -> SafeString:
    """The form's scripts and styles, allowed by the page's content security policy."""
    return form.media.render(attrs={"nonce": str(context["csp_nonce"])})


@register.simple_tag(takes_context=True)
def media_with_nonce(context: Context, media: forms.Media) -> SafeString:
    """The same for a widget that stands in no form."""
    return media.render(attrs={"nonce": str(context["csp_nonce"])})


register.filter(place)
register.filter(warning_said)


@register.filter
def language_name(code: str) -> str:
    """«bokmål» of «nb»; a code without a name stays as it is."""
    return str(dict(Plan.Language.choices).get(code, code))


@register.filter
def row_id(key: str, codes: Mapping[str, str] | None) -> str:
    """The id of a row in an outline: by its short code in the editor, by its key in the preview."""
    return f"rad-{(codes or {}).get(key) or key}"


@register.filter
def next_level(level: int) -> int:
    """The heading level below; HTML has six."""
    return min(level + 1, 6)


@register.filter
def sees_work(user: Person, community: HealthCommunity) -> bool:
    """Whether the person has a workbench in the community; one who shares a single plan has none."""
    return may(user, "see_work", community)


@register.filter
def figures(section: Section, mendable: Mendable | None) -> list[tuple[str, Figure]]:
    """The section's figures, each with the key that it is mended by."""
    if mendable:
        return mendable.figures[section.key]
    return [("", figure) for figure in section.figures]
