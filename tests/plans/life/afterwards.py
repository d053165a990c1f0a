"""Steps after adoption: status, a correction, taken down, and public again without what was wrong."""

from datetime import timedelta

from hypothesis import strategies as st

from plans import actions
from plans.models import Publication, StatusReport, StatusRound
from plans.queries.status import parties_of

from .life import Life, step
from .table import MAY, TODAY, someone, text, which


class Afterwards(Life):
    @step(when=lambda self: self.is_public() and not StatusRound.objects.exists(), n=someone)
    def ask_status(self, n: int) -> None:
        self.act(
            "ask_status",
            MAY["secretariat"],
            n,
            ["ask_status"],
            lambda by: actions.ask_status(self.plan, by=by, due=TODAY),
        )

    @step(
        times=2,
        when=Life.is_public,
        n=someone,
        at=which,
        value=st.sampled_from(["ongoing", "completed"]),
        days=which,
    )
    def report_status(self, n: int, at: int, value: str, days: int) -> None:
        measure = self.measure(at)
        party = parties_of(measure)[0]
        words = f"Melding {StatusReport.objects.count()}"
        self.act(
            "report_status",
            MAY["report"],
            n,
            ["report_status"],
            lambda by: actions.report_status(
                self.plan,
                measure.item,
                party=party,
                value=value,
                words=words,
                as_of=TODAY - timedelta(days=days),
                by=by,
            ),
        )

    @step(times=2, when=Life.is_public, n=someone, at=which, words=text)
    def correct(self, n: int, at: int, words: str) -> None:
        row = self.measure(at)
        change = actions.Change(row=row, version=row.version, values={"html": words})
        self.act(
            "correct",
            MAY["secretariat"],
            n,
            ["correct"],
            lambda by: actions.correct(
                self.plan, by=by, changes=[change], reason="Skrivefeil.", decided_by="sekretariatet"
            ),
        )

    @step(when=Life.is_public, n=someone)
    def withdraw(self, n: int) -> None:
        public = set(Publication.objects.values_list("revision", flat=True))
        did = self.act(
            "withdraw",
            MAY["secretariat"],
            n,
            ["withdraw"],
            lambda by: actions.withdraw(self.plan, by=by, reason="Personopplysninger."),
        )
        if did:
            self.account.taken_down |= public

    @step(when=lambda self: bool(self.account.taken_down) and self.is_draft(), n=someone)
    def publish_redacted(self, n: int) -> None:
        self.act(
            "publish_redacted",
            MAY["secretariat"],
            n,
            ["publish_redacted"],
            lambda by: actions.publish_redacted(
                self.plan, by=by, reason="Navn er tatt ut.", decided_by="sekretariatet"
            ),
        )
