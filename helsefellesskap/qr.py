"""A QR code as an SVG path, for a page of print: black squares, no colours to be lost by a copier."""

from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


@dataclass(frozen=True, slots=True)
class CheckCode:
    """The short address that a document prints on its last page, and the code that leads there."""

    address: str
    path: str  # as of `qr_path`
    width: int  # in squares

    @property
    def shown(self) -> str:
        return self.address.partition("://")[2]


def check_code(address: str) -> CheckCode:
    return CheckCode(address, *qr_path(address))


def qr_path(words: str) -> tuple[str, int]:
    """The `d` of a path that draws the code in squares of 1 × 1, and how many squares it is wide with the
    empty edge of four that readers need.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(words)
    rows = code.get_matrix()
    steps = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            width = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if width:
                steps.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width or 1
    return "".join(steps), len(rows)
