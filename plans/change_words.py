"""What a comparison says in Norwegian: its summary, the names of fields, and values that are codes."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .compare import Comparison, Counts, Field, Kind, Move, Row
from .document import Goal, Section
from .models import Plan
from .templatetags.documents import STATUS_NAMES, long_date, patient_group
from .translating import Field as Words
from .translating import Piece

FIELD_NAMES = {
    "community": gettext_lazy("Helsefellesskap"),
    "title": gettext_lazy("Tittel"),
    "subtitle": gettext_lazy("Undertittel"),
    "kind": gettext_lazy("Slag"),
    "language": gettext_lazy("Språk"),
    "summary": gettext_lazy("Kort sagt"),
    "vision": gettext_lazy("Visjon"),
    "period": gettext_lazy("Periode"),
    "period_start": gettext_lazy("Periode fra"),
    "period_end": gettext_lazy("Periode til"),
    "period_end_event": gettext_lazy("Periode til hendelsen"),
    "abbreviations": gettext_lazy("Forkortelser"),
    "number": gettext_lazy("Nummer"),
    "label": gettext_lazy("Merke"),
    "heading": gettext_lazy("Overskrift"),
    "html": gettext_lazy("Ordlyd"),
    "struck": gettext_lazy("Strøket ut"),
    "status": gettext_lazy("Status"),
    "status_value": gettext_lazy("Status, tolket"),
    "adoption_note": gettext_lazy("Merknad om vedtak"),
    "body": gettext_lazy("Tekst"),
    "after": gettext_lazy("Tekst etter målene"),
    "figures": gettext_lazy("Figurer"),
    "columns": gettext_lazy("Kolonneoverskrifter"),
    "patient_groups": gettext_lazy("Pasientgrupper"),
    "responsible": gettext_lazy("Ansvarlig"),
    "bodies": gettext_lazy("Ansvarlige som er koblet"),
    "deadline": gettext_lazy("Frist"),
    "deadline_date": gettext_lazy("Frist, dato"),
    "indicator": gettext_lazy("Indikator"),
}


def field_name(field: Field) -> str:
    return field.detail or str(FIELD_NAMES[field.name])


def translated_field_name(piece: Piece, field: Words) -> str:
    """The same of a field in a translation: «Tiltak», «Bildetekst», the heading of a column of the source."""
    name, _colon, detail = field.name.partition(":")
    if name == "html":
        return _("Mål") if piece.kind == "goal" else _("Tiltak")
    if name in ("caption", "alt"):
        return _("Bildetekst") if name == "caption" else _("Tekst for den som ikke ser bildet")
    if name == "abbreviation":
        return _("Forkortelsen %(short)s") % {"short": detail}
    if name == "column":
        return _("Kolonneoverskrift")
    return str(FIELD_NAMES[name]) if name in FIELD_NAMES else detail


def shown_value(name: str, text: str) -> str:
    """A field's text as people read it: dates in words, codes by their names."""
    match name:
        case "deadline_date" | "period_start" | "period_end":
            return long_date(text)
        case "status_value":
            return str(STATUS_NAMES.get(text, text))
        case "patient_groups":
            return patient_group(text)
        case "struck":
            return _("strøket ut")
        case "kind":
            return str(dict(Plan.Kind.choices).get(text, text))
        case "language":
            return str(dict(Plan.Language.choices).get(text, text))
        case _:
            return text


def summary(comparison: Comparison) -> str:
    """«3 tiltak nye, 2 endret, 1 flyttet. 1 mål endret.» One sentence a kind, measures first."""
    if comparison.empty:
        return _("Ingenting er endret.")
    kinds: tuple[Kind, ...] = ("measure", "goal", "section")
    sentences = [told for kind in kinds if (told := _counted(kind, comparison.counts(kind)))]
    if comparison.facts:
        facts = dict.fromkeys(field.name.partition("_")[0] for field in comparison.facts)
        names = [str(FIELD_NAMES[name]).lower() for name in facts]
        sentences.append(_("Endret i opplysningene om planen: %(fields)s") % {"fields": ", ".join(names)})
    return " ".join(f"{capfirst(sentence)}." for sentence in sentences)


def _counted(kind: Kind, counts: Counts) -> str:
    told = [
        (counts.new, ngettext("nytt", "nye", counts.new)),
        (counts.changed, _("endret")),
        (counts.moved, _("flyttet")),
        (counts.removed, _("tatt ut")),
        (
            counts.relabelled,
            _("med nytt nummer") if kind == "section" else _("med ny bokstav eller nytt nummer"),
        ),
    ]
    told = [(n, word) for n, word in told if n]
    if not told:
        return ""
    (n, word), *rest = told
    return ", ".join([f"{n} {noun(kind, n)} {word}", *(f"{m} {other}" for m, other in rest)])


def noun(kind: Kind, n: int) -> str:
    match kind:
        case "measure":
            return ngettext("tiltak", "tiltak", n)
        case "goal":
            return ngettext("mål", "mål", n)
        case _:
            return ngettext("kapittel", "kapitler", n)


def unchanged(rows: list[Row]) -> str:
    """«12 uendrede tiltak», of neighbours of one kind."""
    n, kind = len(rows), rows[0].kind
    text = f"{n} {ngettext('uendret', 'uendrede', n)} {noun(kind, n)}"
    relabelled = sum(row.relabelled for row in rows)
    if relabelled:
        text += ", " + ngettext(
            "%(n)s har fått ny bokstav eller nytt nummer",
            "%(n)s har fått ny bokstav eller nytt nummer",
            relabelled,
        ) % {"n": relabelled}
    return text


def state_words(row: Row) -> str:
    """«Nytt», «Tatt ut» or «Endret»; empty where the row itself is as it was."""
    return {"new": _("Nytt"), "removed": _("Tatt ut"), "changed": _("Endret"), "same": ""}[row.state]


def move_words(move: Move) -> str:
    """Where the row was moved from."""
    if move.across:
        places = {"old": _place(move.old_parent), "new": _place(move.new_parent)}
        return _("Flyttet fra %(old)s til %(new)s") % places
    match move.new_parent:
        case Goal():
            return _("Flyttet innenfor målet")
        case Section():
            return _("Flyttet innenfor kapitlet")
        case _:
            return _("Flyttet i planen")


def _place(parent: Section | Goal | None) -> str:
    match parent:
        case None:
            return _("øverste nivå")
        case Section():
            name = f"{parent.number} {parent.heading}".strip()
        case Goal():
            name = f"{parent.label} {parent.text}".strip()
    return f"«{name}»" if name else _("et sted uten overskrift")
