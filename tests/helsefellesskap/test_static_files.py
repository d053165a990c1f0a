"""Static files as production serves them: a new deploy never runs a module of the last one."""

import json
import re
from pathlib import Path
from typing import Any

from django.core.management import call_command

IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["']([./][^"']*)["']""")


def test_every_module_is_imported_by_an_address_that_holds_its_hash(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["js", "css", "svg", "map", "txt"]  # the test needs none
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "helsefellesskap.static_files.HashedStaticFiles"}
    }
    call_command("collectstatic", "--noinput", verbosity=0)

    hashed = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    served = {tmp_path / name for name in hashed.values()}
    imported = {
        (file.parent / address).resolve()
        for file in served
        if file.suffix == ".js" and file.is_relative_to(tmp_path / "js")
        for address in IMPORTED.findall(file.read_text())
    }
    assert tmp_path / hashed["js/editor/page.js"] in imported
    assert imported <= served
