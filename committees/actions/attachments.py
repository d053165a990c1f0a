"""Files that follow a case: kept, shown to those who may see them, taken off again."""

from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import Attachment, Case
from helsefellesskap.errors import Refusal
from helsefellesskap.file_checks import Refused, check
from partners.models import Audit, StoredFile, User

from .cases import lock_case

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
}


class BadFile(Refusal):
    """The file is not one that a case may have; the sentence says why."""

    status = 422


def keep_upload(name: str, data: bytes) -> StoredFile:
    """The stored file of what somebody sent: a whole PDF or Word file, without macros. Raises BadFile."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in MEDIA_TYPES:
        raise BadFile(_("Et vedlegg må være en PDF eller en Word-fil (.pdf eller .docx)."))
    try:
        check(data, name)
    except Refused as refused:
        raise BadFile(str(refused)) from refused
    return StoredFile.objects.store(data, MEDIA_TYPES[suffix])


@transaction.atomic
def attach(
    case: Case,
    *,
    by: User,
    title: str,
    file: StoredFile,
    access: str = Case.Access.PUBLIC,
    legal_basis: str = "",
    public_file: StoredFile | None = None,
) -> Attachment:
    """Adds a file to the case, last. Raises NotAllowed, WrongState and Refusal."""
    case = lock_case(case, by=by)
    if not title.strip():
        raise Refusal(_("Gi vedlegget en tittel."))
    if access == Case.Access.RESTRICTED and not legal_basis.strip():
        raise Refusal(_("Oppgi hjemmelen når vedlegget er unntatt offentlighet."))
    attachment = Attachment.objects.create(
        case=case,
        position=case.files.count() + 1,
        title=title.strip(),
        file=file,
        access=access,
        legal_basis=legal_basis.strip(),
        public_file=public_file,
    )
    _write(case, by, "attach", _("La et vedlegg til sak %(case)s."))
    return attachment


@transaction.atomic
def detach(attachment: Attachment, *, by: User) -> None:
    """Takes a file off the case. Raises NotAllowed and WrongState."""
    case = lock_case(attachment.case, by=by)
    attachment.delete()
    _write(case, by, "detach", _("Tok et vedlegg av sak %(case)s."))


def _write(case: Case, by: User, verb: str, said: str) -> None:
    Audit.objects.write(case.committee.community, by=by, verb=verb, what=said % {"case": case})
