"""CPU of making a plan's PDF: warm in one process, against a cold one, Chromium and LibreOffice.

    .venv/bin/python -m tests.benchmarks.pdf [--rounds 3]

A plan of 7 pages and one of 100. Ours is warm: the second and later renderings of one process, as in the
task worker. Beside it, on the same machine and in turns: a new Python that renders once (7 pages only),
Chromium's «print to PDF» of the very HTML that we lay out, and LibreOffice from our Word export. Those two
are started for each file, and neither makes it archivable. Prints medians of CPU seconds, of all processes
of each, and what ours is of each: below 1 is less. Aim: at most 0.45 of a cold one.
"""

import argparse
import ctypes
import io
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

# As many measures as fill that many pages with the stylesheet of today; `main` says how many they do fill.
SIZES = {7: 80, 100: 2800}
CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]


def facts() -> Any:
    from plans.exporters.facts import AdoptionFacts

    return AdoptionFacts(community="Helsefellesskapet Eksempel", state="draft", created=date(2026, 1, 1))


def document(measures: int) -> Any:
    from tests.plans.documents import plan_of_size

    return plan_of_size(measures)


def ours(measures: int) -> bytes:
    from plans.exporters.pdf import render

    return render(document(measures), facts())


def once(measures: int) -> None:
    import django

    django.setup()
    sys.stdout.buffer.write(ours(measures))


# --- the others ---


def cold(measures: int) -> Callable[[Path], object]:
    command = [sys.executable, "-m", "tests.benchmarks.pdf", "--once", str(measures)]
    return lambda _folder: subprocess.run(command, check=True, capture_output=True)


def chromium(measures: int) -> Callable[[Path], object]:
    """Prints the HTML with our stylesheet as Chromium understands it."""
    from django.conf import settings

    from plans.exporters.pdf import to_html

    style = f'<link rel="stylesheet" href="file://{settings.BASE_DIR}/static/print/plan.css">'
    html = to_html(document(measures), facts(), {}).replace("</head>", f"{style}</head>")

    def print_it(folder: Path) -> None:
        page = folder / "plan.html"
        page.write_text(html)
        program = shutil.which("chromium") or "chromium"
        profile = f"--user-data-dir={folder / 'profile'}"
        command = [program, *CHROMIUM, profile, f"--print-to-pdf={folder / 'plan.pdf'}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    return print_it


def libreoffice(measures: int) -> Callable[[Path], object]:
    from plans.exporters.word import render

    word = render(document(measures), facts())

    def convert(folder: Path) -> None:
        file = folder / "plan.docx"
        file.write_bytes(word)
        home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
        program = shutil.which("soffice") or "soffice"
        command = [program, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    return convert


# --- measuring ---


def adopt_orphans() -> None:
    """Makes this process the parent of what a program leaves behind, so that its CPU is counted: Chromium's
    renderers are not waited for by the browser that began them. (Linux: prctl PR_SET_CHILD_SUBREAPER.)
    """
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def wait_for_orphans() -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)
        except ChildProcessError:
            return


def cpu_of(run: Callable[[Path], object]) -> tuple[float, int]:
    """CPU seconds of all processes that it started, and the pages of what it made."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run(Path(folder))
        wait_for_orphans()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        made = Path(folder) / "plan.pdf"
        pages = page_count(made.read_bytes()) if made.exists() else 0
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, pages


def page_count(data: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def measure(pages: int, measures: int, rounds: int) -> None:
    others = {"Chromium": chromium(measures), "LibreOffice": libreoffice(measures)}
    if pages < 20:
        others = {"a cold process": cold(measures), **others}
    warm: list[float] = []
    took: dict[str, list[float]] = {name: [] for name in others}
    theirs: dict[str, int] = {}
    made = ours(measures)
    for _round in range(rounds):
        start = time.process_time()
        assert ours(measures) == made
        warm.append(time.process_time() - start)
        for name, run in others.items():
            cpu, theirs[name] = cpu_of(run)
            took[name].append(cpu)
    mine = statistics.median(warm)
    print(f"{page_count(made)} pages (aimed at {pages}), {measures} measures: warm {mine:.2f} s CPU")
    for name, seconds in took.items():
        other = statistics.median(seconds)
        count = f" ({theirs[name]} pages)" if theirs[name] else ""
        print(f"  {name}{count}: {other:.2f} s CPU, ours is {mine / other:.2f} of it")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--once", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsefellesskap.settings")
    if options.once:
        return once(options.once)
    import django

    django.setup()
    adopt_orphans()
    for pages, measures in SIZES.items():
        measure(pages, measures, options.rounds)
    return None


if __name__ == "__main__":
    main()
