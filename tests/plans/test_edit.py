"""Changing the words of a draft by form: every field, the log of it, and who may."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm
from hypothesis import given
from hypothesis import strategies as st

from helsefellesskap.errors import NotAllowed, Refusal
from helsefellesskap.richtext import plain
from partners.models import Agreement, HealthCommunity, StoredFile, User
from plans import actions
from plans.editable import cleaned, values_of
from plans.models import Edit, Figure, Plan

from .conftest import adopted, make_draft
from .documents import plan_of_size
from .editing import goal, measure, row_url, section, sent


@pytest.fixture
def signed_in(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


def edits(plan: Plan) -> list[tuple[str, str, str]]:
    return sorted(plan.edits.values_list("field", "before", "after"))


# --- every field ---


def test_every_field_of_a_measure(signed_in: Client, draft: Plan, community: HealthCommunity):
    row = measure(draft)
    ssu, unn = community.committees.get(slug="ssu"), community.partners.get()
    data = sent(
        signed_in,
        row_url(draft, row),
        label="c",
        html="<p>Ny <b>rutine</b></p><p>med lenke</p><script>x</script>",
        responsible_text="SSU og UNN",
        bodies=[f"committee:{ssu.pk}", f"partner:{unn.pk}"],
        deadline_text="høsten 2026",
        deadline_date="2026-10-01",
        status_value="planned",
        status_text="er planlagt",
        indicator="Antall",
        patient_groups=["frail_elderly", "maternity"],
        struck="on",
        column_0="Endret kommentar",
        new_column="Kostnad",
        new_words="Ingen",
    )
    answer = signed_in.post(row_url(draft, row), data)
    assert (answer.status_code, answer.url) == (302, f"{draft.get_work_url()}#rad-{row.item.code}")
    row.refresh_from_db()
    assert values_of(row) == {
        "label": "c",
        "html": "Ny <strong>rutine</strong><br>med lenke",
        "responsible_text": "SSU og UNN",
        "bodies": [f"committee:{ssu.pk}", f"partner:{unn.pk}"],
        "deadline_text": "høsten 2026",
        "deadline_date": date(2026, 10, 1),
        "status_value": "planned",
        "status_text": "er planlagt",
        "indicator": "Antall",
        "extra": {"Kommentar": "Endret kommentar", "Kostnad": "Ingen"},
        "patient_groups": ["frail_elderly", "maternity"],
        "struck": True,
    }
    assert row.version == 2
    assert {field for field, _before, _after in edits(draft)} == set(values_of(row))


def test_every_field_of_a_goal(signed_in: Client, draft: Plan):
    row = goal(draft)
    new = {
        "label": "1",
        "html": "Trygt <em>hjem</em>",
        "body": "<ul><li>Først</li></ul>",
        "patient_groups": ["children_youth"],
        "status_value": "ongoing",
        "status_text": "i gang",
    }
    signed_in.post(row_url(draft, row), sent(signed_in, row_url(draft, row), **new, struck="on"))
    row.refresh_from_db()
    assert values_of(row) == new | {"struck": True}


def test_every_field_of_a_section_and_its_figures(signed_in: Client, draft: Plan):
    row = section(draft)
    file = StoredFile.objects.store(b"bilde", "image/png")
    figure = Figure.objects.create(section=row, file=file)
    new = {
        "number": "3",
        "heading": "Nye overganger",
        "body": "<p>Før</p>",
        "after": "<p>Etter</p>",
        "adoption_note": "vedtatt i SSU 12.03.2026",
        "label": "A",
        "status_value": "completed",
        "status_text": "ferdig",
        f"figure_{figure.pk}_alt": "En kurve som stiger",
        f"figure_{figure.pk}_caption": "Innleggelser",
    }
    changes = new | {"columns": "Mål\r\nTiltak\r\n", "struck": "on"}
    signed_in.post(row_url(draft, row), sent(signed_in, row_url(draft, row), **changes))
    row.refresh_from_db()
    assert values_of(row) == new | {"columns": ["Mål", "Tiltak"], "struck": True}
    shown = signed_in.get(f"{draft.get_work_url()}figurer/{file.sha256}")
    assert (b"".join(shown.streaming_content), shown["Content-Type"]) == (b"bilde", "image/png")


def test_every_field_of_the_plans_own_facts(signed_in: Client, draft: Plan, community: HealthCommunity):
    before = adopted(make_draft(plan_of_size(1), community, draft.created_by), draft.created_by)
    agreement = Agreement.objects.create(community=community, kind="partnership", slug="i", title="Erklæring")
    new: dict[str, Any] = {
        "title": "Ny tittel",
        "subtitle": "Ny undertittel",
        "vision": "Ny visjon",
        "kind": "strategy",
        "language": "nn",
        "period_text": "fram til partnerskapsmøtet",
        "period_start": date(2026, 2, 1),
        "period_end": None,
        "period_end_event": "partnerskapsmøtet 2027",
        "follows": before.pk,
        "under": before.pk,
        "agreements": [agreement.pk],
    }
    url = f"{draft.get_work_url()}opplysninger/"
    data = sent(signed_in, url, **{f: "" if v is None else v for f, v in new.items()})
    assert signed_in.post(url, data).status_code == 302
    draft.refresh_from_db()
    assert values_of(draft) == new | {"abbreviations": [["SSU", "Strategisk samarbeidsutvalg"]]}
    assert draft.version == 2


def test_abbreviations_are_lines(signed_in: Client, draft: Plan):
    url = f"{draft.get_work_url()}forkortelser/"
    lines = "UNN = Universitetssykehuset\r\n\r\nSSU = Strategisk samarbeidsutvalg\r\n"
    assert signed_in.post(url, sent(signed_in, url, abbreviations="SSU")).status_code == 422
    assert signed_in.post(url, sent(signed_in, url, abbreviations=lines)).status_code == 302
    draft = Plan.objects.get(pk=draft.pk)
    assert values_of(draft)["abbreviations"] == [
        ["UNN", "Universitetssykehuset"],
        ["SSU", "Strategisk samarbeidsutvalg"],
    ]
    assert [field for field, _before, _after in edits(draft)] == ["abbreviations"]


def test_a_form_sent_back_untouched_changes_nothing(signed_in: Client, draft: Plan):
    addresses = [row_url(draft, row) for row in (section(draft), goal(draft), measure(draft))]
    addresses += [f"{draft.get_work_url()}{part}/" for part in ("opplysninger", "forkortelser")]
    for url in addresses:
        assert signed_in.post(url, sent(signed_in, url)).status_code == 302
    assert Edit.objects.count() == 0


def test_the_log_tells_before_and_after_and_who(signed_in: Client, draft: Plan, kari: User):
    row = measure(draft)
    signed_in.post(row_url(draft, row), sent(signed_in, row_url(draft, row), indicator="Ny", struck="on"))
    assert edits(draft) == [("indicator", "Andel utskrivinger med plan", "Ny"), ("struck", "", "1")]
    assert {(e.item, e.by) for e in draft.edits.all()} == {(row.item, kari)}


def test_what_cannot_be_is_said_at_the_field(signed_in: Client, draft: Plan):
    url = f"{draft.get_work_url()}opplysninger/"
    backwards = sent(signed_in, url, period_start="2026-05-01", period_end="2026-04-01")
    assert signed_in.post(url, backwards).status_code == 422
    assert signed_in.post(url, sent(signed_in, url, title="")).context["form"].errors["title"]
    row = row_url(draft, measure(draft))
    assert signed_in.post(row, sent(signed_in, row, label="x" * 51)).context["form"].errors["label"]
    assert signed_in.post(row, sent(signed_in, row, new_words="uten overskrift")).status_code == 422
    assert Edit.objects.count() == 0


@pytest.mark.parametrize(("page", "field"), [("ny/kapittel/", "columns"), ("forkortelser/", "abbreviations")])
def test_a_sign_that_no_database_takes_is_said_at_the_field(
    signed_in: Client, draft: Plan, page: str, field: str
):
    url = draft.get_work_url() + page
    answer = signed_in.post(url, sent(signed_in, url, **{field: "SSU\x00 = Utvalg"}))
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, [field])


@pytest.mark.parametrize(
    "base", ["9" * 5000, "[" * 100_000, "[1]", '{"title": "\\ud800"}'], ids=["digits", "deep", "list", "half"]
)
def test_a_base_that_the_page_never_sent_is_refused(signed_in: Client, draft: Plan, base: str):
    url = f"{draft.get_work_url()}opplysninger/"
    answer = signed_in.post(url, sent(signed_in, url, title="Ny", base=base))
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["base"])


def test_a_plan_cannot_follow_itself_by_a_detour(signed_in: Client, draft: Plan, community: HealthCommunity):
    next_one = make_draft(plan_of_size(1), community, draft.created_by, follows=draft)
    url = f"{draft.get_work_url()}opplysninger/"
    answer = signed_in.post(url, sent(signed_in, url, follows=next_one.pk))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["follows"])


def test_bodies_of_another_community_are_refused(draft: Plan, kari: User):
    other = HealthCommunity.objects.create(slug="finnmark", name="Finnmark")
    theirs = other.committees.create(slug="ssu", abbreviation="SSU", name="SSU", level="strategisk")
    with pytest.raises(Refusal):
        actions.edit_row(measure(draft), by=kari, version=1, values={"bodies": [f"committee:{theirs.pk}"]})
    assert Edit.objects.count() == 0


def test_the_words_suggest_bodies(signed_in: Client, draft: Plan, community: HealthCommunity):
    row = measure(draft)
    row.responsibles.all().delete()
    first, *_rest = signed_in.get(row_url(draft, row)).context["form"].body_groups()
    assert [box.data["label"] for box in first[2]] == [
        "SSU – Strategisk samarbeidsutvalg",
        "SEKR – Sekretariatet",
    ]


# --- rich text ---


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60))
def test_cleaning_is_done_once_and_keeps_the_words(text: str):
    for field in ("html", "body"):
        once = cleaned(field, text)
        assert cleaned(field, once) == once
    words = text.replace("<", " ").replace(">", " ").replace("&", " ")
    assert plain(cleaned("html", words)).split() == words.split()
    assert plain(cleaned("body", words)).split() == words.split()


def test_what_the_editor_writes_becomes_what_the_importer_wrote():
    written = (
        "<ul><li><p>En</p></li><li><p>To</p><ul><li><p>Under</p></li></ul></li></ul><p></p>"
        '<table><tbody><tr><td colspan="1" rowspan="1"><p>A</p></td>'
        '<td colspan="2"><p>B</p><p>C</p></td></tr></tbody></table>'
    )
    assert cleaned("body", written) == (
        "<ul><li>En</li><li>To<ul><li>Under</li></ul></li></ul>"
        '<table><tbody><tr><td>A</td><td colspan="2"><p>B</p><p>C</p></td></tr></tbody></table>'
    )
    assert cleaned("body", "En\r\nto\r\n\r\ntre") == "<p>En<br>to</p><p>tre</p>"


# --- who may ---


def test_outsiders_are_refused_and_strangers_asked_to_sign_in(client: Client, draft: Plan, ola: User):
    row = measure(draft)
    addresses = [draft.get_work_url(), row_url(draft, row), f"{row_url(draft, row)}slett/"]
    for url in addresses:
        assert client.get(url).url == f"/konto/login/?next={url}"
    client.force_login(ola)
    for url in addresses:
        assert client.get(url).status_code == 403
        assert client.post(url, {"html": "x"}).status_code == 403
    with pytest.raises(NotAllowed):
        actions.edit_row(row, by=ola, version=1, values={"html": "x"})
    assert Edit.objects.count() == 0


def test_a_grant_on_one_plan_lets_edit_that_plan(client: Client, draft: Plan, ola: User):
    url = row_url(draft, measure(draft))
    assign_perm("plans.view_plan", ola, draft)
    client.force_login(ola)
    assert client.get(draft.get_work_url()).context["may_edit"] is False
    assert client.get(url).status_code == 403
    assign_perm("plans.change_plan", ola, draft)
    client.force_login(User.objects.get(pk=ola.pk))
    assert client.get(draft.get_work_url()).context["may_edit"] is True
    assert client.post(url, sent(client, url, indicator="Ny")).status_code == 302


def test_published_words_are_locked(signed_in: Client, draft: Plan, kari: User):
    row = measure(draft)
    data = sent(signed_in, row_url(draft, row), indicator="Ny")
    adopted(draft, kari)
    assert signed_in.post(row_url(draft, row), data).status_code == 409
    assert signed_in.get(f"{draft.get_work_url()}opplysninger/").status_code == 409
    assert signed_in.post(f"{row_url(draft, row)}slett/").status_code == 409
    assert signed_in.get(draft.get_work_url()).context["may_edit"] is False
    row.refresh_from_db()
    assert row.indicator == "Andel utskrivinger med plan"


def test_a_row_is_found_only_in_its_own_plan(signed_in: Client, draft: Plan, community: HealthCommunity):
    other = make_draft(plan_of_size(1), community, draft.created_by)
    assert signed_in.get(row_url(other, measure(draft))).status_code == 404


# --- the overview ---


def test_the_overview_takes_as_many_queries_for_3_as_for_300_measures(
    signed_in: Client, community: HealthCommunity, kari: User
):
    counts = []
    for measures in (3, 300):
        plan = make_draft(plan_of_size(measures), community, kari)
        signed_in.get(plan.get_work_url())
        with CaptureQueriesContext(connection) as queries:
            answer = signed_in.get(plan.get_work_url())
        counts.append((answer.context["measures"], len(queries)))
    assert [measures for measures, _queries in counts] == [3, 300]
    assert counts[0][1] == counts[1][1]
