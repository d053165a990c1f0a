"""script/server, the locked requirements, and the settings that docs/operations.md lists."""

import os
import re
import socket
import subprocess
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def locked(file: str) -> dict[str, str]:
    """Versions by name, as a requirements file pins them."""
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", (ROOT / file).read_text(), re.MULTILINE))


@pytest.mark.parametrize(("file", "group"), [("requirements.txt", None), ("requirements-dev.txt", "dev")])
def test_lock_follows_pyproject(file: str, group: str | None) -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = pyproject["dependency-groups"][group] if group else pyproject["project"]["dependencies"]
    versions = locked(file)
    outside = [
        line
        for line in wanted
        if versions.get(canonicalize_name((r := Requirement(line)).name), "") not in r.specifier
    ]
    assert outside == []


def test_both_locks_agree() -> None:
    development = locked("requirements-dev.txt")
    running = locked("requirements.txt")
    assert {name: development.get(name, version) for name, version in running.items()} == running


def test_operations_lists_every_setting_from_the_environment() -> None:
    settings = (ROOT / "helsefellesskap/settings.py").read_text()
    read = set(re.findall(r"""environ(?:\.get\(|\[)"(\w+)\"""", settings)) | {"DATABASE_URL"}
    rows = re.findall(r"^\| (`.+?) \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == read


def test_server_refuses_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [ROOT / "script/server", "--port", str(port)],
            env={**os.environ, "VAR_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} is in use (or not allowed). Try another: script/server --port {port % 65535 + 1}\n"
    )
    assert list(tmp_path.iterdir()) == []


def processes_of(var: Path) -> list[str]:
    """The command lines of the running processes that were given this VAR_DIR."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"VAR_DIR={var}\0".encode() in (process / "environ").read_bytes():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:  # another user's, or gone in between
            continue
    return found


@pytest.mark.e2e
def test_server_serves_the_demo_and_leaves_nothing_running(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    environment = {**os.environ, "VAR_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    with (tmp_path / "output").open("w") as output:
        server = subprocess.Popen(
            [ROOT / "script/server", f"--port={port}"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        while f"runs on {address}" not in (printed := (tmp_path / "output").read_text()):
            assert server.poll() is None, printed
            time.sleep(0.2)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address) as answer:
            assert answer.status == 200
        running = {word for p in processes_of(tmp_path) if "manage.py" in p for word in p.split()}
        assert {"runserver", "db_worker", "send_notices"} <= running
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert processes_of(tmp_path) == []
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(address)
