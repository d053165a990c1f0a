"""What the measures of a document name by a key: who is responsible, and patient groups. No database."""

from collections.abc import Iterator

from .document import PlanDocument


def mentions_in(document: PlanDocument) -> set[tuple[str, str]]:
    """(what, key): `("responsible", "ssu")`, `("patient_group", "frail_elderly")`."""
    return set(_mentions(document))


def _mentions(document: PlanDocument) -> Iterator[tuple[str, str]]:
    for _section, goal, measure in document.walk_measures():
        for body in measure.responsible.bodies if measure.responsible else ():
            yield "responsible", body.key
        for group in (*goal.patient_groups, *measure.patient_groups):
            yield "patient_group", group
