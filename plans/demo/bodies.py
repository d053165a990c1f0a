"""The demo's parties, committees with their seats, and agreements."""

from datetime import date

from committees.actions import end_seat, invite_to_seat
from committees.models import Committee
from helsefellesskap.slugs import slug_of
from partners.models import (
    Agreement,
    AgreementParty,
    HealthCommunity,
    Membership,
    Partner,
    RoleParty,
    User,
)

from .tables import Row, day, rows

# Who a role or an agreement embraces, as the tables say it.
EMBRACES = {
    "": set(),
    "kommuner": {Partner.Kind.MUNICIPALITY},
    "sykehus og kommuner": {Partner.Kind.MUNICIPALITY, Partner.Kind.HOSPITAL_TRUST},
    "alle": set(Partner.Kind),
}
SIGNATORY = {
    Partner.Kind.HOSPITAL_TRUST: {"nb": "administrerende direktør", "nn": "administrerande direktør"},
    Partner.Kind.MUNICIPALITY: {"nb": "ordføreren", "nn": "ordføraren"},
}


def describe(community: HealthCommunity) -> None:
    """Fills the community's own facts where they are empty."""
    for row in rows("communities", community.slug):
        for field, value in row.items():
            if field != "community" and not getattr(community, field):
                setattr(community, field, value)
    community.save()


def partners_of(community: HealthCommunity) -> dict[str, Partner]:
    """The community's parties by name and by short name."""
    known = community.partners.all()
    return {name: partner for partner in known for name in (partner.short, partner.name) if name}


def add_partners(community: HealthCommunity) -> dict[str, Partner]:
    """Adds the GPs and the user organisation; the trust and the kommuner are there. Returns all by name."""
    for row in rows("partners", community.slug):
        partner, _made = Partner.objects.get_or_create(
            slug=slug_of(row["name"]),
            defaults={"name": row["name"], "short": row["short"], "kind": row["kind"]},
        )
        Membership.objects.get_or_create(community=community, partner=partner)
    return partners_of(community)


def add_roles(community: HealthCommunity) -> None:
    for row in rows("roles", community.slug):
        role, made = RoleParty.objects.get_or_create(
            community=community, abbreviation=row["abbreviation"], defaults={"name": row["name"]}
        )
        if made:
            role.members.set(community.partners.filter(kind__in=EMBRACES[row["members"]]))


def add_committees(community: HealthCommunity, partners: dict[str, Partner], by: User) -> None:
    """Adds committees from the top down, then their seats; a deputy comes after the seat it stands in for."""
    committees: dict[str, Committee] = {}
    for row in rows("committees", community.slug):
        committees[row["abbreviation"]], _made = Committee.objects.get_or_create(
            community=community,
            abbreviation=row["abbreviation"],
            defaults={
                "slug": slug_of(row["abbreviation"]),
                "name": row["name"],
                "level": row["level"],
                "rank": int(row["rank"]),
                "parent": committees.get(row["parent"]),
                "mandate": row["mandate"],
            },
        )
    for row in rows("seats", community.slug):
        _add_seat(row, committees[row["committee"]], partners, by)


def _add_seat(row: Row, committee: Committee, partners: dict[str, Partner], by: User) -> None:
    seat = invite_to_seat(
        committee,
        by=by,
        name=row["name"],
        role=row["role"],
        side=row["side"],
        email=row["email"],
        represents=[partners[name] for name in row["represents"].split("; ") if name],
        area=row["area"],
        deputy_for=committee.seats.get(printed_name=row["deputy_for"]) if row["deputy_for"] else None,
        start=date.fromisoformat(row["start"]),
    )
    if last_day := day(row["end"]):
        end_seat(seat, by=by, last_day=last_day)


def add_agreements(community: HealthCommunity) -> None:
    """Adds the agreements, each with its parties; where it has a date, all of them signed on it."""
    agreements: dict[str, Agreement] = {}
    for row in rows("agreements", community.slug):
        agreement, made = Agreement.objects.get_or_create(
            community=community,
            slug=row["slug"],
            defaults={
                "kind": row["kind"],
                "title": row["title"],
                "own_name": row["own_name"],
                "parent": agreements.get(row["parent"]),
                "version": row["version"],
                "start": day(row["start"]),
                "end": day(row["end"]),
                "summary": row["summary"],
            },
        )
        agreements[row["slug"]] = agreement
        if made:
            _add_parties(agreement, row)


def _add_parties(agreement: Agreement, row: Row) -> None:
    signed = day(row["signed"])
    for partner in agreement.community.partners.filter(kind__in=EMBRACES[row["parties"]]):
        titles = SIGNATORY.get(Partner.Kind(partner.kind), {})
        AgreementParty.objects.create(
            agreement=agreement,
            partner=partner,
            adopted_on=signed,
            signed_on=signed,
            signatory=titles.get(agreement.community.language, "") if signed else "",
        )
