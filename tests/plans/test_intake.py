"""From a file to a draft by HTTP: upload, preview, another reading, accept, discard, and what is refused."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from helsefellesskap import uploads
from helsefellesskap.errors import NotAllowed
from partners.models import Audit, HealthCommunity, StoredFile, User
from plans import actions
from plans.document import load
from plans.models import Import, Measure, Plan
from plans.preview import preview_of
from tests.helsefellesskap.test_national_id import numbered

TEXT = """# Handlingsplan 2027

## 1 Samhandling

| Hva vil vi? | Hvordan få det til? | Ansvarlig |
| --- | --- | --- |
| Trygge overganger | a) Ringe hverandre før utskrivning | UNN og SEKR |
| Trygge overganger | b) Møtes hver måned | FSU og SSU |
"""


def upload(
    client: Client, name: str = "plan.md", text: str | bytes = TEXT, community: str = "troms-og-ofoten"
):
    data = text.encode() if isinstance(text, str) else text
    return client.post(f"/arbeid/{community}/import/", {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def import_(community: HealthCommunity, kari: User) -> Import:
    return actions.upload_plan(community, by=kari, name="plan.md", data=TEXT.encode())


def test_an_upload_is_read_and_kept_and_is_no_plan_yet(client: Client, kari: User):
    client.force_login(kari)
    answer = upload(client)
    kept = Import.objects.get()
    assert (answer.status_code, answer.url) == (
        302,
        reverse("import_preview", args=["troms-og-ofoten", kept.pk]),
    )
    assert (kept.name, kept.by, kept.file.read()) == ("plan.md", kari, TEXT.encode())
    assert [m.text for _s, _g, m in load(kept.document).walk_measures()] == [
        "Ringe hverandre før utskrivning",
        "Møtes hver måned",
    ]
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("plan.docx", b"ikke en Word-fil", 422),
        ("plan.pdf", b"%PDF-1.7", 422),
        ("plan.txt", b"", 422),
    ],
)
def test_a_bad_file_gets_a_sentence_and_nothing_is_kept(client: Client, kari: User, name, data, status):
    client.force_login(kari)
    answer = upload(client, name, data)
    assert answer.status_code == status
    assert len(answer.context["form"].errors["file"]) == 1
    assert (Import.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_no_file_is_a_bad_request(client: Client, kari: User):
    client.force_login(kari)
    answer = client.post("/arbeid/troms-og-ofoten/import/", {})
    assert (answer.status_code, answer.context["form"].errors["file"]) == (422, ["Velg en fil først."])


def test_too_large_a_file_is_let_go_of_while_it_comes_in(client: Client, kari: User, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    client.force_login(kari)
    assert upload(client, text=b"a" * 100_001).status_code == 413
    assert (Import.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert upload(client, text=TEXT.encode().ljust(100_000)).status_code == 302


def test_an_upload_without_a_token_is_refused(kari: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(kari)
    assert upload(client).status_code == 403
    assert Import.objects.count() == 0


@pytest.mark.parametrize("who", ["ola", "nobody"])
def test_only_the_secretariat_uploads(client: Client, ola: User, community: HealthCommunity, who):
    if who == "ola":
        client.force_login(ola)
    assert upload(client).status_code == 403
    assert Import.objects.count() == 0
    with pytest.raises(NotAllowed):
        actions.upload_plan(community, by=ola, name="plan.md", data=TEXT.encode())


def test_the_preview_ties_warnings_to_both_sides(import_: Import):
    preview = preview_of(import_)
    anchors = {block.get("anchor") for block in preview.blocks} | {
        row.get("anchor") for block in preview.blocks for row in block.get("rows", ())
    }
    keys = {m.text: m.key for _s, _g, m in preview.document.walk_measures()}
    group = next(n for n in preview.notices if "FSU" in n.text)
    assert (preview.goals, preview.measures) == (1, 2)
    assert group.source_anchor in anchors
    assert group.plan_key == keys["Møtes hver måned"]


def test_the_preview_shows_both_sides(client: Client, kari: User, import_: Import):
    client.force_login(kari)
    answer = client.get(f"/arbeid/troms-og-ofoten/import/{import_.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for notice in [*answer.context["preview"].notices, *answer.context["preview"].left_out]:
        for link in filter(None, (notice.source_anchor, notice.plan_key and f"rad-{notice.plan_key}")):
            assert page.count(f'id="{link}"') == 1
            assert f'href="#{link}"' in page
    assert "no-cache" in answer["Cache-Control"]


def test_an_identity_number_is_warned_of(community: HealthCommunity, kari: User):
    number = numbered("170521200")
    text = TEXT + f"\nRing {number[:6]} {number[6:]} først.\n"
    kept = actions.upload_plan(community, by=kari, name="plan.md", data=text.encode())
    assert [n.serious for n in preview_of(kept).notices if "fødselsnummer" in n.text] == [True]


def test_a_file_of_another_community_is_warned_of(community: HealthCommunity, kari: User, monkeypatch):
    from plans.actions import intake
    from plans.document import PlanDocument
    from plans.importers.blocks import Source
    from plans.importers.sandbox import Imported

    for named, warned in (("Helsefellesskapet Finnmark", True), ("Troms og Ofoten", False), ("", False)):
        read = Imported(PlanDocument(title="T", community=named), Source(blocks=()))
        monkeypatch.setattr(intake, "import_file", lambda *args, read=read, **kwargs: read)
        kept = actions.upload_plan(community, by=kari, name="plan.md", data=named.encode() or b"-")
        assert [named in notice.text for notice in preview_of(kept).notices] == [True] * warned


def test_what_the_reader_says_is_html_is_cleaned_on_this_side(
    community: HealthCommunity, kari: User, monkeypatch
):
    """The child that reads the file is not trusted with more than its shape."""
    from plans.actions import intake
    from plans.document import PlanDocument, Section
    from plans.importers.blocks import Paragraph, Source
    from plans.importers.sandbox import Imported

    evil = "<p>Hei<script>x</script></p>"
    read = Imported(
        PlanDocument(title="T", sections=(Section(key="s1", body=evil),)),
        Source(blocks=(Paragraph(at="linje 1", text="Hei", html=evil),)),
    )
    monkeypatch.setattr(intake, "import_file", lambda *args, **kwargs: read)
    kept = actions.upload_plan(community, by=kari, name="plan.md", data=b"Hei")
    assert load(kept.document).sections[0].body == "<p>Hei</p>"
    assert json.loads(kept.source)["blocks"][0]["html"] == "Hei"


def test_reading_in_another_way_and_back_loses_nothing(client: Client, kari: User, import_: Import):
    client.force_login(kari)
    before = (import_.document, import_.source)
    url = f"/arbeid/troms-og-ofoten/import/{import_.pk}/les-om/"
    client.post(url, {"read_as": "strategy"})
    import_.refresh_from_db()
    assert load(import_.document).read_as == "strategy"
    client.post(url, {"read_as": "table"})
    import_.refresh_from_db()
    assert (import_.document, import_.source) == before


def test_accepting_twice_gives_one_plan(client: Client, kari: User, import_: Import):
    client.force_login(kari)
    url = f"/arbeid/troms-og-ofoten/import/{import_.pk}/utkast/"
    first, second = client.post(url), client.post(url)
    plan = Plan.objects.get()
    assert (first.url, second.url) == (plan.get_work_url(), plan.get_work_url())
    assert (plan.title, plan.came_from, Measure.objects.count()) == ("Handlingsplan 2027", import_, 2)
    assert Audit.objects.filter(verb="accept_import").count() == 1
    assert client.get(import_page(import_)).context["import"].plan == plan
    assert client.post(f"{import_page(import_)}forkast/").status_code == 409
    assert client.post(f"{import_page(import_)}les-om/", {"read_as": "table"}).status_code == 302
    import_.refresh_from_db()
    assert import_.plan == plan


def test_the_same_file_again_is_said_and_never_stopped(client: Client, kari: User, import_: Import):
    client.force_login(kari)
    again = upload(client, name="kopi.md")
    waiting = client.get(again.url).content.decode()
    assert "Samme fil ble lest inn" in waiting
    assert f'<a class="ds-link" href="{import_page(import_)}">plan.md</a>' in waiting
    plan = actions.accept_import(import_, by=kari)
    page = client.get(again.url).content.decode()
    assert f'som utkastet <a class="ds-link" href="{plan.get_work_url()}">«{plan.title}»</a>' in page
    assert "Samme fil" not in client.get(import_page(import_)).content.decode()
    assert "Samme fil" not in client.get(upload(client, text=f"{TEXT}\nMer.").url).content.decode()
    assert client.post(f"{again.url}utkast/").status_code == 302
    assert Plan.objects.count() == 2


def import_page(import_: Import) -> str:
    return reverse("import_preview", args=[import_.community.slug, import_.pk])


@pytest.mark.django_db(transaction=True)
def test_discarding_removes_the_file_unless_it_came_in_twice(client: Client, kari: User, import_: Import):
    client.force_login(kari)
    twin = actions.upload_plan(import_.community, by=kari, name="kopi.md", data=TEXT.encode())
    path = Path(twin.file.file.path)
    client.post(f"{import_page(import_)}forkast/")
    assert (list(Import.objects.all()), path.exists()) == ([twin], True)
    client.post(f"{import_page(twin)}forkast/")
    assert (Import.objects.count(), StoredFile.objects.count(), path.exists()) == (0, 0, False)


def test_an_outsider_sees_no_import(client: Client, ola: User, import_: Import):
    client.force_login(ola)
    page = import_page(import_)
    assert client.get(page).status_code == 403
    for verb in ("utkast/", "forkast/", "les-om/"):
        assert client.post(page + verb, {"read_as": "table"}).status_code == 403
    assert (Plan.objects.count(), Import.objects.count()) == (0, 1)


def test_an_import_belongs_to_its_community(client: Client, kari: User, import_: Import):
    client.force_login(kari)
    assert client.get(f"/arbeid/troms-og-ofoten/import/{import_.pk + 1}/").status_code == 404
    HealthCommunity.objects.create(slug="finnmark", name="Finnmark")
    assert client.get(f"/arbeid/finnmark/import/{import_.pk}/").status_code == 403


def test_an_empty_plan_needs_a_title(client: Client, kari: User):
    client.force_login(kari)
    url = "/arbeid/troms-og-ofoten/ny-plan/"
    assert client.post(url, {"title": "", "kind": "action_plan"}).status_code == 422
    answer = client.post(url, {"title": "Ny plan", "kind": "strategy"})
    plan = Plan.objects.get()
    assert (answer.url, plan.kind, plan.created_by) == (plan.get_work_url(), "strategy", kari)


def test_a_text_longer_than_its_field_never_crashes(
    client: Client, community: HealthCommunity, kari: User, monkeypatch
):
    """PostgreSQL refuses what SQLite lets through: there it is said, and the import stays."""
    from plans.actions import intake
    from plans.document import Deadline, Goal, PlanDocument, Section
    from plans.document import Measure as M
    from plans.importers.blocks import Source
    from plans.importers.sandbox import Imported

    late = M(key="m1", text="x", html="x", deadline=Deadline(text="snart " * 80))
    goal = Goal(key="g1", measures=(late,))
    read = Imported(
        PlanDocument(title="T" * 400, sections=(Section(key="s1", goals=(goal,)),)), Source(blocks=())
    )
    monkeypatch.setattr(intake, "import_file", lambda *args, **kwargs: read)
    kept = actions.upload_plan(community, by=kari, name="plan.md", data=b"T")
    client.force_login(kari)
    status = client.post(f"{import_page(kept)}utkast/").status_code
    assert (status, Plan.objects.count()) in [(302, 1), (422, 0)]
    assert Import.objects.get() == kept


@pytest.mark.parametrize(
    ("prefix", "name", "data", "said"),
    [
        ("/nn", "plan.txt", b"", "Fila er tom."),
        ("/en", "plan.pdf", b"%PDF-1.7", "The file is damaged or incomplete and cannot be read."),
        ("/en", "plan.exe", b"MZ", "This kind of file cannot be read; use .docx, .pptx, .pdf, .txt or .md."),
    ],
)
def test_a_file_is_refused_in_the_readers_language(client, kari, community, prefix, name, data, said):
    client.force_login(kari)
    file = SimpleUploadedFile(name, data)
    answer = client.post(f"{prefix}/arbeid/{community.slug}/import/", {"file": file})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
