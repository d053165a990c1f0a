"""Which language a document is written in, by its small words."""

import re
from collections import Counter

_NB = set(
    [
        "ikke",
        "jeg",
        "et",
        "en",
        "hva",
        "hvordan",
        "fra",
        "være",
        "noe",
        "mer",
        "hvor",
        "bli",
        "flere",
        "mellom",
        "de",
        "til",
        "videre",
        "tjenester",
    ]
)
_NN = set(
    [
        "ikkje",
        "eg",
        "eit",
        "ein",
        "kva",
        "korleis",
        "frå",
        "vere",
        "noko",
        "meir",
        "kor",
        "blir",
        "fleire",
        "dei",
        "vidare",
        "tenester",
        "gjere",
    ]
)
_SE = set(
    [
        "ja",
        "lea",
        "leat",
        "ii",
        "eai",
        "mii",
        "dat",
        "go",
        "ovttas",
        "dearvvašvuođa",
        "dearvvašvuohta",
        "suohkan",
        "suohkanat",
        "olbmuid",
    ]
)
_SE_LETTERS = re.compile("[čđŋšŧžÁá]", re.IGNORECASE)
_BOTH = _NB & _NN


def language_of(texts: list[str]) -> str:
    """`nb`, `nn` or `se`; bokmål where nothing tells."""
    words = Counter(word for text in texts for word in re.findall(r"\w+", text.lower()))
    norwegian = sum(words[w] for w in (_NB | _NN) - _BOTH)
    sami = sum(words[w] for w in _SE)
    lettered = sum(n for word, n in words.items() if _SE_LETTERS.search(word))
    if lettered + sami > norwegian and lettered * 20 > sum(words.values()):
        return "se"
    nynorsk, bokmal = sum(words[w] for w in _NN - _BOTH), sum(words[w] for w in _NB - _BOTH)
    return "nn" if nynorsk > bokmal else "nb"
