"""A file comes in, is read, perhaps read in another way, and becomes a draft or is thrown away."""

import json
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from django.db import DataError, transaction
from django.utils.translation import gettext as _

from helsefellesskap.databases import locked
from helsefellesskap.errors import Conflict, NotAllowed, Refusal, WrongState, why_refused
from helsefellesskap.richtext import clean_block, clean_inline
from partners.models import Audit, HealthCommunity, StoredFile, User
from plans import document as doc
from plans import rules
from plans.importers import blocks
from plans.importers.interpret.period import of_title
from plans.importers.sandbox import Imported, Refused, import_file
from plans.models import Import, Plan
from plans.snapshot import to_draft

MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/markdown",
}


class Unreadable(Refusal):
    """The file is not one that can be read; the sentence is the importer's."""


def upload_plan(
    community: HealthCommunity, *, by: User, name: str, data: bytes, trusted: bool = False
) -> Import:
    """Reads the file and keeps it with what was read. Raises NotAllowed, and Unreadable with nothing kept.

    `trusted` is for the command line: whoever runs it holds the database anyway.
    """
    allowed_to_import(by, community, trusted)
    read = _read(data, name)
    with transaction.atomic():
        _store_figures(read)
        stored = StoredFile.objects.store(data, MEDIA_TYPES[PurePath(name).suffix.lower()])
        return Import.objects.create(community=community, name=name[-255:], file=stored, by=by, **_kept(read))


def reread_import(import_: Import, *, by: User, read_as: str, drop_mends: bool = False) -> Import:
    """Reads the stored file anew in the way asked for; if that fails, the former reading stays.

    Raises NotAllowed, WrongState (it is a plan already), Conflict (mends would be lost, and nobody
    said that they may be) and Unreadable.
    """
    allowed_to_import(by, import_.community)
    read = _read(import_.file.read(), import_.name, read_as)
    with transaction.atomic():
        import_ = lock_import(import_)
        if import_.plan_id:
            raise WrongState(_("Filen er allerede blitt et utkast."))
        if import_.mends and not drop_mends:
            raise Conflict(
                _(
                    "Filen er ikke lest på nytt, for da forsvinner rettelsene. "
                    "Kryss av for at de kan tas bort, hvis det er det du vil."
                )
            )
        import_.mends = []
        import_.version += 1
        _store_figures(read)
        for field, value in _kept(read).items():
            setattr(import_, field, value)
        import_.save()
    return import_


@transaction.atomic
def accept_import(import_: Import, *, by: User, trusted: bool = False) -> Plan:
    """Makes the draft. Asked twice, it gives the same plan. Raises NotAllowed."""
    allowed_to_import(by, import_.community, trusted)
    import_ = lock_import(import_)
    if import_.plan:
        return import_.plan
    document = import_.read().document
    figures = {f.sha256 for _depth, section in document.walk_sections() for f in section.figures}
    files = {stored.sha256: stored for stored in StoredFile.objects.filter(sha256__in=figures)}
    try:
        with transaction.atomic():
            plan = to_draft(document, community=import_.community, by=by, files=files)
    except DataError as error:  # a text is longer than its field, which only PostgreSQL minds
        raise Unreadable(
            _("En tekst i filen er for lang til feltet sitt, for eksempel en tittel på over 300 tegn.")
        ) from error
    import_.plan = plan
    import_.save(update_fields=["plan"])
    Audit.objects.write(
        import_.community,
        by=by,
        verb="accept_import",
        what="Utkastet «%(plan)s» laget av filen %(file)s.",
        facts={"plan": plan.title, "file": import_.name},
    )
    return plan


@transaction.atomic
def discard_import(import_: Import, *, by: User) -> None:
    """Throws the upload away, its file too where nothing else uses it. Raises NotAllowed and WrongState."""
    allowed_to_import(by, import_.community)
    import_ = lock_import(import_)
    if import_.plan_id:
        raise WrongState(_("Filen er allerede blitt et utkast, og blir liggende ved det."))
    stored, name = import_.file, import_.name
    import_.delete()
    stored.forget()
    Audit.objects.write(
        import_.community,
        by=by,
        verb="discard_import",
        what="Filen %(file)s forkastet.",
        facts={"file": name},
    )


@transaction.atomic
def start_plan(community: HealthCommunity, *, by: User, title: str, kind: doc.Kind) -> Plan:
    """An empty draft with a title, and the period that its years say. Raises NotAllowed."""
    allowed_to_import(by, community)
    period = of_title(title)
    document = doc.PlanDocument(title=title, kind=kind, language=community.language, period=period)
    plan = to_draft(document, community=community, by=by)
    what = "Tomt utkast «%(plan)s» laget."
    Audit.objects.write(community, by=by, verb="start_plan", what=what, facts={"plan": plan.title})
    return plan


def allowed_to_import(by: User, community: HealthCommunity, trusted: bool = False) -> None:
    if not (trusted or rules.may_import(by, community)):
        raise NotAllowed(_("Bare sekretariatet kan legge inn planer."))


def lock_import(import_: Import) -> Import:
    found = locked(Import.objects).select_related("community", "plan", "file").filter(pk=import_.pk).first()
    if found is None:
        raise WrongState(_("Opplastingen er forkastet."))
    return found


def _read(data: bytes, name: str, read_as: str | None = None) -> Imported:
    try:
        return import_file(data, name, read_as=read_as)
    except Refused as refused:
        raise Unreadable(why_refused(refused)) from refused


def _kept(read: Imported) -> dict[str, str]:
    """What an Import row keeps: blocks and document as text, rich text cleaned on this side too."""
    source = {
        "blocks": [blocks.to_dict(block) for block in read.source.blocks],
        "omitted": [asdict(omitted) for omitted in read.source.omitted],
    }
    document = doc.from_dict(_cleaned(doc.to_dict(read.document)))
    return {"source": json.dumps(_cleaned(source), ensure_ascii=False), "document": doc.canonical(document)}


def _cleaned(value: Any, name: str = "") -> Any:
    """The child process that read the file is not trusted: whatever will be shown as HTML is cleaned."""
    if isinstance(value, dict):
        return {key: _cleaned(part, key) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(part) for part in value]
    if name == "html":
        return clean_inline(value)
    return clean_block(value) if name in ("body", "after") else value


def _store_figures(read: Imported) -> None:
    media_types = {
        figure.sha256: figure.media_type
        for _depth, section in read.document.walk_sections()
        for figure in section.figures
    }
    for sha256, data in read.source.files.items():
        if sha256 in media_types:
            StoredFile.objects.store(data, media_types[sha256])
