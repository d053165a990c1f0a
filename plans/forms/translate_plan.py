"""A translation's language, and the fields of one part of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsefellesskap.forms import field_of
from helsefellesskap.richtext import clean_block, clean_inline, from_text, plain
from plans.change_words import translated_field_name
from plans.models import Plan, Translation
from plans.translating import BLOCK_HTML, INLINE_HTML, Field, Piece

from .fields import RichText

type Row = tuple[Field, forms.BoundField, forms.BoundField | None]


class TranslatePlanForm(forms.Form):
    """To which of the languages that the plan is not in."""

    language = forms.ChoiceField(label=_("Til hvilket språk"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = {plan.language, *plan.translations.values_list("language", flat=True)}
        field_of(self, "language", forms.ChoiceField).choices = [
            (code, name) for code, name in Plan.Language.choices if code not in taken
        ]


class TranslationForm(forms.Form):
    """One field for each that has words, named by its place; `seen` says what the form was made from."""

    says_optional = False
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, translation: Translation, part: list[Piece], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[Piece, Field]] = {}
        for piece in part:
            for field in piece.fields:
                name = f"f{len(self.places)}"
                self.places[name] = (piece, field)
                control = _control(piece, field)
                control.widget.attrs["lang"] = translation.language
                self.fields[name] = control
                self.initial[name] = plain(field.text) if _simple(field) else field.text
                if field.state == "stale":
                    self.fields[f"{name}-holds"] = forms.BooleanField(
                        label=_("Oversettelsen stemmer fortsatt"), required=False
                    )

    def rows(self) -> list[tuple[Piece, list[Row]]]:
        """Each piece with its fields beside their controls, for the page."""
        found: dict[str, tuple[Piece, list[Row]]] = {}
        for name, (piece, field) in self.places.items():
            holds = self[f"{name}-holds"] if f"{name}-holds" in self.fields else None
            found.setdefault(piece.key, (piece, []))[1].append((field, self[name], holds))
        return list(found.values())

    def texts(self) -> dict[tuple[str, str], str]:
        """(piece's key, field) → the words to store: those changed, and those said to hold still."""
        found = {}
        for name, (piece, field) in self.places.items():
            text = _stored(field, self.cleaned_data[name])
            if text != field.text or self.cleaned_data.get(f"{name}-holds"):
                found[piece.key, field.name] = text
        return found


def _control(piece: Piece, field: Field) -> forms.CharField:
    widget: forms.Widget = forms.Textarea(attrs={"rows": 2 if len(field.source) < 200 else 6})
    if field.rich and not _simple(field):
        widget = RichText(inline=field.name in INLINE_HTML)
    return forms.CharField(label=translated_field_name(piece, field), required=False, widget=widget)


def _simple(field: Field) -> bool:
    """Whether the words have no markup but lines and paragraphs, so that plain text says all of it."""
    return field.rich and all(
        _of_lines(field.name, plain(html)) == html for html in (field.source, field.text)
    )


def _of_lines(name: str, text: str) -> str:
    """Plain text as the field's HTML: lines within a row, paragraphs in a text."""
    if name in BLOCK_HTML:
        return "".join(f"<p>{from_text(line)}</p>" for line in text.split("\n") if line)
    return from_text(text)


def _stored(field: Field, said: str) -> str:
    text = said.replace("\r\n", "\n").strip()
    if _simple(field):
        return _of_lines(field.name, text)
    if field.name in BLOCK_HTML:
        return clean_block(text) if plain(text).strip() else ""
    if field.name in INLINE_HTML:
        return clean_inline(text) if plain(text).strip() else ""
    return text
