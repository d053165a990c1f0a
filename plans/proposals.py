"""What somebody changed in a file that was sent out, as proposals to take or leave one by one.

`base` is the text that the file was made from, `edited` what came back (`importers.read_back`). Rows are
paired by the identity that their bookmarks carry, and where a program lost it by their words. What was
not touched gives nothing, whichever program the file went through. Pure.
"""

from collections.abc import Collection

from helsefellesskap.sentences import Sentence, later

from . import document as doc
from .edited import Edited, Proposal, own_words
from .pairing import pair, visible
from .places import places
from .proposed_rows import arranged, removed
from .proposed_words import changes, facts

__all__ = ["Proposal", "notices", "proposals"]

_COMMENT = later("Merknad i filen: «%(words)s»")
_OUTSIDE = later("Står utenfor planens deler i filen: «%(words)s»")
_HEADLESS = later("Målet «%(goal)s» er ikke i filen, men tiltak under det er der. Målet er latt stå.")


def proposals(base: doc.PlanDocument, edited: Edited, settled: Collection[str] = ()) -> tuple[Proposal, ...]:
    """Changes in the order in which they stand in the plan, then what comes and moves in the order in which
    it stands in the file, last what is taken out. `settled` are keys of what stays where the portal has it.
    """
    found = places(pair(base, edited), settled)
    return (
        *facts(base, edited),
        *changes(base, found),
        *(arranged(place, found) for place in found.arranged),
        *(out for section in base.sections for out in removed(section, found)),
    )


def notices(base: doc.PlanDocument, edited: Edited) -> list[Sentence]:
    """What the file says that is no proposal: nothing that somebody wrote is passed over."""
    found = places(pair(base, edited))
    outside = [*edited.unplaced, *map(own_words, found.nowhere)]
    said = [Sentence(_COMMENT, {"words": words}) for words in edited.comments]
    said += [Sentence(_OUTSIDE, {"words": words}) for words in outside if words]
    return said + [
        Sentence(_HEADLESS, {"goal": goal.text})
        for _section, goal in base.walk_goals()
        if visible(goal) and found.is_headless(goal)
    ]
