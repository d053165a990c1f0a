"""The demo's cast: who can sign in, and the dated facts that give them their roles."""

from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password

from partners.actions import invite_representative, invite_to_secretariat
from partners.models import HealthCommunity, Partner, User

from .tables import Row, rows

PASSWORD = "helsefellesskap-demo"  # noqa: S105 - known to everybody: that is what a demo account is
SINCE = date(2025, 1, 1)


def accounts() -> list[tuple[str, str, str]]:
    """(e-mail, password, role in words) of everybody in the cast."""
    return [(row["email"], PASSWORD, row["role"]) for row in rows("people")]


def make_users(cast: list[Row]) -> None:
    """Makes the users that are missing, with the demo's password, so that no invitation is sent."""
    for row in cast:
        if not User.objects.filter(email=row["email"]).exists():
            system = row["place"] == "system"
            User.objects.create(
                email=row["email"],
                name=row["name"],
                password=_hashed_password(),
                is_staff=system,
                is_superuser=system,
            )


@cache
def _hashed_password() -> str:
    """Hashed once for all: hashing is slow on purpose."""
    return make_password(PASSWORD)


def invite(community: HealthCommunity, partners: dict[str, Partner]) -> User:
    """Gives the secretariat and the representatives their places. Returns who works in the secretariat."""
    cast = rows("people", community.slug)
    make_users(cast)
    system = User.objects.get(email=next(r["email"] for r in rows("people") if r["place"] == "system"))
    for row in cast:
        email, name = row["email"], row["name"]
        if row["place"] == "secretariat":
            title = row["title"]
            invite_to_secretariat(community, by=system, email=email, name=name, title=title, start=SINCE)
        elif row["place"] == "representative":
            partner = partners[row["partner"]]
            invite_representative(community, partner, by=system, email=email, name=name, start=SINCE)
    return User.objects.get(email=_secretary(community.slug))


def is_invited(slug: str) -> bool:
    """Whether the community's demo secretariat is there."""
    return User.objects.filter(email=_secretary(slug)).exists()


def _secretary(slug: str) -> str:
    return next(row["email"] for row in rows("people", slug) if row["place"] == "secretariat")
