"""The archive package: one ZIP, the same bytes for the same content, with the SHA-256 of each file in it.

No claim of Noark approval: `noark.md` says which field goes where, for whoever takes it in.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

ZIP_TYPE = "application/zip"
MANIFEST = "manifest.json"
_MADE = (1980, 1, 1, 0, 0, 0)  # the oldest that the format can say: it is no fact of ours
_DOCS = Path(settings.BASE_DIR) / "docs"
# Where each file in the package comes from.
_SHIPPED = {
    "LES-MEG.txt": _DOCS / "archive-package" / "LES-MEG.txt",
    "noark.md": _DOCS / "archive-package" / "noark.md",
    "skjema/plan-document.schema.json": _DOCS / "plan-document.schema.json",
    **{
        f"skjema/{name}.schema.json": _DOCS / "archive-package" / f"{name}.schema.json"
        for name in ("metadata", "decisions", "stances", "inputs", "manifest")
    },
}


def package(*, pdf: bytes, document: str, values: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The ZIP's bytes. `document` is the frozen text, byte for byte; `values` are metadata, decisions,
    stances and inputs by those names.
    """
    files = {name: path.read_bytes() for name, path in _SHIPPED.items()}
    files |= {"dokument/plan.pdf": pdf, "dokument/plan.json": document.encode()}
    files |= {f"{name}.json": _json(value) for name, value in values.items()}
    files[MANIFEST] = _json(manifest(files))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in sorted(files):
            about = zipfile.ZipInfo(name, _MADE)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = 3  # so that every machine writes the same
            about.external_attr = 0o644 << 16
            zipped.writestr(about, files[name])
    return out.getvalue()


def manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Each file with its size in bytes and its SHA-256; the manifest itself is not in it."""
    return {
        "schema_version": 1,
        "algorithm": "SHA-256",
        "files": [
            {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
