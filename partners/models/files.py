"""Uploaded and made files, each stored once under the SHA-256 of its bytes."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFileManager(models.Manager["StoredFile"]):
    def store(self, data: bytes, media_type: str) -> "StoredFile":
        """The row of these bytes, made if they are new. Safe to call twice."""
        sha256 = hashlib.sha256(data).hexdigest()
        if found := self.filter(sha256=sha256).first():
            return found
        stored = StoredFile(sha256=sha256, media_type=media_type, size=len(data))
        name = f"{sha256[:2]}/{sha256}"
        storage = stored.file.storage
        if storage.exists(name) and not _holds(storage, name, sha256):
            storage.delete(name)  # cut off when whoever wrote it was killed
        stored.file.name = name if storage.exists(name) else storage.save(name, ContentFile(data))
        return self.get_or_create(
            sha256=sha256,
            defaults={"media_type": media_type, "size": len(data), "file": stored.file.name},
        )[0]


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

    def read(self) -> bytes:
        with self.file.open("rb") as file:
            return file.read()
