"""A reading is corrected piece by piece: «this is a goal», «join with the next», «not part of the plan».

The document is laid out as pieces in reading order; a correction changes one of them, and the tree is
made anew: what stands under a goal or a heading is what follows it. So nothing needs to be carried
along, and no word can be lost on the way. No Django here.
"""

from .correct import Corrected, Correction, Verb, choices, corrected, text_of
from .pieces import Piece
from .steps import CannotCorrect, alike

__all__ = [
    "CannotCorrect",
    "Corrected",
    "Correction",
    "Piece",
    "Verb",
    "alike",
    "choices",
    "corrected",
    "text_of",
]
