"""What a file was read as is mended before it becomes a draft, and mends are taken back."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsefellesskap.errors import Conflict, WrongState
from partners.models import User
from plans.mending import CannotMend, Mend
from plans.models import Import

from .intake import allowed_to_import, lock_import

_WHY_NOT = {
    "gone": gettext_lazy("Den delen finnes ikke lenger."),
    "same": gettext_lazy("Den er allerede lest slik."),
    "last": gettext_lazy("Det kommer ikke noe etter den å slå sammen med."),
    "table": gettext_lazy("En tabell kan ikke slås sammen med noe. Del den i rader først."),
    "whole": gettext_lazy("Den har bare én linje."),
    "level": gettext_lazy("Overskriften kan ikke flyttes lenger den veien."),
    "fixed": gettext_lazy("Dette er ikke tekst som kan rettes slik."),
}


@transaction.atomic
def mend_import(import_: Import, *, by: User, mend: Mend, version: int, operation: UUID) -> Import:
    """Adds a mend to those made so far.

    `version` is what the person saw. An operation that was the last one answered is not done again.
    Raises NotAllowed, WrongState (it is a plan already) and Conflict (it has changed, or cannot be done).
    """
    import_, done = _lock(import_, by, version, operation)
    if not done:
        import_.mends = [*import_.mends, list(mend)]
        try:
            import_.read()
        except CannotMend as cannot:
            raise Conflict(str(_WHY_NOT[cannot.why])) from cannot
        _keep(import_, operation)
    return import_


@transaction.atomic
def undo_mend(import_: Import, *, by: User, version: int, operation: UUID) -> Import:
    """Takes back the last mend. Raises as `mend_import` does."""
    import_, done = _lock(import_, by, version, operation)
    if not done:
        if not import_.mends:
            raise WrongState(_("Det er ingen rettelse å angre."))
        import_.mends = import_.mends[:-1]
        _keep(import_, operation)
    return import_


def _lock(import_: Import, by: User, version: int, operation: UUID) -> tuple[Import, bool]:
    """The locked row, and whether this operation is done already, as by a second click."""
    allowed_to_import(by, import_.community)
    import_ = lock_import(import_)
    if import_.plan_id:
        raise WrongState(_("Filen er allerede blitt et utkast. Rett i utkastet i stedet."))
    if import_.operation == operation:
        return import_, True
    if import_.version != version:
        raise Conflict(
            _("Lesningen er endret et annet sted siden du åpnet siden. Her er det som står nå. Velg på nytt.")
        )
    return import_, False


def _keep(import_: Import, operation: UUID) -> None:
    import_.version += 1
    import_.operation = operation
    import_.save(update_fields=["mends", "version", "operation"])
