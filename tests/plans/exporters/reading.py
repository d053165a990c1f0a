"""A PDF's words as poppler reads them."""

import subprocess


def page_texts(data: bytes) -> list[str]:
    """Each page's words, laid out as on the page."""
    return _read(data, "-layout")


def words(data: bytes) -> str:
    """All words in the order of the file, with single spaces."""
    return one_line(" ".join(_read(data, "-raw")))


def one_line(text: str) -> str:
    return " ".join(text.split())


def _read(data: bytes, how: str) -> list[str]:
    done = subprocess.run(
        ["pdftotext", how, "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True
    )
    return done.stdout.decode().split("\f")[:-1]
