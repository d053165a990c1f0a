"""Norwegian words as the index knows them: in one written form, without endings. No Django.

They need not become right Norwegian, only the same for what is written and for what is asked.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from .lists import ENDINGS, INSIDE, SAME, SMALL_WORDS

# Longer runs of letters are no words; what is cut off could not be found by anybody anyway.
LONGEST = 60
_WORD = re.compile(r"[^\W_]+")
_NO_LETTER = re.compile(r"[\W_]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def words(text: str) -> Iterator[str]:
    """The words of a text, folded, in order; small words and single letters are left out."""
    for found in _WORD.finditer(visible(text)):
        word = fold(found[0])
        if (len(word) > 1 or word.isdecimal()) and word not in SMALL_WORDS:
            yield word


def stems(text: str) -> Iterator[str]:
    """The stems of the words of a text, in order."""
    return map(stem, words(text))


def visible(text: str) -> str:
    """Without soft hyphens and their like, composed."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """One word in lower case and in bokmål's spelling, as far as the rules reach."""
    # A few foreign letters become two when they are made small, the other no letter («İ»).
    word = _NO_LETTER.sub("", word.lower())[:LONGEST].translate(_LETTERS)
    if word in SMALL_WORDS:
        return word
    if word in SAME:
        return SAME[word]
    for pattern, to in INSIDE:
        word = pattern.sub(to, word)
    return word


# What people write for the same letter.
_LETTERS = str.maketrans({"ä": "æ", "ö": "ø", "é": "e", "è": "e", "ê": "e", "ó": "o", "ò": "o", "ô": "o"})


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its endings: «innbyggernes», «innbyggere» and «innbygger» are «innbygg»."""
    while (shorter := _without_ending(word)) != word:
        word = shorter
    return word


def _without_ending(word: str) -> str:
    # A genitive, or an s between two parts; «prosess» keeps its own.
    if len(word) > 4 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    for ending, becomes, least in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + becomes
    return word
