"""The prioritised patient groups, where a line is the name of one (not where it mentions one)."""

import re

_PEOPLE = r"(?:personer|personar|pasienter|pasientar|mennesker|innbyggere|innbyggarar|brukere|dei?)"
_WITH = rf"(?:{_PEOPLE}\s+)?(?:med\s+)?"
_GROUPS = {
    "children_youth": r"barn(?:\s+og\s+|/|\s*,\s*)(?:unge|ungdom\w*)(?:\s+og\s+unge\s+(?:voksne|vaksne))?",
    "mental_health_substance": _WITH
    + r"(?:(?:alvorlige?|alvorleg|langvarige?)\s+)?(?:psykiske?|psykiske?\s+helse)\b"
    r"[\w\s/,.-]*\brus\w*[\w\s-]*",
    "frail_elderly": r"(?:skrøpelige?|skrøpelege?|sårbare)\s+(?:eldre|gamle)"
    r"(?:\s+og\s+multisyke|\s+og\s+multisjuke|\s+med\s+sammensatte\s+behov)?",
    "multiple_chronic": _WITH
    + r"(?:flere|fleire|multiple)\s+kronis\w+\s+"
    + r"(?:lidelser|lidingar|sykdommer|sjukdommar|tilstander|tilstandar)",
    "maternity": r"svangerskap\w*"
    r"(?:(?:\s*[/,]\s*|\s+og\s+|\s+)(?:fødsel\w*|føde\w*|barsel\w*|og\s+barsel\w*))*"
    r"|(?:gravide|fødende)(?:\s+og\s+(?:fødende|barsel\w*))?(?:\s+kvinner)?",
    "habilitation": r"habilitering",
    "rehabilitation": r"rehabilitering",
}
_NAMES = {code: re.compile(rf"^(?:{name})[\s.,;:]*$", re.IGNORECASE) for code, name in _GROUPS.items()}
_SPEAKS_OF = re.compile(r"pasientgrupp|målgrupp|brukergrupp|brukargrupp", re.IGNORECASE)
_LONGEST = 120


def named_by(text: str) -> str | None:
    """The code of the group (as in `plans.patient_groups`) that this line names and nothing else."""
    words = " ".join(text.split())
    if len(words) > _LONGEST:
        return None
    return next((code for code, name in _NAMES.items() if name.match(words)), None)


def speaks_of_groups(text: str) -> bool:
    """Whether a heading announces patient groups."""
    return bool(_SPEAKS_OF.search(text))


def codes_of(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for text in texts if (code := named_by(text))))


def is_list_of_groups(texts: list[str]) -> bool:
    """Whether most of these lines name a group, and more than one does."""
    named = sum(named_by(text) is not None for text in texts)
    return named >= 2 and named * 2 > len(texts)
