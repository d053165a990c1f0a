"""What the importer is in doubt about or left out, said to the person who reads the preview."""

from plans.document import Warning as Note
from plans.importers.blocks import Omitted, Why

_WHY: dict[Why, str] = {
    "deleted": "Slettet tekst (sporede endringer) er utelatt",
    "comment": "En kommentar er utelatt",
    "hidden": "Skjult tekst er utelatt",
    "contents": "Innholdsfortegnelsen er utelatt, siden den lages på nytt",
    "notes": "Talernotater er utelatt",
    "header_footer": "Topptekst eller bunntekst er utelatt",
    "author": "Navnet på den som har skrevet eller endret filen, er utelatt",
    "debris": "Sidetall eller løse tegn er utelatt",
    "added": "Det som portalen selv føyer til, er utelatt",
    "embedded": "Noe som er bygget inn og ikke er tekst, er utelatt",
}


class Notes:
    """Collects warnings in the order they arise."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def add(self, where: str, text: str) -> None:
        self._notes.append(Note(where=where, text=text))

    def left_out(self, where: str, what: str, why: str) -> None:
        self.add(where, f"Utelatt: «{what}». {why}")

    def omitted(self, omitted: Omitted) -> None:
        self.add(omitted.at, f"{_WHY[omitted.why]}: «{omitted.text}».")

    def all(self) -> tuple[Note, ...]:
        return tuple(self._notes)
