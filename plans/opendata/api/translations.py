"""Plans in other languages: what is up to date in each, and the whole as a document."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404

from plans.document import PlanDocument, to_dict
from plans.models import Plan, Revision
from plans.models import Translation as Row
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked, Page, page_of
from plans.opendata.parameters import COMMUNITY, PLAN, Parameter
from plans.queries.open_data import newest_revisions
from plans.queries.public import public_standing, summary_of
from plans.queries.translations import public_translations, translated_pieces
from plans.translated import only_translated, translated
from plans.translating import Piece, count, of_plan

from .endpoint import BASE, LISTED, Endpoint
from .plans import id_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """En plan på et annet språk enn sitt eget. Det er planens egen tekst som er vedtatt og gjelder."""

    id: Annotated[str, "planens id og språket"]
    plan: Annotated[str, "planens id"]
    version: Annotated[int, "nummeret på den versjonen som den holdes opp mot, den nyeste offentlige"]
    summary: Annotated[str, "sekretariatets korte omtale; tom der den mangler eller er utdatert"]
    language: Annotated[str, "nb, nn, se eller en"]
    authoritative: Annotated[bool, "om det er denne teksten som gjelder; aldri for en oversettelse"]
    source_language: Annotated[str, "språket til teksten som gjelder"]
    translated: Annotated[int, "hvor mange felt som er oversatt og stemmer med teksten som gjelder"]
    stale: Annotated[int, "hvor mange felt som er endret etter at de ble oversatt"]
    missing: Annotated[int, "hvor mange felt som ikke er oversatt"]
    url: Annotated[str, "siden for mennesker"]
    pdf_url: str
    document_url: Annotated[str, "oversettelsen som JSON, i samme form som en låst versjon"]
    api_url: Annotated[str, "denne i API-et"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCurrent:
    """Et felt som står på planens eget språk i oversettelsen."""

    key: Annotated[str, "nøkkelen til kapittelet, målet eller tiltaket i dokumentet; tom for planen selv"]
    field: Annotated[str, "feltet, for eksempel heading, html, responsible eller extra:Kostnad"]
    state: Annotated[Literal["stale", "missing"], "endret etter oversettelsen, eller ikke oversatt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationWithDocument(Translation):
    """En oversettelse med hele dokumentet, og hva i det som står på planens eget språk."""

    not_current: tuple[NotCurrent, ...]
    document: Annotated[dict[str, Any], "formen står i docs/plan-document.schema.json i kildekoden"]


LANGUAGE = Parameter(
    name="language",
    about="Bare oversettelser til dette språket.",
    kind="choice",
    example="en",
    choices=tuple(Plan.Language.values),
)


def translations(asked: Asked) -> Page:
    rows = asked.narrow(_public(), community="plan__community__slug", plan="plan", language="language")
    return page_of(asked, rows, tell)


def translation(asked: Asked, community: str, plan: str, language: str) -> TranslationWithDocument:
    revision = public_standing(community, plan).revision
    row = _public().filter(plan=revision.plan, language=language).first()
    if row is None:
        raise Http404
    document = revision.load()
    pieces = _pieces(row, document)
    return TranslationWithDocument(
        **asdict(_told(row, revision, document, pieces)),
        not_current=tuple(_not_current(pieces)),
        document=to_dict(translated(document, pieces, language)),
    )


def tell(rows: Sequence[Row]) -> list[Translation]:
    """Two queries beside: the documents, and the words in the other language."""
    newest = {revision.plan_id: revision for revision in newest_revisions().filter(plan__in=_plans(rows))}
    told = []
    for row in rows:
        revision = newest[row.plan_id]
        document = revision.load()
        told.append(_told(row, revision, document, _pieces(row, document)))
    return told


def _pieces(row: Row, document: PlanDocument) -> list[Piece]:
    return translated_pieces(row, document, summary=summary_of(row.plan))


def _plans(rows: Sequence[Row]) -> list[int]:
    return [row.plan_id for row in rows]


def _public() -> QuerySet[Row]:
    rows = public_translations().prefetch_related("texts", "plan__summaries")
    return rows.order_by("plan__community__slug", "plan__slug", "language")


def _told(row: Row, revision: Revision, document: PlanDocument, pieces: list[Piece]) -> Translation:
    plan, counted, summary = id_of(row.plan), count(pieces), of_plan(pieces, "summary")
    page = absolute(row.get_absolute_url())
    return Translation(
        id=f"{plan}/translations/{row.language}",
        plan=plan,
        version=revision.number,
        summary=only_translated(summary) if summary else "",
        language=row.language,
        authoritative=False,
        source_language=document.language,
        translated=counted["translated"],
        stale=counted["stale"],
        missing=counted["missing"],
        url=page,
        pdf_url=f"{page.rstrip('/')}.pdf",
        document_url=f"{page.rstrip('/')}.json",
        api_url=absolute(f"{BASE}plans/{plan}/translations/{row.language}"),
    )


def _not_current(pieces: list[Piece]) -> list[NotCurrent]:
    return [
        NotCurrent(key=piece.key, field=field.name, state="stale" if field.state == "stale" else "missing")
        for piece in pieces
        for field in piece.fields
        if not field.current
    ]


ENDPOINTS = [
    Endpoint(
        route="translations",
        name="api_translations",
        tag="Oversettelser",
        summary="Alle offentlige planer på andre språk enn sitt eget",
        answer=translations,
        shape=Translation,
        parameters=(COMMUNITY, PLAN, LANGUAGE, *LISTED),
        listed=True,
    ),
    Endpoint(
        route="plans/<slug:community>/<slug:plan>/translations/<slug:language>",
        name="api_translation",
        tag="Oversettelser",
        summary="Én oversettelse, med hele dokumentet",
        answer=translation,
        shape=TranslationWithDocument,
    ),
]
