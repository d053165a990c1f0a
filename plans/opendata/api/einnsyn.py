"""A meeting in eInnsyn's words, so that a case system can hand it on: moetemappe, moetesak, vedtak.

The names, and what must be there, are those of eInnsyn's own API. Titles that it keeps from the public are
the public ones here: only what the public minutes say, and people are not named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Literal

from django.shortcuts import get_object_or_404

from committees.calendars import OSLO
from committees.models import Case, Decision, Meeting
from committees.queries.minutes import Line, protocol_of
from plans.opendata.answers import absolute
from plans.opendata.paging import Asked
from plans.queries.chain import public_case_url, public_decisions

from .endpoint import BASE, Endpoint
from .meetings import id_of, minutes_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokumentobjekt:
    """Fila."""

    entity: Literal["Dokumentobjekt"] = "Dokumentobjekt"
    referanseDokumentfil: str
    format: str
    sjekksum: str
    sjekksumAlgoritme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokumentbeskrivelse:
    """Dokumentet."""

    entity: Literal["Dokumentbeskrivelse"] = "Dokumentbeskrivelse"
    tittel: str
    tittelSensitiv: str
    dokumentnummer: int
    tilknyttetRegistreringSom: str
    dokumentobjekt: tuple[Dokumentobjekt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moetedokument:
    """Møteprotokollen."""

    entity: Literal["Moetedokument"] = "Moetedokument"
    externalId: str
    offentligTittel: str
    offentligTittelSensitiv: str
    moetedokumenttype: str
    dokumentbeskrivelse: tuple[Dokumentbeskrivelse, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moetesaksbeskrivelse:
    """Tekst i en sak."""

    entity: Literal["Moetesaksbeskrivelse"] = "Moetesaksbeskrivelse"
    tekstInnhold: str
    tekstFormat: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vedtak:
    """Det utvalget vedtok."""

    entity: Literal["Vedtak"] = "Vedtak"
    externalId: str
    vedtakstekst: Moetesaksbeskrivelse
    dato: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Moetesak:
    """En sak i møtet."""

    entity: Literal["Moetesak"] = "Moetesak"
    externalId: Annotated[str, "sakens side; der ingenting i saken er offentlig, saken i møtet"]
    offentligTittel: str
    offentligTittelSensitiv: Annotated[str, "den offentlige, den også"]
    beskrivelse: Annotated[str, "hjemmelen, der saken er unntatt offentlighet"]
    moetesakstype: Annotated[
        Literal["moete", "orientering"], "orientering der utvalget bare tok saken til orientering"
    ]
    moetesaksaar: int
    moetesakssekvensnummer: int
    utvalg: str
    vedtak: Annotated[Vedtak | None, "null der saken er unntatt offentlighet, eller ingenting ble vedtatt"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moetemappe:
    """Et møte med godkjent protokoll, med eInnsyns ord."""

    entity: Literal["Moetemappe"] = "Moetemappe"
    externalId: Annotated[str, "møtet i API-et"]
    offentligTittel: str
    offentligTittelSensitiv: str
    moetenummer: Annotated[str, "datoen: et utvalg har høyst ett møte om dagen"]
    utvalg: str
    # Not in UTC as elsewhere: of a meeting at midnight its first ten letters must be the right day.
    moetedato: Annotated[
        str, "møtets begynnelse, med Norges tidssone; midnatt der klokkeslettet ikke er kjent"
    ]
    moetested: str
    moetedokument: tuple[Moetedokument, ...]
    moetesak: tuple[Moetesak, ...]


def einnsyn(asked: Asked, community: str, committee: str, date: date) -> Moetemappe:
    meeting = get_object_or_404(
        Meeting.objects.filter(state=Meeting.State.MINUTES_APPROVED).select_related(
            "committee__community", "minutes__file"
        ),
        committee__community__slug=community,
        committee__slug=committee,
        date=date,
    )
    title = f"{meeting.committee.name} {meeting.date:%d.%m.%Y}"
    return Moetemappe(
        externalId=_address(meeting),
        offentligTittel=title,
        offentligTittelSensitiv=title,
        moetenummer=f"{meeting.date}",
        utvalg=meeting.committee.name,
        moetedato=datetime.combine(meeting.date, meeting.starts_at or time.min, OSLO).isoformat(),
        moetested=meeting.place,
        moetedokument=(_minutes(meeting),),
        moetesak=tuple(_cases(meeting)),
    )


def _address(meeting: Meeting) -> str:
    return absolute(f"{BASE}meetings/{id_of(meeting)}")


def _minutes(meeting: Meeting) -> Moetedokument:
    title, file = f"Møteprotokoll, {meeting.committee.name} {meeting.date:%d.%m.%Y}", meeting.minutes.file
    objects = [
        Dokumentobjekt(
            referanseDokumentfil=minutes_url(meeting, "minutes_pdf"),
            format=stored.media_type,
            sjekksum=stored.sha256,
            sjekksumAlgoritme="SHA-256",
        )
        for stored in (file,)
        if stored
    ]
    described = Dokumentbeskrivelse(
        tittel="Møteprotokoll",
        tittelSensitiv="Møteprotokoll",
        dokumentnummer=1,
        tilknyttetRegistreringSom="H",
        dokumentobjekt=tuple(objects),
    )
    return Moetedokument(
        externalId=minutes_url(meeting),
        offentligTittel=title,
        offentligTittelSensitiv=title,
        moetedokumenttype="Protokoll",
        dokumentbeskrivelse=(described,),
    )


def _cases(meeting: Meeting) -> Iterator[Moetesak]:
    """The cases of the public minutes, in their order. Four queries, whatever their number."""
    cases = Case.objects.filter(agenda_items__meeting=meeting).select_related("committee__community")
    named = {case.printed_number: case for case in cases}
    public = Decision.objects.filter(meeting=meeting, pk__in=public_decisions().values("pk"))
    decided = {decision.case_id: decision for decision in public.prefetch_related("points")}
    for line in protocol_of(meeting, restricted=False, public=True).lines:
        if case := named.get(line.number):
            yield _case(meeting, case, line, decided.get(case.pk))


def _case(meeting: Meeting, case: Case, line: Line, decision: Decision | None) -> Moetesak:
    verbs = {point.verb for point in decision.points.all()} if decision else set()
    told = "\n".join(words for _done, words, _reason in line.points)
    return Moetesak(
        externalId=(
            absolute(public_case_url(case))
            if decision
            else f"{_address(meeting)}#sak-{case.year}-{case.number}"
        ),
        offentligTittel=line.title,
        offentligTittelSensitiv=line.title,
        beskrivelse=f"Unntatt offentlighet: {line.restricted}" if line.restricted else "",
        moetesakstype="orientering" if verbs == {"takes_note"} else "moete",
        moetesaksaar=case.year,
        moetesakssekvensnummer=case.number,
        utvalg=meeting.committee.name,
        vedtak=_decision(meeting, decision, told) if decision and told and not line.hidden else None,
    )


def _decision(meeting: Meeting, decision: Decision, told: str) -> Vedtak:
    return Vedtak(
        externalId=absolute(f"{BASE}decisions/{decision.pk}"),
        vedtakstekst=Moetesaksbeskrivelse(tekstInnhold=told, tekstFormat="text/plain"),
        dato=meeting.date,
    )


ENDPOINTS = [
    Endpoint(
        route="meetings/<slug:community>/<slug:committee>/<day:date>/einnsyn",
        name="api_einnsyn",
        tag="Møter",
        summary="Ett møte med godkjent protokoll, med eInnsyns ord",
        answer=einnsyn,
        shape=Moetemappe,
    ),
]
