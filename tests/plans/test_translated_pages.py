"""A translated plan among the public pages: kept like the plan's, narrowed like it, listed and found."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from partners.models import User
from plans import actions, queries
from plans import document as doc
from plans.models import Plan, SearchEntry, TranslatedText, Translation
from plans.translating import digest, parts_of, state_of
from plans.views import translate_plan
from tests import make
from tests.people import Cast

from .test_sitemap import listed
from .test_translated_files import corrected

HERE = "/troms-og-ofoten/planer/oversatt/"
ENGLISH = f"{HERE}oversettelse/en/"


def in_english(plan: Plan, by: User) -> Translation:
    """Public; each field says its words after «English»."""
    translation = actions.translate_plan(plan, by=by, language="en")
    for part in parts_of(queries.to_translate(translation)):
        texts = {
            (piece.key, field.name): f"English {field.source}" for piece in part for field in piece.fields
        }
        actions.save_translation(translation, by=by, key=part[0].key, texts=texts, seen=state_of(part))
    actions.publish_translation(translation, by=by, public=True)
    return Translation.objects.get(pk=translation.pk)


@pytest.fixture
def translation(cast: Cast) -> Translation:
    return in_english(make.adopted(cast.ssu, by=cast.kari, slug="oversatt"), cast.kari)


def test_it_is_kept_like_the_plans_own_page(client, translation, django_assert_num_queries):
    first = client.get(ENGLISH)
    with django_assert_num_queries(1):
        assert client.get(ENGLISH).content == first.content
    with django_assert_num_queries(1):
        assert client.get(ENGLISH, headers={"if-none-match": first["ETag"]}).status_code == 304
    Translation.objects.get().texts.filter(field="title").delete()
    actions.publish_translation(translation, by=translation.made_by, public=True)
    assert client.get(ENGLISH)["ETag"] != first["ETag"]


def test_no_page_is_kept_that_was_made_before_a_translation_was_saved(client, translation, monkeypatch):
    render = translate_plan.render

    def render_slowly(*args: object, **kwargs: object) -> object:
        response = render(*args, **kwargs)
        part = queries.part_to_translate(translation, "")
        actions.save_translation(
            translation,
            by=translation.made_by,
            key="",
            texts={("", "title"): "A new title"},
            seen=state_of(part),
        )
        return response

    monkeypatch.setattr(translate_plan, "render", render_slowly)
    assert "A new title" not in client.get(ENGLISH).content.decode()
    monkeypatch.undo()
    assert "A new title" in client.get(ENGLISH).content.decode()


def test_it_costs_the_same_whatever_the_number_of_measures(client, cast, django_assert_max_num_queries):
    counts = []
    for measures in (2, 20):
        plan = make.adopted(cast.ssu, by=cast.kari, slug=f"plan-{measures}", measures=measures)
        address = in_english(plan, cast.kari).get_absolute_url()
        with django_assert_max_num_queries(40) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_measures_are_chosen_there_too_and_each_leads_to_its_own_page(client, cast):
    rows = tuple(
        doc.Measure(
            key=who,
            text=f"For {who}",
            html=f"For {who}",
            responsible=doc.Responsible(text=who, parties=(who,)),
        )
        for who in ("SSU", "Tromsø")
    )
    goal = doc.Goal(key="g", text="Et mål", html="Et mål", measures=rows)
    sections = (doc.Section(key="s", number="1", heading="Kapittel", goals=(goal,)),)
    plan = make.adopted(cast.ssu, by=cast.kari, slug="oversatt", sections=sections)
    in_english(plan, cast.kari)
    html = client.get(ENGLISH).content.decode()
    assert html.count('href="/t/') == 2
    chosen = client.get(ENGLISH, {"ansvarlig": "tromso"})
    shown = chosen.content.decode()
    assert ("English For Tromsø" in shown, "English For SSU" in shown) == (True, False)
    assert f'href="{HERE}?ansvarlig=tromso" hreflang="nb"' in shown  # the same choice of what holds
    assert client.get(ENGLISH, {"ansvarlig": "ingen-slik"}).status_code == 422
    assert client.get(ENGLISH, {"utm": "x"}).status_code == 200


def test_what_does_not_hold_stands_in_the_plans_words_with_their_language(client, translation, cast):
    corrected(translation.plan, cast.kari)
    TranslatedText.objects.filter(field="html", text__contains="nummer 2").delete()
    actions.publish_translation(translation, by=cast.kari, public=True)
    html = re.sub(r"\s+", " ", client.get(ENGLISH).content.decode())
    tag = '<span class="ds-tag" data-color="warning" data-size="sm" lang="nb">'
    assert f'<span lang="nb">i 2029</span> {tag}' in html
    assert f'<span lang="nb">Tiltak nummer 2</span> {tag}Ikke oversatt</span>' in html
    assert "English Tiltak nummer 1" in html
    assert "English Tiltak nummer 2" not in html


def test_what_it_is_in_short_is_said_in_its_language_too(client, cast):
    plan = make.adopted(cast.ssu, by=cast.kari, slug="oversatt")
    actions.write_summary(plan, by=cast.kari, text="Planen gjelder overganger.")
    in_english(plan, cast.kari)
    said = "English Planen gjelder overganger."
    html = client.get(ENGLISH).content.decode()
    assert f"</span>{said}</p>" in html
    assert f'<meta name="description" content="{said}">' in html
    api = "/api/v1/plans/troms-og-ofoten/oversatt"
    assert client.get(api).json()["summary"] == "Planen gjelder overganger."
    assert client.get(f"{api}/translations/en").json()["summary"] == said
    assert (ENGLISH, "English Handlingsplan 2026") in hits(client, "English overganger")
    actions.write_summary(plan, by=cast.kari, text="Planen gjelder utskriving.")
    html = re.sub(r"\s+", " ", client.get(ENGLISH).content.decode())
    tag = '<span class="ds-tag" data-color="warning" data-size="sm" lang="nb">'
    assert (
        f'</span><span lang="nb">Planen gjelder utskriving.</span> {tag}Endret etter oversettelsen</span></p>'
        in html
    )
    assert 'content="Oversettelse av «' in html
    answer = client.get(f"{api}/translations/en").json()
    assert (answer["summary"], answer["stale"]) == ("", 1)
    assert answer["not_current"] == [{"key": "", "field": "summary", "state": "stale"}]
    assert (ENGLISH, "English Handlingsplan 2026") not in hits(client, "English overganger")


def test_abbreviations_columns_and_notes_are_in_its_language_or_marked(client, cast):
    body = doc.Body(kind="committee", key="ssu", name="Strategisk samarbeidsutvalg", short="SSU")
    named = doc.Responsible(text="SSU", parties=("SSU",), bodies=(body,))
    row = doc.Measure(key="m", text="x", html="x", responsible=named, extra={"Kostnad": "1 kr"})
    goal = doc.Goal(key="g", text="Et mål", html="Et mål", measures=(row,))
    section = doc.Section(key="s", number="1", heading="K", adoption_note="Vedtatt i SSU", goals=(goal,))
    short = (doc.Abbreviation(short="SSU", long="samarbeidsutvalget"),)
    plan = make.adopted(cast.ssu, by=cast.kari, slug="oversatt", sections=(section,), abbreviations=short)
    translation = in_english(plan, cast.kari)
    html = client.get(ENGLISH).content.decode()
    assert "<dt>SSU</dt><dd>English samarbeidsutvalget</dd>" in html
    assert '<span class="spelled-out">English samarbeidsutvalget</span>' in html
    assert '<th scope="col">English Kostnad</th>' in html
    assert '<td data-label="English Kostnad">English 1 kr</td>' in html
    assert '<p class="small subtle">English Vedtatt i SSU</p>' in html
    translation.texts.filter(field__in=["abbreviation:SSU", "column:Kostnad", "adoption_note"]).delete()
    actions.publish_translation(translation, by=cast.kari, public=True)
    html = client.get(ENGLISH).content.decode()
    tag = '<span class="ds-tag" data-color="warning" data-size="sm" lang="nb">Ikke oversatt</span>'
    assert f'<dt>SSU</dt><dd><span lang="nb">samarbeidsutvalget</span> {tag}</dd>' in html
    assert f'<th scope="col"><span lang="nb">Kostnad</span> {tag}</th>' in html
    assert '<td data-label="Kostnad">English 1 kr</td>' in html
    assert f'<p class="small subtle"><span lang="nb">Vedtatt i SSU</span> {tag}</p>' in html


def alternates(client: Client, address: str) -> tuple[str, dict[str, str]]:
    html = client.get(address).content.decode().replace(settings.SITE_URL, "")
    (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
    return canonical, dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))


def test_search_engines_are_led_from_each_language_to_the_others(client, translation):
    all_of_them = {
        "nb": HERE,
        "nn": f"/nn{HERE}",
        "se": f"/se{HERE}",
        "en": f"/en{ENGLISH}",
        "x-default": HERE,
    }
    assert alternates(client, HERE) == (HERE, all_of_them)
    assert alternates(client, f"/en{ENGLISH}") == (f"/en{ENGLISH}", all_of_them)
    assert alternates(client, ENGLISH)[0] == f"/en{ENGLISH}"  # English words within Norwegian pages
    assert alternates(client, f"{HERE}v1/")[1]["en"] == f"/en{HERE}v1/"
    assert f"/en{ENGLISH}" in listed(client)
    actions.publish_translation(translation, by=translation.made_by, public=False)
    assert alternates(client, HERE)[1]["en"] == f"/en{HERE}"
    assert f"/en{ENGLISH}" not in listed(client)


def hits(client: Client, asked: str) -> list[tuple[str, str]]:
    """(address, title) of the hits."""
    html = client.get("/sok/", {"q": asked}).content.decode()
    found = re.findall(r'<p><a class="ds-link" href="([^"]+)"[^>]*>(.*?)</a></p>', html)
    return [(address, re.sub("<.*?>", "", title)) for address, title in found]


def test_its_words_are_found_and_lead_to_it(client, translation, cast):
    measure = translation.plan.revisions.get()
    codes = queries.codes_of(measure)
    (code,) = [codes[m.key] for _s, _g, m in measure.load().walk_measures() if m.text.endswith("2")]
    assert hits(client, "English tiltak nummer 2")[0] == (
        f"{ENGLISH}#t-{code}",
        "English Tiltak nummer 2",
    )
    html = client.get("/sok/?q=English tiltak nummer 2").content.decode()
    assert "Oversettelse til engelsk" in html
    assert f'href="{ENGLISH}#t-{code}" hreflang="en" lang="en"' in html
    # What the plan says itself comes before its translation.
    both = [title for _address, title in hits(client, "tiltak nummer 2")]
    assert both[:2] == ["Tiltak nummer 2", "English Tiltak nummer 2"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("municipality", "municipalities"),
        ("municipalities", "municipality"),
        ("agreements", "agreement"),
        ("sharing", "shared"),
        ("adopt the agreements of a municipality", "agreement municipalities adopted a"),
    ],
)
def test_english_words_are_found_in_their_other_forms_and_marked(client, cast, asked, said):
    translation = in_english(make.adopted(cast.ssu, by=cast.kari, slug="oversatt"), cast.kari)
    translation.texts.filter(field="html", text__endswith="Tiltak nummer 2").update(text=f"Here {said}")
    actions.publish_translation(translation, by=cast.kari, public=True)
    assert [title for _address, title in hits(client, asked)][:1] == [f"Here {said}"]
    html = client.get("/sok/", {"q": asked}).content.decode()
    marked = "".join(f"<mark>{word}</mark> " for word in said.split() if len(word) > 1)
    assert f"Here {marked}".strip() in html


def test_only_what_holds_is_found(client, translation, cast):
    TranslatedText.objects.filter(field="html", text__contains="nummer 2").update(source_sha256=digest("x"))
    actions.publish_translation(translation, by=cast.kari, public=True)
    titles = [title for _address, title in hits(client, "English tiltak")]
    assert "English Tiltak nummer 1" in titles
    assert "English Tiltak nummer 2" not in titles

    def index() -> list[tuple[object, ...]]:
        rows = SearchEntry.objects.values_list("kind", "code", "title", "text", "translation__language")
        return sorted(rows, key=str)

    before = index()
    call_command("rebuild_search", verbosity=0)
    assert index() == before


@pytest.mark.parametrize("gone", ["taken_down", "withdrawn"])
def test_gone_it_is_found_no_longer(client, translation, cast, gone):
    assert hits(client, "English")
    if gone == "withdrawn":
        actions.withdraw(translation.plan, by=cast.kari, reason="Et navn sto i planen.")
    else:
        actions.publish_translation(translation, by=cast.kari, public=False)
    assert hits(client, "English") == []
    assert client.get(ENGLISH).status_code == (410 if gone == "withdrawn" else 404)


def test_a_deadline_that_another_language_hides_is_still_read_from_the_plans_words(client, cast):
    told = doc.Deadline(text="våren 2024")
    rows = (doc.Measure(key="m", text="Rydde", html="Rydde", deadline=told),)
    goal = doc.Goal(key="g", text="Et mål", html="Et mål", measures=rows)
    sections = (doc.Section(key="s", number="1", heading="Kapittel", goals=(goal,)),)
    plan = make.adopted(cast.ssu, by=cast.kari, slug="oversatt", sections=sections)
    in_english(plan, cast.kari)
    TranslatedText.objects.filter(field="deadline").update(text="spring 2024")
    actions.publish_translation(plan.translations.get(), by=cast.kari, public=True)
    html = client.get(f"/en{ENGLISH}").content.decode()
    assert "spring 2024" in html
    assert "until and including" in html
    assert "Late" in html
    assert client.get(ENGLISH, {"frist": "forsinket"}).context["shown"] == 1
