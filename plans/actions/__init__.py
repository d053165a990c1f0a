"""Every write that is more than one row or a change of state: verbs with keyword arguments.

They lock, check the rule and the state, write, audit and queue in one transaction, and raise the
typed errors of `helsefellesskap.errors`.
"""

from .adopt import DecisionFacts, adopt
from .answer_input import answer_input, take_in
from .arrange import add_row, add_row_once, delete_row
from .carry_over import carry_over
from .case_about import case_about, lay_in_case, take_out_of_case
from .correct import Change, correct
from .edit import Gone, Stale, edit_row
from .files import remake_files, request_files, retry_files
from .freeze_named import freeze_named
from .give_input import give_input
from .hints import bring_back, choose_hints, explain, wave_off
from .intake import Unreadable, accept_import, discard_import, reread_import, start_plan, upload_plan
from .lay_before import close_review, lay_before, send_review_link
from .mark_linguistic import mark_linguistic
from .mend_import import mend_import, undo_mend
from .order_file import order_comparison, order_file
from .paste_table import Clip, paste_table, read_table
from .place import move_row, move_to, place_row
from .presence import be_present, tidy
from .publish_received import publish_received
from .report_status import ask_status, close_round, confirm_status, report_status
from .save_cell import Cell, Taken, save_cell
from .send_hearing import close_hearing, send_hearing, send_hearing_link
from .shared_copies import revoke_copy, share_copy
from .start_from import start_from
from .structure import Step, Verb, change_structure
from .take_stance import take_stance, take_stances
from .translate_plan import publish_translation, save_translation, translate_plan
from .undecided import explain_undecided
from .undo import undo
from .withdraw import publish_redacted, withdraw
from .write_summary import write_summary

__all__ = [
    "Cell",
    "Change",
    "Clip",
    "DecisionFacts",
    "Gone",
    "Stale",
    "Step",
    "Taken",
    "Unreadable",
    "Verb",
    "accept_import",
    "add_row",
    "add_row_once",
    "adopt",
    "answer_input",
    "ask_status",
    "be_present",
    "bring_back",
    "carry_over",
    "case_about",
    "change_structure",
    "choose_hints",
    "close_hearing",
    "close_review",
    "close_round",
    "confirm_status",
    "correct",
    "delete_row",
    "discard_import",
    "edit_row",
    "explain",
    "explain_undecided",
    "freeze_named",
    "give_input",
    "lay_before",
    "lay_in_case",
    "mark_linguistic",
    "mend_import",
    "move_row",
    "move_to",
    "order_comparison",
    "order_file",
    "paste_table",
    "place_row",
    "publish_received",
    "publish_redacted",
    "publish_translation",
    "read_table",
    "remake_files",
    "report_status",
    "request_files",
    "reread_import",
    "retry_files",
    "revoke_copy",
    "save_cell",
    "save_translation",
    "send_hearing",
    "send_hearing_link",
    "send_review_link",
    "share_copy",
    "start_from",
    "start_plan",
    "take_in",
    "take_out_of_case",
    "take_stance",
    "take_stances",
    "tidy",
    "translate_plan",
    "undo",
    "undo_mend",
    "upload_plan",
    "wave_off",
    "withdraw",
    "write_summary",
]
