"""Who is let in at every address of the portal, and what they get. `test_access.py` asks them all.

A row says who is let in; everybody else who signed in gets 403, and who did not is asked to sign in.
(The administration and django-allauth's own pages have their rules in `test_admin.py` and
`partners/test_sign_in.py`.)
"""

from dataclasses import dataclass

from plans.opendata.api.endpoints import ENDPOINTS
from tests.people import NAMES

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

ASKED_TO_SIGN_IN = "asked to sign in"


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
    "compare_pdf": Address(EVERYBODY, 302, 302),  # two versions are to be chosen first
    "item_page": public(),
    "translated_plan": public(404),  # the plan has none that is public
    "translated_pdf": public(404),
    "translated_word": public(404),
    "translated_text": public(404),
    "translated_excel": public(404),
    "translated_csv": public(404),
    "translated_json": public(404),
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
    "api_translation": public(404),  # the plan has none that is public
    **dict.fromkeys(("catalogue", "catalogue_turtle", "catalogue_json_ld"), public()),
    "api_not_found": public(404),
    **dict.fromkeys(("measures_file", "measures_columns", "plans_file"), public()),
    **dict.fromkeys(("feed", "community_feed", "responsible_feed"), public()),
    **dict.fromkeys(("community_calendar", "committee_calendar"), public()),
    # people
    "people": Address(AND_SYSTEM, 200),
    "invite_to_secretariat": Address(AND_SYSTEM, 200, 200),
    "invite_representative": Address(AND_SYSTEM, 200, 200),
    "invite_to_seat": Address(AND_SYSTEM, 200, 200),
    "write_committee": Address(AND_SYSTEM, 200, 200),
    "write_role": Address(AND_SYSTEM, 200, 200),
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
    "remake_minutes": Address(PREPARERS, 405, 409),  # none is missing
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
    "upload_plan": Address(SECRETARIAT, 200, 422),
    "import_preview": Address(SECRETARIAT, 200, 200),
    "reread_import": Address(SECRETARIAT, 405, 302),
    "mend_import": Address(SECRETARIAT, 405, 400),
    "undo_mend": Address(SECRETARIAT, 405, 400),
    "accept_import": Address(SECRETARIAT, 405, 302),
    "discard_import": Address(SECRETARIAT, 405, 302),
    "plan_work": Address(CO_AUTHORS, 200, 200),
    "draft_page": Address(CO_AUTHORS, 200),
    "draft_word": Address(CO_AUTHORS, 200),
    "receive_file": Address(CO_AUTHORS, 200, 422),
    "review_file": Address(CO_AUTHORS, 200, 200),
    "accept_all": Address(CO_AUTHORS, 405, 302),
    "discard_file": Address(CO_AUTHORS, 405, 302),
    "decide_proposal": Address(CO_AUTHORS, 405, 302, (("decision", "reject"),)),
    "measures_csv": Address(CO_AUTHORS, 200),
    "measures_excel": Address(CO_AUTHORS, 200),
    "receive_table": Address(CO_AUTHORS, 405, 422),
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
    "explain_undecided": Address(CO_AUTHORS, 405, 422),
    "deleted_rows": Address(CO_AUTHORS, 200, 200),
    "row_history": Address(CO_AUTHORS, 200, 404),
    "hints": Address(CO_AUTHORS, 200),
    "wave_off": Address(CO_AUTHORS, 405, 404),
    "bring_back": Address(CO_AUTHORS, 405, 404),
    "explain": Address(CO_AUTHORS, 405, 422),
    "choose_hints": Address(SECRETARIAT, 405, 302),
    # agreements
    "agreements_page": public(),
    "agreement_page": public(),
    "agreement_file": public(404),  # its version is text
    "agreements_work": Address(WITH_PLACE, 200),
    "agreements_excel": Address(WITH_PLACE, 200),
    "agreement_work": Address(WITH_PLACE, 200),
    "write_agreement": Address(SECRETARIAT, 200, 200),
    "new_version": Address(SECRETARIAT, 200, 422),
    "sign_agreement": Address(frozenset({"kari", "aslak"}), 200, 200),
    "receive_matrix": Address(SECRETARIAT, 405, 422),
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
