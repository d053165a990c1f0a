"""How forms look: the design system's markup, with everything tied together for a screen reader."""

import importlib
from collections.abc import Iterator
from pathlib import Path

from django import forms
from lxml import html

from helsefellesskap.forms import DayField

ROOT = Path(__file__).resolve().parents[2]


class PlanForm(forms.Form):
    title = forms.CharField(label="Tittel", help_text="Slik den står på forsiden.")
    vision = forms.CharField(label="Visjon", required=False, widget=forms.Textarea)
    verb = forms.ChoiceField(
        label="Vedtaket",
        choices=[("a", "vedtar"), ("j", "slutter seg til")],
        widget=forms.RadioSelect,
        help_text="Slik det står i protokollen.",
    )
    afterwards = forms.BooleanField(label="Registrert i ettertid", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Perioden slutter før den begynner.")


def rendered(form: forms.Form) -> html.HtmlElement:
    return html.fromstring(f"<form>{form}</form>")


def test_every_reference_within_a_form_leads_to_something() -> None:
    for form in (PlanForm(), PlanForm({})):
        page = rendered(form)
        ids = set(page.xpath("//@id"))
        described = {one for ids_ in page.xpath("//@aria-describedby") for one in ids_.split()}

        assert set(page.xpath("//label/@for")) <= ids
        assert described <= ids
        assert {href[1:] for href in page.xpath("//ds-error-summary//a/@href")} <= ids


def test_the_summary_lists_each_error_with_a_link_to_its_field() -> None:
    summary = [
        (" ".join(item.text_content().split()), item.xpath("./a/@href"))
        for item in rendered(PlanForm({})).xpath("//ds-error-summary//li")
    ]

    assert summary == [
        ("Perioden slutter før den begynner.", []),
        ("Tittel: Feltet er påkrevet.", ["#id_title"]),
        ("Vedtaket: Feltet er påkrevet.", ["#id_verb"]),
    ]


def test_a_field_with_an_error_is_invalid_and_says_why() -> None:
    page = rendered(PlanForm({}))
    title = page.get_element_by_id("id_title")

    assert title.get("aria-invalid") == "true"
    assert title.get("aria-describedby") == "id_title_helptext id_title_error"
    assert page.get_element_by_id("id_title_error").text_content().strip() == "Feltet er påkrevet."


def test_only_what_may_be_left_empty_is_said_to_be_optional() -> None:
    labels = [" ".join(e.text_content().split()) for e in rendered(PlanForm()).xpath("//label | //legend")]

    assert labels == [
        "Tittel",
        "Visjon (valgfritt)",
        "Vedtaket",
        "vedtar",
        "slutter seg til",
        "Registrert i ettertid",
    ]


def forms_of_the_project() -> Iterator[type[forms.BaseForm]]:
    for file in [*ROOT.glob("[cp]*/forms.py"), *ROOT.glob("[cp]*/forms/*.py")]:
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for found in vars(importlib.import_module(name)).values():
            if isinstance(found, type) and issubclass(found, forms.BaseForm):
                yield found


def test_every_day_in_a_form_is_of_this_century() -> None:
    days = {
        (form.__name__, name, type(field))
        for form in forms_of_the_project()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateField)
    }
    assert ("MeasureForm", "deadline_date", DayField) in days
    assert {kind for _form, _name, kind in days} == {DayField}


def test_control_signs_of_a_paste_become_spaces() -> None:
    form = PlanForm({"title": "Ett\x0bto\x01\x02tre", "vision": "Linje\r\nnummer to"})
    form.is_valid()
    assert (form.cleaned_data["title"], form.cleaned_data["vision"]) == ("Ett to tre", "Linje\r\nnummer to")
