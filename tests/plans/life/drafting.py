"""Steps while the words may change: written, sent to hearing, laid before committees, answered."""

from typing import Any
from uuid import uuid4

from django.db.models import F
from hypothesis import strategies as st

from partners.models import User
from plans import actions
from plans.consensus import Correction as Linguistic
from plans.consensus import words_of
from plans.models import Edit, Hearing, Input, Measure, Review, Seen, Stance
from plans.snapshot import document_of

from .life import Life, pick, step
from .table import GIVE_STANCE, MAY, PREPARE, TODAY, someone, text, which


class Drafting(Life):
    def is_before_somebody(self) -> bool:
        return Review.objects.filter(closed_at=None).exists()

    @step(when=Life.is_draft, n=someone, at=which, words=text)
    def edit(self, n: int, at: int, words: str) -> None:
        row = self.measure(at)
        edits = Edit.objects.count()
        did = self.act(
            "edit_row",
            MAY["edit"],
            n,
            [],
            lambda by: actions.edit_row(row, by=by, version=row.version, values={"html": words}),
        )
        assert Edit.objects.count() - edits == (did and row.html != words)

    @step(when=lambda self: self.is_draft() and Hearing.objects.count() < 2, n=someone)
    def send_hearing(self, n: int) -> None:
        self.act(
            "send_hearing",
            MAY["secretariat"],
            n,
            ["send_hearing"],
            lambda by: actions.send_hearing(
                self.plan,
                by=by,
                deadline=TODAY,
                name=f"til høring {Hearing.objects.count()}",
                parties=[self.cast.tromso],
                committees=[self.cast.fsu],
            ),
        )

    @step(
        times=2, when=lambda self: Hearing.objects.exists(), n=someone, at=which, wording=st.just("") | text
    )
    def give_input(self, n: int, at: int, wording: str) -> None:
        if hearing := Hearing.objects.last():
            self.act(
                "give_input",
                MAY["give_input"],
                n,
                ["give_input"],
                lambda by: actions.give_input(
                    hearing,
                    operation=uuid4(),
                    text="Vi har et innspill.",
                    by=by,
                    item=self.measure(at).item,
                    wording=wording,
                ),
            )

    @step(times=2, when=lambda self: Input.objects.exists(), n=someone, at=which, take_in=st.booleans())
    def answer_input(self, n: int, at: int, take_in: bool) -> None:
        given = pick(Input.objects.order_by("disposition", "pk"), at // 4)

        def do(by: User) -> Any:
            if not take_in:
                return actions.answer_input(
                    given, by=by, version=given.version, disposition="not_taken_in", reason="Nei."
                )
            base = Measure.objects.get(item=given.item).html
            return actions.take_in(given, by=by, version=given.version, base=base)

        verb = "take_in" if take_in else "answer_input"
        self.act(verb, MAY["secretariat"], n, ["answer_input"], do)

    @step(when=Life.is_draft, n=someone, to=which, anew=st.booleans())
    def lay_before(self, n: int, to: int, anew: bool) -> None:
        subject = self.plan if anew else self.plan.revisions.order_by("-number").first() or self.plan
        to_whom = [self.committees[to % 3], *self.committees[1 : to % 2 + 1]]
        self.act(
            "lay_before",
            MAY["secretariat"],
            n,
            ["lay_before"],
            lambda by: actions.lay_before(subject, by=by, committees=list(dict.fromkeys(to_whom)), due=TODAY),
        )

    @step(when=is_before_somebody, n=someone, at=which)
    def close_review(self, n: int, at: int) -> None:
        review = pick(Review.objects.order_by(F("closed_at").asc(nulls_first=True), "-pk"), at // 4)
        self.act(
            "close_review",
            MAY["secretariat"],
            n,
            ["close_review"],
            lambda by: actions.close_review(review, by=by),
        )

    @step(
        times=3,
        when=is_before_somebody,
        n=someone,
        at=which,
        measure=st.none() | which,
        kind=st.sampled_from(Stance.Kind.values),
    )
    def take_stance(self, n: int, at: int, measure: int | None, kind: str) -> None:
        review = pick(Review.objects.order_by(F("closed_at").asc(nulls_first=True), "-pk"), at // 3)
        seats = review.committee.seats.order_by("pk").select_related("user", "committee")
        holders = [self.people[name] for name in GIVE_STANCE]
        seat = pick(seats.filter(user__in=holders) if n % 4 else seats, at)
        words = words_of(review.revision.load())
        item = None if measure is None else self.measure(measure).item
        typed_in = n % 5 == 0
        gives = {name for name, committee in GIVE_STANCE.items() if self.people[name] == seat.user}
        may = PREPARE[review.committee.abbreviation] if gives and typed_in else gives
        Seen.objects.get_or_create(review=review, seat=seat)  # what changed has been on the screen
        did = self.act(
            "take_stance",
            may,
            n,
            ["take_stance"],
            lambda by: actions.take_stance(
                review,
                seat,
                by=by,
                item=item,
                kind=kind,
                words=words.get(str(item.pk), "") if item else "",
                remark="Mangler penger",
                from_paper=typed_in,
            ),
        )
        if did:
            place = seat.deputy_for_id or seat.pk
            for key in [str(item.pk)] if item else words:
                self.account.said[place, key] = (words[key], kind, None if item else review.revision_id)

    @step(
        times=2,
        when=lambda self: self.is_draft() and Edit.objects.exists(),
        n=someone,
        at=which,
        old=which,
        new=which,
    )
    def mark_linguistic(self, n: int, at: int, old: int, new: int) -> None:
        edited = Edit.objects.order_by("-pk").values_list("item", flat=True).first()
        item = str(self.measure(at).item_id if at % 3 == 2 else edited)
        versions = [words_of(document_of(self.plan))]
        versions += [words_of(r.load()) for r in self.plan.revisions.order_by("-number")]
        known = list(dict.fromkeys(words[item] for words in versions if item in words))
        change = (item, known[old % len(known)], known[(old + 1 + new // 3) % len(known)])
        did = self.act(
            "mark_linguistic",
            MAY["secretariat"],
            n,
            [] if change in self.account.corrected else ["mark_linguistic"],
            lambda by: actions.mark_linguistic(
                self.plan, by=by, corrections=[Linguistic(item=change[0], old=change[1], new=change[2])]
            ),
        )
        if did:
            self.account.corrected.add(change)
