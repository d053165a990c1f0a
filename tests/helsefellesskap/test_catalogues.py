"""The catalogues hold what the code says, and what is made of them is what gettext reads."""

import gettext
import io
import re
from functools import cache

import polib
import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from helsefellesskap import catalogues, msgids
from helsefellesskap.languages import PREFIXED, SPARSE, let_the_form_fill_in
from helsefellesskap.msgids import Message

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}")


@cache
def known(language: str) -> list[polib.POEntry]:
    return catalogues.read(catalogues.file_of(language).read_text(encoding="utf-8"))


def translations(entry: polib.POEntry) -> list[str]:
    return [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


@pytest.fixture(scope="module", params=PREFIXED)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_msgid_of_the_code_is_in_the_catalogue(language: str):
    said = {(m.key, m.plural) for m in msgids.found(language)}
    listed = {(catalogues.key_of(e), e.msgid_plural) for e in known(language)}
    assert (said - listed, listed - said) == (set(), set()), "Kjør: .venv/bin/python manage.py messages"


def test_the_file_is_as_the_command_writes_it(language: str):
    text = catalogues.file_of(language).read_text(encoding="utf-8")
    assert str(catalogues.catalogue(language, known(language))) == text, (
        "Kjør: .venv/bin/python manage.py messages"
    )


def test_placeholders_and_edges_are_those_of_the_msgid(language: str):
    wrong = []
    for entry in known(language):
        allowed = [sorted(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text]
        for text in translations(entry):
            edges = text[:1].isspace() == entry.msgid[:1].isspace()
            edges &= text[-1:].isspace() == entry.msgid[-1:].isspace()
            if sorted(PLACEHOLDER.findall(text)) not in allowed or not edges:
                wrong.append(text)
    assert wrong == []


def test_words_of_a_sparse_language_have_a_source():
    for language in SPARSE:
        assert [e.msgid for e in known(language) if e.translated() and "Kilde: " not in e.tcomment] == []


@pytest.mark.parametrize("language", sorted(SPARSE))
def test_a_language_is_sparse_while_most_of_it_is_lacking(language: str):
    entries = known(language)
    assert sum(e.translated() for e in entries) < len(entries) / 2, "Ta språket ut av languages.SPARSE"


words = st.text(st.characters(codec="utf-8", exclude_characters="\0\4\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))
entries = st.builds(
    lambda msgid, context, text: polib.POEntry(msgid=msgid, msgctxt=context or None, msgstr=text),
    words.filter(bool),
    words,
    words,
)


@given(st.lists(entries, unique_by=catalogues.key_of, max_size=8))
def test_what_is_written_is_read_and_what_is_compiled_is_what_gettext_says(entries: list[polib.POEntry]):
    made = catalogues.catalogue("nn", entries)
    assert {catalogues.key_of(e): e.msgstr for e in catalogues.read(str(made))} == {
        catalogues.key_of(e): e.msgstr for e in entries
    }
    spoken = gettext.GNUTranslations(io.BytesIO(made.to_binary()))
    for entry in entries:
        said = spoken.pgettext(entry.msgctxt, entry.msgid) if entry.msgctxt else spoken.gettext(entry.msgid)
        assert said == (entry.msgstr or entry.msgid)


def test_plural_forms_of_sami_are_three():
    (entry,) = catalogues.updated("se", [Message("%(n)d dag", "%(n)d dager")], [])
    assert entry.msgstr_plural == {0: "", 1: "", 2: ""}
    entry.msgstr_plural = {0: "a", 1: "b", 2: "c"}
    spoken = gettext.GNUTranslations(io.BytesIO(catalogues.catalogue("se", [entry]).to_binary()))
    assert [spoken.ngettext(entry.msgid, entry.msgid_plural, n) for n in (1, 2, 3, 0)] == ["a", "b", "c", "c"]


def test_translations_are_kept_and_what_is_said_no_more_is_left_out():
    text = 'msgid ""\nmsgstr ""\n\n# Kilde: x\nmsgid "Plan"\nmsgstr "Plan"\n\nmsgid "Borte"\nmsgstr "Vekk"\n'
    found = [Message("Plan", places=("a.py", "b.py")), Message("%(n)s nye")]
    assert str(catalogues.updated("nn", found, catalogues.read(text))).split("\n\n")[1:] == [
        '#, python-format\nmsgid "%(n)s nye"\nmsgstr ""',
        '# Kilde: x\n#: a.py b.py\nmsgid "Plan"\nmsgstr "Plan"\n',
    ]


def test_msgids_are_found_in_python_templates_and_scripts():
    python = "from django.utils.translation import gettext as _, ngettext\n"
    python += '_("a" "b")\nngettext("c", "d", n)\n_(x)\nother("nei")\n'
    template = (
        "{% load i18n %}{% translate 'e' %}{{ x|default:_(\"f\") }}"
        "{% blocktranslate count n=n trimmed %}\n  {{ n }} g\n{% plural %}{{ n }} h{% endblocktranslate %}"
        '{% translate "i" context "j" %}'
    )
    script = """say(word("k")); word.many('l', "m", n); keyword("nei"); word(x)"""
    assert list(msgids.in_python(python)) == [Message("ab"), Message("c", "d")]
    assert list(msgids.in_template(template)) == [
        Message("e"),
        Message("f"),
        Message("%(n)s g", "%(n)s h"),
        Message("i", context="j"),
    ]
    assert list(msgids.in_script(script)) == [Message("k"), Message("l", "m")]


def test_a_conflict_in_git_loses_no_translation():
    ours = 'msgid "a"\nmsgstr "A"\n\nmsgid "b"\nmsgstr ""\n\nmsgid "c"\nmsgstr "C"\n'
    theirs = 'msgid "b"\nmsgstr "B"\n\nmsgid "c"\nmsgstr "Ç"\n'
    text = f'<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> x\n\nmsgid "d"\nmsgstr "D"\n'
    read = {entry.msgid: entry.msgstr for entry in catalogues.read(text)}
    assert read == {"a": "A", "b": "B", "c": "Ç", "d": "D"}


@pytest.fixture
def _catalogues_elsewhere(tmp_path):
    with override_settings(LOCALE_PATHS=[tmp_path]):
        yield
    let_the_form_fill_in()  # Django reads every catalogue anew after such a change


@pytest.mark.usefixtures("_catalogues_elsewhere")
def test_a_changed_catalogue_is_compiled_once():
    po = catalogues.file_of("nn")
    po.parent.mkdir(parents=True)
    po.write_text('msgid "Mål"\nmsgstr "Mål"\n', encoding="utf-8")
    catalogues.compile_changed()
    made = po.with_suffix(".mo").stat().st_mtime_ns
    catalogues.compile_changed()
    assert po.with_suffix(".mo").stat().st_mtime_ns == made
    assert sorted(file.name for file in po.parent.iterdir()) == ["django.mo", "django.po"]
