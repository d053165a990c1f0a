"""Sentences that are made where there is no Django, and said in the reader's language where they are shown.

Until then they are bokmål with their facts apart, each fact a `%(name)s` of the sentence: why the import
worker refused a file, what an importer is in doubt about, what an edited file says beside its proposals.
`helsefellesskap.languages.say` says them. No Django here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def later(msgid: str) -> str:
    """The sentence as it is; `manage.py messages` finds it by this name."""
    return msgid


def filled(sentence: str, facts: Mapping[str, str]) -> str:
    """The sentence with its facts in it; one without facts as it stands, sign for sign («100 %»).

    Raises KeyError, TypeError or ValueError where sentence and facts do not belong together.
    """
    return sentence % facts if facts else sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said later; `str()` of it is the bokmål."""

    says: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return filled(self.says, self.facts)
