"""What the variable parts of addresses stand for. Ask for the fixture `parts`; `path_of(name, parts)`."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from committees import links
from committees.actions import (
    When,
    add_to_agenda,
    add_to_wheel,
    call_meeting,
    delegate,
    make_feed,
    make_link,
    plan_meeting,
    report_recusal,
    write_case,
    write_role,
)
from committees.models import Case, Decision, FollowUp, Meeting, PersonalLink
from partners.actions import new_version, write_agreement
from partners.models import StoredFile
from plans.actions import give_input, send_hearing
from plans.actions.case_about import lay_in_case
from plans.actions.freeze_named import freeze_named
from plans.actions.intake import upload_plan
from plans.actions.shared_copies import share_copy
from plans.actions.translate_plan import translate_plan
from plans.models import Adoption, EditedFile, Item, Plan, ProposedChange, StatusRound
from tests import make
from tests.addresses import ADDRESSES
from tests.people import Cast

AGREEMENT_PAGES = (
    *("agreement_page", "agreement_file", "agreement_work"),
    *("write_agreement", "new_version", "sign_agreement"),
)

FILE = "# Handlingsplan 2028\n\n## Mål\n\n- **Trygghet**\n  - Møtes hver måned\n"


@pytest.fixture
def parts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the variable parts of addresses stand for: (public, at work) where they differ."""
    # Who gets a PDF is asked here; what stands in it, elsewhere.
    monkeypatch.setattr("helsefellesskap.printing.HTML.write_pdf", lambda *args, **options: b"%PDF-1.7")
    plan = make.adopted(cast.ssu, by=cast.kari, slug="vedtatt-2026")
    revision = plan.revisions.get()
    measure = Item.objects.filter(occurrences__revision=revision, kind=Item.Kind.MEASURE).first()
    goal = cast.draft.sections.get().goals.get()
    freeze_named(cast.draft, by=cast.kari, name="Til SSU")
    waiting = make.user("Venter")
    make.seat(cast.fsu, waiting)
    upload = upload_plan(cast.troms, by=cast.kari, name="plan.md", data=FILE.encode())
    measure_row = goal.measures.first()
    edited = EditedFile.objects.create(plan=cast.draft, name="utkast.docx", by=cast.kari)
    table = EditedFile.objects.create(plan=cast.draft, name="tiltak.csv", by=cast.kari)
    proposal = ProposedChange.objects.create(
        file=edited,
        kind="change",
        item_kind="measure",
        item=str(measure_row.item_id),
        field="html",
        after="x",
    )
    papers = {PersonalLink.Purpose.PAPERS: lambda link: links.Opens(lambda: "Møtepapirer", "/")}
    monkeypatch.setattr(links, "_purposes", papers)
    make_link(
        PersonalLink.Purpose.PAPERS,
        1,
        by=cast.kari,
        seat=cast.ssu.seats.get(user=cast.ingrid),
        name="Gjest",
        email="gjest@eksempel.no",
        expires_at=timezone.now() + timedelta(days=1),
    )
    link = PersonalLink.objects.get()
    review = make.laid(cast.draft, cast.ssu, by=cast.kari)
    leader = cast.ssu.seats.get(user=cast.ingrid)
    copy = share_copy(review, leader, by=cast.ingrid, expires_on=review.due)
    day = timezone.localdate() + timedelta(days=30)
    meeting = plan_meeting(cast.ssu, by=cast.kari, when=When(date=day))
    call_meeting(meeting, by=cast.kari)
    restricted = {"title": "Personalsak", "access": "restricted", "legal_basis": "offentleglova § 13"}
    case = write_case(cast.ssu, by=cast.kari, facts=restricted)
    item = add_to_agenda(meeting, case, by=cast.kari)
    stored = StoredFile.objects.store(b"%PDF-1.7", "application/pdf")
    attached = case.files.create(title="Notat", file=stored)
    laid = lay_in_case(case, by=cast.kari, revision=cast.draft.revisions.latest("number"))
    entry = add_to_wheel(cast.ssu, by=cast.kari, day=day, kind="other", text="Frist")
    recusal = report_recusal(case, leader, by=cast.kari, reason="Eier bygget.")
    decided = write_case(cast.ssu, by=cast.kari, facts={"title": "Avgjort"})
    decision = Decision.objects.create(case=decided, meeting=meeting, recorded_by=cast.kari)
    decision.points.create(number=1, verb="adopts", wording="Vedtas.", with_changes=True)
    add_to_agenda(meeting, decided, by=cast.kari)
    held = Meeting.objects.create(committee=cast.ssu, date=day - timedelta(days=60), state="held")
    to_do = FollowUp.objects.create(
        meeting=held, case=decided, what="Lag budsjett", seat=leader, due=day, written_by=cast.kari
    )
    agreement = write_agreement(
        cast.troms, by=cast.kari, facts={"kind": "cooperation", "title": "Avtale"}, parties=[cast.tromso]
    )
    new_version(agreement, by=cast.kari, text="<p>Ord</p>")
    hearing = send_hearing(
        cast.draft,
        by=cast.kari,
        deadline=timezone.localdate(),
        name="Til høring",
        parties=[cast.tromso],
        committees=[cast.fsu],
    )
    given = give_input(hearing, operation=uuid4(), text="Mer om pårørende.", by=cast.aslak)
    return {
        "committee": cast.ssu.slug,
        "date": day,
        "year": {**dict.fromkeys(ADDRESSES, case.year), "public_case": decision_of(plan).year},
        "nr": {
            **dict.fromkeys(ADDRESSES, case.number),
            "confirm_words": decided.number,
            "public_case": decision_of(plan).number,
        },
        "community": cast.troms.slug,
        "hearing": hearing.pk,
        "operation": uuid4(),
        "plan": (plan.slug, cast.draft.slug),
        "number": 1,
        "section": "planer",
        "slug": {
            **dict.fromkeys(("municipality_page", "responsible_page", "responsible_feed"), cast.tromso.slug),
            "committee_reviews": cast.ssu.slug,
            **dict.fromkeys(AGREEMENT_PAGES, agreement.slug),
            "api_agreement": agreement.slug,
        },
        "decision": Adoption.objects.get(revision=revision).point.decision_id,
        "rest": "finnes/ikke",
        "review": review.pk,
        "seat": leader.pk,
        "proposal": proposal.pk,
        "code": (measure.code, goal.item.code),
        "token": "A" * 43,
        "kind": {
            **dict.fromkeys(ADDRESSES, "tiltak"),
            **dict.fromkeys(("feed", "community_feed", "responsible_feed"), "vedtatt"),
        },
        "ordered": "utkast",
        "key": {
            "write_row": goal.item_id,
            **dict.fromkeys(("open_hearing", "input_answers", "open_answers_word"), "gjettet"),
        },
        "prefix": revision.sha256[:12],
        "sha256": "0" * 64,
        "language": translate_plan(cast.draft, by=cast.kari, language="nn").language,
        "part": "planen",
        "pk": {
            "end_secretariat_place": cast.kari.secretariat_places.get().pk,
            "end_representation": cast.aslak.representations.get().pk,
            "end_seat": cast.fsu.seats.get(user=cast.per).pk,
            "resend_invitation": waiting.pk,
            "write_role": write_role(cast.troms, by=cast.kari, name="Alle", abbreviation="ALLE").pk,
            "review_table": table.pk,
            "sign_agreement": agreement.parties.get().pk,
            "revoke_copy": copy.pk,
            "take_in": given.pk,
            "give_input_by_link": hearing.pk,
            "report_status_by_link": StatusRound.objects.create(
                plan=plan, due=timezone.localdate(), asked_by=cast.kari, closed_at=timezone.now()
            ).pk,
            "take_off_wheel": entry.pk,
            "revoke_feed": make_feed(cast.ingrid).pk,
            **dict.fromkeys(("attachment", "detach"), attached.pk),
            **dict.fromkeys(("plan_in_case", "take_out_of_case"), laid.pk),
            "recuse": recusal.pk,
            "revoke_authority": delegate(
                cast.troms,
                by=cast.kari,
                giver=cast.tromso,
                holder=leader,
                case_number="k-sak 1",
                covers="Planen",
            ).pk,
            "answer_call": meeting.calls.get(seat__user=cast.ingrid).pk,
            **dict.fromkeys(("order_agenda", "take_off_agenda"), item.pk),
            **dict.fromkeys(
                (
                    *("follow_up", "edit_follow_up", "finish_follow_up"),
                    *("drop_follow_up", "reopen_follow_up"),
                ),
                to_do.pk,
            ),
            **dict.fromkeys(("resend_link", "revoke_link"), link.pk),
            **dict.fromkeys(
                ("review_file", "accept_all", "discard_file", "decide_proposal", "adjust_proposal"), edited.pk
            ),
            **dict.fromkeys(("import_preview", "reread_import", "mend_import", "undo_mend"), upload.pk),
            **dict.fromkeys(("accept_import", "discard_import"), upload.pk),
        },
    }


def decision_of(plan: Plan) -> Case:
    """The case in which the plan was adopted."""
    return Case.objects.get(decisions__points__adoptions__revision__plan=plan)


def addresses(resolver: URLResolver, route: str = "") -> Iterator[tuple[str | None, str]]:
    """(name, route) of every address but the administration's and allauth's."""
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if not str(pattern.name).startswith(("account_", "mfa_")):
                yield pattern.name, here
        elif pattern.app_name != "admin":
            yield from addresses(pattern, here)


def path_of(name: str, parts: dict[str, Any]) -> str:
    """The name's path; of several, the longest."""
    route = max((route for n, route in addresses(get_resolver()) if n == name), key=len)
    kwargs = {}
    for key, value in parts.items():
        if f":{key}>" not in route:
            continue
        if isinstance(value, tuple):
            value = value["arbeid/" in route]
        kwargs[key] = value[name] if isinstance(value, dict) else value
    return reverse(name, kwargs=kwargs)
