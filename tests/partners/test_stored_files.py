"""Files on the disk: stored once, written anew where they were lost, and missed in words."""

import logging
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from helsefellesskap.errors import Unavailable
from partners.models import StoredFile

DATA = b"hele filen"


@pytest.fixture
def disk_takes_nothing(settings, tmp_path) -> None:
    """As where it is full, or belongs to somebody else."""
    (tmp_path / "file").write_bytes(b"")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"


@pytest.mark.django_db
def test_bytes_that_were_lost_are_written_again_where_they_lay():
    stored = StoredFile.objects.store(DATA, "text/plain")
    default_storage.delete(stored.file.name)
    assert not stored.is_on_disk()
    assert StoredFile.objects.store(DATA, "text/plain") == stored
    assert stored.read() == DATA


@pytest.mark.django_db
def test_a_file_that_cannot_be_stored_leaves_no_row_and_a_line_in_the_log(disk_takes_nothing, caplog):
    with pytest.raises(Unavailable, match=r"^Filen kunne ikke lagres\. Noe er galt hos oss, og feilen er"):
        StoredFile.objects.store(DATA, "text/plain")
    assert not StoredFile.objects.exists()
    assert [(r.levelno, r.getMessage()) for r in caplog.records] == [
        (logging.ERROR, "The file store took nothing")
    ]


@pytest.mark.django_db
def test_a_file_that_was_lost_is_said_to_be_and_logged(caplog):
    stored = StoredFile.objects.store(DATA, "text/plain")
    default_storage.delete(stored.file.name)
    with pytest.raises(Unavailable, match=r"^Filen kan ikke hentes\. Noe er galt hos oss, og feilen er"):
        stored.read()
    assert [r.getMessage() for r in caplog.records] == [f"The file store lacks {stored.sha256}"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_once", [False, True])
def test_a_forgotten_file_is_gone_from_the_disk(at_once):
    stored = StoredFile.objects.store(DATA, "text/plain")
    path = Path(stored.file.path)
    stored.forget(at_once=at_once)
    assert (StoredFile.objects.exists(), path.exists()) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_what_is_not_forgotten_after_all_has_its_bytes():
    stored = StoredFile.objects.store(DATA, "text/plain")
    with transaction.atomic():
        stored.forget()
        transaction.set_rollback(True)
    assert StoredFile.objects.get().read() == DATA
