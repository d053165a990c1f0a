"""Who may go where: every address of the portal, for everybody in the cast, as GET and as POST.

A new address needs a row in `addresses.py`, or `test_every_address_is_declared` fails, and what the
variable parts of it stand for in `props.py`.
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone, translation

from committees import links
from committees.models import Meeting, PersonalLink
from helsefellesskap.languages import without_language
from plans.models import Plan
from tests.addresses import ADDRESSES, ASKED_TO_SIGN_IN, EVERYBODY
from tests.people import NAMES, Cast
from tests.props import addresses, path_of

STRANGERS = frozenset({"nobody", "nils"})
A_FEW = STRANGERS | {"kari", "siv"}  # where nobody is told from another


def test_every_address_is_declared():
    assert {name or route for name, route in addresses(get_resolver())} == set(ADDRESSES)


# Some addresses a test: everything that they speak of is made once for each test.
_AT_ONCE = 40
_SOME = [list(ADDRESSES)[n : n + _AT_ONCE] for n in range(0, len(ADDRESSES), _AT_ONCE)]


@pytest.mark.parametrize("names", _SOME, ids=lambda names: f"{names[0]}-{names[-1]}")
def test_everybody_gets_what_is_declared(cast, parts, names):
    sessions = {who: session_of(cast, who) for who in NAMES}
    wrong = {}
    for name, method in ((name, method) for name in names for method in ("get", "post")):
        path, address = path_of(name, parts), ADDRESSES[name]
        same_for_all = address.who == EVERYBODY or getattr(address, method) == 405
        for who in A_FEW if same_for_all else NAMES:
            expected = address.expected(method, who)
            got = [asked(sessions[who], method, path, address.data)]
            if who in STRANGERS and not same_for_all:  # another language opens nothing
                with translation.override("nn"):
                    in_nynorsk = path_of(name, parts)
                got.append(asked(sessions[who], method, in_nynorsk, address.data))
            if set(got) != {expected}:
                wrong[method, path, who] = (got, expected)
    assert wrong == {}


def session_of(cast: Cast, who: str) -> str:
    """The key of this person's session."""
    client = Client()
    if user := getattr(cast, who):
        client.force_login(user)
    return str(client.session.session_key)


def asked(session: str, method: str, path: str, data: tuple[tuple[str, str], ...] = ()) -> int | str:
    """The answer to whoever has this session; what one does, the next does not find done."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = getattr(client, method)(path, dict(data))
        transaction.set_rollback(True)
    to_sign_in = without_language(response.headers.get("Location", "")).startswith("/konto/login/")
    refused = to_sign_in or response.status_code in (401, 403)
    if refused and not response.wsgi_request.user.is_authenticated:
        return ASKED_TO_SIGN_IN
    return int(response.status_code)


# What the guest of a personal link opens for SSU's leader's seat, beside what is public.
PAPERS_LINK = {"papers", "papers_pdf", "case_pdf", "attachment", "plan_in_case"}
REVIEW_LINK = PAPERS_LINK | {"take_stance", "reviewed_plan", "stance_sheet"}


@pytest.mark.parametrize(("purpose", "opens"), [("papers", PAPERS_LINK), ("review", REVIEW_LINK)])
def test_a_guest_opens_what_the_link_is_for_and_its_papers(cast, parts, purpose, opens):
    """And posts nowhere but where it answers; `test_take_stance.py` has what the answers are worth."""
    meeting = Meeting.objects.get(date=parts["date"], committee=cast.ssu)
    target = meeting.pk if purpose == "papers" else parts["review"]
    PersonalLink.objects.update(purpose=purpose, target=target)
    session = session_of_guest(PersonalLink.objects.get())
    got = {"get": set(), "post": set()}
    for name, address in ADDRESSES.items():
        methods = [method for method in got if getattr(address, method) != 405]
        for method in methods if "nobody" not in address.who else []:
            status = asked(session, method, path_of(name, parts))
            if status != ASKED_TO_SIGN_IN:
                got[method].add(name)
                assert status in (200, 302, 422), (name, status)
    posts = {"take_stance", "see_changes", "share_copy", "revoke_copy"} if purpose == "review" else set()
    assert got == {"get": opens, "post": posts}


def session_of_guest(link: PersonalLink) -> str:
    session = Client().session
    until = (timezone.now() + timedelta(hours=1)).timestamp()
    session[links.SESSION_KEY] = {"link": link.pk.hex, "until": until}
    session.save()
    return str(session.session_key)


@pytest.mark.parametrize("name", ["plan_page", "revision_page", "revision_json", "revision_pdf"])
def test_a_draft_and_a_plan_before_its_day_are_nowhere_in_public(client, cast, name):
    """Not even for those who may write it: public pages know no user."""
    client.force_login(cast.kari)
    kwargs = {"community": cast.troms.slug, "plan": cast.draft.slug}
    if name != "plan_page":
        kwargs["number"] = 1
    assert client.get(reverse(name, kwargs=kwargs)).status_code == 404
    assert not Plan.objects.get(pk=cast.draft.pk).locked


def test_pages_at_work_are_kept_by_no_cache(client, cast):
    client.force_login(cast.kari)
    for path in ("/arbeid/", "/arbeid/troms-og-ofoten/", "/arbeid/troms-og-ofoten/folk/", "/konto/email/"):
        assert "no-store" in client.get(path)["Cache-Control"], path


def test_public_pages_are_the_same_for_all_and_may_be_kept(client, cast):
    client.force_login(cast.kari)
    for path in ("/", "/troms-og-ofoten/", "/personvern/"):
        assert "no-store" not in client.get(path).headers.get("Cache-Control", ""), path
