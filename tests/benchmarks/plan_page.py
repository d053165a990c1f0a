"""Requests per second of a kept public plan page against a bare Django view, on the same server.

    .venv/bin/python -m tests.benchmarks.plan_page [--rounds 5] [--seconds 3]

Two gunicorns with one sync worker each, one our portal with a plan of 300 measures, one
`tests/benchmarks/bare.py`; rounds alternate between them so that both see the same machine. Prints
the median of each and their ratio, and the same for a 304 and for the workers' CPU per request.
The database is DATABASE_URL's, else a temporary SQLite; aim: at least 0.33.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 4


@contextmanager
def server(application: str, env: dict[str, str], *, workers: int = 1) -> Iterator[tuple[int, int]]:
    """A gunicorn with sync workers; gives (port, the first worker's process id)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    at = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "-w", str(workers), "-b", at, application]
    running = subprocess.Popen(
        [*command, "--log-level", "error"], cwd=ROOT, env=os.environ | env, stderr=subprocess.DEVNULL
    )
    try:
        for _attempt in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        listed = Path(f"/proc/{running.pid}/task/{running.pid}/children")
        while not (children := listed.read_text().split()):  # it listens before it has its worker
            time.sleep(0.1)
        yield port, int(children[0])
    finally:
        running.terminate()
        running.wait()


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(1 << 20):
            answer += part
    return answer


def load(port: int, request: bytes, seconds: float, status: bytes) -> float:
    """Requests per second from several client processes, every answer checked."""
    pipes = []
    for _client in range(CLIENTS):
        read, write = os.pipe()
        if os.fork() == 0:
            count, end = 0, time.monotonic() + seconds
            while time.monotonic() < end:
                if not ask(port, request).startswith(b"HTTP/1.1 " + status):
                    os._exit(1)
                count += 1
            os.write(write, str(count).encode())
            os._exit(0)
        os.close(write)
        pipes.append(read)
    total = 0
    for read in pipes:
        said = os.read(read, 32)
        if not said:
            sys.exit("A client got another answer than it asked for.")
        total += int(said)
        os.close(read)
        os.wait()
    return total / seconds


def get(path: str, **headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def prepare() -> str:
    """Migrates, makes one adopted plan of 300 measures; gives its address."""
    import django

    django.setup()
    from datetime import date

    from django.core.management import call_command

    from partners.models import HealthCommunity, SecretariatPlace, User
    from plans import actions
    from plans.snapshot import to_draft
    from tests.plans.documents import plan_of_size

    call_command("migrate", verbosity=0)
    community, _made = HealthCommunity.objects.get_or_create(slug="bench", defaults={"name": "Bench"})
    by, _made = User.objects.get_or_create(email="bench@localhost", defaults={"name": "Bench"})
    SecretariatPlace.objects.get_or_create(community=community, user=by, start=date(2020, 1, 1))
    committee, _made = community.committees.get_or_create(
        slug="ssu", defaults={"abbreviation": "SSU", "name": "SSU", "level": "strategisk"}
    )
    plan = to_draft(plan_of_size(300), community=community, by=by)
    facts = actions.DecisionFacts(
        committee=committee,
        meeting_date=date(2026, 1, 1),
        case_number=f"{plan.pk}-2026",
        case_title="Plan",
        wording="Vedtas.",
    )
    today = date.today()
    actions.adopt(plan, by=by, facts=facts, in_force_from=today, published_from=today)
    return plan.get_absolute_url()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {"DJANGO_SETTINGS_MODULE": "helsefellesskap.settings", "VAR_DIR": folder, "DEBUG": "0"}
        env |= {"SECRET_KEY": "benchmark" * 8, "ALLOWED_HOSTS": "127.0.0.1", "SECURE_SSL_REDIRECT": "0"}
        os.environ.update(env)
        address = prepare()
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "-v0", "--noinput"], cwd=ROOT, check=True
        )
        bare = server("tests.benchmarks.bare", {"DJANGO_SETTINGS_MODULE": ""})
        with server("helsefellesskap.wsgi", env) as (port, worker), bare as (bare_port, bare_worker):
            first = ask(port, get(address))
            etag = first.partition(b"ETag: ")[2].partition(b"\r\n")[0].decode()
            cases = {
                "«ok», no middleware": (bare_port, bare_worker, get("/"), b"200"),
                "plan page, brotli": (port, worker, get(address, Accept_Encoding="br"), b"200"),
                "plan page, plain": (port, worker, get(address), b"200"),
                "plan page, 304": (port, worker, get(address, If_None_Match=etag), b"304"),
            }
            rates: dict[str, list[float]] = {name: [] for name in cases}
            costs: dict[str, list[float]] = {name: [] for name in cases}
            for _round in range(options.rounds):
                for name, (at, pid, request, status) in cases.items():
                    before = cpu_seconds(pid)
                    rate = load(at, request, options.seconds, status)
                    rates[name].append(rate)
                    costs[name].append((cpu_seconds(pid) - before) / (rate * options.seconds))
    baseline, *_rest = cases
    base_rate, base_cost = statistics.median(rates[baseline]), statistics.median(costs[baseline])
    print(f"{'':24}{'req/s':>8}{'ratio':>8}{'CPU ms':>9}{'ratio':>8}")
    for name in cases:
        rate, cost = statistics.median(rates[name]), statistics.median(costs[name])
        print(f"{name:24}{rate:8.0f}{rate / base_rate:8.2f}{cost * 1000:9.3f}{cost / base_cost:8.2f}")


if __name__ == "__main__":
    main()
