"""An edited file's proposals as the page shows them: beside the draft as it stands now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsefellesskap.richtext import plain

from . import document as doc
from .actions.proposed_rows import key_in
from .actions.proposed_values import new_too_long, too_long, with_abbreviations, with_paragraphs, words_of
from .compare import Field, compare_text
from .editable import BLOCK, INLINE
from .edited import LONGEST
from .lines import even_text, look
from .lines_html import runs_of
from .measure_cells import words_in
from .models import EditedFile, Goal, Measure, ProposedChange, Section
from .proposed_rows import left_under
from .snapshot import document_of

type Part = doc.Section | doc.Goal | doc.Measure

_FIELDS = {
    "title": gettext_lazy("Tittel"), "subtitle": gettext_lazy("Undertittel"),
    "vision": gettext_lazy("Visjon"),
    "period_text": gettext_lazy("Periode"), "abbreviations": gettext_lazy("Forkortelser"),
    "number": gettext_lazy("Nummer"), "heading": gettext_lazy("Overskrift"), "body": gettext_lazy("Tekst"),
    "after": gettext_lazy("Tekst etter tabellen"), "adoption_note": gettext_lazy("Vedtaksmerknad"),
    "status_text": gettext_lazy("Status"), "label": gettext_lazy("Merke"), "html": gettext_lazy("Ordlyd"),
    "struck": gettext_lazy("Strøket ut"), "responsible_text": gettext_lazy("Ansvarlig"),
    "deadline_text": gettext_lazy("Frist"), "indicator": gettext_lazy("Indikator"),
}  # fmt: skip
_KINDS = {
    "section": gettext_lazy("Kapittel"),
    "goal": gettext_lazy("Mål"),
    "measure": gettext_lazy("Tiltak"),
    "plan": gettext_lazy("Planen"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One proposal on the page. `difference` is word by word; `problem` says why it cannot just be taken."""

    proposal: ProposedChange
    heading: str
    where: str
    difference: Field | None
    version: int | None
    goes: str = ""  # where a row that is added or moved comes to stand
    problem: str = ""
    now: str = ""  # what stands there now, where it is not what the file was made from
    can_accept: bool = True
    can_adjust: bool = False


def shown(file: EditedFile) -> list[Shown]:
    """Every proposal with the draft as it is. A constant number of queries."""
    proposals = list(file.proposals.select_related("decided_by"))
    draft = _Draft(file, proposals)
    return [_shown(proposal, draft) for proposal in proposals]


class _Draft:
    def __init__(self, file: EditedFile, proposals: Sequence[ProposedChange]) -> None:
        plan = file.plan
        self.file = file
        self.new = {name: words for p in proposals for name, words in _new_in(p.values)}
        self.document = document_of(plan)
        self.parts: dict[str, Part] = {}
        self.above: dict[str, Part] = {}
        for _depth, section in self.document.walk_sections():
            self.parts[section.key] = section
            self.above.update({below.key: section for below in section.sections})
            self.above.update({goal.key: section for goal in section.goals})
            for goal in section.goals:
                self.parts[goal.key] = goal
                self.above.update({measure.key: goal for measure in goal.measures})
                self.parts.update({measure.key: measure for measure in goal.measures})
        self.versions: dict[str, int] = {"": plan.version}
        for rows in (
            Section.objects.filter(plan=plan),
            Goal.objects.filter(section__plan=plan),
            Measure.objects.filter(goal__section__plan=plan),
        ):
            self.versions.update((str(k), v) for k, v in rows.values_list("item", "version"))

    def part(self, key: str) -> Part | None:
        """The part of this key, or of the name that the file gives what is new."""
        return self.parts.get(key_in(self.file, key))

    def name(self, key: str) -> str:
        """What a row is called, whether it is there or only proposed; empty where it is neither."""
        part = self.part(key)
        return name_of(part) if part else self.new.get(key, "")


def _new_in(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Name and words of what a proposal adds, and of what comes with it."""
    if "name" in values:
        words = plain(values.get("html", "")) or f"{values.get('number', '')} {values.get('heading', '')}"
        yield values["name"], words.strip()[:120]
    for rows in ("goals", "measures", "sections"):
        for more in values.get(rows, []):
            yield from _new_in(more)


def name_of(part: Part | None) -> str:
    if part is None:
        return ""
    if isinstance(part, doc.Section):
        return even_text(f"{part.number} {part.heading}") or _("Kapittel uten overskrift")
    label = f"{part.label} " if part.label else ""
    return f"{label}{part.text}"[:120] or (_("Mål uten tekst") if isinstance(part, doc.Goal) else _("Tiltak"))


def _shown(p: ProposedChange, draft: _Draft) -> Shown:
    part = draft.parts.get(p.item)
    heading = _heading(p)
    where = " › ".join(_path(part, draft))
    goes = _goes(p, draft) if p.kind in ("add", "move") else ""
    one = Shown(p, heading, where, _difference(p), draft.versions.get(p.item), goes)
    if p.item and part is None:
        problem = "" if p.decision else _("Dette er slettet i planen siden filen ble laget.")
        return replace(one, problem=problem, can_accept=False)
    if p.kind in ("move", "remove") and not p.decision and (problem := _in_the_way(p, part, draft)):
        return replace(one, problem=problem, can_accept=False)
    if p.kind == "add" and not p.decision and (problem := _no_room(p.values)):
        return replace(one, problem=problem, can_accept=False)
    if p.kind == "change" and not p.decision:
        problem, now, possible = _problem(p, part, draft)
        adjustable = (possible or p.field in LONGEST) and p.field not in ("struck", "abbreviations")
        return replace(one, problem=problem, now=now, can_accept=possible, can_adjust=adjustable)
    return one


def _heading(p: ProposedChange) -> str:
    kind = str(_KINDS[p.item_kind])
    match p.kind:
        case "add":
            return _("Nytt: %(kind)s") % {"kind": kind.lower()}
        case "remove":
            return _("Tas ut: %(kind)s") % {"kind": kind.lower()}
        case "move":
            return _("Flyttes: %(kind)s") % {"kind": kind.lower()}
    field = (
        p.field.removeprefix("extra:") if p.field.startswith("extra:") else str(_FIELDS.get(p.field, p.field))
    )
    if p.field == "struck":
        field = _("Strykes ut") if p.after else _("Strykes ikke lenger")
    return f"{kind}: {field.lower()}" if p.item_kind != "plan" else field


def _path(part: Part | None, draft: _Draft) -> Iterator[str]:
    if part is not None and (above := draft.above.get(part.key)):
        if (higher := draft.above.get(above.key)) and isinstance(above, doc.Goal):
            yield name_of(higher)
        yield name_of(above)
    if part is not None:
        yield name_of(part)


def _goes(p: ProposedChange, draft: _Draft) -> str:
    """Where a row that is added or moved comes to stand."""
    above = draft.above.get(p.item)
    within = p.kind == "add" or p.after == (above.key if above else "")
    names = {"under": draft.name(p.after), "row": draft.name(p.place)}
    if within:
        return _("Settes etter «%(row)s».") % names if names["row"] else _("Settes først.")
    if not p.after:
        top = _("Settes på planens øverste nivå, etter «%(row)s».")
        return top % names if names["row"] else _("Settes først på planens øverste nivå.")
    under = _("Settes under «%(under)s», etter «%(row)s».")
    return under % names if names["row"] else _("Settes først under «%(under)s».") % names


def _difference(p: ProposedChange) -> Field | None:
    match p.kind:
        case "change" if p.field != "struck":
            rich = p.field in BLOCK | INLINE
            before, after = (plain(p.before), plain(p.after)) if rich else (p.before, p.after)
            return Field(p.field, compare_text(before, after), markup=before == after)
        case "add":
            return Field("html", compare_text("", _added_words(p)))
        case "remove":
            return Field("html", compare_text(plain(p.before), ""))
    return None


def _added_words(p: ProposedChange) -> str:
    """All that the new row says, a line for each part."""
    lines = [words_of(p)]
    values = p.values
    if plain(values.get("body", "")) not in lines:
        lines.append(plain(values.get("body", "")))
    for name in ("responsible_text", "deadline_text", "status_text", "indicator"):
        if values.get(name):
            lines.append(f"{_FIELDS[name]}: {values[name]}")
    lines += [f"{heading}: {words}" for heading, words in values.get("extra", {}).items()]
    for goal in values.get("goals", []):
        lines.append(plain(goal.get("html", "")))
        lines += [f"– {plain(m.get('html', ''))}" for m in goal.get("measures", [])]
    lines += [f"– {plain(m.get('html', ''))}" for m in values.get("measures", [])]
    lines += [section.get("heading", "") for section in values.get("sections", [])]
    return "\n".join(filter(None, lines))


def _in_the_way(p: ProposedChange, part: Part | None, draft: _Draft) -> str:
    """Why a row cannot be moved or taken out now."""
    if p.kind == "move" and p.after and draft.part(p.after) is None:
        if words := draft.new.get(p.after):
            return _("«%(place)s» er nytt i filen. Godta det først.") % {"place": words}
        return _("Stedet det skal flyttes til, er slettet i planen siden filen ble laget.")
    if p.kind == "remove" and part and (left := left_under(part, p.values.get("with", []))):
        return _("Under dette står det noe som filen ikke tar ut: «%(row)s». Flytt det først.") % {
            "row": name_of(left[0])
        }
    return ""


def _no_room(values: dict[str, Any]) -> str:
    """Why a new row, or one that comes with it, cannot be taken as it is."""
    below = (_no_room(row) for name in ("goals", "measures", "sections") for row in values.get(name, []))
    return new_too_long(values) or next(filter(None, below), "")


def _problem(p: ProposedChange, part: Part | None, draft: _Draft) -> tuple[str, str, bool]:
    """What stands in the way, what stands there now, and whether the proposal can be taken all the same."""
    changed = _("Teksten er endret i planen siden filen ble laget. Godtar du forslaget, erstatter det den.")
    if p.field in ("body", "after"):
        if with_paragraphs(getattr(part, p.field), p.before, p.place, p.after) is None:
            gone = _(
                "Avsnittet er endret i planen siden filen ble laget. Rett det i planen, og avvis forslaget."
            )
            return gone, "", False
        return "", "", True
    if p.field == "abbreviations":
        pairs = [[a.short, a.long] for a in draft.document.abbreviations]
        if with_abbreviations(pairs, p.before, p.after) is None:
            return _("Forkortelsen er endret i planen siden filen ble laget."), "", False
        return "", "", True
    if found := too_long(p.field, p.after):
        return found, "", False
    now = _now(p, part, draft)
    if now == p.after:  # done already
        return "", "", True
    if p.field == "html":
        same = look(runs_of(now)) == look(runs_of(p.before))
        return ("", "", True) if same else (changed, plain(now), True)
    return ("", "", True) if even_text(now) == even_text(p.before) else (changed, now, True)


def _now(p: ProposedChange, part: Part | None, draft: _Draft) -> str:
    if part is None:
        return draft.document.period.text if p.field == "period_text" else getattr(draft.document, p.field)
    if p.field.startswith("extra:"):
        return words_in(part, "extra", p.field.removeprefix("extra:"))
    if p.field == "struck":
        return "1" if part.struck else ""
    if p.field in ("responsible_text", "deadline_text", "status_text", "indicator"):
        return words_in(part, p.field)
    return str(getattr(part, p.field))
