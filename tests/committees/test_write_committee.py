"""Committees and roles are written down by the secretariat, and drafts that name them are linked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees import actions
from committees.models import Committee
from helsefellesskap.errors import NotAllowed, Refusal
from partners.models import Audit, RoleParty
from plans.models import Measure
from tests import make
from tests.people import Cast

NEW = {"name": "Fagutvalg for legemidler", "abbreviation": "FSU LM", "level": "faglig nivå"}


def write(cast, committee=None, **facts):
    return actions.write_committee(cast.troms, committee, by=cast.kari, **{**NEW, **facts})


def test_a_committee_is_founded_under_another_and_shown_with_the_people(cast: Cast, client):
    client.force_login(cast.kari)
    address = reverse("write_committee", args=["troms-og-ofoten"])
    answer = client.post(address, {**NEW, "parent": cast.ssu.pk})
    assert (answer.status_code, answer.url) == (302, "/arbeid/troms-og-ofoten/folk/#utvalg")
    made = Committee.objects.get(abbreviation="FSU LM")
    assert (made.slug, made.rank, made.parent) == ("fsu-lm", cast.ssu.rank + 1, cast.ssu)
    assert "Fagutvalg for legemidler (FSU LM)" in client.get("/arbeid/troms-og-ofoten/folk/").text
    assert Audit.objects.latest("seq").what == "Opprettet utvalget Fagutvalg for legemidler (FSU LM)."


def test_what_is_written_of_a_committee_changes_and_its_address_stays(cast: Cast, client):
    made = write(cast)
    client.force_login(cast.kari)
    address = reverse("write_committee", args=["troms-og-ofoten", "fsu-lm"])
    assert client.get(address).context["form"].initial["abbreviation"] == "FSU LM"
    assert client.post(address, {**NEW, "abbreviation": "FSU LEG", "mandate": "Gir råd."}).status_code == 302
    made.refresh_from_db()
    assert (made.slug, made.abbreviation, made.mandate) == ("fsu-lm", "FSU LEG", "Gir råd.")


def test_an_abbreviation_in_use_is_refused_and_nothing_typed_is_lost(cast: Cast, client):
    client.force_login(cast.kari)
    answer = client.post(reverse("write_committee", args=["troms-og-ofoten"]), {**NEW, "abbreviation": "ssu"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"abbreviation": ["Forkortelsen ssu er alt i bruk."]}
    assert answer.context["form"]["name"].value() == NEW["name"]


def test_a_committee_is_never_under_itself(cast: Cast):
    above = write(cast)
    under = write(cast, abbreviation="AG", parent=above)
    with pytest.raises(Refusal, match="kan ikke være nedsatt av seg selv"):
        write(cast, above, parent=under)


def test_another_communitys_secretariat_founds_nothing_here(cast: Cast):
    with pytest.raises(NotAllowed):
        actions.write_committee(cast.troms, by=cast.nils, **NEW)
    with pytest.raises(NotAllowed):
        actions.write_role(cast.troms, by=cast.nils, name="Sekretariatet", abbreviation="SEKR")


def test_a_role_is_written_with_the_parties_it_embraces(cast: Cast, client):
    client.force_login(cast.kari)
    address = reverse("write_role", args=["troms-og-ofoten"])
    form = {"name": "Sekretariatet", "abbreviation": "SEKRE", "members": [cast.unn.pk, cast.tromso.pk]}
    assert client.post(address, form).status_code == 302
    role = RoleParty.objects.get(abbreviation="SEKRE")
    assert set(role.members.all()) == {cast.unn, cast.tromso}
    address = reverse("write_role", args=["troms-og-ofoten", role.pk])
    assert client.post(address, {**form, "members": []}).status_code == 302
    assert list(role.members.all()) == []


def test_drafts_that_name_it_are_linked_and_a_frozen_version_stands(cast: Cast):
    measure = Measure.objects.filter(goal__section__plan=cast.draft).first()
    measure.responsible_text = "FSU LM og Tromsø"
    measure.save()
    measure.responsibles.all().delete()
    adopted = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt-2026")
    kept = Measure.objects.filter(goal__section__plan=adopted).first()
    kept.responsible_text = "FSU LM"
    kept.save()
    linked = kept.responsibles.count()
    made = write(cast)
    assert [one.body for one in measure.responsibles.all()] == [made, cast.tromso]
    assert kept.responsibles.count() == linked


def test_a_long_draft_takes_as_many_queries_as_a_short_one(cast: Cast):
    made = write(cast)

    def queries():
        Measure.objects.update(responsible_text="FSU LM")
        write(cast, made)  # links them
        with CaptureQueriesContext(connection) as taken:
            write(cast, made)
        return len(taken)

    before = queries()
    make.draft(cast.troms, by=cast.kari, slug="kort", measures=2)
    short = queries()
    make.draft(cast.troms, by=cast.kari, slug="lang", measures=60)
    assert queries() - short == short - before
