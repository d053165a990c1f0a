"""Files that follow a case: kept, shown to those who may see them, taken off again."""

from dataclasses import dataclass
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import Attachment, Case
from committees.searched import holds_national_id
from helsefellesskap.errors import Refusal, why_refused
from helsefellesskap.file_checks import Refused
from partners.models import Audit, StoredFile, User

from .cases import lock_case

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sent it."""

    name: str
    data: bytes


class BadFile(Refusal):
    """The file is not one that a case may have; the sentence says why."""


class MustConfirm(BadFile):
    """The file names somebody by number: it can lie in the case where that is needed and said to be."""


def attach(
    case: Case,
    *,
    by: User,
    title: str,
    file: Upload,
    access: str = Case.Access.PUBLIC,
    legal_basis: str = "",
    public_file: Upload | None = None,
    confirmed: bool = False,
) -> Attachment:
    """Adds a whole PDF or Word file to the case, last. The files are searched before the case is locked,
    since that takes its time, and stored after. `confirmed`: a fødselsnummer in a restricted file is meant.

    Raises NotAllowed, WrongState, Refusal, BadFile and MustConfirm.
    """
    if not title.strip():
        raise Refusal(_("Gi vedlegget en tittel."))
    if access == Case.Access.RESTRICTED and not legal_basis.strip():
        raise Refusal(_("Oppgi hjemmelen når vedlegget er unntatt offentlighet."))
    named = _holds_national_id(file)
    if public_file and _holds_national_id(public_file):
        raise BadFile(_("Den sladdede filen inneholder et fødselsnummer eller D-nummer. Ta det ut."))
    if named and access != Case.Access.RESTRICTED:
        raise BadFile(
            _(
                "Filen inneholder et fødselsnummer eller D-nummer, og kan ikke være offentlig. "
                "Ta det ut, eller unnta vedlegget fra offentlighet."
            )
        )
    if named and not confirmed:
        raise MustConfirm(
            _(
                "Filen inneholder et fødselsnummer eller D-nummer. Ta det ut, eller velg filen på nytt og "
                "bekreft nedenfor at det må stå der."
            )
        )
    with transaction.atomic():
        case = lock_case(case, by=by)
        attachment = Attachment.objects.create(
            case=case,
            position=case.files.count() + 1,
            title=title.strip(),
            file=_store(file),
            access=access,
            legal_basis=legal_basis.strip(),
            public_file=_store(public_file) if public_file else None,
        )
        _write(case, by, "attach", "La et vedlegg til sak %(case)s.")
    return attachment


def _holds_national_id(upload: Upload) -> bool:
    """Raises BadFile where it is no whole PDF or Word file, or takes too much to read."""
    if _suffix(upload) not in MEDIA_TYPES:
        raise BadFile(_("Et vedlegg må være en PDF eller en Word-fil (.pdf eller .docx)."))
    try:
        return holds_national_id(upload.data, upload.name)
    except Refused as refused:
        raise BadFile(why_refused(refused)) from refused


def _store(upload: Upload) -> StoredFile:
    return StoredFile.objects.store(upload.data, MEDIA_TYPES[_suffix(upload)])


def _suffix(upload: Upload) -> str:
    return PurePath(upload.name).suffix.lower()


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> None:
    """Takes a file off the case. Raises NotAllowed and WrongState."""
    case = lock_case(attachment.case, by=by)
    attachment.delete()
    _write(case, by, "detach", "Tok et vedlegg av sak %(case)s.")


def _write(case: Case, by: User, verb: str, said: str) -> None:
    Audit.objects.write(case.committee.community, by=by, verb=verb, what=said, facts={"case": case})
