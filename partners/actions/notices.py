"""People are told: rows of `Notice`, written in the caller's transaction, sent later by `send_notices`."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from helsefellesskap.languages import BOKMAL, in_each, without_language
from partners.models import HealthCommunity, Notice, NoticeOff, User

# A title that somebody gave; or what says words of ours, asked once in each language.
type Title = str | Callable[[], str]


def tell(
    community: HealthCommunity,
    *,
    to: Iterable[User | str],
    kind: str,
    key: str,
    group: str,
    group_title: Title,
    text: Callable[[], str],
    path: str = "",
    due: date | None = None,
    urgent: bool = False,
    mailed: bool = False,
) -> None:
    """Tells each of these people one thing, once. Call it inside the transaction of what it tells of.

    `to` are users, or e-mail addresses of people without an account; an address that belongs to an
    account is that user. `kind` is a `Notice.Kind`. `key` says what it is about («review:12»,
    «meeting:3:papers»): told again with the same key, the row's words and due date are put right, what
    was sent is not sent again, and what was done stays done. A new thing to do needs a new key.
    `text` is a function that says it in the language in use: each reader has it in their own. `group` and
    `group_title` gather a digest's lines («plan:7», the plan's title). `path`, from the root,
    is where the one thing to do is done; it is something to do where it has `due`, until `done(key)`.
    `mailed` is for what another mail tells: it stands here for reminders only. Never pass anything of a
    restricted case. Three queries, whatever the number of people.
    """
    users, emails = _people(to)
    facts = {
        "community": community,
        "kind": kind,
        "group": group,
        **_in_each_language(text, group_title, community.language),
        "path": without_language(path),  # the reader's own language is put in front when it is sent
        "due": due,
        "urgent": urgent,
    }
    Notice.objects.filter(_is_for(users, emails), key=key).update(**facts)
    sent_at = timezone.now() if mailed else None
    Notice.objects.bulk_create(
        [Notice(user_id=pk, key=key, sent_at=sent_at, **facts) for pk in users]
        + [Notice(email=email, key=key, sent_at=sent_at, **facts) for email in emails],
        ignore_conflicts=True,  # those just put right
    )


def _in_each_language(text: Callable[[], str], title: Title, form: str) -> dict[str, Any]:
    """The columns `text` and `group_title` in bokmål, and `translated`, what is said otherwise elsewhere."""
    texts = in_each(text, form)
    titles = in_each(title, form) if callable(title) else {BOKMAL: title}
    bokmal = {"text": texts[BOKMAL], "group_title": titles[BOKMAL][:300]}
    translated: dict[str, dict[str, str]] = {}
    for name, said in (("text", texts), ("group_title", titles)):
        for code, words in said.items():
            if words != said[BOKMAL]:
                translated.setdefault(code, {})[name] = words
    return bokmal | {"translated": translated}


def done(key: str, *, to: User | str | None = None, except_for: Iterable[User | str] = ()) -> None:
    """What was to be done is done, or need not be: by this person; or with nobody named by everybody.

    It is reminded of no more, and not told to those who have not heard of it yet.
    """
    notices = Notice.objects.filter(key=key)
    if to is not None:
        notices = notices.filter(_of([to]))
    if still := list(except_for):
        notices = notices.exclude(_of(still))
    notices.update(done=True)


def choose_notices(person: User | str, *, wanted: Iterable[str]) -> None:
    """The person (or address without account) gets e-mail of these `Notice.Kind`s, and of no other."""
    whose = {"user": person} if isinstance(person, User) else {"user": None, "email": person}
    unwanted = set(Notice.Kind.values) - set(wanted)
    with transaction.atomic():
        NoticeOff.objects.filter(**whose).exclude(kind__in=unwanted).delete()
        NoticeOff.objects.bulk_create(
            [NoticeOff(**whose, kind=kind) for kind in sorted(unwanted)], ignore_conflicts=True
        )


def _people(to: Iterable[User | str]) -> tuple[list[int], list[str]]:
    """The ids of active users, and the addresses that belong to no account: each once, in order."""
    people = list(to)
    users = {person.pk: None for person in people if isinstance(person, User) and person.is_active}
    emails = {person.strip().lower(): None for person in people if isinstance(person, str) and person.strip()}
    if emails:
        for pk, email, active in User.objects.filter(email__in=emails).values_list(
            "pk", "email", "is_active"
        ):
            del emails[email]
            if active:
                users[pk] = None
    return sorted(users), sorted(emails)


def _of(people: Iterable[User | str]) -> Q:
    return _is_for(*_people(people))


def _is_for(users: list[int], emails: list[str]) -> Q:
    return Q(user__in=users) | Q(user=None, email__in=emails)
