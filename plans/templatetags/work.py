"""What the editor's templates need beside `documents`."""

from django import forms, template
from django.template import Context
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def form_media(context: Context, form: forms.BaseForm) -> SafeString:
    """The form's scripts and styles, allowed by the page's content security policy."""
    return form.media.render(attrs={"nonce": str(context["csp_nonce"])})
