"""English words in their other forms: «municipality» is in «municipalities» too. No Django.

The index takes Norwegian endings off, and most of English with them: «agreements», «services», «planning».
What is left is asked for beside the word itself, where some text has it.
"""

from collections.abc import Iterator

from .lists import ENGLISH_PAIRS
from .words import fold, stem

_VOWELS = "aeiouy"
_SHORTEST = 4  # «mål» and «måling» are two words, and so are «by» and «bies»


def stems_in_english(word: str) -> set[str]:
    """The stems of forms that a folded word may have in English, among them some that nobody writes."""
    if not word.isascii() or not word.isalpha():
        return set()
    bases = {base for base in _bases(word) if len(base) >= _SHORTEST}
    forms = {form for base in bases for form in _forms(base)} | ENGLISH_PAIRS.get(word, set())
    return {stem(fold(form)) for form in forms} - {stem(word)}


def _bases(word: str) -> Iterator[str]:
    """What the word may be a form of."""
    yield word
    if word.endswith(("ies", "ied")):
        yield f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    for ending in ("es", "ed", "ing"):
        if word.endswith(ending):
            base = word.removesuffix(ending)
            yield from (base, f"{base}e")
            if base[-2:-1] == base[-1:]:
                yield base[:-1]


def _forms(base: str) -> Iterator[str]:
    yield base
    last, before = base[-1], base[-2]
    if last == "y" and before not in _VOWELS:
        yield from (f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing")
    elif last == "e":
        yield from (f"{base}d", f"{base[:-1]}ing")
    else:
        yield from (f"{base}ed", f"{base}ing")
        if before in _VOWELS and last not in _VOWELS:
            yield from (f"{base}{last}ed", f"{base}{last}ing")
