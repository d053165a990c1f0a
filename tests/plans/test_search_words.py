"""Norwegian as the index knows it: forms and written forms meet, compounds split, marking changes no text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.search.compounds import Splitter, candidates
from plans.search.english import stems_in_english
from plans.search.marks import marked
from plans.search.words import fold, stem, stems, visible, words

texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs", "Sc")), max_size=80)


@pytest.mark.parametrize(
    "forms",
    [
        "innbygger innbyggere innbyggernes innbyggjar innbyggjarane INNBYGGEREN",
        "avvik avviket avvikene avvika",
        "helsetjeneste helsetjenestene helseteneste helsetenestene",
        "ikke ikkje",
        "utskriving utskrivning utskrivningen utskrivinga utskrive",
        "løsning løsninger løysing løysingar",
        "trygg trygghet tryggleik trygge",
        "faglig faglige fagleg faglege",
        "veileder veiledning rettleiar rettleiing",
        "sykehus sykehuset sjukehus sjukehusa",
        "samarbeidsutvalg samarbeidsutval samarbeidsutvalget",
        "forløp forlaup forløpet",
        "medvirkning medverknad",
        "fastlege fastlegen fastlegar",
        "legemiddel legemidler legemiddelet",
        "demens demensens",
        "pårørende pårørande",
        "høring høyring høringen høyringar",
    ],
)
def test_all_forms_of_a_word_are_one(forms):
    assert len({one for form in forms.split() for one in stems(form)}) == 1


@pytest.mark.parametrize(
    "forms",
    [
        "municipality municipalities",
        "agreement agreements",
        "adopt adopts adopted adopting",
        "plan plans planned planning",
        "refer refers referred referring",
        "share shares shared sharing",
        "carry carries carried carrying",
        "child children",
    ],
)
def test_any_form_of_an_english_word_asks_for_all_of_them(forms):
    folded = [fold(form) for form in forms.split()]
    for asked in folded:
        assert {stem(form) for form in folded} <= {stem(asked), *stems_in_english(asked)}


@pytest.mark.parametrize("word", ["mål", "by", "tid", "2026", "søknad"])
def test_a_norwegian_word_that_is_short_or_has_our_letters_has_no_english_forms(word):
    assert stems_in_english(word) == set()


@pytest.mark.parametrize(
    "pair", ["mål måling", "fastlege faglig", "eldre foreldre", "kreft krefter", "avvik avvikle"]
)
def test_other_words_stay_apart(pair):
    one, other = pair.split()
    assert stem(fold(one)) != stem(fold(other))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("samhandlingsavvik", {"samhandl", "avvik"}),
        ("spesialisthelsetjenestene", {"spesialist", "hels", "tjenest"}),
        ("barneverntjeneste", {"barn", "vern", "tjenest"}),
        ("rusomsorg", {"rus", "omsorg"}),
        ("innbyggerpanel", set()),  # nobody has said «panel»
        ("måltid", set()),
        ("tiltak", set()),
    ],
)
def test_a_compound_is_its_known_parts(word, parts):
    assert Splitter({"vern"}).parts(fold(word)) == parts


@given(texts)
def test_a_stem_has_no_ending_and_words_are_letters_and_digits_only(text):
    for word in words(text):
        assert re.fullmatch(r"[^\W_]+", word)
        assert stem(stem(word)) == stem(word)


@given(st.text("abdefghiklmnoprstuvåøæ", min_size=1, max_size=25), st.sets(st.text("aeghklnrst", min_size=3)))
def test_a_query_splits_by_its_candidates_as_the_index_does_by_all(word, known):
    assert Splitter(known & candidates(word)).parts(word) == Splitter(known).parts(word)


@given(texts, st.sets(st.text("aeghklnrst", min_size=2, max_size=4)), st.integers(20, 60))
def test_marks_and_cuts_change_no_letter(text, wanted, letters):
    shown = html.unescape(re.sub(r"</?mark>", "", marked(text, wanted, letters=letters)))
    assert shown.removeprefix("… ").removesuffix(" …") in visible(text)
    assert len(shown) <= letters + 4
