"""How forms look: every form in the project renders with the design system's markup.

`{{ form }}` gives the error summary and all fields (`_form.html`); `{{ form.name.as_field_group }}`
gives one field with label, help and error (`_field.html`); `_errors.html` is the summary alone.
"""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class BoundField(forms.BoundField):
    @property
    def is_choices(self) -> bool:
        """Radio buttons or check boxes: each choice is a field of its own inside a fieldset."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def shows_optional(self) -> bool:
        """Whether the label says «valgfritt»: never where there is nothing to fill in."""
        return not (self.field.required or self.field.disabled or self.is_checkbox)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden and "class" not in widget.attrs:
            attrs.setdefault("class", "ds-input")
            attrs.setdefault("placeholder", False)  # the label says it, and stays when somebody types
        return attrs


class FormRenderer(TemplatesSetting):
    form_template_name = "_form.html"
    field_template_name = "_field.html"
    formset_template_name = "_formset.html"
    bound_field_class = BoundField
