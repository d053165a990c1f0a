"""A plan in another language: beside its source, stale field by field, and never what was adopted."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState
from partners.models import Audit, User
from plans import actions, queries
from plans import document as doc
from plans.document import Abbreviation
from plans.forms.translate_plan import TranslationForm
from plans.measure_table import extra_headings
from plans.models import Measure, Plan, Section, TranslatedText, Translation
from plans.translated import translated
from plans.translating import Translated, count, digest, parts_of, pieces_of, state_of
from tests import make
from tests.people import Cast

from .conftest import adopted


def begun(plan: Plan, by: User, language: str = "nn") -> Translation:
    return actions.translate_plan(plan, by=by, language=language)


def filled(translation: Translation, by: User) -> None:
    """Every field is the source's own words with «nn:» in front."""
    for part in parts_of(queries.to_translate(translation)):
        texts = {(piece.key, field.name): f"nn:{field.source}" for piece in part for field in piece.fields}
        actions.save_translation(translation, by=by, key=part[0].key, texts=texts, seen=state_of(part))


def states(translation: Translation) -> dict[str, int]:
    return dict(count(queries.to_translate(translation)))


def test_a_field_is_missing_then_translated_then_stale_by_itself(draft: Plan, kari: User):
    translation = begun(draft, kari)
    fields = states(translation)["missing"]
    assert states(translation) == {"translated": 0, "stale": 0, "missing": fields}
    filled(translation, kari)
    assert states(translation) == {"translated": fields, "stale": 0, "missing": 0}
    measure = Measure.objects.filter(goal__section__plan=draft)[0]
    Measure.objects.filter(pk=measure.pk).update(deadline_text="en helt ny frist")
    stale = [
        (piece.key, field.name, field.shown)
        for piece in queries.to_translate(translation)
        for field in piece.fields
        if not field.current
    ]
    assert [name for _key, name, _shown in stale] == ["deadline"]
    assert stale[0] == (str(measure.item_id), "deadline", "en helt ny frist")


def test_it_shares_the_plans_items_and_leaves_its_words_alone(draft: Plan, kari: User):
    before = queries.to_translate(begun(draft, kari))
    items = {piece.key for piece in before if piece.key}
    filled(draft.translations.get(), kari)
    assert {
        str(pk) for pk in TranslatedText.objects.exclude(item=None).values_list("item", flat=True)
    } == items
    after = queries.to_translate(draft.translations.get())
    assert [[f.source for f in p.fields] for p in after] == [[f.source for f in p.fields] for p in before]
    assert (Plan.objects.count(), draft.revisions.count()) == (1, 0)


def test_what_is_refused(draft: Plan, kari: User):
    stranger = make.user("Fremmed")
    with pytest.raises(NotAllowed):
        begun(draft, stranger)
    with pytest.raises(Refusal, match="på dette språket"):
        begun(draft, kari, draft.language)
    translation = begun(draft, kari)
    with pytest.raises(Conflict, match="fra før"):
        begun(draft, kari)
    with pytest.raises(WrongState, match="Ingenting er oversatt"):
        actions.publish_translation(translation, by=kari, public=True)
    with pytest.raises(NotAllowed):
        actions.publish_translation(translation, by=stranger, public=True)
    part = queries.part_to_translate(translation, "")
    with pytest.raises(NotAllowed):
        actions.save_translation(translation, by=stranger, key="", texts={}, seen=state_of(part))
    actions.save_translation(
        translation, by=kari, key="", texts={("", "title"): "Handlingsplan på nynorsk"}, seen=state_of(part)
    )
    with pytest.raises(Conflict, match="endret siden du åpnet"):
        actions.save_translation(
            translation, by=kari, key="", texts={("", "title"): "X"}, seen=state_of(part)
        )
    assert [a.verb for a in Audit.objects.order_by("seq") if "translat" in a.verb] == ["translate_plan"]


def test_the_form_keeps_what_was_typed_when_the_source_changed(draft: Plan, kari: User, client: Client):
    client.force_login(kari)
    place = [draft.community.slug, draft.slug]
    assert client.post(reverse("translate_plan", args=place), {"language": "nn"}).status_code == 302
    page = reverse("save_translation", args=[*place, "nn", "planen"])
    form = client.get(page).context["form"]
    typed = {"seen": form["seen"].value(), "f0": "Tittelen på nynorsk"}
    Plan.objects.filter(pk=draft.pk).update(title="En ny tittel")
    answer = client.post(page, typed)
    assert (answer.status_code, answer.context["form"]["f0"].value()) == (409, "Tittelen på nynorsk")
    again = client.post(page, {**typed, "seen": answer.context["form"]["seen"].value()})
    assert again.status_code == 302
    assert states(Translation.objects.get())["translated"] == 1


def test_a_stale_field_holds_only_when_somebody_says_so(draft: Plan, kari: User):
    translation = begun(draft, kari)
    filled(translation, kari)
    Plan.objects.filter(pk=draft.pk).update(title="En ny tittel")
    translation.plan.refresh_from_db()

    def saved(**said: str) -> int:
        part = queries.part_to_translate(translation, "")
        blank = TranslationForm(translation=translation, part=part, initial={"seen": state_of(part)})
        data = {name: blank[name].value() or "" for name in blank.fields if not name.endswith("-holds")}
        form = TranslationForm({**data, **said}, translation=translation, part=part)
        assert form.is_valid()
        actions.save_translation(
            translation, by=kari, key="", texts=form.texts(), seen=form.cleaned_data["seen"]
        )
        return states(translation)["stale"]

    assert saved() == 1
    assert saved(**{"f0-holds": "on"}) == 0


def test_the_public_reads_what_is_up_to_date_and_is_led_to_what_holds(
    draft: Plan, kari: User, client: Client
):
    translation = begun(draft, kari)
    filled(translation, kari)
    address = translation.get_absolute_url()
    actions.publish_translation(translation, by=kari, public=True)
    assert client.get(address).status_code == 404  # the plan itself is not public
    adopted(draft, kari)
    source = client.get(draft.get_absolute_url()).content.decode()
    assert f'href="{address}" hreflang="nn"' in source
    html = client.get(address).content.decode()
    assert '<article lang="nn">' in html
    assert f'<h1 class="ds-heading" data-size="xl">nn:{draft.title}</h1>' in html
    assert "Teksten på bokmål er den som er vedtatt og gjelder" in html
    assert f'href="{draft.get_absolute_url()}" hreflang="nb"' in html
    assert "Ikke oversatt" not in html
    TranslatedText.objects.filter(field="title").update(source_sha256=digest("noe annet"))
    actions.publish_translation(translation, by=kari, public=True)  # forgets the kept page
    html = client.get(address).content.decode()
    assert f'lang="nb">{draft.title}</h1>' in html
    assert f"nn:{draft.title}" not in html
    actions.publish_translation(translation, by=kari, public=False)
    assert client.get(address).status_code == 404
    assert 'hreflang="nn">nynorsk' not in client.get(draft.get_absolute_url()).content.decode()


def test_a_withdrawn_plan_takes_its_translations_with_it(draft: Plan, kari: User):
    adopted(draft, kari)
    translation = begun(Plan.objects.get(pk=draft.pk), kari)
    filled(translation, kari)
    actions.withdraw(draft, by=kari, reason="Et navn sto i planen.")
    assert TranslatedText.objects.count() == 0


def test_the_pages_cost_the_same_whatever_the_number_of_measures(
    client: Client, cast: Cast, django_assert_max_num_queries
):
    client.force_login(cast.kari)
    counts = []
    for measures in (2, 9):
        plan = make.draft(cast.troms, by=cast.kari, slug=f"plan-{measures}", measures=measures)
        translation = begun(plan, cast.kari)
        filled(translation, cast.kari)
        with django_assert_max_num_queries(100) as seen:
            assert client.get(translation.get_work_url()).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_only_what_has_words_is_translated():
    document = make.document(measures=2)
    source = next(measure for _s, _g, measure in document.walk_measures())
    texts = {(source.key, "html"): Translated(text="A", source_sha256=digest(source.html))}
    pieces = pieces_of(document, texts)
    assert all(field.source for piece in pieces for field in piece.fields)
    (first,) = [f for p in pieces if p.key == source.key for f in p.fields if f.name == "html"]
    assert (first.state, first.shown) == ("translated", "A")
    assert [part[0].kind for part in parts_of(pieces)] == ["plan", "section"]
    assert re.fullmatch(r"[0-9a-f]{64}", state_of(pieces))


def stale(translation: Translation) -> list[tuple[str, str]]:
    """(field, the words that hold) of what has changed since it was translated."""
    pieces = queries.to_translate(translation)
    return [(f.name, f.source) for piece in pieces for f in piece.fields if f.state == "stale"]


def test_what_stands_beside_the_measures_gets_stale_by_itself_too(draft: Plan, kari: User):
    Section.objects.filter(plan=draft, number="2.1").update(adoption_note="Vedtatt i SSU 14.06.2026")
    actions.write_summary(draft, by=kari, text="Planen gjelder overganger.")
    translation = begun(draft, kari)
    filled(translation, kari)
    assert stale(translation) == []
    actions.write_summary(draft, by=kari, text="Planen gjelder utskriving.")
    assert stale(translation) == [("summary", "Planen gjelder utskriving.")]
    Section.objects.filter(plan=draft, number="2.1").update(adoption_note="Vedtatt i PM 20.06.2026")
    draft.abbreviations.update(long="Samarbeidsutvalget")
    Measure.objects.filter(goal__section__plan=draft, label="a").update(extra={"Merknad": "Prøves ut"})
    measure = str(Measure.objects.get(goal__section__plan=draft, label="a").item_id)
    assert stale(translation) == [
        ("summary", "Planen gjelder utskriving."),
        ("abbreviation:SSU", "Samarbeidsutvalget"),
        ("adoption_note", "Vedtatt i PM 20.06.2026"),
    ]
    missing = [
        (piece.key, f.name) for piece in queries.to_translate(translation) for f in piece.fields if not f.text
    ]
    assert missing == [("", "column:Merknad"), (measure, "extra:Merknad")]  # another column is another


def test_letters_that_stand_for_two_things_have_two_translations():
    twice = (Abbreviation(short="AKS", long="ett"), Abbreviation(short="AKS", long="to"))
    document = make.document(abbreviations=twice)
    texts = {("", "abbreviation:AKS:2"): Translated(text="two", source_sha256=digest("to"))}
    made = translated(document, pieces_of(document, texts), "en")
    assert made.abbreviations == (twice[0], Abbreviation(short="AKS", long="two"))


def test_no_column_hides_another_that_is_the_same_word_in_the_other_language():
    row = doc.Measure(key="m", text="x", html="x", extra={"Kostnad": "1", "Utgift": "2", "Stand": "3"})
    goal = doc.Goal(key="g", text="Mål", html="Mål", measures=(row,))
    document = make.document(sections=(doc.Section(key="s", goals=(goal,)),))
    said = {"Kostnad": "Cost", "Utgift": "Cost", "Stand": "Status"}
    texts = {
        ("", f"column:{heading}"): Translated(text=text, source_sha256=digest(heading))
        for heading, text in said.items()
    }
    made = translated(document, pieces_of(document, texts), "en")
    ((_section, _goal, measure),) = made.walk_measures()
    assert measure.extra == {"Cost": "1", "Cost (Utgift)": "2", "Status (Stand)": "3"}
    assert extra_headings(made) == list(measure.extra)


def test_a_translation_that_went_with_its_plan_is_not_written_any_more(draft: Plan, kari: User):
    adopted(draft, kari)
    translation = begun(Plan.objects.get(pk=draft.pk), kari)
    part = queries.part_to_translate(translation, "")
    actions.withdraw(draft, by=kari, reason="Et navn sto i planen.")
    with pytest.raises(Conflict, match="tatt bort"):
        actions.save_translation(translation, by=kari, key="", texts={}, seen=state_of(part))
    with pytest.raises(Conflict, match="tatt bort"):
        actions.publish_translation(translation, by=kari, public=False)


def test_a_number_that_names_a_person_is_refused(draft: Plan, kari: User):
    translation = begun(draft, kari)
    part = queries.part_to_translate(translation, "")
    texts = {("", "title"): "Plan 2026", ("", "vision"): "Call <b>010107</b> 50160"}
    with pytest.raises(Refusal, match="fødselsnummer"):
        actions.save_translation(translation, by=kari, key="", texts=texts, seen=state_of(part))
    assert not translation.texts.exists()
