"""A fixed cast. Ask for the fixture `cast`; log somebody in with `client.force_login(cast.kari)`.

| who    | is                                                                    |
|--------|-----------------------------------------------------------------------|
| Kari   | in the secretariat of Troms og Ofoten                                 |
| Nils   | in the secretariat of Finnmark: an outsider here                      |
| Ingrid | leader of SSU                                                         |
| Per    | member of FSU                                                         |
| Tove   | deputy for Ingrid in SSU                                              |
| Olav   | observer in SSU, where observers may speak and not propose            |
| Odd    | observer in FSU, where observers may propose                          |
| Sigrid | secretary of SSU                                                      |
| Gunn   | nobody's role, but granted `committees.view_committee` on SSU         |
| Aslak  | representative of Tromsø                                              |
| Berit  | had a seat in SSU until yesterday                                     |
| Jon    | nobody's role, but granted `plans.change_plan` on the draft           |
| Siv    | the system administrator                                              |
| Ola    | signed in, without any role                                           |
| nobody | not signed in (`None`)                                                |
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from guardian.shortcuts import assign_perm

from committees.models import Committee, Seat
from committees.rulebook import Rules
from partners.models import HealthCommunity, Partner, Representative, SecretariatPlace, User
from plans.models import Plan

from . import make

NAMES = (
    *("kari", "nils", "ingrid", "per", "tove", "olav", "odd", "sigrid", "gunn", "aslak"),
    *("berit", "jon", "siv", "ola", "nobody"),
)


@dataclass(frozen=True, kw_only=True)
class Cast:
    kari: User
    nils: User
    ingrid: User
    per: User
    tove: User
    olav: User
    odd: User
    sigrid: User
    gunn: User
    aslak: User
    berit: User
    jon: User
    siv: User
    ola: User
    nobody: None = None

    troms: HealthCommunity
    finnmark: HealthCommunity
    unn: Partner
    tromso: Partner
    ssu: Committee
    fsu: Committee
    draft: Plan

    def but(self, *names: str) -> list[User]:
        """Everybody who can sign in, except these: for what only these may do."""
        return [getattr(self, name) for name in NAMES if name not in (*names, "nobody")]


@pytest.fixture
def cast(db: None) -> Cast:
    kari, nils, ingrid, per, tove, olav, odd, sigrid, gunn, aslak, berit, jon, ola = (
        make.user(name)
        for name in (
            "Kari Sekretær",
            "Nils Nabo",
            "Ingrid Leder",
            "Per Medlem",
            "Tove Vara",
            "Olav Observatør",
            "Odd Observatør",
            "Sigrid Sekretær",
            "Gunn Gjest",
            "Aslak Kommune",
            "Berit Avgått",
            "Jon Medforfatter",
            "Ola Nordmann",
        )
    )
    siv = make.user("Siv System", is_staff=True, is_superuser=True)

    troms = make.community("troms-og-ofoten", "Helsefellesskapet Troms og Ofoten")
    finnmark = make.community("finnmark", "Helsefellesskapet Finnmark")
    unn = make.partner("Universitetssykehuset Nord-Norge HF", troms, short="UNN")
    tromso = make.partner("Tromsø", troms, number="5501", county="Troms")
    ssu = make.committee(troms, "SSU", name="Strategisk samarbeidsutvalg")
    fsu = make.committee(troms, "FSU BU", name="Faglig samarbeidsutvalg barn og unge", rank=2, parent=ssu)
    fsu.rules = Rules(observers_propose=True).stored()
    fsu.save()

    today = timezone.localdate()
    since = today - timedelta(days=365)
    SecretariatPlace.objects.create(community=troms, user=kari, start=since)
    SecretariatPlace.objects.create(community=finnmark, user=nils, start=since)
    Representative.objects.create(community=troms, partner=tromso, user=aslak, start=since)
    leader = make.seat(ssu, ingrid, role=Seat.Role.LEADER)
    make.seat(ssu, tove, role=Seat.Role.DEPUTY, deputy_for=leader)
    make.seat(ssu, olav, role=Seat.Role.OBSERVER, side=Seat.Side.OTHER)
    make.seat(ssu, sigrid, role=Seat.Role.SECRETARY, side=Seat.Side.OTHER)
    make.seat(fsu, per)
    make.seat(fsu, odd, role=Seat.Role.OBSERVER, side=Seat.Side.USER)
    assign_perm("committees.view_committee", gunn, ssu)
    make.seat(ssu, berit, end=today - timedelta(days=1))
    draft = make.draft(troms, by=kari, slug="utkast-2027", title="Handlingsplan 2027")
    assign_perm("plans.change_plan", jon, draft)

    return Cast(
        kari=kari,
        nils=nils,
        ingrid=ingrid,
        per=per,
        tove=tove,
        olav=olav,
        odd=odd,
        sigrid=sigrid,
        gunn=gunn,
        aslak=aslak,
        berit=berit,
        jon=jon,
        siv=siv,
        ola=ola,
        troms=troms,
        finnmark=finnmark,
        unn=unn,
        tromso=tromso,
        ssu=ssu,
        fsu=fsu,
        draft=draft,
    )
