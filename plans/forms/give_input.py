"""Input to a hearing: one form, at a place of the plan that is chosen beside it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsefellesskap.forms import field_of
from helsefellesskap.richtext import from_text
from plans.cells import text_of
from plans.hearing_places import Place

SELF = "self"
LONGEST = 10_000  # characters of one input


class GiveInputForm(forms.Form):
    """`values()` of a valid form. `place` is where the input belongs; `strangers` say who they are."""

    _SAY_SOMETHING = gettext_lazy("Skriv et innspill, eller den ordlyden du foreslår.")

    operation = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("Innspill"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    wording = forms.CharField(
        label=gettext_lazy("Ordlyden du foreslår"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Rett i teksten slik du mener at den bør være."),
    )
    on_behalf_of = forms.ChoiceField(label=gettext_lazy("På vegne av"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("Navn"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-postadresse"),
        required=False,
        help_text=gettext_lazy("Hvis du vil ha beskjed om hva som blir svart. Den vises ikke for andre."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name_public = forms.BooleanField(
        label=gettext_lazy("Navnet mitt kan vises når innspillene blir offentlige"), required=False
    )
    # A field that people do not see: only a program fills it in.
    website = forms.CharField(label=gettext_lazy("La dette feltet stå tomt"), required=False, max_length=200)

    def __init__(
        self,
        data: Any = None,
        *,
        place: Place,
        voices: Sequence[tuple[str, str]] = (),
        for_party: bool = False,
        stranger: bool = False,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        known = {"operation": uuid4(), "on_behalf_of": voices[0][0] if voices else SELF}
        now = {"item": place.key, "wording": text_of(place.html)}
        super().__init__(data, initial={**known, **now, **(initial or {})})
        self.place = place
        if not place.takes_wording:
            del self.fields["wording"]
            self.fields["text"].required = True  # elsewhere another wording may stand alone
            self.fields["text"].error_messages["required"] = self._SAY_SOMETHING
        if voices:
            choices = [*voices, (SELF, _("meg selv"))]
            field_of(self, "on_behalf_of", forms.ChoiceField).choices = choices
        else:
            del self.fields["on_behalf_of"]
        if not stranger:
            for name in ("name", "email", "website"):
                del self.fields[name]
        if for_party:
            del self.fields["name_public"]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("La feltet stå tomt."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["wording"] = self._proposed(cleaned.get("wording", ""))
        if not (self.errors or cleaned.get("text") or cleaned["wording"]):
            self.add_error("text", self._SAY_SOMETHING)
        return cleaned

    def _proposed(self, wording: str) -> str:
        """The wording as inline HTML; empty where it is as it stands."""
        return "" if same_words(wording, text_of(self.place.html)) else from_text(_lines(wording))

    def values(self) -> dict[str, Any]:
        """For `give_input`, but who speaks for whom."""
        names = ("operation", "text", "wording", "name", "email", "name_public")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    @property
    def proposes(self) -> bool:
        """Whether the page shows the fields for another wording open."""
        wording = str(self["wording"].value() or "") if "wording" in self.fields else ""
        return bool(wording) and not same_words(wording, text_of(self.place.html))


def at_another_place(sent: Mapping[str, str], old: Place, new: Place) -> dict[str, Any]:
    """What the form holds when another place is chosen: what was typed goes along."""
    kept: dict[str, Any] = {name: value for name, value in sent.items() if name in GiveInputForm.base_fields}
    kept["item"] = new.key
    kept["name_public"] = "name_public" in sent
    wording = kept.pop("wording", "")
    if wording and not same_words(wording, text_of(old.html)):
        if new.takes_wording:
            kept["wording"] = wording
        else:
            kept["text"] = f"{kept.get('text', '')}\n{wording}".strip()
    return kept


def same_words(a: str, b: str) -> bool:
    return _lines(a).strip() == _lines(b).strip()


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
