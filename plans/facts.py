"""What is known of a revision beside its words, as its documents print it."""

from django.conf import settings
from django.urls import reverse

from helsefellesskap.dates import local_day
from helsefellesskap.languages import without_language

from .exporters.facts import AdoptionFacts, DecisionFacts, State
from .models import Adoption, Plan, Revision
from .standing import Standing


def facts_of(standing: Standing) -> AdoptionFacts:
    """The facts that a public revision's PDF prints."""
    revision, adoptions = standing.revision, standing.adoptions
    state: State = "received"
    if adoptions:
        state = "provisional" if all(a.provisional_until for a in adoptions) else "adopted"
    return AdoptionFacts(
        community=standing.plan.community.name,
        form=standing.plan.community.language,
        state=state,
        created=local_day(revision.created_at),
        version=revision.number,
        sha256=revision.sha256,
        address=address_of(revision),
        check_address=check_address_of(revision),
        contact=contact_of(standing.plan),
        decisions=tuple(_decision(a) for a in adoptions),
        in_force_from=min((a.in_force_from for a in adoptions), default=None),
        published_from=standing.publication.published_from,
        supersedes=standing.plan.follows.title if standing.plan.follows and adoptions else "",
    )


def address_of(revision: Revision) -> str:
    """Without a language, whichever language the document is in."""
    return settings.SITE_URL + without_language(revision.get_absolute_url())


def check_address_of(revision: Revision) -> str:
    """The short address that documents print: twelve signs of the hash, as many as nobody mistakes.

    Without a language, whichever language the document is in.
    """
    return settings.SITE_URL + without_language(reverse("document_page", args=[revision.sha256[:12]]))


def contact_of(plan: Plan) -> str:
    community = plan.community
    return "\n".join(filter(None, [community.contact_name, community.contact_email, community.contact_phone]))


def _decision(adoption: Adoption) -> DecisionFacts:
    point = adoption.point
    decision = point.decision
    return DecisionFacts(
        committee=decision.meeting.committee.name,
        meeting_date=decision.meeting.date,
        case_number=decision.case.printed_number,
        point=str(point.number),
        verb=point.get_verb_display(),
        wording="" if decision.case.restricted else point.wording,
        provisional_until=adoption.provisional_until,
        registered_afterwards=decision.registered_afterwards,
    )
