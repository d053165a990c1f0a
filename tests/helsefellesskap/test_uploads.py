"""A file larger than is taken is let go as it comes in, whatever it is filled with."""

import io

import pytest
from django.core.files.uploadhandler import FileUploadHandler, load_handler
from django.test import RequestFactory

from helsefellesskap import uploads
from helsefellesskap.uploads import HashOnly, Quota

PIECE = 64 * 1024  # what Django reads at a time


class Watched(io.BytesIO):
    """A body as it comes in; `largest` is the most bytes that were held at once."""

    largest = 0

    def read(self, size: int | None = -1) -> bytes:
        return self._seen(super().read(size))

    def readline(self, size: int | None = -1) -> bytes:
        return self._seen(super().readline(size))

    def _seen(self, data: bytes) -> bytes:
        self.largest = max(self.largest, len(data))
        return data


@pytest.mark.parametrize("handler", [Quota, HashOnly])
@pytest.mark.parametrize("filled_with", [b"\0", b"ab\n"])
def test_the_rest_is_read_in_small_pieces_and_what_was_typed_after_it_is_kept(
    monkeypatch: pytest.MonkeyPatch, handler: type[FileUploadHandler], filled_with: bytes
):
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    file = io.BytesIO(filled_with * (1_000_000 // len(filled_with)))
    file.name = "stor.pdf"
    request = RequestFactory().post("/", {"file": file, "title": "Notatet som jeg skrev"})
    body = Watched(request.environ["wsgi.input"].read())
    request.environ["wsgi.input"] = body
    request = type(request)(request.environ)
    first = Quota(request) if handler is Quota else HashOnly(request, name="file")
    usual = "django.core.files.uploadhandler.TemporaryFileUploadHandler"
    request.upload_handlers = [first, load_handler(usual, request)]
    assert request.POST == {"title": ["Notatet som jeg skrev"]}
    assert (first.exceeded, dict(request.FILES), getattr(first, "sha256", "")) == (True, {}, "")
    assert body.largest <= PIECE
