"""Figures made fit for an archivable PDF: decoded, upright, in RGB or grey, and nothing else."""

import io
import warnings
from collections.abc import Mapping

from PIL import Image, ImageOps

from plans.document import PlanDocument


def printable_figures(document: PlanDocument, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The document's figures that can be printed, as PNG or JPEG by SHA-256. Others are left out, and
    the page then prints their description.
    """
    wanted = dict.fromkeys(figure.sha256 for _, s in document.walk_sections() for figure in s.figures)
    return {sha: image for sha in wanted if sha in files and (image := _printable(files[sha]))}


def _printable(data: bytes) -> bytes | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                if image.format == "JPEG" and image.mode in ("RGB", "L") and not _turned(image):
                    image.load()  # a truncated file fails here
                    return data
                return _as_png(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None  # what Pillow says of a file that it cannot read


def _turned(image: Image.Image) -> bool:
    return bool(image.getexif().get(0x0112, 1) != 1)  # the Orientation tag; 1 is upright


def _as_png(image: Image.Image) -> bytes:
    clear = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    out = io.BytesIO()
    image.convert("RGBA" if clear else "RGB").save(out, "PNG")
    return out.getvalue()
