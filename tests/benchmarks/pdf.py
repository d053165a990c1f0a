"""CPU of a seven-page plan's PDF: in a warm process against a cold one.

    .venv/bin/python -m tests.benchmarks.pdf [--rounds 5]

Cold is a new Python that imports everything and renders once; warm is the second and later
renderings of one process, as in the task worker. Rounds alternate. Prints medians and their ratio;
aim: warm at most 0.45 of cold.
"""

import argparse
import io
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import date

PAGES = 7


def render() -> bytes:
    from plans.exporters.facts import AdoptionFacts
    from plans.exporters.pdf import render as to_pdf

    facts = AdoptionFacts(community="Helsefellesskapet Eksempel", state="draft", created=date(2026, 1, 1))
    return to_pdf(_document(), facts)


def _document() -> object:
    from tests.plans.documents import plan_of_size

    return plan_of_size(MEASURES)


# As many measures as fill seven pages with the stylesheet of today; `main` says so if they do not.
MEASURES = 72


def once() -> None:
    import django

    django.setup()
    sys.stdout.buffer.write(render())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helsefellesskap.settings")
    if options.once:
        return once()
    import django
    import pikepdf

    django.setup()
    render()
    cold, warm = [], []
    for _round in range(options.rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        made = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.pdf", "--once"], check=True, capture_output=True
        ).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cold.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        start = time.process_time()
        assert render() == made
        warm.append(time.process_time() - start)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        print(f"{len(pdf.pages)} pages (aimed at {PAGES}), {MEASURES} measures")
    a, b = statistics.median(cold), statistics.median(warm)
    print(f"cold {a:.2f} s CPU, warm {b:.2f} s CPU, ratio {b / a:.2f}")
    return None


if __name__ == "__main__":
    main()
