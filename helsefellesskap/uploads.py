"""A limit on uploads that holds while the bytes come in, not after."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

MAX_BYTES = 20 * 1024 * 1024


class Quota(FileUploadHandler):
    """Lets go of a file that grows past the limit. The rest of it is read in small pieces and dropped, so
    that an answer can be read: where the whole upload stops, Django reads what is left line by line, and a
    file without line breaks is one line.
    """

    exceeded = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > MAX_BYTES:
            self.exceeded = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class HashOnly(FileUploadHandler):
    """Counts the SHA-256 of the file named `name` as its bytes come in, and lets go of every one of them.

    `sha256` is empty where no such file came, or where it grew past the limit (`exceeded`).
    """

    def __init__(self, request: HttpRequest, *, name: str) -> None:
        super().__init__(request)
        self.exceeded = False
        self.sha256 = ""
        self._name = name
        self._size = 0
        self._counted = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > MAX_BYTES:
            self.exceeded = True
            raise SkipFile
        if self.field_name == self._name:
            self._counted.update(raw_data)

    def file_complete(self, file_size: int) -> None:
        if self.field_name == self._name and file_size:
            self.sha256 = self._counted.hexdigest()


def with_quota(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Gives the view its `Quota`; checking the CSRF token reads the body, so it waits till that is set."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        quota = Quota(request)
        request.upload_handlers.insert(0, quota)
        return csrf_protect(view)(request, *args, quota=quota, **kwargs)

    return wrapped
