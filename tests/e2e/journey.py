"""Steps in the life of a plan, each taken on its page by whoever may: what the browser tests are told in."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from committees.models import Committee, Seat
from committees.rulebook import Rules
from partners.models import User
from plans.models import Hearing, Plan
from tests import make
from tests.e2e.test_import_and_correct import editor, sign_in
from tests.people import Cast

TODAY = timezone.localdate()


@pytest.fixture
def pm(cast: Cast) -> Committee:
    """The partnership meeting, without whose authority SSU adopts nothing."""
    cast.ssu.rules = Rules(adopts_by_authority=True).stored()
    cast.ssu.save()
    pm = make.committee(cast.troms, "PM", name="Partnerskapsmøtet")
    make.seat(pm, make.user("Pål Partnerskap"), role=Seat.Role.LEADER)
    return pm


@pytest.fixture
def mona(cast: Cast) -> User:
    """A member of SSU beside its leader, for the kommuner."""
    mona = make.user("Mona Kommune")
    make.seat(cast.ssu, mona, side=Seat.Side.MUNICIPALITY)
    return mona


class Journey:
    """Pages of several people: each has a browser of its own, opened when first needed."""

    def __init__(self, new_page: Any, live_server: Any, plan: Plan) -> None:
        self.new_page, self.live_server, self.plan = new_page, live_server, plan
        self.pages: dict[int, Any] = {}

    def of(self, who: User) -> Any:
        if who.pk not in self.pages:
            self.pages[who.pk] = self.new_page()
            sign_in(self.pages[who.pk], self.live_server, who)
        return self.pages[who.pk]

    def hear(self, secretary: User, first: User, second: User, committees: list[str]) -> None:
        """A hearing with two inputs: one wording that is taken in, one remark that is not."""
        page = self.of(secretary)
        page.goto(self.plan.get_work_url())
        page.get_by_role("link", name="Send på høring").click()
        page.get_by_label(re.compile("^Navn")).fill("til høring")
        page.get_by_label(re.compile("[Ff]rist")).fill(TODAY.isoformat())
        for name in committees:
            page.get_by_label(re.compile(name)).check()
        page.get_by_role("button", name="Send på høring").click()
        page.get_by_text("Planen er på høring.").wait_for()
        address = Hearing.objects.get().get_absolute_url()
        for who, wording, text in (
            (first, "Ringe hverandre", "Si hva vi gjør."),
            (second, "", "Hva koster det?"),
        ):
            page = self.of(who)
            page.goto(address)
            page.get_by_role("button", name=re.compile(r"Gi innspill her\s*: Tiltak nummer 1")).first.click()
            page.locator("#innspill [name=text]").fill(text)
            if wording:
                page.get_by_text("Foreslå en annen ordlyd").click()
                page.locator("#innspill [name=wording]").fill(wording)
            page.get_by_role("button", name="Send innspillet").click()
            page.get_by_text("Innspillet ditt er mottatt").wait_for()
        page = self.of(secretary)
        page.goto(f"{address}innspill/")
        page.get_by_role("button", name=re.compile("^Ta inn ordlyden")).click()
        page.get_by_text("Ordlyden er tatt inn i utkastet.").wait_for()
        row = page.locator("li", has_text="Hva koster det?").last
        row.locator("summary").click()
        row.get_by_label("ikke tatt inn", exact=True).check()
        row.locator("[name=reason]").fill("Det står i budsjettet.")
        row.get_by_role("button", name="Lagre svaret").click()
        page.get_by_text("Svaret er lagret.").wait_for()

    def lay_before(self, secretary: User, name: str, committees: list[str]) -> None:
        page = self.of(secretary)
        page.goto(self.plan.get_work_url())
        page.get_by_role("link", name="Legg fram for utvalg").click()
        page.get_by_label("Navn på versjonen").fill(name)
        for committee in committees:
            page.get_by_label(committee).check()
        page.get_by_label("Svarfrist").fill(TODAY.isoformat())
        page.get_by_role("button", name="Legg fram").click()
        page.wait_for_url("**#behandling")

    def answer(self, member: User, *, reservation: str = "") -> None:
        """«Ingen merknader», and perhaps one reservation, on the second measure."""
        page = self.of(member)
        page.goto("/arbeid/")
        page.get_by_role("link", name=re.compile(f"{self.plan.title}, versjon")).first.click()
        page.get_by_role("button", name=re.compile("^Vi har sett")).click()
        page.get_by_label("Slutter oss til hele planen").check()
        if reservation:
            row = page.locator("#tiltak-2")
            row.locator("summary").click()
            row.get_by_label("Tar forbehold", exact=True).check()
            row.get_by_label("Merknad").fill(reservation)
        page.get_by_role("button", name="Send svaret").click()
        page.get_by_text(re.compile("Svaret for .* er registrert")).wait_for()

    def reword(self, secretary: User, was: str, words: str) -> None:
        """A measure's words in the draft are changed on the measure's page."""
        page = self.of(secretary)
        page.goto(self.plan.get_work_url())
        page.get_by_role("link", name=re.compile(rf"^Rediger\s+(tiltaket )?.*{was}")).first.click()
        editor(page, "Tiltak (valgfritt)").press("Control+A")
        page.keyboard.type(words)
        page.get_by_role("button", name="Lagre").first.click()
        page.wait_for_url("**#rad-*")

    def make_case(self, secretary: User, committee: Committee) -> None:
        """A case of the plan's newest version; ends at the case's page."""
        page = self.of(secretary)
        page.goto(self.plan.get_work_url())
        page.get_by_role("link", name="Lag sak av planen").click()
        page.get_by_label("Hvilket utvalg?").select_option(str(committee))
        page.get_by_role("button", name="Lagre").click()
        page.get_by_text(re.compile("^Sak .* er laget av planen")).wait_for()

    def plan_meeting(self, secretary: User, committee: Committee, day: date = TODAY) -> None:
        """Ends at the meeting's page."""
        page = self.of(secretary)
        page.goto(f"{committee.get_work_url()}moter/ny/")
        page.get_by_label("Dato", exact=True).fill(day.isoformat())
        page.get_by_role("button", name="Lagre").click()
        page.get_by_text("Møtet er planlagt.").wait_for()

    def put_on_list(self, secretary: User) -> None:
        """The case that waits is put on the list; ends at the case in its meeting."""
        page = self.of(secretary)
        page.get_by_label("Sak", exact=True).select_option(index=1)
        page.get_by_role("button", name="Sett på sakslisten").click()
        page.get_by_role("link", name=re.compile("^Behandling")).click()

    def record_attendance(self, secretary: User, *, deputy: str = "") -> None:
        """Everybody was there; or all but the member that somebody stood in for («Tove for Ingrid»)."""
        page = self.of(secretary)
        page.get_by_role("link", name=re.compile("^(Før frammøte|Endre frammøtet)")).click()
        page.get_by_role("button", name="Før frammøtet").wait_for()  # below all of them
        for box in page.locator(".seats input[type=checkbox]").all():
            if box.is_enabled():
                box.check()
        if deputy:
            stands_in, member = deputy.split(" for ")
            box = page.get_by_label(re.compile(f"^{member}"))
            if box.is_enabled():
                box.uncheck()
            page.get_by_label(stands_in).select_option(f"møter for {member}")
        page.get_by_role("button", name="Før frammøtet").click()
        page.get_by_text("Frammøtet er ført.").wait_for()

    def recuse(self, member: User, secretary: User, *, reason: str, deputy: str = "") -> None:
        """The member says it, and the committee decides; ends at the case in its meeting."""
        page, own = self.of(secretary), self.of(member)
        treated = page.url
        own.goto(treated)
        own.get_by_role("link", name="Meld mulig inhabilitet").click()
        own.get_by_label("Hva kan gjøre deg inhabil?").fill(reason)
        own.get_by_role("button", name="Lagre").click()
        own.get_by_text("Det er meldt.").wait_for()
        page.goto(treated)
        page.get_by_role("link", name=re.compile("^Før avgjørelsen")).click()
        page.get_by_label("Inhabil: er ute av saken").check()
        page.get_by_label("Hjemmel").fill("forvaltningsloven § 6 andre ledd")
        assert page.get_by_label("Vara som trer inn").locator("option:checked").inner_text() == (
            deputy or "Ingen"
        )
        page.get_by_role("button", name="Lagre").click()
        page.get_by_text("Avgjørelsen er ført.").wait_for()

    def decide(
        self, secretary: User, verb: str, fields: Mapping[str, str], *, with_changes: bool = False
    ) -> None:
        page = self.of(secretary)
        page.get_by_role("link", name="Før vedtaket").click()
        page.get_by_label("Hva gjorde utvalget?").select_option(verb)
        for label, value in fields.items():
            field = page.get_by_label(re.compile(f"^{label}"))
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        if with_changes:
            page.get_by_label("Med de endringer som framkom i møtet").check()
        page.get_by_role("button", name="Før vedtaket").click()
        page.get_by_text("Vedtaket er ført.").wait_for()
