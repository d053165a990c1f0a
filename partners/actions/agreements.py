"""Agreements: each party adopts and signs for itself («Loppa har signert i egen sak»)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal
from helsefellesskap.richtext import clean_block
from helsefellesskap.slugs import unused_slug
from partners import rules
from partners.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    Audit,
    HealthCommunity,
    Partner,
    StoredFile,
    User,
)

FACTS = ("kind", "title", "own_name", "parent", "start", "end", "next_revision", "summary")
# What a party's line says; a form and a table name them so.
LINE = ("case_number", "adopted_on", "signed_on", "signatory", "sent_on", "expires_on", "archive_reference")


@transaction.atomic
def write_agreement(
    community: HealthCommunity,
    *,
    by: User,
    facts: Mapping[str, Any],
    parties: Iterable[Partner],
    agreement: Agreement | None = None,
) -> Agreement:
    """A new agreement, or new facts of one. Parties are added; one that has signed is not taken away.

    Raises NotAllowed, Refusal and Conflict.
    """
    _may_manage(by, community)
    agreement = agreement or Agreement(community=community)
    for name, value in facts.items():
        if name not in FACTS:
            raise ValueError(name)
        setattr(agreement, name, value)
    if not agreement.title.strip():
        raise Refusal(_("Avtalen mangler tittel."))
    if agreement.start and agreement.end and agreement.end < agreement.start:
        raise Refusal(_("Sluttdatoen er før startdatoen."))
    if agreement.parent_id and agreement.parent_id == agreement.pk:
        raise Refusal(_("En avtale hører ikke under seg selv."))
    made = agreement.pk is None
    if made:
        agreement.slug = unused_slug(agreement.title, community.agreements.all(), "avtale")
    agreement.save()
    _set_parties(agreement, list(parties))
    said = "La inn avtalen «%(agreement)s»." if made else "Endret avtalen «%(agreement)s»."
    _write(agreement, by, "write_agreement", said)
    return agreement


@transaction.atomic
def new_version(
    agreement: Agreement,
    *,
    by: User,
    text: str = "",
    file: StoredFile | None = None,
    label: str = "",
    start: date | None = None,
) -> AgreementVersion:
    """The agreement's words anew, as text or as a file; versions before stay. Raises NotAllowed, Refusal."""
    agreement = locked(Agreement.objects).select_related("community").get(pk=agreement.pk)
    _may_manage(by, agreement.community)
    text = clean_block(text).strip()
    if not text and file is None:
        raise Refusal(_("Legg inn teksten eller en fil."))
    last = agreement.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=last + 1,
        label=label.strip(),
        text=text,
        file=file,
        start=start,
        made_by=by,
    )
    _write(agreement, by, "new_version", "La inn en ny versjon av «%(agreement)s».")
    return version


@transaction.atomic
def sign_agreement(
    line: AgreementParty, *, by: User, row_version: int, values: Mapping[str, Any]
) -> AgreementParty:
    """A party adopts and signs in its own case. Its representative does it, or the secretariat types it in.

    `values` are some of LINE, and `version`. Raises NotAllowed, Conflict and Refusal.
    """
    line = locked(AgreementParty.objects).select_related("agreement__community", "partner").get(pk=line.pk)
    community = line.agreement.community
    own = rules.may_sign_for(by, community, line.partner)
    if not own:
        _may_manage(by, community, _("Bare parten selv og sekretariatet kan føre når avtalen er signert."))
    if line.row_version != row_version:
        raise Conflict(_("Noen andre førte det samme mens du skrev. Se etter og prøv igjen."))
    _set_line(line, values)
    line.typed_in = not own
    line.row_version += 1
    line.save()
    said = "%(party)s: %(days)s («%(agreement)s»)."
    _write(line.agreement, by, "sign_agreement", said, party=line.partner, days=_in_words(line))
    return line


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """New values of one party's line, from a table."""

    line: int
    row_version: int
    values: Mapping[str, Any]


@transaction.atomic
def write_matrix(community: HealthCommunity, *, by: User, changes: Sequence[LineChange]) -> int:
    """Many lines at once, from a table that came back: all of it or nothing.

    Raises NotAllowed, Conflict and Refusal.
    """
    _may_manage(by, community)
    lines = {
        line.pk: line
        for line in locked(AgreementParty.objects)
        .select_related("agreement", "partner")
        .filter(agreement__community=community, pk__in=[change.line for change in changes])
    }
    for change in changes:
        line = lines.get(change.line)
        if line is None or line.row_version != change.row_version:
            raise Conflict(_("Noe i tabellen er endret siden den ble lest. Last opp filen på nytt."))
        _set_line(line, change.values)
        line.typed_in = True
        line.row_version += 1
    AgreementParty.objects.bulk_update(lines.values(), [*LINE, "version", "typed_in", "row_version"])
    Audit.objects.write(
        community,
        by=by,
        verb="write_matrix",
        what="Førte %(count)s linjer i avtaleoversikten fra en tabell.",
        facts={"count": len(changes)},
    )
    return len(changes)


def _set_parties(agreement: Agreement, parties: list[Partner]) -> None:
    there = set(agreement.parties.values_list("partner", flat=True))
    here = there | set(agreement.community.memberships.values_list("partner", flat=True))
    if any(partner.pk not in here for partner in parties):
        raise Refusal(_("En av partene hører ikke til dette helsefellesskapet."))
    wanted = {partner.pk for partner in parties}
    gone = agreement.parties.exclude(partner__in=wanted)
    if bound := gone.exclude(signed_on=None, adopted_on=None).select_related("partner").first():
        raise Refusal(
            _("%(party)s har vedtatt eller signert avtalen, og kan ikke tas bort.") % {"party": bound.partner}
        )
    gone.delete()
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, partner_id=pk) for pk in sorted(wanted - there)
    )


def _set_line(line: AgreementParty, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in (*LINE, "version"):
            raise ValueError(name)
        setattr(line, name, value.strip() if isinstance(value, str) else value)
    today = timezone.localdate()
    days = ((line.adopted_on, _("vedtatt")), (line.signed_on, _("signert")), (line.sent_on, _("sendt")))
    for day, what in days:
        if day and day > today:
            raise Refusal(
                _("%(party)s: dagen avtalen ble %(what)s, har ikke vært ennå.")
                % {"party": line.partner, "what": what}
            )
    if line.signatory and not line.signed_on:
        raise Refusal(_("%(party)s: oppgi datoen avtalen ble signert.") % {"party": line.partner})
    if line.version and line.version.agreement_id != line.agreement_id:
        raise Refusal(_("Versjonen hører til en annen avtale."))


def _in_words(line: AgreementParty) -> str:
    facts = (
        (line.adopted_on, "vedtatt"),
        (line.signed_on, "signert"),
        (line.sent_on, "sendt"),
    )
    said = [f"{what} {day:%d.%m.%Y}" for day, what in facts if day]
    return ", ".join(said) or "ingen datoer"


def _may_manage(by: User, community: HealthCommunity, said: str = "") -> None:
    if not rules.may_manage_agreements(by, community):
        raise NotAllowed(said or _("Bare sekretariatet kan føre avtaler."))


def _write(agreement: Agreement, by: User, verb: str, said: str, **facts: object) -> None:
    facts = {"agreement": agreement, **facts}
    Audit.objects.write(agreement.community, by=by, verb=verb, what=said, facts=facts)
