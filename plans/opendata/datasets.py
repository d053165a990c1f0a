"""The sets of open data, and the files, feeds and lists that each comes as: what the catalogue tells of."""

from dataclasses import dataclass

from .api.endpoint import BASE
from .api.endpoints import ENDPOINTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody reads of it."""

    title: str
    english: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    name: str
    title: str
    about: str
    format: str  # of the EU's list of file types
    path: str
    in_api: bool = False  # a list in the API; otherwise a file or a feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Told):
    name: str
    keywords: tuple[str, ...]
    distributions: tuple[Distribution, ...]
    # How it came to be, of data.norge.no's list; nothing in the list fits where it is empty.
    made_by: str = "administrative-decision"
    laws: tuple[str, ...] = ()  # their addresses (ELI)


def _list(route: str) -> Distribution:
    (endpoint,) = [one for one in ENDPOINTS if one.route == route]
    narrowed = ", ".join(parameter.name for parameter in endpoint.parameters)
    return Distribution(
        name=f"api-{route}",
        title=f"{endpoint.summary} (API, JSON)",
        about=f"En liste i sider. Kan avgrenses med {narrowed}.",
        format="JSON",
        path=f"{BASE}{route}",
        in_api=True,
    )


def _feed(kind: str, title: str, about: str) -> Distribution:
    path = f"/apne-data/{kind}.atom"
    return Distribution(name=f"{kind}-atom", title=title, about=about, format="ATOM", path=path)


CATALOGUE = Told(
    title="Åpne data om helsefellesskapene",
    english="Open data on the health communities",
    about="Planer, tiltak, avtaler, utvalg, møter og vedtak i Norges 19 helsefellesskap.",
)
SERVICE = Told(
    title="API for helsefellesskapenes åpne data",
    english="API of the health communities",
    about="Lesetilgang til alt som er offentlig, uten nøkkel. Beskrevet i OpenAPI 3.1.",
)
DATASETS = (
    Dataset(
        name="tiltak",
        title="Tiltak i helsefellesskapenes planer",
        english="Measures in the plans of the health communities",
        about="Hvert tiltak i den nyeste offentlige versjonen av alle handlingsplaner: tekst, mål, ansvarlig,"
        " frist, pasientgruppe og det de ansvarlige sist meldte om status.",
        keywords=("handlingsplan", "tiltak", "samhandling", "helsefellesskap", "kommunehelsetjeneste"),
        distributions=(
            Distribution(
                name="tiltak-csv",
                title="Alle tiltak (CSV)",
                about="Ett tiltak på hver linje. Kolonnene er beskrevet i tiltak.csv-metadata.json.",
                format="CSV",
                path="/apne-data/tiltak.csv",
            ),
            _list("measures"),
            _feed("status", "Meldt status (Atom)", "De 50 siste meldingene om status på tiltak."),
        ),
    ),
    Dataset(
        name="planer",
        title="Helsefellesskapenes planer",
        english="Plans of the health communities",
        about="Handlingsplaner og strategier, hele dokumentet slik det ble låst, med hvem som vedtok dem.",
        keywords=("handlingsplan", "strategi", "samhandling", "helsefellesskap"),
        distributions=(
            Distribution(
                name="planer-jsonl",
                title="Alle planer (JSON, én på hver linje)",
                about="Hver plan med hele dokumentet.",
                format="JSON",
                path="/apne-data/planer.jsonl",
            ),
            _list("plans"),
            _list("versions"),
            _list("translations"),
            _feed("vedtatt", "Vedtatte planer (Atom)", "De 50 sist vedtatte planene."),
            _feed("horinger", "Planer på høring (Atom)", "Planer som alle kan uttale seg om nå."),
        ),
    ),
    Dataset(
        name="vedtak",
        title="Møter og vedtak i helsefellesskapenes utvalg",
        english="Meetings and decisions of the committees of the health communities",
        about="Når og hvor utvalgene møtes, og vedtakene som er offentlige, punkt for punkt.",
        keywords=("vedtak", "møter", "samarbeidsutvalg", "helsefellesskap"),
        distributions=(_list("decisions"), _list("meetings")),
    ),
    Dataset(
        name="avtaler",
        title="Avtaler mellom helseforetak og kommuner",
        english="Agreements between hospital trusts and municipalities",
        about="Samarbeidsavtaler, delavtaler og retningslinjer, og når hver part vedtok og signerte.",
        keywords=("samarbeidsavtale", "kommune", "helseforetak", "helsefellesskap"),
        distributions=(_list("agreements"),),
        # Helse- og omsorgstjenesteloven, which has them in chapter 6.
        laws=("https://lovdata.no/eli/lov/2011/06/24/30/nor",),
    ),
    Dataset(
        name="helsefellesskap",
        title="Helsefellesskapene, partene og utvalgene",
        english="The health communities, their parties and committees",
        about="De 19 helsefellesskapene, hvilke helseforetak og kommuner som er med, og utvalgene deres.",
        keywords=("helsefellesskap", "kommune", "helseforetak", "samarbeidsutvalg"),
        distributions=(_list("communities"), _list("committees")),
        made_by="",
    ),
)
