"""How forms look: every form in the project renders with the design system's markup.

`{{ form }}` gives the error summary and all fields (`_form.html`); `{{ form.name.as_field_group }}`
gives one field with label, help and error (`_field.html`); `_errors.html` is the summary alone.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from .richtext import writable

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def field_of[F: forms.Field](form: forms.BaseForm, name: str, kind: type[F]) -> F:
    """The form's field of that name, which is of that kind. Raises TypeError where it is another."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is {type(field).__name__}, not {kind.__name__}")
    return field


class BoundField(forms.BoundField):
    @property
    def data(self) -> Any:
        """What was sent; a text without the control signs that no file or feed can carry."""
        sent = super().data
        return writable(sent) if isinstance(sent, str) else sent

    @property
    def is_choices(self) -> bool:
        """Radio buttons or check boxes: each choice is a field of its own inside a fieldset."""
        return isinstance(self.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def shows_optional(self) -> bool:
        """Whether the label says «valgfritt»: never where nothing is filled in, or the form says not."""
        if not getattr(self.form, "says_optional", True):
            return False
        return not (self.field.required or self.field.disabled or self.is_checkbox)

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not widget.is_hidden and "class" not in widget.attrs:
            attrs.setdefault("class", "ds-input")
            attrs.setdefault("placeholder", False)  # the label says it, and stays when somebody types
        if widget.is_hidden:  # what a field began with, sent along with it
            attrs = {name: value for name, value in attrs.items() if not name.startswith("aria-")}
        return attrs


class Day(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__({"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day of this century, in every form: browsers read «26» as the year 26."""

    widget = Day
    default_validators = [
        MinValueValidator(FIRST_DAY, _("Skriv årstallet med fire siffer, fra 2000 til 2100.")),
        MaxValueValidator(LAST_DAY, _("Skriv årstallet med fire siffer, fra 2000 til 2100.")),
    ]


class FormRenderer(TemplatesSetting):
    form_template_name = "_form.html"
    field_template_name = "_field.html"
    formset_template_name = "_formset.html"
    bound_field_class = BoundField
