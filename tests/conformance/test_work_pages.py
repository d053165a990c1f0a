"""The pages of the workbench are valid HTML."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from partners.models import StoredFile
from plans import actions
from plans.models import Figure, Goal, Measure, Section
from tests import make
from tests.e2e.test_import_and_correct import TEXT
from tests.people import Cast
from tests.plans.editing import sent

pytestmark = [pytest.mark.conformance, pytest.mark.django_db]
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def test_every_page_of_the_workbench(client: Client, cast: Cast, vnu: Callable[[bytes], None]) -> None:
    client.force_login(cast.kari)
    import_ = actions.upload_plan(cast.troms, by=cast.kari, name="plan.md", data=TEXT.encode())
    work = cast.draft.get_work_url()
    section, goal, measure = Section.objects.get(), Goal.objects.get(), Measure.objects.first()
    assert measure
    Figure.objects.create(section=section, file=StoredFile.objects.store(b"bilde", "image/png"), alt="Kurve")
    row = f"{work}rad/{measure.item.code}/"
    pages = [
        "/arbeid/",
        "/arbeid/troms-og-ofoten/",
        "/arbeid/troms-og-ofoten/import/",
        "/arbeid/troms-og-ofoten/ny-plan/",
        f"/arbeid/troms-og-ofoten/import/{import_.pk}/",
        work,
        f"{work}opplysninger/",
        f"{work}forkortelser/",
        f"{work}ny/kapittel/",
        *(f"{work}rad/{r.item.code}/" for r in (section, goal, measure)),
        f"{work}rad/{goal.item.code}/ny/tiltak/",
        f"{row}slett/",
    ]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        vnu(answer.content)
    mend = {"version": 1, "op": uuid4(), "verb": "out_below", "key": "g1"}
    client.post(f"/arbeid/troms-og-ofoten/import/{import_.pk}/rett/", mend)
    vnu(client.get(f"/arbeid/troms-og-ofoten/import/{import_.pk}/?rett=s1").content)
    mine = sent(client, row, indicator="Mitt")
    actions.edit_row(measure, by=cast.kari, version=1, values={"indicator": "Ditt", "html": "Ditt"})
    vnu(client.post(row, mine).content)
    vnu(client.post(row, mine | {"label": "x" * 60}).content)
    actions.delete_row(goal, by=cast.kari)
    vnu(client.post(row, mine).content)
    client.logout()
    vnu(client.post(row, mine).content)


def test_from_year_to_year_and_history(client: Client, cast: Cast, vnu: Callable[[bytes], None]) -> None:
    client.force_login(cast.kari)
    old = make.adopted(cast.ssu, by=cast.kari)
    new = actions.start_from(cast.troms, by=cast.kari, source=old.revisions.get())
    carry_over = f"{new.get_work_url()}videreforing/"
    vnu(client.get(carry_over).content)
    vnu(client.post(carry_over, {"kind-1": "finished", "kind-2": "merged"}).content)
    client.post(carry_over, {"kind-1": "continued", "kind-2": "split:2", "kind-3": "merged", "into-3": "1"})
    copied = Measure.objects.filter(goal__section__plan=new).first()
    assert copied
    actions.edit_row(copied, by=cast.kari, version=copied.version, values={"html": "Noe annet"})
    actions.delete_row(Measure.objects.filter(goal__section__plan=new).last(), by=cast.kari)
    vnu(client.get(f"{new.get_work_url()}slettet/").content)
    for page in (carry_over, new.get_work_url(), f"{new.get_work_url()}rad/{copied.item.code}/historikk/"):
        vnu(client.get(page).content)


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
@pytest.mark.parametrize("file", sorted(CORPUS.glob("*.*")), ids=lambda file: file.name)
def test_the_preview_and_the_draft_of_each_document(
    client: Client, cast: Cast, vnu: Callable[[bytes], None], file: Path
) -> None:
    client.force_login(cast.kari)
    import_ = actions.upload_plan(cast.troms, by=cast.kari, name=file.name, data=file.read_bytes())
    vnu(client.get(f"/arbeid/troms-og-ofoten/import/{import_.pk}/").content)
    plan = actions.accept_import(import_, by=cast.kari)
    vnu(client.get(plan.get_work_url()).content)
