"""«Sak fra plan»: a case of a frozen version, which the committee's members then read there."""

import pytest
from django.utils.translation import override

from committees import actions as committee_actions
from committees.models import Case
from helsefellesskap.errors import Conflict, NotAllowed, WrongState
from plans import actions
from plans.models import CaseItem, Plan
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(cast):
    return actions.freeze_named(cast.draft, by=cast.kari, name="til SSU", note="Se særlig på mål 1.")


def test_a_case_has_the_plans_title_and_background_and_its_frozen_version(client, cast, revision):
    client.force_login(cast.kari)
    page = f"{cast.draft.get_work_url()}sak/"
    answer = client.post(page, {"revision": revision.pk, "committee": cast.ssu.pk})
    case = Case.objects.get()
    assert answer["Location"] == case.get_absolute_url()
    assert (case.title, case.committee) == ("Handlingsplan 2027", cast.ssu)
    assert case.background == (
        "Versjon 1 («til SSU») av «Handlingsplan 2027» følger saken.\n\nSe særlig på mål 1."
    )
    assert case.plan_items.get().revision == revision
    assert Plan.objects.get(pk=cast.draft.pk).state == Plan.State.IN_REVIEW


@pytest.mark.parametrize(
    ("form", "laid"),
    [
        ("nb", "Versjon 1 («til SSU») av «Handlingsplan 2027» følger saken."),
        ("nn", "Versjon 1 («til SSU») av «Handlingsplan 2027» følgjer saka."),
    ],
)
def test_the_background_is_in_the_communitys_form_whoever_makes_the_case(cast, revision, form, laid):
    cast.troms.language = revision.plan.community.language = form
    cast.troms.save(update_fields=["language"])
    with override("en"):
        case = actions.case_about(revision, by=cast.kari, committee=cast.ssu)
    assert case.background == f"{laid}\n\nSe særlig på mål 1."


def test_members_read_the_version_in_the_case_and_not_the_draft(client, cast, revision):
    case = actions.case_about(revision, by=cast.kari, committee=cast.ssu)
    client.force_login(cast.ingrid)
    (subject,) = client.get(case.get_absolute_url()).context["subjects"]
    assert "Tiltak nummer 3" in client.get(subject.url).content.decode()
    assert client.get(cast.draft.get_work_url()).status_code == 403
    client.force_login(cast.per)
    assert client.get(subject.url).status_code == 403


def test_a_version_is_laid_once_and_taken_out_until_the_case_is_decided(client, cast, revision):
    case = committee_actions.write_case(cast.ssu, by=cast.kari, facts={"title": "Planen"})
    with pytest.raises(NotAllowed):
        actions.lay_in_case(case, by=cast.sigrid, revision=revision)  # she may not read the draft
    foreign = make.draft(cast.finnmark, by=cast.nils, slug="annen")
    theirs = actions.freeze_named(foreign, by=cast.nils, name="x")
    with pytest.raises(WrongState):
        actions.lay_in_case(case, by=cast.kari, revision=theirs)
    client.force_login(cast.kari)
    page = f"{case.get_absolute_url()}planer/"
    assert client.post(page, {"revision": revision.pk}).status_code == 302
    with pytest.raises(Conflict):
        actions.lay_in_case(case, by=cast.kari, revision=revision)
    item = case.plan_items.get()
    assert client.post(f"{page}{item.pk}/ta-ut/").status_code == 302
    assert not CaseItem.objects.exists()
