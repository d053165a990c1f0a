"""Who may go where: every address of the portal, for everybody in the cast, as GET and as POST.

A new address needs a line in ADDRESSES, or `test_every_address_is_declared` fails. A line says who is
let in and what they get; everybody else who signed in gets 403, and who did not is asked to sign in.
(The administration and django-allauth's own pages have their rules in `test_admin.py` and
`partners/test_sign_in.py`.)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

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
)
from committees.models import Case, Decision, FollowUp, Meeting, PersonalLink
from helsefellesskap.languages import without_language
from partners.actions import new_version, write_agreement
from partners.models import StoredFile, User
from plans.actions import give_input, send_hearing
from plans.actions.case_about import lay_in_case
from plans.actions.freeze_named import freeze_named
from plans.actions.intake import upload_plan
from plans.actions.shared_copies import share_copy
from plans.actions.translate_plan import translate_plan
from plans.models import Adoption, EditedFile, Item, Plan, ProposedChange, StatusRound
from plans.opendata.api.endpoints import ENDPOINTS
from tests import make
from tests.people import NAMES, Cast

EVERYBODY = frozenset(NAMES)
SIGNED_IN = EVERYBODY - {"nobody"}
SECRETARIAT = frozenset({"kari"})
AND_SYSTEM = SECRETARIAT | {"siv"}  # the system administrator
# A role here today.
WITH_PLACE = frozenset({"kari", "ingrid", "per", "tove", "olav", "odd", "sigrid", "aslak"})
CO_AUTHORS = frozenset({"kari", "jon", "siv"})  # who may write in the draft
PREPARING = frozenset({"kari", "sigrid"})  # what lies before SSU
ANSWERING = frozenset({"ingrid", "tove"})  # in SSU
READING = PREPARING | ANSWERING | {"olav", "gunn", "siv"}  # SSU's papers

# Who speaks for a party here: a committee's members and secretary, a party's representative.
# Whom a hearing of Tromsø and FSU asks.
HEARD = frozenset({"per", "odd", "aslak"})
SPEAKING = frozenset({"kari", "ingrid", "per", "sigrid", "aslak"})
NO_ONE: frozenset[str] = frozenset()  # only the holder of a personal link
# In SSU: who has a seat today or prepares, and who was let in beside them.
SEATED = frozenset({"kari", "ingrid", "tove", "olav", "sigrid"})
READERS = SEATED | {"gunn", "siv"}
PREPARERS = frozenset({"kari", "sigrid"})

AGREEMENT_PAGES = (
    *("agreement_page", "agreement_file", "agreement_work"),
    *("write_agreement", "new_version", "sign_agreement"),
)

STRANGERS = frozenset({"nobody", "nils"})
ASKED_TO_SIGN_IN = "asked to sign in"

FILE = "# Handlingsplan 2028\n\n## Mål\n\n- **Trygghet**\n  - Møtes hver måned\n"


@dataclass(frozen=True)
class Address:
    """Who is let in, and what they get for a GET and for a POST (of an empty form, where nothing is said)."""

    who: frozenset[str]
    get: int
    post: int = 405
    data: tuple[tuple[str, str], ...] = ()
    who_posts: frozenset[str] | None = None  # where they are fewer

    def expected(self, method: str, name: str) -> int | str:
        status = getattr(self, method)
        who = self.who_posts if method == "post" and self.who_posts is not None else self.who
        if status == 405 or name in who:
            return status
        return ASKED_TO_SIGN_IN if name == "nobody" else 403


def public(get: int = 200) -> Address:
    return Address(EVERYBODY, get)


ADDRESSES: dict[str, Address] = {
    # the ground
    "health": public(),
    "accessibility": public(),
    "privacy": public(),
    "contact": public(),
    "robots": public(),
    "sitemap": public(),
    "django.contrib.sitemaps.views.sitemap": public(),
    # public pages
    "front_page": public(),
    "search": public(),
    "municipality_page": public(),
    "responsible_page": public(),
    "community_page": public(),
    "plan_page": public(),
    "revision_page": public(),
    "revision_pdf": public(404),  # not made yet
    "revision_json": public(),
    "revision_word": public(404),
    "revision_text": public(404),
    "revision_csv": public(404),
    "revision_excel": public(404),
    "revision_figure": public(404),  # the plan has none
    "compare_public": public(),
    "item_page": public(),
    "translated_plan": public(404),  # the plan has none that is public
    "public_case": public(),
    "public_minutes": public(404),  # not approved
    "minutes_pdf": public(404),
    "public_extract": public(404),
    "public_extract_pdf": public(404),
    "document_page": Address(EVERYBODY, 200, 422),  # a post without a file
    "check_file": Address(EVERYBODY, 200, 422),
    # open data
    "open_data": public(),
    **dict.fromkeys(("api_root", "api_openapi"), public()),
    **{endpoint.name: public() for endpoint in ENDPOINTS},
    **dict.fromkeys(("embed_measure", "embed_plan"), public()),
    "api_einnsyn": public(404),  # its minutes are not approved
    **dict.fromkeys(("catalogue_turtle", "catalogue_json_ld"), public()),
    "api_not_found": public(404),
    **dict.fromkeys(("measures_file", "measures_columns", "plans_file"), public()),
    **dict.fromkeys(("feed", "community_feed", "responsible_feed"), public()),
    **dict.fromkeys(("community_calendar", "committee_calendar"), public()),
    # people
    "people": Address(AND_SYSTEM, 200),
    "invite_to_secretariat": Address(AND_SYSTEM, 200, 200),
    "invite_representative": Address(AND_SYSTEM, 200, 200),
    "invite_to_seat": Address(AND_SYSTEM, 200, 200),
    "resend_invitation": Address(AND_SYSTEM, 405, 302),
    "end_secretariat_place": Address(AND_SYSTEM, 200, 200),
    "end_representation": Address(AND_SYSTEM, 200, 200),
    "end_seat": Address(AND_SYSTEM, 200, 200),
    # notices
    "choose_language": Address(SIGNED_IN, 200, 302),
    "choose_notices": Address(SIGNED_IN, 200, 302),
    "choose_notices_by_mail": Address(EVERYBODY, 404, 404),  # a guessed one
    # personal links
    "personal_link": Address(EVERYBODY, 404, 404),  # a guessed one
    "personal_links": Address(AND_SYSTEM, 200),
    "resend_link": Address(AND_SYSTEM, 405, 302),
    "revoke_link": Address(AND_SYSTEM, 405, 302),
    # committees at work
    "committee_work": Address(READERS, 200),
    "set_rules": Address(SECRETARIAT, 200, 200),
    "add_to_wheel": Address(PREPARERS, 405, 422),
    "take_off_wheel": Address(PREPARERS, 405, 302),
    "plan_meeting": Address(PREPARERS, 200, 200),
    "meeting": Address(READERS, 200),
    "change_meeting": Address(PREPARERS, 200, 200),
    "cancel_meeting": Address(PREPARERS, 405, 302),
    "call_meeting": Address(PREPARERS, 405, 302),
    # Ingrid's: her own answer, or typed in for her.
    "answer_call": Address(PREPARERS | {"ingrid"}, 405, 302, (("reply", "coming"),)),
    "add_to_agenda": Address(PREPARERS, 405, 422),
    "order_agenda": Address(PREPARERS, 405, 302),
    "take_off_agenda": Address(PREPARERS, 405, 302),
    "send_papers": Address(PREPARERS, 405, 302),
    "papers": Address(READERS, 200),
    "invitation": Address(READERS, 200),
    "calendar_feed": public(404),  # a guessed one; test_calendars.py has the rest
    "my_calendars": Address(SIGNED_IN, 200),
    "make_feed": Address(SIGNED_IN, 405, 302),
    "revoke_feed": Address(frozenset({"ingrid"}), 405, 302),
    "papers_pdf": Address(READERS, 200),
    "case_pdf": Address(SEATED, 200),
    "write_case": Address(PREPARERS, 200, 200),
    "case": Address(SEATED, 200),  # a restricted one
    "follow_ups": Address(READERS, 200),
    "follow_up": Address(READERS, 200),  # Ingrid is responsible
    "write_follow_up": Address(PREPARERS, 409, 409),  # not begun yet
    "edit_follow_up": Address(PREPARERS, 200, 200),
    "finish_follow_up": Address(PREPARERS | {"ingrid"}, 405, 422),
    "drop_follow_up": Address(PREPARERS, 405, 302),
    "reopen_follow_up": Address(PREPARERS, 405, 409),  # it is open
    "minutes": Address(READERS, 200),
    "extract": Address(SEATED, 409),  # of a restricted case; not approved
    "extract_pdf": Address(SEATED, 409),
    "write_minutes": Address(PREPARERS, 200, 200),
    "approve_minutes": Address(frozenset({"ingrid"}), 405, 409),  # not held yet
    "authorities": Address(SECRETARIAT, 200),
    "delegate": Address(SECRETARIAT, 200, 200),
    "revoke_authority": Address(SECRETARIAT, 405, 302),
    "treat_case": Address(SEATED, 200),
    "record_attendance": Address(PREPARERS, 200, 200),
    "report_recusal": Address(SEATED, 200, 200),
    "recuse": Address(PREPARERS, 200, 200),
    "decide": Address(PREPARERS, 200, 422),
    "on_screen": Address(SEATED, 200),
    "on_screen_words": Address(SEATED, 200),
    "confirm_words": Address(READERS, 200, 302, who_posts=frozenset({"ingrid"})),
    "edit_case": Address(PREPARERS, 200, 200),
    "attach": Address(PREPARERS, 200, 422),
    "attachment": Address(SEATED, 200),
    "detach": Address(PREPARERS, 405, 302),
    "case_about": Address(SECRETARIAT, 200, 200),
    "lay_in_case": Address(PREPARERS, 200, 200),
    "plan_in_case": Address(SEATED, 200),
    "take_out_of_case": Address(PREPARERS, 405, 302),
    # the workbench
    "my_work": Address(SIGNED_IN, 200, 200),
    "community_work": Address(WITH_PLACE, 200, 200),
    "start_plan": Address(SECRETARIAT, 200, 200),
    "upload_plan": Address(SECRETARIAT, 200, 400),
    "import_preview": Address(SECRETARIAT, 200, 200),
    "reread_import": Address(SECRETARIAT, 405, 302),
    "mend_import": Address(SECRETARIAT, 405, 400),
    "undo_mend": Address(SECRETARIAT, 405, 400),
    "accept_import": Address(SECRETARIAT, 405, 302),
    "discard_import": Address(SECRETARIAT, 405, 302),
    "plan_work": Address(CO_AUTHORS, 200, 200),
    "draft_page": Address(CO_AUTHORS, 200),
    "draft_word": Address(CO_AUTHORS, 200),
    "receive_file": Address(CO_AUTHORS, 200, 400),
    "review_file": Address(CO_AUTHORS, 200, 200),
    "accept_all": Address(CO_AUTHORS, 405, 302),
    "discard_file": Address(CO_AUTHORS, 405, 302),
    "decide_proposal": Address(CO_AUTHORS, 405, 302, (("decision", "reject"),)),
    "measures_csv": Address(CO_AUTHORS, 200),
    "measures_excel": Address(CO_AUTHORS, 200),
    "receive_table": Address(CO_AUTHORS, 405, 400),
    "review_table": Address(CO_AUTHORS, 200, 302),
    "adjust_proposal": Address(CO_AUTHORS, 200, 409),  # an empty form names no version of the row
    "compare_work": Address(CO_AUTHORS, 200),
    "freeze_named": Address(CO_AUTHORS, 200, 200),
    "translate_plan": Address(CO_AUTHORS, 200, 200),
    "edit_translation": Address(CO_AUTHORS, 200),
    "save_translation": Address(CO_AUTHORS, 200, 200),
    "publish_translation": Address(CO_AUTHORS, 405, 302, who_posts=SECRETARIAT),
    "frozen_page": Address(CO_AUTHORS, 200),
    "ordered_file": Address(CO_AUTHORS, 200, 302),
    "ordered_pdf": Address(CO_AUTHORS, 404),  # not ordered
    "archive_package": Address(SECRETARIAT, 404),  # the draft has no public version
    "remake_files": Address(SECRETARIAT, 405, 409),  # the draft has no public version
    "draft_figure": Address(CO_AUTHORS, 404, 404),  # the plan has none
    "write": Address(CO_AUTHORS, 200),
    "save_cell": Address(CO_AUTHORS, 405, 400),
    "change_structure": Address(CO_AUTHORS, 405, 400),
    "write_news": Address(CO_AUTHORS, 405, 400),
    "paste_table": Address(CO_AUTHORS, 405, 400),
    "preview_table": Address(CO_AUTHORS, 405, 400),
    "responsible_names": Address(CO_AUTHORS, 200),
    "write_hints": Address(CO_AUTHORS, 200),
    "write_row": Address(CO_AUTHORS, 302),
    "edit_facts": Address(CO_AUTHORS, 200, 200),
    "edit_abbreviations": Address(CO_AUTHORS, 200, 200),
    "add_row": Address(CO_AUTHORS, 200, 200),
    "edit_row": Address(CO_AUTHORS, 200, 200),
    "move_row": Address(CO_AUTHORS, 405, 302, (("step", "up"),)),
    "delete_row": Address(CO_AUTHORS, 200, 302),
    "adopt": Address(SECRETARIAT, 200, 200),
    "publish_received": Address(SECRETARIAT, 200, 200),
    "carry_over": Address(CO_AUTHORS, 404, 404),  # the plan is made from none
    # what lies before a committee
    "lay_before": Address(SECRETARIAT, 200, 200),
    "mark_linguistic": Address(SECRETARIAT, 200, 200),
    "take_stance": Address(READING, 200, 422, who_posts=ANSWERING),
    "see_changes": Address(ANSWERING, 405, 302),
    "reviewed_plan": Address(READING, 200),
    "review_picture": Address(READING, 200),
    "close_review": Address(SECRETARIAT, 405, 302),
    "stance_sheet": Address(PREPARING | {"ingrid"}, 200),  # the leader's
    "blank_sheet": Address(READING, 200),
    "paper_stance": Address(PREPARING, 200, 422),
    "review_link": Address(PREPARING, 200, 200),
    "share_copy": Address(ANSWERING, 405, 302),
    "revoke_copy": Address(frozenset({"ingrid"}), 405, 302),  # of the leader's own
    "shared_copy": Address(EVERYBODY, 404),  # a guessed one; test_shared_copies.py has the rest
    "committee_reviews": Address(READING, 200),
    # a hearing
    "send_hearing": Address(SECRETARIAT, 200, 200),
    "give_input": Address(SECRETARIAT | HEARD, 200, 422),
    "give_input_by_link": Address(NO_ONE, 200, 200),
    "open_hearing": Address(EVERYBODY, 404, 404),  # a guessed one; test_give_input_without_account.py
    "input_answers": Address(EVERYBODY, 404),  # of a guessed one
    "input_answers_pdf": Address(SECRETARIAT, 200),
    "input_answers_word": Address(SECRETARIAT, 200),
    "open_answers_word": Address(EVERYBODY, 404),  # of a guessed one
    "given_input": Address(EVERYBODY, 404),  # a guessed one
    "answer_input": Address(SECRETARIAT, 200, 404),  # an empty form names no input
    "take_in": Address(SECRETARIAT, 405, 409),  # an empty form names no version
    "hearing_link": Address(SECRETARIAT, 200, 200),
    "close_hearing": Address(SECRETARIAT, 405, 302),
    "explain_undecided": Address(CO_AUTHORS, 405, 400),
    "deleted_rows": Address(CO_AUTHORS, 200, 200),
    "row_history": Address(CO_AUTHORS, 200, 404),
    "hints": Address(CO_AUTHORS, 200),
    "wave_off": Address(CO_AUTHORS, 405, 404),
    "bring_back": Address(CO_AUTHORS, 405, 404),
    "explain": Address(CO_AUTHORS, 405, 400),
    "choose_hints": Address(SECRETARIAT, 405, 302),
    # agreements
    "agreements_page": public(),
    "agreement_page": public(),
    "agreement_file": public(404),  # its version is text
    "agreements_work": Address(WITH_PLACE, 200),
    "agreements_excel": Address(WITH_PLACE, 200),
    "agreement_work": Address(WITH_PLACE, 200),
    "write_agreement": Address(SECRETARIAT, 200, 200),
    "new_version": Address(SECRETARIAT, 200, 400),
    "sign_agreement": Address(frozenset({"kari", "aslak"}), 200, 200),
    "receive_matrix": Address(SECRETARIAT, 405, 400),
    "write_matrix": Address(SECRETARIAT, 405, 404),
    # status of a published plan
    "correct": Address(SECRETARIAT, 409),  # the draft is edited, not corrected
    "correct_facts": Address(SECRETARIAT, 409, 409),
    "correct_row": Address(SECRETARIAT, 409, 409),
    "write_summary": Address(SECRETARIAT, 200, 422),
    "withdraw": Address(SECRETARIAT, 409, 422),
    "publish_redacted": Address(SECRETARIAT, 409, 422),
    "report_status": Address(SPEAKING, 200, 403),  # an empty form names no line
    "report_status_by_link": Address(NO_ONE, 200, 200),
    "ask_status": Address(SECRETARIAT, 200, 422),
    "confirm_status": Address(SECRETARIAT, 200, 422),
    "close_round": Address(SECRETARIAT, 405, 404),
}


def addresses(resolver: URLResolver, route: str = "") -> Iterator[tuple[str | None, str]]:
    """(name, route) of every address but the administration's and allauth's."""
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if not str(pattern.name).startswith(("account_", "mfa_")):
                yield pattern.name, here
        elif pattern.app_name != "admin":
            yield from addresses(pattern, here)


def test_every_address_is_declared():
    assert {name or route for name, route in addresses(get_resolver())} == set(ADDRESSES)


@pytest.fixture
def parts(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the variable parts of addresses stand for: (public, at work) where they differ."""
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
    papers = {PersonalLink.Purpose.PAPERS: lambda link: links.Opens("Møtepapirer", "/")}
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


def answer(client: Client, method: str, path: str, data: dict[str, str]) -> int | str:
    response = getattr(client, method)(path, data)
    nobody = "_auth_user_id" not in client.session
    to_sign_in = response.status_code == 302 and without_language(response["Location"]).startswith(
        "/konto/login/"
    )
    if nobody and (to_sign_in or response.status_code in (401, 403)):
        return ASKED_TO_SIGN_IN
    return response.status_code


def as_one(client: Client, user: User | None, method: str, path: str, data: dict[str, str]) -> int | str:
    """The answer to this person; what one does, the next does not find done."""
    with transaction.atomic():
        client.logout()
        if user:
            client.force_login(User.objects.get(pk=user.pk))
        got = answer(client, method, path, data)
        transaction.set_rollback(True)
    return got


# Some addresses a test: everything that they speak of is made once for each test, and costs most of it.
_AT_ONCE = 20
_SOME = [list(ADDRESSES)[n : n + _AT_ONCE] for n in range(0, len(ADDRESSES), _AT_ONCE)]


@pytest.mark.parametrize("names", _SOME, ids=lambda names: f"{names[0]}-{names[-1]}")
def test_everybody_gets_what_is_declared(client, cast, parts, names):
    wrong = {}
    for name, method in ((name, method) for name in names for method in ("get", "post")):
        path, address = path_of(name, parts), ADDRESSES[name]
        got = {}
        for who in NAMES:
            got[who] = as_one(client, getattr(cast, who), method, path, dict(address.data))
            if who in STRANGERS and got[who] != 405:  # another language opens nothing
                with translation.override("nn"):
                    in_nynorsk = path_of(name, parts)
                assert as_one(client, getattr(cast, who), method, in_nynorsk, dict(address.data)) == got[who]
        expected = {who: address.expected(method, who) for who in NAMES}
        if differs := {who: (got[who], expected[who]) for who in NAMES if got[who] != expected[who]}:
            wrong[f"{method.upper()} {path}"] = differs
    assert wrong == {}


# What the guest of a personal link opens for SSU's leader's seat, beside what is public.
PAPERS_LINK = {"papers", "papers_pdf", "case_pdf", "attachment", "plan_in_case"}
REVIEW_LINK = PAPERS_LINK | {"take_stance", "reviewed_plan", "stance_sheet"}


@pytest.mark.parametrize(("purpose", "opens"), [("papers", PAPERS_LINK), ("review", REVIEW_LINK)])
def test_a_guest_opens_what_the_link_is_for_and_its_papers(client, cast, parts, purpose, opens):
    """And posts nowhere but where it answers; `test_take_stance.py` has what the answers are worth."""
    meeting = Meeting.objects.get(date=parts["date"], committee=cast.ssu)
    target = meeting.pk if purpose == "papers" else parts["review"]
    PersonalLink.objects.update(purpose=purpose, target=target)
    got = {"get": set(), "post": set()}
    for name, method in ((name, method) for name in ADDRESSES for method in got):
        if "nobody" in ADDRESSES[name].who:
            continue
        with transaction.atomic():
            client.logout()
            let_in(client, PersonalLink.objects.get())
            status = answer(client, method, path_of(name, parts), {})
            if status not in (ASKED_TO_SIGN_IN, 405):
                got[method].add(name)
                assert status in (200, 302, 422), (name, status)
            transaction.set_rollback(True)
    posts = {"take_stance", "see_changes", "share_copy", "revoke_copy"} if purpose == "review" else set()
    assert got == {"get": opens, "post": posts}


def let_in(client: Client, link: PersonalLink) -> None:
    session = client.session
    until = (timezone.now() + timedelta(hours=1)).timestamp()
    session[links.SESSION_KEY] = {"link": link.pk.hex, "until": until}
    session.save()


@pytest.mark.parametrize("name", ["plan_page", "revision_page", "revision_json", "revision_pdf"])
def test_a_draft_and_a_plan_before_its_day_are_nowhere_in_public(client, cast, name):
    """Not even for those who may write it: public pages know no user."""
    client.force_login(cast.kari)
    kwargs = {"community": cast.troms.slug, "plan": cast.draft.slug}
    if name != "plan_page":
        kwargs["number"] = 1
    assert client.get(reverse(name, kwargs=kwargs)).status_code == 404
    assert not Plan.objects.get(pk=cast.draft.pk).locked


def test_pages_at_work_are_kept_by_no_cache(client, cast):
    client.force_login(cast.kari)
    for path in ("/arbeid/", "/arbeid/troms-og-ofoten/", "/arbeid/troms-og-ofoten/folk/", "/konto/email/"):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_public_pages_are_the_same_for_all_and_may_be_kept(client, cast):
    client.force_login(cast.kari)
    for path in ("/", "/troms-og-ofoten/", "/personvern/"):
        assert "no-store" not in client.get(path).headers.get("Cache-Control", ""), path
