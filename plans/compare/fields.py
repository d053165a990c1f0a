"""The fields of a plan and of its rows as text, and which of them differ."""

from collections.abc import Iterator, Mapping

from helsefellesskap.richtext import plain
from plans.document import Figure, Goal, Measure, PlanDocument, Section, Status

from .changes import Field, Part
from .words import compare_text, whole

# Values that are no running text: one for the other, never word by word.
_WHOLE = {"deadline_date", "status_value", "struck", "kind", "language", "period_start", "period_end"}
# Fields that hold HTML: compared as they read, and told apart where only their markup differs.
_HTML = {"html", "body", "after"}

type Texts = dict[tuple[str, str], str]  # (field, detail) → text


def changed_fields(old: Part | None, new: Part | None) -> tuple[Field, ...]:
    """The fields in which two rows differ; of a row that is new or removed, all that have text."""
    return tuple(_changed(_texts(old), _texts(new)))


def changed_facts(old: PlanDocument, new: PlanDocument) -> tuple[Field, ...]:
    """The plan's own fields that differ."""
    return tuple(_changed(_facts(old), _facts(new)))


def _changed(old: Texts, new: Texts) -> Iterator[Field]:
    for name, detail in new | {key: "" for key in old if key not in new}:
        before, after = old.get((name, detail), ""), new.get((name, detail), "")
        if before == after:
            continue
        if name in _WHOLE:
            yield Field(name, whole(before, after), detail)
        elif name in _HTML:
            words, words_now = plain(before), plain(after)
            yield Field(name, compare_text(words, words_now), detail, markup=words == words_now)
        else:
            yield Field(name, compare_text(before, after), detail)


def _texts(part: Part | None) -> Texts:
    match part:
        case None:
            texts: Mapping[str, str] = {}
        case Section():
            texts = _section(part)
        case Goal():
            texts = _goal(part)
        case Measure():
            texts = _measure(part)
    found = {(name, ""): text for name, text in texts.items()}
    if isinstance(part, Measure):
        found |= {("extra", heading): text for heading, text in part.extra.items()}
    return found


def _section(section: Section) -> dict[str, str]:
    return {
        "number": section.number,
        "label": section.label,
        "heading": section.heading,
        "struck": _struck(section.struck),
        **_status(section.status),
        "adoption_note": section.adoption_note,
        "body": section.body,
        "figures": "\n".join(_figure(figure) for figure in section.figures),
        "columns": "\n".join(section.columns),
        "after": section.after,
    }


def _goal(goal: Goal) -> dict[str, str]:
    return {
        "label": goal.label,
        "html": goal.html or goal.text,
        "struck": _struck(goal.struck),
        **_status(goal.status),
        "patient_groups": "\n".join(goal.patient_groups),
        "body": goal.body,
    }


def _measure(measure: Measure) -> dict[str, str]:
    responsible, deadline = measure.responsible, measure.deadline
    return {
        "label": measure.label,
        "html": measure.html or measure.text,
        "struck": _struck(measure.struck),
        "responsible": responsible.text if responsible else "",
        "bodies": "\n".join(body.name for body in responsible.bodies) if responsible else "",
        "deadline": deadline.text if deadline else "",
        "deadline_date": (deadline.date or "") if deadline else "",
        **_status(measure.status),
        "indicator": measure.indicator,
        "patient_groups": "\n".join(measure.patient_groups),
    }


def _facts(document: PlanDocument) -> Texts:
    period = document.period
    facts = {
        "community": document.community,
        "title": document.title,
        "subtitle": document.subtitle,
        "kind": document.kind,
        "language": document.language,
        "vision": document.vision,
        "period": period.text,
        "period_start": period.start or "",
        "period_end": period.end or "",
        "period_end_event": period.end_event,
        "abbreviations": "\n".join(f"{a.short} = {a.long}" for a in document.abbreviations),
    }
    return {(name, ""): text for name, text in facts.items()}


def _struck(struck: bool) -> str:
    return "struck" if struck else ""


def _status(status: Status | None) -> dict[str, str]:
    if status is None:
        return {"status": "", "status_value": ""}
    return {"status": status.text, "status_value": status.value or ""}


def _figure(figure: Figure) -> str:
    """A figure in a line: its texts, and a short name for the picture so that another one shows."""
    texts = ": ".join(filter(None, [figure.alt, figure.caption]))
    return f"{texts} ({figure.sha256[:8]})".lstrip()
