"""Uploaded and made files, each stored once under the SHA-256 of its bytes."""

import hashlib
import logging
from datetime import timedelta

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from helsefellesskap.errors import Unavailable

logger = logging.getLogger(__name__)

# A file is made within seconds; one that has waited this long waits for a worker that is not there.
LATE_AFTER = timedelta(minutes=10)


class StoredFileManager(models.Manager["StoredFile"]):
    def store(self, data: bytes, media_type: str) -> "StoredFile":
        """The row of these bytes, made if they are new; bytes that were lost from the disk are written again.
        Safe to call twice. Raises Unavailable where the disk takes nothing.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        found = self.filter(sha256=sha256).first()
        if found and found.is_on_disk():
            return found
        stored = found or StoredFile(sha256=sha256, media_type=media_type, size=len(data))
        name = str(stored.file.name or f"{sha256[:2]}/{sha256}")
        try:
            name = _write(stored.file.storage, name, data, sha256)
        except OSError as error:
            logger.exception("The file store took nothing")
            raise Unavailable(
                gettext("Filen kunne ikke lagres. Noe er galt hos oss, og feilen er registrert. Prøv senere.")
            ) from error
        defaults = {"media_type": media_type, "size": len(data), "file": name}
        return self.get_or_create(sha256=sha256, defaults=defaults)[0]


def _write(storage: Storage, name: str, data: bytes, sha256: str) -> str:
    """The name under which the bytes lie whole. Raises OSError."""
    if storage.exists(name) and not _holds(storage, name, sha256):
        storage.delete(name)  # cut off when whoever wrote it was killed, or when the disk was full
    return name if storage.exists(name) else storage.save(name, ContentFile(data))


def _holds(storage: Storage, name: str, sha256: str) -> bool:
    with storage.open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


class StoredFile(models.Model):
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    media_type = models.CharField(_("filtype"), max_length=100)
    size = models.PositiveBigIntegerField(_("størrelse"))
    file = models.FileField(_("fil"))
    stored_at = models.DateTimeField(_("lagret"), auto_now_add=True)

    objects = StoredFileManager()

    class Meta:
        verbose_name = _("lagret fil")
        verbose_name_plural = _("lagrede filer")

    def __str__(self) -> str:
        return self.sha256[:12]

    def is_on_disk(self) -> bool:
        return self.file.storage.exists(str(self.file.name))

    def open(self) -> File:
        """The bytes, to be sent. Raises Unavailable where the disk does not have them."""
        try:
            return self.file.open("rb")
        except OSError as error:
            logger.exception("The file store lacks %s", self.sha256)
            raise Unavailable(
                gettext("Filen kan ikke hentes. Noe er galt hos oss, og feilen er registrert. Prøv senere.")
            ) from error

    def forget(self, *, at_once: bool = False) -> None:
        """Deletes the row, unless somebody else has the same bytes, and the bytes after the commit: a row
        that comes back has them still. `at_once`: before it, where no kill may leave them behind.
        """
        storage, name = self.file.storage, str(self.file.name)
        try:
            with transaction.atomic():
                self.delete()
        except ProtectedError:
            return

        def delete_bytes() -> None:
            # The same file may have come in again since.
            if not StoredFile.objects.filter(sha256=self.sha256).exists():
                storage.delete(name)

        if at_once:
            delete_bytes()
        else:
            transaction.on_commit(delete_bytes)

    def read(self) -> bytes:
        with self.open() as file:
            return file.read()
