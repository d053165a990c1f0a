"""Plan documents to test with, written for this: a small one, one of any size, and any at all."""

from hypothesis import strategies as st

from helsefellesskap.richtext import plain
from plans.document import (
    Abbreviation,
    Deadline,
    Goal,
    Measure,
    Period,
    PlanDocument,
    Responsible,
    Section,
    Status,
)


def small_plan(**changes: object) -> PlanDocument:
    """A table plan with 1 focus area, 2 goals and 3 measures, every field of which is filled somewhere."""
    measures = (
        Measure(
            key="m1",
            label="a",
            text="Lage felles rutine for utskriving",
            html="Lage <strong>felles</strong> rutine for utskriving",
            responsible=Responsible(text="SEKR og SSU", parties=("SEKR", "SSU")),
            deadline=Deadline(text="innen 1. juni 2026", date="2026-06-01"),
            status=Status(text="har startet", value="ongoing"),
            indicator="Andel utskrivinger med plan",
            extra={"Kommentar": "Prøves ut i to kommuner"},
            patient_groups=("frail_elderly",),
        ),
        Measure(key="m2", label="b", text="Møtes hvert halvår", html="Møtes hvert halvår", struck=True),
    )
    third = Measure(key="m3", label="c", text="Dele erfaringer", html="Dele erfaringer")
    goals = (
        Goal(key="g1", text="Trygge overganger", html="Trygge overganger", measures=measures),
        Goal(key="g2", text="Læring på tvers", html="Læring på tvers", measures=(third,)),
    )
    facts = {
        "title": "Handlingsplan 2026",
        "subtitle": "for pasientforløp",
        "vision": "Én helsetjeneste",
        "community": "Helsefellesskapet Troms og Ofoten",
        "period": Period(text="Gjelder 2026", start="2026-01-01", end="2026-12-31"),
        "abbreviations": (Abbreviation(short="SSU", long="Strategisk samarbeidsutvalg"),),
        "sections": (
            Section(key="s1", number="1", heading="Innledning", body="<p>Planen bygger på avtalen.</p>"),
            Section(
                key="s2",
                number="2",
                heading="Innsatsområder",
                sections=(
                    Section(
                        key="s3",
                        number="2.1",
                        heading="Overganger",
                        body="<p>Dette vil vi.</p>",
                        after="<p>Følges opp årlig.</p>",
                        columns=("Hva vil vi?", "Hvordan få det til?", "Ansvarlig"),
                        goals=goals,
                    ),
                ),
            ),
        ),
    }
    return PlanDocument(**(facts | changes))


def plan_of_size(measures: int, *, sections: int = 3) -> PlanDocument:
    """A plan with this many measures under one goal in each of so many sections."""

    def section(n: int) -> Section:
        return Section(
            key=f"s{n}",
            number=str(n),
            heading=f"Område {n}",
            goals=(
                Goal(
                    key=f"g{n}",
                    text=f"Mål {n}",
                    html=f"Mål {n}",
                    measures=tuple(
                        Measure(
                            key=f"m{n}.{m}",
                            text=f"Tiltak {n}.{m}",
                            html=f"Tiltak {n}.{m}",
                            responsible=Responsible(text="SSU", parties=("SSU",)),
                        )
                        for m in range(measures // sections)
                    ),
                ),
            ),
        )

    return PlanDocument(title="Handlingsplan", sections=tuple(section(n) for n in range(1, sections + 1)))


# Letters that people write, Sámi ones too; without control characters, which no file format carries.
_texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=30).map(str.strip)
_words = _texts.filter(bool)
_inline = _texts.map(lambda t: t.replace("&", "").replace("<", "").replace(">", ""))
_status = st.none() | st.builds(Status, text=_words, value=st.sampled_from([None, "ongoing", "completed"]))
_responsible = st.none() | st.sampled_from(["SEKR", "SSU, UNN", "Felles", "UNN og kommunene"]).map(
    lambda text: Responsible(text=text, parties=tuple(text.replace(" og ", ", ").split(", ")))
)
_measures = st.builds(
    lambda html, **facts: Measure(key="", html=html, text=plain(html), **facts),
    html=_inline,
    label=st.sampled_from(["a", "b", "12"]),
    responsible=_responsible,
    status=_status,
    struck=st.booleans(),
    indicator=_texts,
    extra=st.dictionaries(_words, _texts, max_size=2),
)
_goals = st.builds(
    lambda html, **facts: Goal(key="", html=html, text=plain(html), **facts),
    html=_inline,
    body=st.just(""),
    status=_status,
    struck=st.booleans(),
    measures=st.lists(_measures, max_size=3).map(tuple),
)


def _sections(inner: st.SearchStrategy[tuple[Section, ...]]) -> st.SearchStrategy[tuple[Section, ...]]:
    return st.lists(
        st.builds(
            Section,
            key=st.just(""),
            number=st.sampled_from(["", "1", "2.1"]),
            heading=_texts,
            adoption_note=_texts,
            status=_status,
            struck=st.booleans(),
            columns=st.lists(_words, max_size=3).map(tuple),
            goals=st.lists(_goals, max_size=3).map(tuple),
            sections=inner,
        ),
        max_size=3,
    ).map(tuple)


any_plan = st.builds(
    PlanDocument,
    kind=st.sampled_from(["action_plan", "strategy"]),
    read_as=st.sampled_from(["table", "bullets"]),
    language=st.sampled_from(["nb", "nn", "se"]),
    title=_words,
    vision=_texts,
    abbreviations=st.lists(st.builds(Abbreviation, short=_words, long=_words), max_size=2).map(tuple),
    sections=st.recursive(st.just(()), _sections, max_leaves=4),
)
