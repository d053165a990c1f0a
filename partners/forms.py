"""Forms about people. They check the form of what was typed; actions check whether it may be done."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import DayField, field_of

from .models import HealthCommunity, Notice, Partner
from .queries import partners_of


class LanguageForm(forms.Form):
    """In which language a person gets e-mail."""

    language = forms.ChoiceField(label=_("Språk i e-post til deg"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = ("", _("Som helsefellesskapet det gjelder"))
        field_of(self, "language", forms.ChoiceField).choices = [own, *settings.LANGUAGES]


class PersonForm(forms.Form):
    """Whom to invite, and from when."""

    name = forms.CharField(label=_("Navn"), max_length=200)
    email = forms.EmailField(
        label=_("E-post"), help_text=_("Invitasjonen sendes hit. Adressen brukes til å logge inn.")
    )
    start = DayField(label=_("Fra og med"), initial=timezone.localdate)


class SecretariatForm(PersonForm):
    title = forms.CharField(
        label=_("Tittel"),
        max_length=200,
        required=False,
        help_text=_("For eksempel «samhandlingsrådgiver»."),
    )


class RepresentativeForm(PersonForm):
    partner = forms.ModelChoiceField(
        label=_("Part"), queryset=Partner.objects.none(), empty_label=_("Velg part")
    )

    def __init__(self, *args: Any, community: HealthCommunity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, partner=partners_of(community))


def choose_among(form: forms.BaseForm, **choices: QuerySet) -> None:
    """Gives fields that choose among rows their rows: what there is depends on the community."""
    for name, rows in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class EndForm(forms.Form):
    last_day = DayField(
        label=_("Siste dag"),
        initial=timezone.localdate,
        help_text=_("Tilgangen varer til og med denne dagen. Velg i går for å avslutte med det samme."),
    )


class NoticesForm(forms.Form):
    """Which kinds of notices come by e-mail."""

    wanted = forms.MultipleChoiceField(
        label=_("Send meg e-post om"),
        choices=Notice.Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
