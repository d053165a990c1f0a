"""The preview is mended before acceptance, by HTTP: what is kept, refused, undone and accepted."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from helsefellesskap.errors import NotAllowed
from partners.models import HealthCommunity, User
from plans import actions
from plans.document import canonical
from plans.mending import Mend
from plans.models import Import, Measure, Plan
from plans.preview import preview_of

from .documents import plan_of_size

TEXT = """# Handlingsplan 2027

## 1 Samhandling

| Hva vil vi? | Hvordan få det til? | Ansvarlig |
| --- | --- | --- |
| Trygge overganger | a) Ringe hverandre før utskrivning | UNN og SEKR |
| Trygge overganger | b) Møtes hver måned | FSU og SSU |
| Felles språk | Lage ordliste | SSU |

Følges opp hvert år.
"""


@pytest.fixture
def import_(community: HealthCommunity, kari: User) -> Import:
    return actions.upload_plan(community, by=kari, name="plan.md", data=TEXT.encode())


@pytest.fixture
def signed_in(client: Client, kari: User) -> Client:
    client.force_login(kari)
    return client


def url(import_: Import, name: str = "mend_import") -> str:
    return reverse(name, args=[import_.community.slug, import_.pk])


def sent(import_: Import, verb: str = "", key: str = "", **changes: object) -> dict[str, object]:
    """The form of a page that was loaded now, as a browser sends it."""
    import_.refresh_from_db()
    named = {"verb": verb, "key": key} if verb else {}
    return {"version": import_.version, "op": uuid4(), **named, **changes}


def read(import_: Import) -> list[str]:
    import_.refresh_from_db()
    document = import_.read().document
    return [f"{g.text}: {m.text}" for _s, g, m in document.walk_measures()]


AS_READ = [
    "Trygge overganger: Ringe hverandre før utskrivning",
    "Trygge overganger: Møtes hver måned",
    "Felles språk: Lage ordliste",
]


def test_a_mend_is_kept_beside_the_reading_and_undone(signed_in: Client, import_: Import):
    as_read = import_.document
    answer = signed_in.post(url(import_), sent(import_, "goal", "m2"))
    assert (answer.status_code, answer.url) == (302, f"{url(import_, 'import_preview')}#rad-m2")
    assert read(import_) == [AS_READ[0], AS_READ[2]]
    assert (import_.document, import_.mends) == (as_read, [["goal", "m2", False]])
    page = signed_in.get(url(import_, "import_preview"))
    assert "«b Møtes hver måned» er nå mål" in page.content.decode()
    assert (page.context["preview"].goals, page.context["preview"].measures) == (3, 2)

    signed_in.post(url(import_, "undo_mend"), sent(import_))
    assert (read(import_), import_.mends) == (AS_READ, [])
    assert signed_in.post(url(import_, "undo_mend"), sent(import_)).status_code == 409


def test_what_is_taken_out_is_shown_and_comes_back(signed_in: Client, import_: Import):
    answer = signed_in.post(url(import_), sent(import_, "out_below", "g2"))
    assert answer.url == f"{url(import_, 'import_preview')}#rad-s1-e1"  # what comes next
    assert read(import_) == AS_READ[:2]
    mendable = signed_in.get(url(import_, "import_preview")).context["mendable"]
    assert mendable.left_out == [("g2", ["Felles språk", "Lage ordliste\nAnsvarlig: SSU"])]
    signed_in.post(url(import_), sent(import_, "back", "g2"))
    assert read(import_) == AS_READ


def test_the_draft_is_made_of_the_mended_reading(signed_in: Client, import_: Import):
    for verb, key in (("join", "m1"), ("measure", "g2"), ("out", "s1-e1")):
        signed_in.post(url(import_), sent(import_, verb, key))
    signed_in.post(url(import_, "accept_import"))
    assert list(Measure.objects.order_by("position").values_list("html", "responsible_text")) == [
        ("Ringe hverandre før utskrivning b) Møtes hver måned", "UNN og SEKR\nFSU og SSU"),
        ("Felles språk", ""),
        ("Lage ordliste", "SSU"),
    ]
    assert Plan.objects.get().sections.get().after == ""


def test_one_click_twice_is_one_mend_and_one_undo(signed_in: Client, import_: Import):
    for name, form, left in (
        ("mend_import", sent(import_, "goal", "m1"), 1),
        ("mend_import", sent(import_, "join", "m3", version=2), 2),
        ("undo_mend", sent(import_, version=3), 1),
    ):
        answers = [signed_in.post(url(import_, name), form).status_code for _ in range(2)]
        import_.refresh_from_db()
        assert (answers, len(import_.mends)) == ([302, 302], left)


def test_who_saw_something_else_is_told_and_nothing_is_lost(signed_in: Client, import_: Import):
    before = sent(import_, "out", "m1")
    signed_in.post(url(import_), sent(import_, "goal", "m2"))
    answer = signed_in.post(url(import_), before)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lesningen er endret et annet sted siden du åpnet siden." in page
    assert "«b Møtes hver måned» er nå mål" in page
    assert answer.context["chosen"].key == "m1"  # the menu is open for what was to be mended
    import_.refresh_from_db()
    assert import_.mends == [["goal", "m2", False]]


@pytest.mark.parametrize(
    ("verb", "key", "status", "says"),
    [
        ("goal", "g1", 409, "Den er allerede lest slik."),
        ("goal", "g99", 409, "Den delen finnes ikke lenger."),
        ("split", "m1", 409, "Den har bare én linje."),
        ("join", "s1-e1", 409, "Det kommer ikke noe etter den"),
        ("paint", "m1", 400, "Velg først «Rett» ved det som er lest feil."),
        ("goal", "", 400, "Velg først «Rett» ved det som er lest feil."),
    ],
)
def test_what_cannot_be_done_is_said(signed_in: Client, import_: Import, verb, key, status, says):
    for headers in ({}, {"X-Parts": "1"}):
        answer = signed_in.post(url(import_), sent(import_, verb, key), headers=headers)
        assert answer.status_code == status
        assert says in answer.content.decode()
    assert read(import_) == AS_READ


def test_a_draft_is_mended_in_the_draft(signed_in: Client, import_: Import):
    made = sent(import_, "goal", "m2")
    signed_in.post(url(import_), made)
    forms = [(name, sent(import_, "goal", "m1")) for name in ("mend_import", "undo_mend")]
    forms.append(("mend_import", made))  # as by going back and sending it again
    signed_in.post(url(import_, "accept_import"))
    for name, form in forms:
        for headers in ({}, {"X-Parts": "1"}):
            answer = signed_in.post(url(import_, name), form, headers=headers)
            assert answer.status_code == 409
            assert "Filen er allerede blitt et utkast. Rett i utkastet i stedet." in answer.content.decode()
    import_.refresh_from_db()
    assert import_.mends == [["goal", "m2", False]]
    page = signed_in.get(url(import_, "import_preview")).content.decode()
    assert "slik den ble lest og rettet" in page
    assert "mend-tool" not in page


def test_another_way_of_reading_takes_the_mends_only_when_told_so(signed_in: Client, import_: Import):
    signed_in.post(url(import_), sent(import_, "goal", "m2"))
    stale = sent(import_, "goal", "m1")
    answer = signed_in.post(url(import_, "reread_import"), {"read_as": "strategy"}, follow=True)
    assert "for da forsvinner rettelsene" in answer.content.decode()
    assert read(import_) == [AS_READ[0], AS_READ[2]]
    signed_in.post(url(import_, "reread_import"), {"read_as": "strategy", "drop_mends": "1"})
    assert (read(import_), import_.mends) == ([], [])
    assert signed_in.post(url(import_), stale).status_code == 409


def test_only_the_secretariat_mends(import_: Import, ola: User):
    with pytest.raises(NotAllowed):
        actions.mend_import(import_, by=ola, mend=Mend("goal", "m1"), version=1, operation=uuid4())
    with pytest.raises(NotAllowed):
        actions.undo_mend(import_, by=ola, version=1, operation=uuid4())


def test_warnings_lead_to_where_the_words_are_now(signed_in: Client, import_: Import):
    def place() -> str:
        import_.refresh_from_db()
        return next(n.plan_key for n in preview_of(import_).notices if "FSU" in n.text)

    assert place() == "m2"
    signed_in.post(url(import_), sent(import_, "join", "m1"))
    assert place() == "m1"
    signed_in.post(url(import_), sent(import_, "out_below", "g1"))
    assert place() == ""


def test_every_link_and_button_of_the_preview_leads_to_one_place(signed_in: Client, import_: Import):
    answer = signed_in.get(f"{url(import_, 'import_preview')}?rett=m2")
    page = answer.content.decode()
    for key in answer.context["mendable"].tools:
        assert (page.count(f'id="rad-{key}"'), page.count(f'id="rett-{key}"')) == (1, 1)
    assert 'name="key" value="m2"' in page


def test_a_script_gets_the_parts_that_changed(signed_in: Client, import_: Import):
    answer = signed_in.post(url(import_), sent(import_, "text", "g2"), headers={"X-Parts": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-focus="g2" data-said="«Felles språk» er nå tekst."' in page
    assert "<html" not in page
    whole = signed_in.get(url(import_, "import_preview")).content.decode()
    for part in ("lest-antall", "lest-varsler", "rettelser", "lest-plan", "rettelinje"):
        assert [text.count(f'id="{part}"') for text in (page, whole)] == [1, 1]


def test_the_preview_takes_as_many_queries_for_25_as_for_300_measures(signed_in: Client, import_: Import):
    counts, sizes = [], []
    for measures in (24, 300):
        import_.document, import_.mends = canonical(plan_of_size(measures)), []
        import_.save()
        with CaptureQueriesContext(connection) as queries:
            page = signed_in.get(url(import_, "import_preview"))
            form = sent(import_, "goal", "m2.5")
            answer = signed_in.post(url(import_), form, headers={"X-Parts": "1"})
        assert (page.status_code, answer.status_code) == (200, 200)
        counts.append(len(queries))
        sizes.append(len(answer.content))
    assert counts[0] == counts[1]
    assert sizes[1] < 1200 * 300  # bytes, before compression
