"""What is no text and has no words of its own, as the readers call it. `plans.source_words.thing` says it."""

from helsefellesskap.sentences import later

ATTACHED = later("filer som ligger ved PDF-en")
CHART = later("et diagram eller et innebygd objekt")
DOCUMENT = later("et innebygd dokument")
DRAWING = later("en tegning eller et diagram")
FORM = later("et skjema (XFA)")
PICTURE = later("et bilde")
PICTURE_IN_CASE = later("et bilde uten tekst")
PICTURES = later("bilder på siden")
SCRIPT = later("skript i PDF-en")
UNKNOWN_PICTURE = later("et bilde som ikke kan vises på en nettside")

ALL = frozenset(
    (ATTACHED, CHART, DOCUMENT, DRAWING, FORM, PICTURE, PICTURE_IN_CASE, PICTURES, SCRIPT, UNKNOWN_PICTURE)
)
