"""The life of a plan in a real browser, from hearing to tombstone, every step on its page."""

import re
from typing import Any

import pytest
from django.utils import timezone

from committees.models import Committee, Seat
from committees.rulebook import Rules
from partners.models import User
from plans import actions
from plans.models import Adoption, Hearing, Input, Measure, Plan, Stance
from tests import make
from tests.e2e.test_import_and_correct import sign_in
from tests.people import Cast

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TODAY = timezone.localdate().isoformat()


@pytest.fixture
def pm(cast: Cast) -> Committee:
    """The partnership meeting, without whose authority SSU adopts nothing."""
    cast.ssu.rules = Rules(adopts_by_authority=True).stored()
    cast.ssu.save()
    pm = make.committee(cast.troms, "PM", name="Partnerskapsmøtet")
    make.seat(pm, make.user("Pål Partnerskap"), role=Seat.Role.LEADER)
    return pm


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
        page.get_by_label(re.compile("[Ff]rist")).fill(TODAY)
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
        page.get_by_label("Svarfrist").fill(TODAY)
        page.get_by_role("button", name="Legg fram").click()
        page.wait_for_url("**#behandling")

    def answer(self, member: User, reservation: str = "") -> None:
        """«Ingen merknader», and one reservation on the second measure."""
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

    def to_meeting(self, secretary: User, committee: Committee, *, deputy: str = "") -> None:
        """A case of the newest version, today's meeting, and who was there; ends at the case's page there."""
        page = self.of(secretary)
        page.goto(self.plan.get_work_url())
        page.get_by_role("link", name="Lag sak av planen").click()
        page.get_by_label("Hvilket utvalg?").select_option(str(committee))
        page.get_by_role("button", name="Lagre").click()
        page.get_by_text(re.compile("^Sak .* er laget av planen")).wait_for()
        page.goto(f"{committee.get_work_url()}moter/ny/")
        page.get_by_label("Dato", exact=True).fill(TODAY)
        page.get_by_role("button", name="Lagre").click()
        page.get_by_text("Møtet er planlagt.").wait_for()
        page.get_by_label("Sak", exact=True).select_option(index=1)
        page.get_by_role("button", name="Sett på sakslisten").click()
        page.get_by_role("link", name=re.compile("^Behandling")).click()
        page.get_by_role("link", name="Før frammøte").click()
        if deputy:
            member, stands_in = deputy.split(" for ")[::-1]
            page.get_by_label(re.compile(f"^{member}")).uncheck()
            page.get_by_label(stands_in).select_option(f"møter for {member}")
        else:
            for box in page.locator(".seats input[type=checkbox]").all():
                box.check()
        page.get_by_role("button", name="Før frammøtet").click()
        page.get_by_text("Frammøtet er ført.").wait_for()

    def decide(
        self, secretary: User, verb: str, fields: dict[str, str], *, with_changes: bool = False
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


def test_from_hearing_to_tombstone(
    new_page: Any, live_server: Any, cast: Cast, pm: Committee, axe: Any
) -> None:
    plan = cast.draft
    journey = Journey(new_page, live_server, plan)

    journey.hear(cast.kari, cast.per, cast.odd, ["FSU BU"])
    assert [given.disposition for given in Input.objects.order_by("pk")] == ["taken_in", "not_taken_in"]
    journey.lay_before(cast.kari, "til SSU", ["Strategisk samarbeidsutvalg"])
    journey.answer(cast.ingrid, reservation="Bare der det er leger.")
    assert [s.kind for s in Stance.objects.order_by("pk")] == ["joins", "reserves"]

    journey.to_meeting(cast.kari, pm)
    journey.decide(
        cast.kari, "gir myndighet til", {"Ordlyd": "SSU vedtar endelig.", "Gir myndighet til": str(cast.ssu)}
    )
    journey.to_meeting(cast.kari, cast.ssu, deputy="Tove Vara for Ingrid Leder")
    page = journey.of(cast.kari)
    axe(page)
    case_in_meeting = page.url
    journey.decide(
        cast.kari,
        "vedtar",
        {
            "Ordlyd": "Planen vedtas.",
            "Begrunnelse": "Forbeholdet er tatt inn.",
            "Gjelder fra": TODAY,
            "Offentlig fra": TODAY,
        },
        with_changes=True,
    )
    second = Measure.objects.filter(goal__section__plan=plan).order_by("pk")[1]
    actions.edit_row(second, by=cast.kari, version=second.version, values={"html": "Møtes der det er leger"})
    assert not Adoption.objects.exists()
    page = journey.of(cast.ingrid)
    page.goto(case_in_meeting)
    page.get_by_role("link", name="Bekreft ordlyden").click()
    axe(page)
    page.get_by_role("button", name="Bekreft ordlyden").click()
    page.get_by_text("Ordlyden er bekreftet og låst.").first.wait_for()

    reader = new_page(width=390)
    reader.goto(plan.get_absolute_url())
    axe(reader)
    assert reader.get_by_text("Møtes der det er leger").first.is_visible()
    about = reader.locator("section.about", has_text="Om planen").inner_text()
    assert "Strategisk samarbeidsutvalg (SSU) vedtar" in about
    chain = reader.locator(".chain > li").all_inner_texts()
    assert len(chain) == 2
    assert "PM" in chain[0]
    assert "SSU" in chain[1]

    page.goto(f"{plan.get_work_url()}status/")
    line = page.locator(".status-lines > li").first
    line.locator("summary").click()
    line.get_by_label("Status").select_option("Gjennomført")
    line.get_by_role("button", name="Lagre").click()
    page.get_by_text("Lagret: SSU.").wait_for()

    page = journey.of(cast.kari)
    page.goto(plan.get_work_url())
    page.get_by_role("link", name="Rett", exact=True).click()
    page.get_by_role("link", name=re.compile(r"Rett\s*: Møtes der det er leger")).click()
    page.locator(".ProseMirror").first.wait_for(state="attached")
    page.get_by_role("textbox", name="Tiltak (valgfritt)").press("Control+End")
    page.keyboard.type(" på vakt")
    page.get_by_label("Hvorfor planen rettes").fill("Ordet falt ut.")
    page.get_by_label("Hvem bestemte det").fill("lederen av SSU")
    page.get_by_role("button", name="Se hva som endres").click()
    page.get_by_role("button", name="Publiser rettelsen").click()
    page.get_by_text("Rettelsen er publisert.").wait_for()
    reader.reload()  # a browser may keep a public page for a minute
    assert reader.get_by_text("Møtes der det er leger på vakt").first.is_visible()
    assert reader.get_by_text("Ordet falt ut. (bestemt av lederen av SSU)").is_visible()

    page.goto(plan.get_work_url())
    page.get_by_role("link", name="Ta ned", exact=True).click()
    page.get_by_label("Hvorfor planen trekkes tilbake").fill("Den fortalte om en person.")
    page.get_by_label(re.compile("^Jeg forstår")).check()
    page.get_by_role("button", name="Ta planen ned nå").click()
    page.get_by_text("Planen er tatt ned.").wait_for()
    answer = reader.reload()
    assert answer is not None
    assert answer.status == 410
    axe(reader)
    assert reader.get_by_text("Den fortalte om en person.").is_visible()
    assert reader.get_by_text("leger på vakt").count() == 0
