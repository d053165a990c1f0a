"""The demo's correction: a town that fell out of the plan in force when it was written off."""

from partners.models import User
from plans.actions.correct import Change, correct
from plans.models import Measure, Plan

WAS, IS = "i Narvik og i Tromsø", "i Narvik, Harstad og Tromsø"


def add_correction(plan: Plan, *, by: User) -> None:
    measure = Measure.objects.get(goal__section__plan=plan, html__contains=WAS)
    change = Change(row=measure, version=measure.version, values={"html": measure.html.replace(WAS, IS)})
    reason = "Harstad falt ut da planen ble skrevet av. Byen sto i forslaget som partnerskapsmøtet vedtok."
    correct(plan, by=by, changes=[change], reason=reason, decided_by="lederen av partnerskapsmøtet")
