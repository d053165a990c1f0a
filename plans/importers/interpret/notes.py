"""What the importer is in doubt about or left out, said to the person who reads the preview."""

from helsefellesskap.sentences import later
from plans.document import Warning as Note
from plans.importers.blocks import Omitted, Why

_OMITTED: dict[Why, str] = {
    "deleted": later("Slettet tekst (sporede endringer) er utelatt: «%(words)s»."),
    "comment": later("En kommentar er utelatt: «%(words)s»."),
    "hidden": later("Skjult tekst er utelatt: «%(words)s»."),
    "contents": later("Innholdsfortegnelsen er utelatt, siden den lages på nytt: «%(words)s»."),
    "notes": later("Foredragsnotater er utelatt: «%(words)s»."),
    "header_footer": later("Topptekst eller bunntekst er utelatt: «%(words)s»."),
    "author": later("Navnet på den som har skrevet eller endret filen, er utelatt: «%(words)s»."),
    "debris": later("Sidetall eller løse tegn er utelatt: «%(words)s»."),
    "added": later("Det som portalen selv føyer til, er utelatt: «%(words)s»."),
    "embedded": later("Noe som er bygget inn og ikke er tekst, er utelatt: «%(words)s»."),
}
# Every sentence of words that the interpreter left out begins so; so do those that were stored before.
LEFT_OUT = "Utelatt: "
STATUS_NOT_READ = later("Statusen «%(status)s» er tatt med i ord, men ikke tolket.")
NO_PLACE = later("Utelatt: «%(words)s». Dette fant ikke plass i planen. Sett det inn der det hører til.")


class Notes:
    """Collects warnings in the order they arise."""

    def __init__(self) -> None:
        self._notes: list[Note] = []

    def add(self, where: str, text: str, **facts: str) -> None:
        """`text` is marked by `later` and names its facts."""
        self._notes.append(Note(where=where, text=text, facts=facts))

    def omitted(self, omitted: Omitted) -> None:
        self.add(omitted.at, _OMITTED[omitted.why], words=omitted.text)

    def all(self) -> tuple[Note, ...]:
        return tuple(self._notes)
