"""Builders: the few facts a test cares about are arguments, the rest is plausible. Actions do the writing
where there are any."""

from datetime import date, timedelta
from typing import Any

from django.test import override_settings
from django.utils import timezone

from committees.actions import Upload, approve_minutes
from committees.models import Attendance, Committee, Meeting, Seat
from helsefellesskap.slugs import slug_of
from partners.models import HealthCommunity, Membership, Partner, User
from plans import document as doc
from plans.actions.adopt import DecisionFacts, adopt
from plans.actions.lay_before import lay_before
from plans.models import Plan, Review
from plans.snapshot import to_draft
from tests.plans.importers.make_docx import docx, paragraph

PASSWORD = "et langt og godt passord"


def user(name: str, *, password: str | None = None, **facts: Any) -> User:
    """A person whose address is `{name}@eksempel.no`; without a password nobody can log in by form."""
    return User.objects.create_user(f"{slug_of(name)}@eksempel.no", password, name=name, **facts)


def community(slug: str, name: str = "", **facts: Any) -> HealthCommunity:
    return HealthCommunity.objects.create(slug=slug, name=name or f"Helsefellesskapet {slug}", **facts)


def partner(name: str, *communities: HealthCommunity, number: str = "", **facts: Any) -> Partner:
    """A kommune if it has a number, otherwise a hospital trust; a member of these communities."""
    kind = Partner.Kind.MUNICIPALITY if number else Partner.Kind.HOSPITAL_TRUST
    made = Partner.objects.create(
        slug=slug_of(name), name=name, **{"kind": kind, "municipality_number": number, **facts}
    )
    Membership.objects.bulk_create(Membership(community=c, partner=made) for c in communities)
    return made


def committee(community: HealthCommunity, abbreviation: str, **facts: Any) -> Committee:
    return Committee.objects.create(
        community=community,
        abbreviation=abbreviation,
        slug=slug_of(abbreviation),
        **{"name": f"Utvalget {abbreviation}", "level": "strategisk", **facts},
    )


def seat(committee: Committee, user: User | None = None, **facts: Any) -> Seat:
    """A member's seat on the specialist side that began a year ago."""
    defaults = {
        "printed_name": user.name if user else "Uten Bruker",
        "side": Seat.Side.SPECIALIST,
        "start": timezone.localdate() - timedelta(days=365),
    }
    return Seat.objects.create(committee=committee, user=user, **{**defaults, **facts})


def document(*, measures: int = 3, **facts: Any) -> doc.PlanDocument:
    """An action plan with one section, one goal and so many measures."""
    rows = tuple(
        doc.Measure(
            key=f"m{n}",
            text=f"Tiltak nummer {n}",
            html=f"Tiltak nummer {n}",
            responsible=doc.Responsible(text="SSU", parties=("SSU",)),
        )
        for n in range(1, measures + 1)
    )
    goal = doc.Goal(key="g1", text="Trygge overganger", html="Trygge overganger", measures=rows)
    section = doc.Section(
        key="s1", number="1", heading="Samhandling", body="<p>Vi planlegger sammen.</p>", goals=(goal,)
    )
    defaults = {"title": "Handlingsplan 2026", "sections": (section,)}
    return doc.PlanDocument(**{**defaults, **facts})


def draft(
    community: HealthCommunity, *, by: User, slug: str | None = None, measures: int = 3, **facts: Any
) -> Plan:
    return to_draft(document(measures=measures, **facts), community=community, by=by, slug=slug)


def laid(plan: Plan, committee: Committee, *, by: User, days: int = 14, **facts: Any) -> Review:
    """The draft's words, frozen now and laid before the committee."""
    due = timezone.localdate() + timedelta(days=days)
    (review,) = lay_before(plan, by=by, committees=[committee], due=due, **facts)
    return review


def approved(meeting: Meeting) -> None:
    """The minutes are approved: by the committee's leader, and by a deputy who was called to the meeting and
    is recorded as there at its first case. Both have accounts; they are made where there are none."""
    leader = meeting.committee.seats.get(role=Seat.Role.LEADER)
    if not leader.user:
        leader.user = user(f"Leder {leader.pk}")
        leader.save()
    second = seat(meeting.committee, user(f"Vara {meeting.pk}"), role=Seat.Role.DEPUTY)
    Attendance.objects.create(agenda_item=meeting.agenda.all()[0], seat=second)
    for who in (leader, second):
        assert who.user
        approve_minutes(meeting, by=who.user)


def adopted(
    committee: Committee, *, by: User, slug: str | None = None, day: date | None = None, **facts: Any
) -> Plan:
    """A plan adopted by the committee, in force and public from the day (yesterday). Its PDF is not made."""
    return adopt_draft(committee, draft(committee.community, by=by, slug=slug, **facts), by=by, day=day)


def adopt_draft(committee: Committee, plan: Plan, *, by: User, day: date | None = None) -> Plan:
    """The same, of a draft that is there."""
    day = day or timezone.localdate() - timedelta(days=1)
    decision = DecisionFacts(
        committee=committee,
        meeting_date=day,
        case_number=f"{plan.pk}-{day.year}",
        case_title=plan.title,
        wording="Planen vedtas.",
    )
    with override_settings(TASKS={"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}):
        adopt(plan, by=by, facts=decision, in_force_from=day, published_from=day)
    plan.refresh_from_db()
    return plan


def upload(words: str = "Notat", *, name: str = "notat.docx") -> Upload:
    """A Word file of one paragraph, as somebody sends it."""
    return Upload(name, docx(paragraph(words)))
