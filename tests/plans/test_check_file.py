"""«Er dette den vedtatte planen?»: the six answers, the three ways of asking, and what is not told."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from committees.models import Minutes
from committees.queries.minutes import protocol_of
from committees.tasks import make_extract, make_minutes
from helsefellesskap import uploads
from partners.models import StoredFile
from plans.actions import correct, freeze_named, publish_received, withdraw
from plans.actions.correct import Change
from plans.models import Plan, Publication, Revision, Section
from plans.queries import check_file, known_by_prefix
from plans.tasks import make_files
from tests import make
from tests.committees.test_follow_ups import met
from tests.plans.exporters.reading import words

pytestmark = pytest.mark.django_db
FORMATS = ["csv", "docx", "pdf", "txt", "xlsx"]
IN_FORCE = "Ja. Dette er den vedtatte planen, og den gjelder nå"
ALTERED = "Nei. Filen er endret, eller den er ikke hentet herfra"


@pytest.fixture
def plan(cast) -> Plan:
    """Adopted and in force, its files made."""
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt")
    make_files.call(plan.revisions.get().pk)
    return plan


def revision_of(plan: Plan) -> Revision:
    return plan.revisions.latest("number")


def stored(plan: Plan, format: str = "pdf") -> StoredFile:
    return revision_of(plan).files.get(format=format).file


def verdict(client, sha256: str) -> str:
    """What the page says in its first heading under the question."""
    page = client.get("/kontroll/", {"sha256": sha256})
    assert page.status_code == 200
    return page.context["checked"].verdict


def corrected(cast, plan: Plan) -> None:
    section = Section.objects.filter(plan=plan).first()
    change = Change(row=section, version=section.version, values={"heading": "Rettet"})
    correct(plan, by=cast.kari, changes=[change], reason="Skrivefeil.", decided_by="Lederen av SSU")


def test_every_file_of_a_plan_in_force_is_known(client, plan):
    made = {row.format: row.file for row in revision_of(plan).files.all()}
    assert sorted(made) == FORMATS
    assert {verdict(client, file.sha256) for file in made.values()} == {"in_force"}
    assert verdict(client, revision_of(plan).sha256) == "in_force"  # the JSON is the frozen text itself
    page = client.get("/kontroll/", {"sha256": made["pdf"].sha256}).content.decode()
    assert IN_FORCE in page
    assert revision_of(plan).get_absolute_url() in page


def test_one_sign_changed_is_altered(client, plan):
    data = stored(plan).read()
    altered = hashlib.sha256(data[:-1] + b"!").hexdigest()
    assert verdict(client, altered) == "altered"
    page = client.get(f"/d/{revision_of(plan).sha256[:12]}", {"sha256": altered}).content.decode()
    assert ALTERED in page
    assert "Ingen fil av denne planen har denne kontrollsummen" in page


def test_a_corrected_version_leads_to_the_one_that_corrects_it(client, cast, plan):
    old = stored(plan).sha256
    corrected(cast, plan)
    make_files.call(revision_of(plan).pk)
    assert verdict(client, old) == "corrected"
    page = client.get("/kontroll/", {"sha256": old}).content.decode()
    assert "Skrivefeil." in page
    assert revision_of(plan).get_absolute_url() in page
    assert verdict(client, stored(plan).sha256) == "in_force"


def test_a_table_that_both_versions_share_is_in_force(client, cast, plan):
    table = stored(plan, "csv").sha256
    Section.objects.filter(plan=plan).update(heading="Samhandling")
    plan_section = Section.objects.get(plan=plan)
    change = Change(row=plan_section, version=plan_section.version, values={"body": "<p>Rettet.</p>"})
    correct(plan, by=cast.kari, changes=[change], reason="Skrivefeil.", decided_by="Lederen av SSU")
    make_files.call(revision_of(plan).pk)
    assert stored(plan, "csv").sha256 == table
    assert verdict(client, table) == "in_force"


def test_a_superseded_plan_leads_to_the_one_in_force(client, cast, plan):
    newer = make.draft(cast.troms, by=cast.kari, slug="ny")
    Plan.objects.filter(pk=newer.pk).update(follows=plan)
    newer.refresh_from_db()
    make.adopt_draft(cast.ssu, newer, by=cast.kari)
    assert verdict(client, stored(plan).sha256) == "superseded"
    assert newer.get_absolute_url() in client.get(f"/d/{revision_of(plan).sha256[:12]}").content.decode()


def test_a_withdrawn_file_is_known_when_it_is_gone(client, cast, plan):
    old, code = stored(plan).sha256, revision_of(plan).sha256[:12]
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    assert not StoredFile.objects.filter(sha256=old).exists()
    assert verdict(client, old) == "withdrawn"
    page = client.get(f"/d/{code}")
    assert (page.status_code, plan.title in page.content.decode()) == (410, False)
    assert "Personopplysninger." in page.content.decode()


def test_not_yet_in_force_and_received_are_said_as_they_are(client, cast, plan):
    late = make.draft(cast.troms, by=cast.kari, slug="mottatt")
    publish_received(late, by=cast.kari, published_from=timezone.localdate())
    make_files.call(revision_of(late).pk)
    assert verdict(client, stored(late).sha256) == "received"
    Plan.objects.filter(pk=plan.pk).update(period_end=timezone.localdate() - timedelta(days=1))
    assert verdict(client, stored(plan).sha256) == "expired"


def test_an_older_file_of_the_same_words_says_so(cast, plan):
    revision = revision_of(plan)
    old = stored(plan).sha256
    other = StoredFile.objects.store(b"%PDF made anew", "application/pdf")
    revision.files.filter(format="pdf").update(file=other)
    assert check_file(old).newer
    assert not check_file(stored(plan, "docx").sha256).newer


def test_nothing_is_told_of_what_is_not_public(client, cast):
    draft = make.draft(cast.troms, by=cast.kari, slug="hemmelig")
    frozen = freeze_named(draft, by=cast.kari, name="til SSU")
    assert verdict(client, frozen.sha256) == "altered"
    assert client.get(f"/d/{frozen.sha256[:12]}").status_code == 404
    later = make.adopted(cast.ssu, by=cast.kari, slug="senere")
    Publication.objects.filter(revision__plan=later).update(
        published_from=timezone.localdate() + timedelta(days=3)
    )
    assert verdict(client, revision_of(later).sha256) == "altered"


# --- the three ways of asking ---


def test_a_file_that_is_sent_is_counted_and_let_go(client, plan, settings):
    kept = {row.pk for row in StoredFile.objects.all()}
    sent = SimpleUploadedFile("plan.pdf", stored(plan).read())
    page = client.post("/kontroll/", {"file": sent})
    assert page.context["checked"].verdict == "in_force"
    assert "max-age" not in page.headers.get("Cache-Control", "")
    assert {row.pk for row in StoredFile.objects.all()} == kept


def test_a_file_that_is_too_large_is_refused(client, plan, monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    page = client.post("/kontroll/", {"file": SimpleUploadedFile("stor.pdf", b"0" * 11)})
    assert (page.status_code, "større enn 20 MB" in page.content.decode()) == (413, True)


def test_an_empty_file_is_refused(client):
    page = client.post("/kontroll/", {"file": SimpleUploadedFile("tom.pdf", b"")})
    assert page.status_code == 422
    assert "Velg en fil som ikke er tom." in page.content.decode()


def test_a_flood_of_files_is_slowed_down(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"check_file": "1/10m/ip"}
    answers = [client.post("/kontroll/", {"file": SimpleUploadedFile("a", b"a")}).status_code for _ in "ab"]
    assert answers == [200, 429]


@pytest.mark.parametrize("lead", ["", "SHA-256: ", "sha256="])
def test_a_hash_is_taken_as_people_type_it(client, plan, lead):
    sha256 = stored(plan).sha256
    assert verdict(client, f" {lead}{sha256[:32].upper()} {sha256[32:]}\n") == "in_force"


def test_the_code_of_a_document_leads_to_it(client, plan):
    code = revision_of(plan).sha256[:12]
    assert client.get("/kontroll/", {"sha256": code.upper()})["Location"] == f"/d/{code}"
    page = client.get(f"/d/{code}")
    assert (page.status_code, page["Cache-Control"]) == (200, "public, max-age=60")
    assert plan.title in page.content.decode()
    assert stored(plan).sha256 in page.content.decode()


@pytest.mark.parametrize("typed", ["<script>", "12345678", "f" * 65])
def test_what_is_no_hash_is_refused_and_kept(client, typed):
    page = client.get("/kontroll/", {"sha256": typed})
    assert (page.status_code, page.context["said"]) == (422, typed)


def test_queries_do_not_grow_with_versions(client, cast, plan, django_assert_num_queries):
    code = revision_of(plan).sha256[:12]

    def ask(sha256: str) -> None:
        with django_assert_num_queries(16):
            client.get(f"/d/{code}", {"sha256": sha256})

    ask(stored(plan).sha256)
    old = stored(plan).sha256
    for _n in range(2):
        section = Section.objects.get(plan=plan)
        values = {"body": f"<p>{section.version}</p>"}
        change = Change(row=section, version=section.version, values=values)
        correct(plan, by=cast.kari, changes=[change], reason="Feil.", decided_by="SSU")
        make_files.call(revision_of(plan).pk)
    assert known_by_prefix(code).correction
    ask(old)


@pytest.fixture
def minutes(cast) -> Minutes:
    """Approved, of a meeting with one case; the files of both are made."""
    meeting = met(cast, timezone.localdate(), {"title": "Økonomi"})
    make.approved(meeting)
    make_minutes.call(meeting.pk)
    make_extract.call(meeting.agenda.get().pk)
    return Minutes.objects.select_related("file").get()


def test_the_file_of_approved_minutes_is_known_and_one_sign_changed_is_not(client, minutes):
    item = minutes.meeting.agenda.get()
    for file, leads_to in ((minutes.file, "/protokoll/"), (item.extract, f"/sak/{item.case.year}-1/")):
        page = client.get("/kontroll/", {"sha256": file.sha256})
        assert page.context["checked"].verdict == "approved"
        assert "Ja. Dette er den godkjente protokollen" in page.content.decode()
        assert f'{leads_to}"' in page.content.decode()
    altered = hashlib.sha256(minutes.file.read() + b" ").hexdigest()
    page = client.get(f"/d/{minutes.sha256[:12]}", {"sha256": altered})
    assert page.context["checked"].verdict == "altered"
    assert "Les den godkjente protokollen på nettsiden" in page.content.decode()


def test_the_code_on_the_minutes_leads_to_them_and_their_files_hash(client, minutes):
    code = minutes.sha256[:12]
    assert f"/d/{code}" in words(minutes.file.read())
    assert client.get("/kontroll/", {"sha256": code}).url == f"/d/{code}"
    page = client.get(f"/d/{code}").content.decode()
    assert "Er dette den godkjente protokollen?" in page
    assert minutes.file.sha256 in page
    upload = SimpleUploadedFile("protokoll.pdf", minutes.file.read())
    assert client.post(f"/d/{code}", {"file": upload}).context["checked"].verdict == "approved"


def test_minutes_that_wait_for_an_approval_are_nobodys_to_find(client, cast):
    meeting = met(cast, timezone.localdate(), {"title": "Økonomi"})
    protocol = protocol_of(meeting, restricted=False, public=True)
    assert client.get(f"/d/{protocol.words[:12]}").status_code == 404
    assert verdict(client, protocol.words) == "altered"
