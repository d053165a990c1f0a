"""Requests per second of a public plan page from nginx's cache against a static file of nginx's own.

    .venv/bin/python -m tests.benchmarks.behind_nginx [--rounds 5] [--seconds 3]

nginx runs with docs/nginx.conf, as an ordinary user, without TLS, with one worker; behind it one gunicorn
with a plan of 300 measures. The static file holds the page's own bytes, compressed as the page is. Rounds
alternate. Aim: at least 0.9. The database is DATABASE_URL's, else a temporary SQLite.
"""

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .plan_page import ROOT, ask, get, load, prepare, server

MAIN = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    types {{ text/html html; }}
    {site}
}}
"""


@contextmanager
def nginx(behind: int, folder: Path) -> Iterator[int]:
    """nginx with the example's configuration; gives its port. In `folder` it writes, and finds /fil."""
    program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if not program:
        sys.exit("nginx is missing; on Debian: apt-get install nginx-light")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = (ROOT / "docs/nginx.conf").read_text()
    for theirs, ours in {
        "listen 443 ssl;": f"listen 127.0.0.1:{port}; location /fil {{ root {folder}; }}",
        "server_name helsefellesskap.example;": "server_name 127.0.0.1;",
        "ssl_certificate /etc/ssl/helsefellesskap.pem;": "",
        "ssl_certificate_key /etc/ssl/private/helsefellesskap.key;": "",
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "/var/cache/nginx/helsefellesskap": f"{folder}/cache",
        "/srv/helsefellesskap/var/static/": f"{folder}/static/",
    }.items():
        assert theirs in site, f"docs/nginx.conf no longer says: {theirs}"
        site = site.replace(theirs, ours)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, site=site))
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "error.log")]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _attempt in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        else:
            sys.exit((folder / "error.log").read_text())
        yield port
    finally:
        running.terminate()
        running.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx's worker is somebody else where root starts it
        env = {"DJANGO_SETTINGS_MODULE": "helsefellesskap.settings", "VAR_DIR": name, "DEBUG": "0"}
        env |= {"SECRET_KEY": "benchmark" * 8, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "0"}
        os.environ.update(env)
        address = prepare()
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "-v0", "--noinput"], cwd=ROOT, check=True
        )
        with server("helsefellesskap.wsgi", env) as (behind, _worker), nginx(behind, folder) as port:
            page = get(address, Accept_Encoding="br")
            head, _sep, body = ask(port, page).partition(b"\r\n\r\n")
            assert b"Content-Encoding: br" in head, head
            (folder / "fil").write_bytes(body)
            assert b"X-Cache: HIT" in ask(port, page), "The page did not come from the cache."
            cases = {"a file of nginx's own": get("/fil"), "plan page, from its cache": page}
            rates: dict[str, list[float]] = {case: [] for case in cases}
            for _round in range(options.rounds):
                for case, request in cases.items():
                    rates[case].append(load(port, request, options.seconds, b"200"))
    baseline = statistics.median(next(iter(rates.values())))
    for case, found in rates.items():
        print(f"{case:28}{statistics.median(found):8.0f} req/s{statistics.median(found) / baseline:8.2f}")


if __name__ == "__main__":
    main()
