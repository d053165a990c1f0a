"""A community's committees and roles are written down: by its secretariat, or whoever sets it up."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from committees.models import Committee
from committees.subjects import subjects
from helsefellesskap.errors import Refusal
from helsefellesskap.slugs import unused_slug
from partners.actions import lock_people
from partners.models import Audit, HealthCommunity, Partner, RoleParty, User


@transaction.atomic
def write_committee(
    community: HealthCommunity,
    committee: Committee | None = None,
    *,
    by: User,
    name: str,
    abbreviation: str,
    level: str,
    parent: Committee | None = None,
    until: date | None = None,
    mandate: str = "",
) -> Committee:
    """A new committee, or what is written of an old one. Its address stays.

    It stands one step below the one that set it up. Raises NotAllowed and Refusal.
    """
    lock_people(community, by=by)
    _unused(abbreviation, community.committees.exclude(pk__in=[committee.pk] if committee else []))
    if committee and parent and parent.pk in below(committee):
        raise Refusal(_("Et utvalg kan ikke være nedsatt av seg selv eller av et utvalg under seg."))
    row = committee or Committee(
        community=community, slug=unused_slug(abbreviation, community.committees.all(), "utvalg")
    )
    if committee is None or row.parent_id != (parent and parent.pk):
        row.rank = parent.rank + 1 if parent else 1
    row.name, row.abbreviation, row.level = name, abbreviation, level
    row.parent, row.until, row.mandate = parent, until, mandate
    row.save()
    subjects().named(community)
    what = "Endret utvalget %(name)s." if committee else "Opprettet utvalget %(name)s."
    Audit.objects.write(community, by=by, verb="write_committee", what=what, facts={"name": str(row)})
    return row


@transaction.atomic
def write_role(
    community: HealthCommunity,
    role: RoleParty | None = None,
    *,
    by: User,
    name: str,
    abbreviation: str,
    members: Iterable[Partner] = (),
) -> RoleParty:
    """A new role («SEKR», «Felles») and the parties that it embraces, or what is written of an old one.

    Raises NotAllowed and Refusal.
    """
    lock_people(community, by=by)
    _unused(abbreviation, community.roles.exclude(pk__in=[role.pk] if role else []))
    row = role or RoleParty(community=community)
    row.name, row.abbreviation = name, abbreviation
    row.save()
    row.members.set(members)
    subjects().named(community)
    what = "Endret rollen %(name)s." if role else "Opprettet rollen %(name)s."
    facts = {"name": f"{name} ({abbreviation})"}
    Audit.objects.write(community, by=by, verb="write_role", what=what, facts=facts)
    return row


def below(committee: Committee) -> set[int]:
    """The committee itself and all that it or one of these set up, by their keys."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in committee.community.committees.values_list("pk", "parent"):
        children.setdefault(parent, []).append(pk)
    found, waiting = set(), [committee.pk]
    while waiting:
        found.add(pk := waiting.pop())
        waiting += [child for child in children.get(pk, []) if child not in found]
    return found


def _unused(abbreviation: str, others: QuerySet) -> None:
    if others.filter(abbreviation__iexact=abbreviation).exists():
        raise Refusal(_("Forkortelsen %(abbreviation)s er alt i bruk.") % {"abbreviation": abbreviation})
