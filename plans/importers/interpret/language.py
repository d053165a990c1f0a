"""Which language a document is written in, by its small words."""

import re
from collections import Counter


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


_NB = _words("ikke jeg et en hva hvordan fra være noe mer hvor flere de videre tjenester")
_NN = _words("ikkje eg eit ein kva korleis frå vere noko meir kor fleire dei vidare tenester")
_SE = _words("ja lea leat ii eai mii dat go ovttas dearvvašvuođa suohkan suohkanat olbmuid")
_SE_LETTERS = re.compile("[čđŋšŧžá]", re.IGNORECASE)


def language_of(texts: list[str]) -> str:
    """`nb`, `nn` or `se`; bokmål where nothing tells."""
    words = Counter(word for text in texts for word in re.findall(r"\w+", text.lower()))
    bokmal, nynorsk = sum(words[w] for w in _NB), sum(words[w] for w in _NN)
    sami = sum(words[w] for w in _SE)
    lettered = sum(n for word, n in words.items() if _SE_LETTERS.search(word))
    if lettered + sami > bokmal + nynorsk and lettered * 20 > sum(words.values()):
        return "se"
    return "nn" if nynorsk > bokmal else "nb"
