"""The papers of a meeting or of one case, as the one who asks may read them. Constant query counts."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.models import Attachment, Case, Meeting, Papers
from committees.subjects import Subject, subjects

from .case_page import texts_of
from .meeting_page import changes_of
from .meetings import Changed

type Reads = Callable[[Case], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCase:
    """A case in the papers. Of one that the reader may not read: its number and open title only."""

    case: Case
    title: str
    may_read: bool
    texts: Sequence[tuple[str, str]]
    files: Sequence[Attachment]
    subjects: Sequence[Subject]
    changes: Sequence[tuple[str, Changed]]  # since the papers were sent, each with its field in words

    @property
    def anchor(self) -> str:
        return f"sak-{self.case.year}-{self.case.number}"


def papers_of(meeting: Meeting, *, reads: Reads, sent: Papers | None) -> list[PaperCase]:
    """Every case in the list's order. `sent` are the papers as they were sent, where they were."""
    items = meeting.agenda.select_related("case").prefetch_related("case__files__file")
    cases = [item.case for item in items.order_by("position", "pk")]
    for case in cases:
        case.committee = meeting.committee
    changes: dict[int, list[Changed]] = defaultdict(list)
    for change in changes_of(meeting, sent):
        changes[change.case].append(change)
    about = subjects().of_cases(cases)
    return [_paper(case, reads(case), about.get(case.pk, ()), changes[case.pk]) for case in cases]


def paper_of(case: Case) -> PaperCase:
    """One case alone, for somebody who may read it."""
    return _paper(case, True, subjects().of(case), ())


def _paper(case: Case, may_read: bool, about: Sequence[Subject], changes: Sequence[Changed]) -> PaperCase:
    return PaperCase(
        case=case,
        title=case.title if may_read else case.open_title,
        may_read=may_read,
        texts=texts_of(case) if may_read else (),
        files=list(case.files.all()) if may_read else (),
        subjects=about if may_read else (),
        changes=[(_in_words(change.field), change) for change in changes] if may_read else (),
    )


def _in_words(field: str) -> str:
    if field == "new":
        return _("ny på sakslisten")
    if field == "files":
        return _("vedlegg")
    if field == "subjects":
        return _("planer i saken")
    return str(getattr(Case._meta.get_field(field), "verbose_name", field))
