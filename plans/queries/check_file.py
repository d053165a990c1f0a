"""«Er dette den vedtatte planen?»: what is known of a file, by its SHA-256. Constant numbers of queries."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from committees.models import AgendaItem, Case, Meeting, Minutes
from partners.models import HealthCommunity
from plans.models import Correction, FileHash, Revision, RevisionFile, Withdrawal
from plans.standing import Standing, State

from .public import standings

type Verdict = Literal["withdrawn", "corrected", "altered", "approved"] | State


@dataclass(frozen=True, kw_only=True)
class Known:
    """A version that is public, or was, and what has become of it."""

    revision: Revision
    standing: Standing | None = None  # none of a version that was taken down
    withdrawal: Withdrawal | None = None
    correction: Correction | None = None  # the one that took its place

    @property
    def sha256(self) -> str:
        return self.revision.sha256

    @property
    def community(self) -> HealthCommunity:
        return self.revision.plan.community

    @property
    def verdict(self) -> Verdict:
        if self.withdrawal:
            return "withdrawn"
        if self.correction:
            return "corrected"
        assert self.standing, "what is public has a standing"
        return self.standing.state


@dataclass(frozen=True, kw_only=True)
class KnownMinutes:
    """Approved minutes, which are never changed, and of a file that is an extract, its case."""

    minutes: Minutes
    case: Case | None = None

    @property
    def sha256(self) -> str:
        return self.minutes.sha256

    @property
    def community(self) -> HealthCommunity:
        return self.meeting.committee.community

    @property
    def meeting(self) -> Meeting:
        return self.minutes.meeting

    def get_absolute_url(self) -> str:
        committee = self.meeting.committee
        place = [committee.community.slug, committee.slug, self.meeting.date]
        if self.case:
            return reverse("public_extract", args=[*place, self.case.year, self.case.number])
        return reverse("public_minutes", args=place)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What the page says of a file. Without `known` and `minutes` nothing was made with this hash."""

    sha256: str
    known: Known | None = None
    minutes: KnownMinutes | None = None
    format: str = ""  # «pdf», «docx» …, «json» for the frozen text itself
    language: str = ""  # of a translation: it is not what was adopted
    newer: bool = False  # the version has a newer file of this kind, of the same words

    @property
    def verdict(self) -> Verdict:
        if self.minutes:
            return "approved"
        return self.known.verdict if self.known else "altered"


def known_by_prefix(prefix: str) -> Known | None:
    """The public or withdrawn version whose SHA-256 begins so; None also where several do."""
    revisions = Revision.objects.filter(sha256__startswith=prefix.lower())
    found = _known(revisions.filter(_SHOWN | Q(withdrawal__isnull=False)).order_by("-pk")[:2])
    return found[0] if len(found) == 1 else None


def minutes_by_prefix(prefix: str) -> KnownMinutes | None:
    """The approved minutes whose SHA-256 begins so; None also where several do."""
    found = list(_approved().filter(sha256__startswith=prefix.lower())[:2])
    return KnownMinutes(minutes=found[0]) if len(found) == 1 else None


def check_file(sha256: str, expected: Known | None = None) -> Checked:
    """What is known of the file with this hash. Where several versions gave the same bytes it is the
    expected one, else one that stands, else the newest.
    """
    hashes = {h.revision_id: h for h in FileHash.objects.filter(sha256=sha256)}
    named = Q(pk__in=hashes) | Q(sha256=sha256)
    found = _known(
        Revision.objects.filter(named).filter(_SHOWN | Q(withdrawal__isnull=False)).order_by("-pk")[:10]
    )
    if not found:
        return Checked(sha256=sha256, minutes=_minutes_of(sha256))
    same = [k for k in found if expected and k.revision.pk == expected.revision.pk]
    standing = [k for k in found if k.verdict not in ("withdrawn", "corrected", "superseded")]
    known = (same or standing or found)[0]
    made = hashes.get(known.revision.pk)
    return Checked(
        sha256=sha256,
        known=known,
        format=made.format if made else "json",
        language=made.language if made else "",
        newer=made is not None and not known.withdrawal and _is_newer(known.revision, made),
    )


def _minutes_of(sha256: str) -> KnownMinutes | None:
    """The minutes that the file with this hash is of, whole or an extract; their own hash is theirs, too."""
    if minutes := _approved().filter(Q(sha256=sha256) | Q(file__sha256=sha256)).first():
        return KnownMinutes(minutes=minutes)
    item = AgendaItem.objects.filter(extract__sha256=sha256).select_related("case").first()
    minutes = _approved().filter(meeting=item.meeting_id).first() if item else None
    return KnownMinutes(minutes=minutes, case=item.case) if item and minutes else None


def _approved() -> QuerySet[Minutes]:
    approved = Minutes.objects.filter(meeting__state=Meeting.State.MINUTES_APPROVED)
    return approved.select_related("meeting__committee__community", "file").order_by("pk")


_SHOWN = Q(publication__isnull=False)


def _known(revisions: QuerySet[Revision]) -> list[Known]:
    """Those that are public today, or were taken down, with what became of them. Five queries at most."""
    today = timezone.localdate()
    chosen = list(revisions.values_list("pk", flat=True))
    rows = Revision.objects.filter(pk__in=chosen).defer("content")
    withdrawals = {
        w.revision_id: w
        for w in Withdrawal.objects.filter(revision__in=chosen).select_related("revision__plan__community")
    }
    corrections = {
        c.corrects_id: c
        for c in Correction.objects.filter(
            corrects__in=chosen, revision__publication__published_from__lte=today
        )
        .select_related("revision__plan__community")
        .defer("revision__content")
        .order_by("pk")
    }
    public = rows.filter(publication__published_from__lte=today).select_related(
        "publication", "plan__community", "plan__follows"
    )
    known = {
        s.revision.pk: Known(revision=s.revision, standing=s, correction=corrections.get(s.revision.pk))
        for s in standings(public, today)
    }
    known |= {
        pk: Known(revision=w.revision, withdrawal=w, correction=corrections.get(pk))
        for pk, w in withdrawals.items()
        if pk not in known
    }
    return [known[pk] for pk in chosen if pk in known]


def _is_newer(revision: Revision, made: FileHash) -> bool:
    now = (
        RevisionFile.objects.filter(revision=revision, format=made.format, language=made.language)
        .select_related("file")
        .first()
    )
    return bool(now and now.file and now.file.sha256 != made.sha256)
