"""The address alone decides the language; every page leads to itself in the others."""

import json
import re
from datetime import date, datetime

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext, trans_real

from helsefellesskap import msgids
from helsefellesskap.languages import (
    PREFIXED,
    WITHOUT_LANGUAGE,
    in_language,
    speaking,
    split,
    text_language,
    without_language,
)
from partners.models import Notice
from plans.facts import check_address_of
from tests import make
from tests.people import Cast

LANGUAGES = ["nb", "nn", "se", "en"]
# What the rich text editor calls its own things, before words.js names them.
NOT_NORWEGIAN = {
    *("Alternative Text", "Decimal numbers", "Edit Link", "Include header row", "Insert Table"),
    *("List properties", "List type", "Lowercase Roman numerals", "Lowercase letters", "Start at"),
    *("Table Properties", "Uppercase Roman numerals", "Uppercase letters", "Heading 4", "Heading 5"),
    *("Insert table", "Add column", "Delete column", "Add row", "Delete row", "Merge cells", "Split cell"),
    *("Toggle header cell", "Delete table"),
}
FOOTER = "Tilgjengelighetserklæring"


def links(html: str, *, rel: str = "") -> list[tuple[str, str]]:
    """(hreflang, href) of the switch, or of the `<link rel=…>`s."""
    tags = re.findall(rf'<link rel="{rel}"[^>]*>' if rel else r"<a [^>]*hreflang[^>]*>", html)
    return [
        (re.search(r'hreflang="([^"]+)"', tag)[1], re.search(r'href="([^"]+)"', tag)[1])
        for tag in tags
        if "hreflang" in tag
    ]


@pytest.mark.parametrize(
    ("path", "language", "plain"),
    [
        ("/", "nb", "/"),
        ("/nn/", "nn", "/"),
        ("/se/arbeid/troms/", "se", "/arbeid/troms/"),
        ("/nb/", "nb", "/nb/"),  # no prefix of ours
        ("/nn", "nb", "/nn"),
        ("/nordmore/", "nb", "/nordmore/"),
        ("/nn/t/abc", "nn", "/t/abc"),
        ("/admin/", "nb", "/admin/"),
    ],
)
def test_an_address_has_one_language(path: str, language: str, plain: str):
    assert split(path) == (language, plain)
    for other in LANGUAGES:
        there = in_language(path, other)
        assert without_language(there) == plain
        assert split(there)[0] == (other if plain.split("/")[1] not in WITHOUT_LANGUAGE else "nb")


def first_segments_without_language(resolver: URLResolver) -> set[str]:
    """The fixed first segments of the addresses that lie under no language, files apart."""
    found: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and isinstance(pattern.pattern, LocalePrefixPattern):
            continue
        route = str(pattern.pattern)
        if isinstance(pattern, URLResolver) and not route:
            found |= first_segments_without_language(pattern)
        elif isinstance(pattern, URLPattern | URLResolver):
            found.add(route)
    # The catalogue is one file in whichever form the asker takes.
    files = {route for route in found if "." in route.rsplit("/", 1)[-1]} | {"apne-data/katalog"}
    return {route.split("/")[0] for route in found - files if not route.startswith("<")}


def test_what_has_no_language_is_said_in_one_place():
    assert first_segments_without_language(get_resolver()) == WITHOUT_LANGUAGE


def test_only_the_address_is_asked(client: Client, cast: Cast):
    headers = {"accept-language": "nn, en;q=0.8"}
    for path, language in (("/", "nb"), ("/nn/", "nn"), ("/en/", "en"), ("/finnes-ikke-her/", "nb")):
        answer = client.get(path, headers=headers)
        assert answer["Content-Language"] == language
        assert f'<html lang="{language}"' in answer.content.decode()
        assert "Accept-Language" not in answer.headers.get("Vary", "")
        assert "django_language" not in answer.cookies
    assert client.get("/nn/").content == client.get("/nn/", headers={"accept-language": "en"}).content


@pytest.mark.parametrize("who", ["nobody", "kari"])
def test_every_page_leads_to_itself_in_the_other_languages(client: Client, cast: Cast, who: str):
    if who == "kari":
        client.force_login(cast.kari)
        path = f"/arbeid/{cast.troms.slug}/folk/"
    else:
        path = f"/{cast.troms.slug}/"
    for language in LANGUAGES:
        html = client.get(in_language(path, language) + "?a=1&b=æ").content.decode()
        assert links(html) == [(code, in_language(path, code) + "?a=1&amp;b=%C3%A6") for code in LANGUAGES]
        assert [
            re.search(r'lang="(\w+)"', tag)[1]
            for tag in re.findall(r"<a [^>]*aria-current=\"true\"[^>]*>", html)
            if "hreflang" in tag
        ] == [language]
        # Links on the page stay in its language.
        paths = re.findall(r'href="(/[^"#?]*)', re.sub(r"<a [^>]*hreflang[^>]*>", "", html))
        pages = {p for p in paths if p.split("/")[1] not in WITHOUT_LANGUAGE | {"static"}}
        assert {split(p)[0] for p in pages} == {language}


def test_search_engines_are_told_of_public_pages_only(client: Client, cast: Cast):
    path = f"/{cast.troms.slug}/"
    html = client.get(f"/nn{path}?side=2").content.decode()
    assert re.findall(r'<link rel="canonical" href="([^"]+)"', html) == [f"{settings.SITE_URL}/nn{path}"]
    assert links(html, rel="alternate") == [
        *((code, settings.SITE_URL + in_language(path, code)) for code in LANGUAGES),
        ("x-default", settings.SITE_URL + path),
    ]
    client.force_login(cast.kari)
    assert links(client.get("/nn/arbeid/").content.decode(), rel="alternate") == []


def test_signing_in_keeps_the_language(client: Client, cast: Cast):
    answer = client.get("/nn/arbeid/")
    assert answer["Location"] == "/nn/konto/login/?next=/nn/arbeid/"
    assert "no-store" in client.get("/nn/konto/login/").headers["Cache-Control"]


def test_a_form_sent_after_the_session_ended_is_kept_in_every_language(client: Client, cast: Cast):
    for language in LANGUAGES:
        answer = client.post(
            f"{in_language('/arbeid/', language)}{cast.troms.slug}/ny-plan/", {"title": "Ny"}
        )
        assert (answer.status_code, answer.context["texts"]) == (403, ["Ny"])


def test_what_sami_lacks_is_said_in_the_communitys_form(client: Client, monkeypatch: pytest.MonkeyPatch, db):
    monkeypatch.setitem(
        vars(trans_real.translation("nn"))["_catalog"]._catalogs[0], FOOTER, "Tilgjengeerklæring"
    )
    make.community("fjord", language="nn")
    make.community("bre")
    for path, said, form in (("/se/fjord/", "Tilgjengeerklæring", "nn"), ("/se/bre/", FOOTER, "nb")):
        html = client.get(path).content.decode()
        assert f">{said}</a>" in html
        assert (re.search(r"<html lang=\"(\w+)", html)[1], re.search(r"<body lang=\"(\w+)", html)[1]) == (
            "se",
            form,
        )
    with speaking("se", "nn"):
        with translation.override("en"):
            assert text_language() == "en"
        assert gettext(FOOTER) == "Tilgjengeerklæring"
        assert (gettext("bokmål"), text_language()) == ("girjedárogiella", "nn")
        assert ngettext("%(n)d dag", "%(n)d dager", 2) == "%(n)d dager"
    assert text_language() == "nb"


def test_a_page_in_sami_asks_one_query_more(client: Client, django_assert_num_queries, db):
    make.community("bre")
    for path in ("/bre/", "/nn/bre/", "/se/bre/"):
        client.get(path)
    with django_assert_num_queries(0):
        client.get("/personvern/")
    with django_assert_num_queries(0):
        client.get("/se/personvern/")


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [
        ("nb", "3. mars 2027", "1\xa0234,5"),
        ("nn", "3. mars 2027", "1\xa0234,5"),
        ("se", "2027 njukčamánnu 3", "1\xa0234,5"),
    ],
)
def test_dates_and_numbers(language: str, day: str, number: str):
    with translation.override(language):
        assert date_format(date(2027, 3, 3)) == day
        assert number_format(1234.5, force_grouping=True) == number
        assert number_format(1234.5, use_l10n=True, force_grouping=True) == number


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nn", "3.\xa0mars 2027|3.\xa0mars 2027 14.05|3.\xa0mars|14.05|onsdag 3.\xa0mars 2027|2027-03-03"),
        ("en", "3\xa0March 2027|3\xa0March 2027 14:05|3\xa0March|14:05|Wednesday 3\xa0March 2027|2027-03-03"),
        ("se", "2027 njukčamánnu\xa03|2027 njukčamánnu\xa03 14:05|njukčamánnu\xa03|14:05|"
         "gaskavahkku 2027 njukčamánnu\xa03|2027-03-03"),
    ],
)  # fmt: skip
def test_templates_write_days_as_the_language_does(language: str, said: str):
    forms = ("j. F Y", "j. F Y H.i", "j. F", "H.i", "l j. F Y", "Y-m-d")
    template = Template("|".join(f'{{{{ at|date:"{form}" }}}}' for form in forms))
    with translation.override(language):
        assert template.render(Context({"at": datetime(2027, 3, 3, 14, 5)})) == said


def test_a_notice_stores_its_address_without_language(cast: Cast):
    with translation.override("nn"):
        make.laid(cast.draft, cast.ssu, by=cast.kari)
    assert {split(notice.path)[0] for notice in Notice.objects.all()} == {"nb"}


def test_files_have_no_language_nor_has_what_is_printed_for_ever(cast: Cast):
    plan = make.adopted(cast.ssu, by=cast.kari)
    with translation.override("nn"):
        assert (
            check_address_of(plan.revisions.get())
            == f"{settings.SITE_URL}/d/{plan.revisions.get().sha256[:12]}"
        )
        assert reverse("item_page", args=["abc"]) == "/nn/t/abc"
        assert reverse("revision_pdf", args=["a", "b", 1]) == "/a/planer/b/v1.pdf"
        assert reverse("front_page") == "/nn/"
    assert PREFIXED == ["nn", "se", "en"]


def test_templates_say_the_language_of_their_words():
    """`lang` on what is ours within a document is `text_language`: LANGUAGE_CODE is only the address's."""
    using = [
        str(file.relative_to(settings.BASE_DIR))
        for file in (settings.BASE_DIR / "templates").rglob("*.html")
        if file.name != "base.html"  # the skeletons say both
        and ("LANGUAGE_CODE" in (text := file.read_text(encoding="utf-8")) or '.language != "nb"' in text)
    ]
    assert using == []


def test_scripts_get_their_words_in_the_pages_language(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    nynorsk = vars(trans_real.translation("nn"))["_catalog"]._catalogs[0]
    monkeypatch.setitem(nynorsk, "Lagrer …", "Lagrar …")
    monkeypatch.setitem(nynorsk, ("%(n)s merknad", 0), "%(n)s merknad")
    monkeypatch.setitem(nynorsk, ("%(n)s merknad", 1), "%(n)s merknader </script>")
    client.force_login(cast.kari)
    data = r'<script id="words" type="application/json">(.*?)</script>'
    (words,) = re.findall(data, client.get("/nn/arbeid/").content.decode())
    said = json.loads(words)
    assert said["Lagrer …"] == "Lagrar …"
    assert said["%(n)s merknad"] == ["%(n)s merknad", *["%(n)s merknader </script>"] * 2]
    assert re.findall(data, client.get("/arbeid/").content.decode()) == []


def test_scripts_say_their_sentences_through_words():
    """A sentence in Norwegian that stands bare in a script is not translated."""
    bare = [
        f"{file.name}: {text}"
        for file in msgids.scripts()
        for text in re.findall(
            r"""(?<!word\()(?<!many\()["`]([A-ZÆØÅ][a-zæøå]+ [^"`]*)["`]""", file.read_text()
        )
        if text not in NOT_NORWEGIAN
    ]
    assert bare == []
