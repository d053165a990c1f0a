"""The catalogues hold what the code says, and what is made of them is what gettext reads."""

import gettext
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsefellesskap import catalogues, msgids
from helsefellesskap.catalogues import Message
from helsefellesskap.languages import PREFIXED, SPARSE

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}")


def known(language: str) -> list[Message]:
    return catalogues.read(catalogues.file_of(language).read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=PREFIXED)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_msgid_of_the_code_is_in_the_catalogue(language: str):
    said = {(m.key, m.plural) for m in msgids.found(language)}
    listed = {(m.key, m.plural) for m in known(language)}
    assert (said - listed, listed - said) == (set(), set()), "Kjør: .venv/bin/python manage.py messages"


def test_the_file_is_as_the_command_writes_it(language: str):
    text = catalogues.file_of(language).read_text(encoding="utf-8")
    assert catalogues.write(language, catalogues.read(text)) == text, (
        "Kjør: .venv/bin/python manage.py messages"
    )


def test_placeholders_and_edges_are_those_of_the_msgid(language: str):
    wrong = []
    for message in known(language):
        allowed = [sorted(PLACEHOLDER.findall(text)) for text in (message.msgid, message.plural) if text]
        for text in filter(None, message.strings):
            edges = text[:1].isspace() == message.msgid[:1].isspace()
            edges &= text[-1:].isspace() == message.msgid[-1:].isspace()
            if sorted(PLACEHOLDER.findall(text)) not in allowed or not edges:
                wrong.append(text)
    assert wrong == []


def test_words_of_a_sparse_language_have_a_source():
    for language in SPARSE:
        without = [
            m.msgid for m in known(language) if m.translated and not any("Kilde: " in c for c in m.comments)
        ]
        assert without == []


@pytest.mark.parametrize("language", sorted(SPARSE))
def test_a_language_is_sparse_while_most_of_it_is_lacking(language: str):
    messages = known(language)
    assert sum(m.translated for m in messages) < len(messages) / 2, "Ta språket ut av languages.SPARSE"


words = st.text(st.characters(codec="utf-8", exclude_characters="\0\4\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"))


@given(
    st.lists(
        st.builds(Message, words.filter(bool), st.just(""), words, st.tuples(words)),
        unique_by=lambda m: m.key,
        max_size=8,
    )
)
def test_what_is_written_is_read_and_what_is_compiled_is_what_gettext_says(messages: list[Message]):
    assert catalogues.read(catalogues.write("nn", messages)) == sorted(messages, key=lambda m: m.key)
    spoken = gettext.GNUTranslations(io.BytesIO(catalogues.compiled("nn", messages)))
    for message in messages:
        said = (
            spoken.pgettext(message.context, message.msgid)
            if message.context
            else spoken.gettext(message.msgid)
        )
        assert said == (message.strings[0] or message.msgid)


def test_plural_forms_of_sami_are_three():
    message = Message("%(n)d dag", "%(n)d dager", strings=("a", "b", "c"))
    spoken = gettext.GNUTranslations(io.BytesIO(catalogues.compiled("se", [message])))
    assert [spoken.ngettext(message.msgid, message.plural, n) for n in (1, 2, 3, 0)] == ["a", "b", "c", "c"]


def test_translations_are_kept_and_what_is_said_no_more_is_left_out():
    old = [Message("Plan", strings=("Plan",), comments=("Kilde: x",)), Message("Borte", strings=("Vekk",))]
    found = [Message("Plan"), Message("Ny")]
    assert [(m.msgid, m.strings, m.comments) for m in catalogues.merged("nn", found, old)] == [
        ("Plan", ("Plan",), ("Kilde: x",)),
        ("Ny", ("",), ()),
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
    read = {m.msgid: m.strings for m in catalogues.read(text)}
    assert read == {"a": ("A",), "b": ("B",), "c": ("Ç",), "d": ("D",)}


def test_a_changed_catalogue_is_compiled_once(tmp_path, settings):
    settings.LOCALE_PATHS = [tmp_path]
    po = catalogues.file_of("nn")
    po.parent.mkdir(parents=True)
    po.write_text(catalogues.write("nn", [Message("Mål", strings=("Mål",))]), encoding="utf-8")
    catalogues.compile_changed()
    made = po.with_suffix(".mo").stat().st_mtime_ns
    catalogues.compile_changed()
    assert po.with_suffix(".mo").stat().st_mtime_ns == made
    assert sorted(file.name for file in po.parent.iterdir()) == ["django.mo", "django.po"]
