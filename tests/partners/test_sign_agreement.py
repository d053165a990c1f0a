"""«Loppa har signert i egen sak»: each party adopts and signs for itself."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from django.utils import timezone

from helsefellesskap.errors import Conflict, NotAllowed, Refusal
from partners.actions import LineChange, new_version, sign_agreement, write_agreement, write_matrix
from partners.models import Agreement, AgreementParty, Audit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SIGNED = {"case_number": "45/26", "adopted_on": TODAY, "signed_on": TODAY, "signatory": "Ordføreren"}


@pytest.fixture
def agreement(cast) -> Agreement:
    """The agreement between UNN and Tromsø."""
    return write_agreement(
        cast.troms,
        by=cast.kari,
        facts={"kind": "cooperation", "title": "Samarbeidsavtale"},
        parties=[cast.unn, cast.tromso],
    )


def line(agreement, partner) -> AgreementParty:
    return agreement.parties.get(partner=partner)


def test_a_party_signs_for_itself_in_its_own_case(cast, agreement):
    sign_agreement(line(agreement, cast.tromso), by=cast.aslak, row_version=1, values=SIGNED)
    signed = line(agreement, cast.tromso)
    assert (signed.case_number, signed.signed_on, signed.typed_in) == ("45/26", TODAY, False)
    assert line(agreement, cast.unn).signed_on is None
    day = f"{TODAY:%d.%m.%Y}"
    assert Audit.objects.latest("seq").what == f"Tromsø: vedtatt {day}, signert {day} («Samarbeidsavtale»)."


def test_what_the_secretariat_types_in_is_marked_so(cast, agreement):
    assert sign_agreement(line(agreement, cast.unn), by=cast.kari, row_version=1, values=SIGNED).typed_in


def test_nobody_else_writes_agreements_or_signs(cast, agreement):
    acts = (
        lambda by: sign_agreement(line(agreement, cast.tromso), by=by, row_version=1, values=SIGNED),
        lambda by: new_version(agreement, by=by, text="<p>Ord</p>"),
        lambda by: write_agreement(cast.troms, by=by, facts={"title": "x"}, parties=[]),
        lambda by: write_matrix(cast.troms, by=by, changes=[]),
    )
    for by, act in product(cast.but("kari", "aslak"), acts):
        with pytest.raises(NotAllowed), transaction.atomic():
            act(by)


def test_a_party_does_not_sign_for_another(cast, agreement):
    with pytest.raises(NotAllowed):
        sign_agreement(line(agreement, cast.unn), by=cast.aslak, row_version=1, values=SIGNED)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"signatory": "Ordføreren"}, "oppgi datoen avtalen ble signert"),
        ({"signed_on": TODAY + timedelta(days=1)}, "har ikke vært ennå"),
        ({"adopted_on": TODAY + timedelta(days=1)}, "har ikke vært ennå"),
    ],
)
def test_what_cannot_be_signed_so(cast, agreement, values, sentence):
    with pytest.raises(Refusal, match=sentence), transaction.atomic():
        sign_agreement(line(agreement, cast.tromso), by=cast.aslak, row_version=1, values=values)
    assert line(agreement, cast.tromso).row_version == 1


def test_a_colleague_who_wrote_first_is_not_written_over(cast, agreement):
    sign_agreement(line(agreement, cast.unn), by=cast.kari, row_version=1, values=SIGNED)
    with pytest.raises(Conflict):
        sign_agreement(line(agreement, cast.unn), by=cast.kari, row_version=1, values={"case_number": "1"})


def test_a_party_that_has_signed_is_not_taken_away(cast, agreement):
    sign_agreement(line(agreement, cast.tromso), by=cast.aslak, row_version=1, values=SIGNED)
    with pytest.raises(Refusal, match="Tromsø har vedtatt eller signert"):
        write_agreement(cast.troms, by=cast.kari, facts={}, parties=[cast.unn], agreement=agreement)


def test_versions_are_numbered_and_say_something(cast, agreement):
    first = new_version(agreement, by=cast.kari, text="<p>Ord</p><script>x</script>")
    assert (first.number, first.text) == (1, "<p>Ord</p>")
    with pytest.raises(Refusal, match="teksten eller en fil"):
        new_version(agreement, by=cast.kari)
    assert new_version(agreement, by=cast.kari, text="<p>Nye</p>").number == 2


def test_a_table_is_written_whole_or_not_at_all(cast, agreement):
    changes = [
        LineChange(line=line(agreement, cast.unn).pk, row_version=1, values={"sent_on": TODAY}),
        LineChange(line=line(agreement, cast.tromso).pk, row_version=2, values={"sent_on": TODAY}),
    ]
    with pytest.raises(Conflict), transaction.atomic():
        write_matrix(cast.troms, by=cast.kari, changes=changes)
    assert not AgreementParty.objects.exclude(sent_on=None).exists()
    assert write_matrix(cast.troms, by=cast.kari, changes=changes[:1]) == 1
