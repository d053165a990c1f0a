"""What importers say of a file, in the reader's language: stored in bokmål, with the facts apart."""

from typing import get_args

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from helsefellesskap import msgids
from partners.models import HealthCommunity, User
from plans import actions
from plans import document as doc
from plans.importers.interpret import interpret
from plans.importers.interpret.notes import Notes
from plans.models import Import
from plans.preview import preview_of
from plans.source_words import place, thing, warning_said
from tests.plans.importers.facts import SAMPLE_FILES, SAMPLES, source_of

TEXT = """# Handlingsplan 2027

<!-- 100 % sikkert? -->

| Hva vil vi? | Hvordan få det til? | Ansvarlig |
| --- | --- | --- |
| Trygge overganger | a) Møtes hver måned | FSU og SSU |

3
"""
SAID = {
    "nb": [
        ("linje 3", "En kommentar er utelatt: «100 % sikkert?»."),
        ("tittelen", "Perioden er lest av tittelen («2027»), som hele kalenderår."),
        ("linje 7", "«FSU» i «FSU og SSU» er en gruppe av utvalg. Skriv hvilket utvalg som er ansvarlig."),
        ("linje 9", "Utelatt: «3». Det ser ut som et sidetall eller et løst tegn."),
    ],
    "nn": [
        ("linje 3", "Ein kommentar er utelaten: «100 % sikkert?»."),
        ("tittelen", "Perioden er lesen av tittelen («2027»), som heile kalenderår."),
        ("linje 7", "«FSU» i «FSU og SSU» er ei gruppe av utval. Skriv kva utval som er ansvarleg."),
        ("linje 9", "Utelate: «3». Det ser ut som eit sidetal eller eit laust teikn."),
    ],
    "en": [
        ("line 3", "A comment was left out: “100 % sikkert?”."),
        ("the title", "The period was read from the title (“2027”), as whole calendar years."),
        ("line 7", "“FSU” in “FSU og SSU” is a group of committees. Write which committee is responsible."),
        ("line 9", "Left out: “3”. It looks like a page number or a stray character."),
    ],
}


@pytest.fixture
def import_(community: HealthCommunity, kari: User) -> Import:
    with translation.override("en"):  # whoever uploads reads another language than those who look
        return actions.upload_plan(community, by=kari, name="plan.md", data=TEXT.encode())


def shown(import_: Import) -> list[tuple[str, str]]:
    preview = preview_of(import_)
    return [(notice.where, notice.text) for notice in [*preview.notices, *preview.left_out]]


def as_it_was_stored(import_: Import) -> None:
    """As before facts stood apart: each warning a sentence in bokmål, with its facts in it."""
    document = doc.load(import_.document)
    plain = doc.to_dict(document)
    plain["warnings"] = [{"where": w.where, "text": w.said} for w in document.warnings]
    import_.document = doc.canonical(doc.from_dict(plain))


@pytest.mark.parametrize("language", SAID)
def test_the_preview_says_warnings_and_places_in_the_readers_language(import_: Import, language: str):
    with translation.override(language):
        assert shown(import_) == SAID[language]


def test_what_was_stored_with_its_facts_in_it_is_shown_as_it_was(import_: Import):
    as_it_was_stored(import_)
    with translation.override("en"):
        said = shown(import_)
    assert [text for _where, text in said] == [text for _where, text in SAID["nb"]]
    assert [where for where, _text in said] == [where for where, _text in SAID["en"]]


def test_the_page_says_it_too(client: Client, kari: User, import_: Import):
    client.force_login(kari)
    page = client.get(f"/en/arbeid/troms-og-ofoten/import/{import_.pk}/").content.decode()
    assert "A comment was left out: “100 % sikkert?”." in page
    assert '<span class="source-at">line 1</span>' in page
    assert "linje 1" not in page.replace('id="kilde-linje-1', "").replace("#kilde-linje-1", "")


def test_places_and_nameless_things():
    with translation.override("en"):
        assert place("side 3, tabell 1, rad 12, kolonne 2") == "page 3, table 1, row 12, column 2"
        assert [place(at) for at in ("merknader", "vedlegg 2", "side", "")] == [
            "the file’s comments", "vedlegg 2", "side", "",
        ]  # fmt: skip
        assert [thing(words) for words in ("bilder på siden", "Lagre")] == ["pictures on the page", "Lagre"]
        notes = Notes()
        notes.add("side 1", "Skjult tekst er utelatt: «%(words)s».", words="et bilde")
        assert [warning_said(w) for w in notes.all()] == ["Hidden text was left out: “a picture”."]


@pytest.mark.parametrize("name", SAMPLE_FILES)
def test_every_warning_can_be_translated(name: str):
    """No sentence that an importer says is put together where it is said."""
    code = (settings.BASE_DIR / "plans/importers").rglob("*.py")
    marked = {message.msgid for file in code for message in msgids.in_python(file.read_text("utf-8"))}
    for how in get_args(doc.ReadAs):
        assert {warning.text for warning in interpret(source_of(SAMPLES / name), how).warnings} <= marked
