"""The 19 health communities, their hospital trusts and the 357 kommuner, from `partners/data`."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from helsefellesskap.slugs import slug_of
from partners.models import HealthCommunity, Membership, Partner

DATA = Path(__file__).resolve().parents[2] / "data"

type Row = dict[str, str]


class Command(BaseCommand):
    help = "Legger inn de 19 helsefellesskapene, helseforetakene og kommunene som mangler."

    def handle(self, *args: Any, **options: Any) -> None:
        made = load()
        self.stdout.write(
            f"La inn {made[HealthCommunity]} helsefellesskap, {made[Partner]} parter "
            f"og {made[Membership]} medlemskap."
        )


def load() -> Counter[type]:
    """Adds what is missing, and returns how many rows of each model that was.

    What is there stays as it is: a partner that exists keeps its name, its address and its
    memberships, whoever corrected them.
    """
    communities, kommuner = _rows("helsefellesskap.csv"), _rows("kommuner.csv")
    with transaction.atomic():
        before = _count()
        HealthCommunity.objects.bulk_create(
            [HealthCommunity(slug=r["slug"], name=r["navn"], language=r["målform"]) for r in communities],
            ignore_conflicts=True,
        )
        home = HealthCommunity.objects.in_bulk(field_name="slug")
        partners = [*_new_trusts(communities), *_new_kommuner(kommuner)]
        Partner.objects.bulk_create([partner for partner, _, _ in partners])
        Membership.objects.bulk_create(
            [Membership(partner=p, community=home[slug], note=note) for p, slug, note in partners]
        )
        return _count() - before


def _new_trusts(rows: list[Row]) -> list[tuple[Partner, str, str]]:
    """The trusts that are not there, each with its community's slug and a note on the membership."""
    known = set(Partner.objects.values_list("organisation_number", flat=True))
    return [
        (
            Partner(
                slug=slug_of(r["helseforetak"].removesuffix(" HF")),
                name=r["helseforetak"],
                short=r["kortnavn"],
                kind=Partner.Kind.HOSPITAL_TRUST,
                organisation_number=r["organisasjonsnummer"],
            ),
            r["slug"],
            "",
        )
        for r in rows
        if r["organisasjonsnummer"] not in known
    ]


def _new_kommuner(rows: list[Row]) -> list[tuple[Partner, str, str]]:
    known = set(Partner.objects.values_list("municipality_number", flat=True))
    bearers = Counter(r["kommune"] for r in rows)  # Herøy and Våler are two kommuner each
    return [
        (
            Partner(
                slug=slug_of(r["kommune"] if bearers[r["kommune"]] == 1 else f"{r['kommune']} {r['fylke']}"),
                name=r["kommune"],
                kind=Partner.Kind.MUNICIPALITY,
                municipality_number=r["kommunenummer"],
                county=r["fylke"],
            ),
            r["helsefellesskap"],
            r["merknad"],
        )
        for r in rows
        if r["kommunenummer"] not in known
    ]


def _rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _count() -> Counter[type]:
    return Counter({model: model.objects.count() for model in (HealthCommunity, Partner, Membership)})
