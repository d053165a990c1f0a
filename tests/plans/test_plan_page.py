"""The public plan page as HTML, from a document alone: no database is touched here."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from lxml import html

from plans.document import (
    Abbreviation,
    Body,
    Goal,
    Measure,
    PlanDocument,
    Responsible,
    Section,
    Status,
)
from plans.templatetags.documents import columns, rich_from, spelled_out


def measure(key: str, **fields: object) -> Measure:
    return Measure(**{"key": key, "text": f"Tiltak {key}", "html": f"Tiltak {key}"} | fields)


DOCUMENT = PlanDocument(
    title="Handlingsplan 2026",
    abbreviations=(Abbreviation(short="FSU", long="Faglig samarbeidsutvalg"),),
    sections=(
        Section(
            key="s1",
            number="1",
            heading="Innsatsområder",
            body="<p>Om dem.</p><h4>Mål</h4><h5>Delmål</h5>",
            sections=(
                Section(
                    key="s11",
                    number="1.1",
                    heading="Barn og unge",
                    goals=(
                        Goal(
                            key="g1",
                            text="Hjelp tidlig",
                            html="Hjelp <strong>tidlig</strong>",
                            measures=(
                                measure(
                                    "m1", label="a", responsible=Responsible(text="FSU", parties=("FSU",))
                                ),
                                measure("m2", label="b", struck=True, status=Status(text="✓")),
                            ),
                        ),
                        Goal(key="g2", text="Uten tiltak", html="Uten tiltak"),
                    ),
                ),
                Section(
                    key="s12", heading="Tabell uten mål", goals=(Goal(key="g3", measures=(measure("m3"),)),)
                ),
            ),
        ),
    ),
)
CODES = {key: f"c{key}" for key in ("s1", "s11", "g1", "m1", "m2", "g2", "s12", "g3", "m3")}


@pytest.fixture
def page() -> html.HtmlElement:
    community = SimpleNamespace(name="Helsefellesskapet Fjordkysten", get_absolute_url="/fjordkysten/")
    context = {"document": DOCUMENT, "codes": CODES, "community": community, "state": "draft"}
    return html.document_fromstring(render_to_string("plans/plan_page.html", context))


def test_every_goal_is_a_heading_under_its_section(page: html.HtmlElement) -> None:
    headings = [
        (h.tag, h.get("id"), " ".join(h.text_content().split()))
        for h in page.xpath("//div[@class='plan-body']//*[self::h2 or self::h3 or self::h4 or self::h5]")
    ]

    assert headings == [
        ("h2", "om-planen", "Om planen"),
        ("h2", "t-cs1", "1 Innsatsområder"),
        ("h3", None, "Mål"),
        ("h4", None, "Delmål"),
        ("h3", "t-cs11", "1.1 Barn og unge"),
        ("h4", "t-cg1", "Hjelp tidlig"),
        ("h4", "t-cg2", "Uten tiltak"),
        ("h3", "t-cs12", "Tabell uten mål"),
    ]


def test_every_measure_is_a_row_or_a_list_item_with_its_permanent_address(page: html.HtmlElement) -> None:
    places = page.xpath("//tbody/tr | //ul[@class='measure-list']/li")
    found = [(place.tag, place.get("id"), place.xpath(".//a[@class='permalink']/@href")) for place in places]

    assert found == [
        ("tr", "t-cm1", ["/t/cm1"]),
        ("tr", "t-cm2", ["/t/cm2"]),
        ("li", "t-cm3", ["/t/cm3"]),
    ]


def test_a_cell_says_its_column_for_where_the_table_is_cards(page: html.HtmlElement) -> None:
    for table in page.xpath("//div[@class='as-cards']/table"):
        names = [" ".join(th.text_content().split()) for th in table.xpath("./thead/tr/th")]
        for row in table.xpath("./tbody/tr"):
            assert [None, *names[1:]] == [cell.get("data-label") for cell in row.xpath("./td")]


def test_every_link_within_the_page_leads_somewhere(page: html.HtmlElement) -> None:
    targets = set(page.xpath("//@id"))
    assert {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} <= targets
    assert set(page.xpath("//@aria-labelledby")) <= targets


def test_struck_words_are_said_to_be_struck(page: html.HtmlElement) -> None:
    row = page.get_element_by_id("t-cm2")

    assert row.xpath(".//s/text()") == ["Tiltak m2"]
    assert row.xpath(".//li/text()") == ["Strøket ut"]


def test_the_page_holds_nothing_of_one_visitor_and_no_inline_code(page: html.HtmlElement) -> None:
    assert page.xpath("//input[@name='csrfmiddlewaretoken'] | //@nonce | //@style | //style") == []
    assert page.xpath("//script[not(@src)]") == []


@pytest.mark.parametrize(
    ("responsible", "names"),
    [
        (Responsible(text="FSU", parties=("FSU",)), ["Faglig samarbeidsutvalg"]),
        (
            Responsible(
                text="FSU og SSU",
                parties=("FSU", "SSU"),
                bodies=(Body(kind="committee", key="ssu", name="Strategisk samarbeidsutvalg", short="SSU"),),
            ),
            ["Faglig samarbeidsutvalg", "Strategisk samarbeidsutvalg"],
        ),
        (Responsible(text="kommunene", parties=("kommunene",)), []),
        (
            Responsible(
                text="Vik kommune",
                parties=("Vik kommune",),
                bodies=(Body(kind="partner", key="vik", name="Vik kommune"),),
            ),
            [],
        ),
    ],
)
def test_responsible_is_spelled_out_where_the_words_do_not_say_it(
    responsible: Responsible, names: list[str]
) -> None:
    assert spelled_out(responsible, DOCUMENT) == names


def test_more_than_two_own_columns_are_folded_into_the_measure() -> None:
    def section(headings: str) -> Section:
        extra = dict.fromkeys(headings, "ord")
        return Section(
            key="s", goals=(Goal(key="g", measures=(measure("m", extra=extra, indicator="antall"),)),)
        )

    assert (columns(section("A")).extra, columns(section("A")).folded) == (("Indikator", "A"), ())
    assert (columns(section("AB")).extra, columns(section("AB")).folded) == ((), ("Indikator", "A", "B"))


def test_headings_in_rich_text_never_pass_the_sixth_level() -> None:
    assert rich_from("<h4>a</h4><h5>b</h5>", 6) == "<h6>a</h6><h6>b</h6>"
