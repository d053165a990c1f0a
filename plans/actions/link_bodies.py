"""A committee or role was written down: drafts whose words name it are linked to it."""

from helsefellesskap.databases import locked
from partners.models import HealthCommunity
from plans.bodies import Bodies
from plans.models import Measure, Plan
from plans.renderings import drop_renderings

from .follow import link, linked_of


def link_bodies(community: HealthCommunity) -> None:
    """Runs in the transaction of whoever wrote it down. What is frozen stays as it was frozen."""
    bodies = Bodies(community)
    plans = list(locked(community.plans).order_by("pk"))
    drafts = [plan for plan in plans if plan.state == Plan.State.DRAFT]
    named = Measure.objects.filter(goal__section__plan__in=drafts).exclude(responsible_text="")
    for measure in named.order_by("pk").prefetch_related("responsibles"):
        words = measure.responsible_text
        link(measure, words, words, bodies, linked_of(measure))
    for plan in plans:
        drop_renderings(plan)
