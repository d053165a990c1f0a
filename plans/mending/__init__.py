"""A reading is mended piece by piece: «this is a goal», «join with the next», «not part of the plan».

The document is laid out as pieces in reading order; a mend changes one of them, and the tree is
made anew: what stands under a goal or a heading is what follows it. So nothing needs to be carried
along, and no word can be lost on the way. No Django here.
"""

from .mend import Mend, Mended, Verb, choices, mended, text_of
from .pieces import Piece, chapters_of
from .steps import CannotMend, alike

__all__ = [
    "CannotMend",
    "Mend",
    "Mended",
    "Piece",
    "Verb",
    "alike",
    "chapters_of",
    "choices",
    "mended",
    "text_of",
]
