"""What is looked for, and where: the address of a search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.databases import by_norwegian
from helsefellesskap.forms import field_of
from partners.models import HealthCommunity
from plans.models import SearchEntry
from plans.search.find import MOST, PAGE

Kind = SearchEntry.Kind
# In addresses, and in the plural.
KINDS = {
    "planer": (Kind.PLAN, _("Planer")),
    "kapitler": (Kind.SECTION, _("Kapitler")),
    "maal": (Kind.GOAL, _("Mål")),
    "tiltak": (Kind.MEASURE, _("Tiltak")),
    "vedtak": (Kind.DECISION, _("Vedtak")),
    "protokoller": (Kind.MINUTES, _("Møteprotokoller")),
}


class SearchForm(forms.Form):
    """Bound to the query of a GET."""

    says_optional = False  # there is nothing that must be filled in

    q = forms.CharField(
        label=_("Søk"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
        error_messages={"max_length": _("Søket kan ha høyst %(limit_value)d tegn. Kort det ned.")},
    )
    helsefellesskap = forms.ModelChoiceField(
        label=_("Helsefellesskap"),
        queryset=HealthCommunity.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label=_("Alle"),
        error_messages={"invalid_choice": _("Helsefellesskapet finnes ikke. Velg fra listen.")},
    )
    slag = forms.ChoiceField(
        label=_("Hva du leter etter"),
        choices=[("", _("Alt")), *((name, label) for name, (_kind, label) in KINDS.items())],
        required=False,
        error_messages={"invalid_choice": _("Velg fra listen hva du leter etter.")},
    )
    side = forms.IntegerField(
        label=_("Side"),
        min_value=1,
        max_value=MOST // PAGE,
        required=False,
        error_messages={
            name: _("Siden finnes ikke. Søk på nytt.") for name in ("invalid", "min_value", "max_value")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "helsefellesskap", forms.ModelChoiceField).queryset = HealthCommunity.objects.order_by(
            by_norwegian("name")
        )
