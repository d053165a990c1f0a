"""A PDF of a draft and of a comparison: ordered, waited for, fetched, and seen where it fails."""

import io

import pikepdf
import pytest
from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from helsefellesskap.errors import NotAllowed, Unavailable
from helsefellesskap.printing import RenderingFailed
from partners.models import StoredFile
from partners.models.files import LATE_AFTER
from plans import ordered_tasks
from plans.actions import correct, edit_row, freeze_named, order_file, withdraw
from plans.actions.correct import Change
from plans.actions.order_file import let_go
from plans.models import Measure, OrderedFile, Plan
from plans.models.ordered import SLOW_AFTER
from plans.ordered_tasks import make_ordered
from tests import make
from tests.plans.exporters.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast) -> Plan:
    return make.draft(cast.troms, by=cast.kari, slug="kladd")


def page(kind: str = "utkast") -> str:
    return f"/arbeid/troms-og-ofoten/planer/kladd/pdf/{kind}/"


def edit(draft: Plan, by, words: str) -> None:
    row = Measure.objects.filter(goal__section__plan=draft).first()
    edit_row(row, by=by, version=row.version, values={"html": words})


def test_the_page_tells_how_far_it_is_until_it_can_be_fetched(client, cast, draft):
    client.force_login(cast.kari)
    assert client.post(page())["Location"] == page()
    waiting = client.get(page()).content.decode()
    assert "Bestilt, venter på tur" in waiting
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting
    assert client.get(f"{page()}fil").status_code == 404
    make_ordered.call(OrderedFile.objects.get().pk)
    done = client.get(page()).content.decode()
    assert ("PDF-en er klar." in done, "http-equiv" in done) == (True, False)
    answer = client.get(f"{page()}fil")
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/pdf", True)
    assert "Tiltak nummer 1" in words(answer.getvalue())


def test_the_part_that_changes_is_there_for_a_script(client, cast, draft):
    client.force_login(cast.kari)
    client.post(page())
    OrderedFile.objects.update(started_at=timezone.now())
    part = client.get(f"{page()}?del").content.decode()
    assert "Lages nå" in part
    assert "<html" not in part
    assert "data-done" not in part


def test_an_unchanged_draft_is_not_made_again(cast, draft, client):
    client.force_login(cast.kari)
    client.post(page())
    first = OrderedFile.objects.get()
    client.post(page())
    assert OrderedFile.objects.get() == first
    edit(draft, cast.kari, "Endret")
    client.post(page())
    assert OrderedFile.objects.get() != first


def test_what_was_ordered_before_is_let_go_with_its_bytes(cast, draft):
    for words_now in ("a", "b"):
        edit(draft, cast.kari, words_now)
        ordered = order_file(draft, by=cast.kari, kind="utkast", source=words_now)
        make_ordered.call(ordered.pk)
    assert [row.source for row in OrderedFile.objects.all()] == ["b"]
    assert [file.pk for file in StoredFile.objects.all()] == [OrderedFile.objects.get().file_id]


def test_a_comparison_says_what_is_new_and_what_is_gone(client, cast, draft):
    freeze_named(draft, by=cast.kari, name="til SSU")
    edit(draft, cast.kari, "Tiltak nummer én")
    client.force_login(cast.kari)
    client.post(page("sammenligning"), {"fra": "v1", "til": "utkast"})
    make_ordered.call(OrderedFile.objects.get().pk)
    text = words(client.get(f"{page('sammenligning')}fil").getvalue())
    assert "1 tiltak endret." in text
    assert "Tiltak nummer [− 1][+ én]" in text
    assert "2 uendrede tiltak" in text


def test_a_pair_that_cannot_be_chosen_orders_nothing(client, cast, draft):
    client.force_login(cast.kari)
    client.post(page("sammenligning"), {"fra": "finnmark/hemmelig/v1", "til": "utkast"})
    assert not OrderedFile.objects.exists()


def test_a_failure_is_seen_tried_once_more_and_logged(client, cast, draft, monkeypatch, caplog):
    def remark(row: OrderedFile) -> bytes:
        raise RenderingFailed("Ignored `dispaly: none`")

    again = []
    monkeypatch.setattr(type(make_ordered), "enqueue", lambda task, pk: again.append(task.run_after))
    monkeypatch.setattr(ordered_tasks, "_MAKERS", {OrderedFile.Kind.DRAFT: remark})
    client.force_login(cast.kari)
    client.post(page())
    for _try in range(2):
        with pytest.raises(RenderingFailed):
            make_ordered.call(OrderedFile.objects.get().pk)
    assert [bool(after) for after in again] == [False, True]  # at once when ordered, then after a while
    failed = client.get(page()).content.decode()
    assert "PDF-en kunne ikke lages." in failed
    assert "dispaly" in failed
    assert "No utkast of plan" in caplog.text
    assert not StoredFile.objects.exists()
    client.post(page())  # «Prøv igjen»
    assert OrderedFile.objects.get().error == ""


@pytest.mark.parametrize("begun", [False, True])
def test_an_order_that_no_worker_makes_says_so_and_can_be_made_again(client, cast, draft, begun):
    client.force_login(cast.kari)
    client.post(page())
    _long_ago(SLOW_AFTER, begun=begun)
    slow = client.get(page()).content.decode()
    assert ("Det tar lengre tid enn vanlig." in slow, "http-equiv" in slow) == (True, True)
    assert "Prøv igjen" not in slow
    _long_ago(LATE_AFTER, begun=begun)
    part = client.get(f"{page()}?del").content.decode()
    assert "PDF-en er ikke laget ennå." in part
    assert ("data-done" in part, "csrfmiddlewaretoken" in part, "Prøv igjen" in part) == (True, True, True)
    assert "http-equiv" not in client.get(page()).content.decode()
    before = OrderedFile.objects.get()
    DBTaskResult.objects.all().delete()
    for _click in range(2):
        assert client.post(page())["Location"] == page()
    assert OrderedFile.objects.get() == before
    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[before.pk]]
    assert "Bestilt, venter på tur" in client.get(page()).content.decode()


def _long_ago(time, *, begun: bool) -> None:
    then = timezone.now() - time
    OrderedFile.objects.update(asked_at=then, started_at=then if begun else None)


def test_a_lost_comparison_is_ordered_anew_from_its_own_page(client, cast, draft):
    freeze_named(draft, by=cast.kari, name="til SSU")
    client.force_login(cast.kari)
    client.post(page("sammenligning"), {"fra": "v1", "til": "utkast"})
    _long_ago(LATE_AFTER, begun=True)
    lost = client.get(page("sammenligning")).content.decode()
    for name, value in (("fra", "v1"), ("til", "utkast")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in lost
    client.post(page("sammenligning"), {"fra": "v1", "til": "utkast"})
    assert "Bestilt, venter på tur" in client.get(page("sammenligning")).content.decode()


def test_a_full_disk_is_a_failure_like_another(client, cast, draft, settings, tmp_path):
    client.force_login(cast.kari)
    client.post(page())
    (tmp_path / "file").write_bytes(b"")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    with pytest.raises(Unavailable):
        make_ordered.call(OrderedFile.objects.get().pk)
    failed = client.get(page()).content.decode()
    assert "PDF-en kunne ikke lages." in failed
    assert "Filen kunne ikke lagres." in failed
    again = DBTaskResult.objects.get(run_after__gt=timezone.now(), run_after__lt="9999-01-01T00:00Z")
    assert again.args_kwargs["args"] == [OrderedFile.objects.get().pk]


def test_each_has_their_own_and_nobody_else_may(client, cast, draft):
    ordered = order_file(draft, by=cast.kari, kind="utkast", source="x")
    make_ordered.call(ordered.pk)
    with pytest.raises(NotAllowed):
        order_file(draft, by=cast.nils, kind="utkast", source="x")
    client.force_login(cast.siv)
    assert client.get(f"{page()}fil").status_code in (403, 404)
    client.force_login(cast.nils)
    assert client.get(f"{page()}fil").status_code == 403


def test_the_draft_says_on_paper_that_it_is_one(cast, draft):
    ordered = order_file(draft, by=cast.kari, kind="utkast", source="x")
    make_ordered.call(ordered.pk)
    ordered.refresh_from_db()
    data = ordered.file.read()
    assert "Dette er et utkast." in words(data)
    assert "Gjelder denne planen fortsatt?" not in words(data)
    assert len(pikepdf.open(io.BytesIO(data)).pages) > 2


COMPARED = "/troms-og-ofoten/planer/kladd/sammenlign/pdf/"
PAIR = {"fra": "v1", "til": "v2"}


@pytest.fixture
def twice(cast) -> Plan:
    """Public in two versions."""
    plan = make.adopted(cast.ssu, by=cast.kari, slug="kladd")
    row = Measure.objects.filter(goal__section__plan=plan).first()
    change = Change(row=row, version=row.version, values={"html": "Rettet ordlyd"})
    correct(plan, by=cast.kari, changes=[change], reason="Skrivefeil.", decided_by="Lederen av SSU")
    return plan


def test_everybody_orders_the_comparison_of_public_versions_and_it_is_kept(client, twice):
    address = f"{COMPARED}?fra=v1&til=v2"
    assert "Lag PDF" in client.get(address).content.decode()
    assert client.post(COMPARED, PAIR).url == address
    waiting = client.get(address).content.decode()
    assert "Bestilt, venter på tur" in waiting
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting
    make_ordered.call(OrderedFile.objects.get().pk)
    first = client.get(address)
    assert "[+ Rettet ordlyd]" in words(first.getvalue())
    assert client.post(COMPARED, PAIR).status_code == 302
    assert OrderedFile.objects.count() == 1
    assert client.get(address)["ETag"] == first["ETag"]


def test_the_public_comparison_is_the_same_bytes_whenever_it_is_made(client, twice):
    made = []
    for _ in range(2):
        client.post(f"/en{COMPARED}" if made else COMPARED, PAIR)
        make_ordered.call(OrderedFile.objects.get().pk)
        made.append(OrderedFile.objects.get().file.read())
        let_go(Q(by=None))
    assert made[0] == made[1]


def test_a_public_comparison_that_fails_says_so_without_the_reason(client, twice, monkeypatch):
    def remark(*_args: object, **_named: object) -> bytes:
        raise RenderingFailed("Ignored `dispaly: none`")

    monkeypatch.setitem(ordered_tasks._MAKERS, OrderedFile.Kind.PUBLIC, remark)
    client.post(COMPARED, PAIR)
    with pytest.raises(RenderingFailed):
        make_ordered.call(OrderedFile.objects.get().pk)
    page = client.get(COMPARED, PAIR).content.decode()
    assert "PDF-en kunne ikke lages." in page
    assert "dispaly" not in page
    client.post(COMPARED, PAIR)
    assert OrderedFile.objects.get().error == ""
    _long_ago(LATE_AFTER, begun=True)
    lost = client.get(COMPARED, PAIR).content.decode()
    assert "PDF-en er ikke laget ennå." in lost
    assert '<input type="hidden" name="fra" value="v1">' in lost
    DBTaskResult.objects.all().delete()
    for _click in range(2):
        client.post(COMPARED, PAIR)
    assert DBTaskResult.objects.count() == 1
    assert "Bestilt, venter på tur" in client.get(COMPARED, PAIR).content.decode()


def test_a_plan_that_is_withdrawn_takes_its_comparisons_with_it(client, cast, twice):
    client.post(COMPARED, PAIR)
    make_ordered.call(OrderedFile.objects.get().pk)
    sha256 = OrderedFile.objects.get().file.sha256
    withdraw(twice, by=cast.kari, reason="Inneholdt et navn.")
    assert not OrderedFile.objects.exists()
    assert not StoredFile.objects.filter(sha256=sha256).exists()
    assert client.get(COMPARED, PAIR).status_code == 410


def test_only_public_versions_are_compared_for_everybody(client, cast, twice):
    other = make.draft(cast.troms, by=cast.kari, slug="annet")
    freeze_named(other, by=cast.kari, name="til SSU")
    for pair in ({"fra": "v1", "til": "troms-og-ofoten/annet/v1"}, {"fra": "v1", "til": "utkast"}, {}):
        assert client.post(COMPARED, pair).url == "/troms-og-ofoten/planer/kladd/sammenlign/"
    assert not OrderedFile.objects.exists()
