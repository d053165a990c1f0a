"""A page is loaded once, then checked as HTML and for access, wide in the light and narrow in the dark."""

from collections.abc import Callable
from typing import Any

from tests.e2e.test_import_and_correct import sign_in

WIDTHS = ((1280, "light"), (390, "dark"))


class Look:
    """Pages of one person after another, in one browser."""

    def __init__(self, page: Any, live_server: Any, vnu: Callable[[bytes], None], axe: Any) -> None:
        self.page, self.live_server, self.vnu, self.axe = page, live_server, vnu, axe

    def sign_in(self, who: Any) -> None:
        self.page.context.clear_cookies()
        if who:
            sign_in(self.page, self.live_server, who)

    def at(self, path: str, *, status: int = 200) -> None:
        self.answer(self.page.goto(f"{self.live_server.url}{path}"), status)

    def sent(self, button: str, *, status: int = 422) -> None:
        """The form is sent as it stands: what the page says of what is wrong is looked at too."""
        self.page.evaluate("for (const form of document.forms) form.noValidate = true")
        with self.page.expect_navigation() as answer:
            self.page.get_by_role("button", name=button, exact=True).first.click()
        self.answer(answer.value, status)

    def answer(self, answer: Any, status: int) -> None:
        assert answer.status == status, f"{answer.status} {answer.url}"
        self.vnu(answer.body())
        for width, scheme in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            self.axe(self.page)
