"""What is done with people: inviting them to a place on a party's side, and ending the place."""

from datetime import date
from typing import Protocol

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import NotAllowed, WrongState
from partners import rules
from partners.models import Audit, HealthCommunity, Partner, Representative, SecretariatPlace, User
from partners.roles import roles_of
from partners.tasks import send_invitation


def invite_to_secretariat(
    community: HealthCommunity,
    *,
    by: User,
    email: str,
    name: str,
    title: str = "",
    start: date | None = None,
) -> SecretariatPlace:
    """Gives a person a place in the secretariat from `start` (today). Raises NotAllowed, WrongState."""
    with transaction.atomic():
        lock_people(community, by=by)
        user = invited(email, name, community)
        start = start or timezone.localdate()
        if _holds(community.secretariat.filter(user=user), start):
            raise WrongState(_("%(name)s har allerede plass i sekretariatet.") % {"name": user})
        place = SecretariatPlace.objects.create(community=community, user=user, title=title, start=start)
        what = "Inviterte %(who)s til sekretariatet."
        facts = {"who": _who(user)}
        Audit.objects.write(community, by=by, verb="invite_to_secretariat", what=what, facts=facts)
    return place


def invite_representative(
    community: HealthCommunity,
    partner: Partner,
    *,
    by: User,
    email: str,
    name: str,
    start: date | None = None,
) -> Representative:
    """Lets a person speak for a party in the community. Raises NotAllowed, WrongState."""
    with transaction.atomic():
        lock_people(community, by=by)
        if not community.memberships.filter(partner=partner).exists():
            raise WrongState(_("%(party)s er ikke part i dette helsefellesskapet.") % {"party": partner})
        user = invited(email, name, community)
        start = start or timezone.localdate()
        if _holds(community.representatives.filter(user=user, partner=partner), start):
            raise WrongState(
                _("%(name)s representerer allerede %(party)s.") % {"name": user, "party": partner}
            )
        representative = Representative.objects.create(
            community=community, partner=partner, user=user, start=start
        )
        what = "Inviterte %(who)s som representant for %(party)s."
        facts = {"who": _who(user), "party": partner}
        Audit.objects.write(community, by=by, verb="invite_representative", what=what, facts=facts)
    return representative


def resend_invitation(user: User, *, by: User, community: HealthCommunity) -> None:
    """Sends a new link to somebody who has not chosen a password. Raises NotAllowed, WrongState."""
    with transaction.atomic():
        lock_people(community, by=by)
        if not any(community_id == community.pk for _role, community_id in roles_of(user)):
            raise NotAllowed(_("Personen har ingen plass i dette helsefellesskapet i dag."))
        if user.has_usable_password():
            raise WrongState(_("%(name)s har allerede valgt passord og kan logge inn.") % {"name": user})
        send_invitation.enqueue(user_id=user.pk, community_id=community.pk)
        what = "Sendte invitasjonen til %(who)s på nytt."
        facts = {"who": _who(user)}
        Audit.objects.write(community, by=by, verb="resend_invitation", what=what, facts=facts)


def end_place(place: SecretariatPlace | Representative, *, by: User, last_day: date) -> None:
    """Ends a place in the secretariat, or a representation. Raises NotAllowed."""
    with transaction.atomic():
        lock_people(place.community, by=by)
        end(place, last_day)
        what = "Avsluttet plassen %(place)s, siste dag %(day)s."
        facts = {"place": place, "day": f"{last_day:%d.%m.%Y}"}
        Audit.objects.write(place.community, by=by, verb="end_place", what=what, facts=facts)


# --- what actions on people share; committees use these for seats ---


class _Fact(Protocol):
    start: date
    end: date | None

    def save(self, *, update_fields: list[str]) -> None: ...
    def delete(self) -> object: ...


def lock_people(community: HealthCommunity, *, by: User) -> None:
    """Checks that the person may manage people here, and lets nobody else do it meanwhile."""
    if not rules.may_manage_people(by, community):
        raise NotAllowed(_("Bare sekretariatet kan invitere folk og avslutte plasser."))
    locked(HealthCommunity.objects).get(pk=community.pk)


def invited(email: str, name: str, community: HealthCommunity) -> User:
    """The user with this address, made if there is none; without a password, they get the invitation.

    An existing user keeps the name. Raises WrongState for one who is deactivated.
    """
    user, _made = User.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name.strip(), "password": make_password(None)}
    )
    if not user.is_active:
        raise WrongState(_("Brukeren er deaktivert. Be systemforvalteren om å åpne den igjen."))
    if not user.has_usable_password():
        send_invitation.enqueue(user_id=user.pk, community_id=community.pk)
    return user


def end(fact: _Fact, last_day: date) -> None:
    """Sets the last day of a dated fact. One that would end before it began is taken back altogether."""
    if last_day < fact.start:
        fact.delete()
        return
    fact.end = last_day
    fact.save(update_fields=["end"])


def _holds(places: models.QuerySet, day: date) -> bool:
    """Whether one of these places lasts on the day or begins after it."""
    return places.exclude(end__lt=day).exists()


def _who(user: User) -> str:
    return f"{user.name} <{user.email}>"
