"""Search: what is public is found in its form of Norwegian, ranked and marked; nothing else ever is."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from committees import actions as committee_actions
from committees.actions import Point, When
from committees.models import Case, Seat
from committees.rulebook import Rules
from committees.subjects import subjects
from helsefellesskap.richtext import plain
from plans import document as doc
from plans.actions import Change, correct, publish_received, publish_redacted, withdraw, write_summary
from plans.models import Measure, Plan, Publication, SearchEntry, SearchWord
from plans.search.find import MOST
from tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def found(client, asked, **also) -> list[str]:
    """The titles of the hits, in order, as they are read."""
    html = client.get("/sok/", {"q": asked, **also}).content.decode()
    return [plain(title) for title in re.findall(r'<p><a class="ds-link" href="[^"]*">(.*?)</a></p>', html)]


def plan_saying(*texts: str, **facts) -> dict:
    """Facts for `make.draft`: a plan whose measures say this."""
    measures = tuple(doc.Measure(key=f"m{n}", text=text, html=text) for n, text in enumerate(texts))
    goal = doc.Goal(key="g", text="Gode overganger", html="Gode overganger", measures=measures)
    section = doc.Section(key="s", number="1", heading="Grunnlag", goals=(goal,))
    return {"sections": (section,), "title": "Handlingsplan 2026", **facts}


def received(community, *texts: str, by, day: date = TODAY, **facts) -> Plan:
    plan = make.draft(community, by=by, slug=facts.pop("slug", "mottatt"), **plan_saying(*texts, **facts))
    publish_received(plan, by=by, published_from=day)
    plan.refresh_from_db()
    return plan


def test_a_measure_is_found_by_other_forms_and_by_a_part_marked_and_linked(cast, client):
    plan = received(cast.troms, "Melde samhandlingsavvik for innbyggerne", "Møtes hver vår", by=cast.kari)
    measure = Measure.objects.get(goal__section__plan=plan, html__startswith="Melde")
    for asked in ("avvik", "innbygger", "INNBYGGARANE sine avvika", "samhandling", "avvikene"):
        assert found(client, asked)[0] == "Melde samhandlingsavvik for innbyggerne", asked
    html = client.get("/sok/?q=avvik+innbyggjar").content.decode()
    assert "Melde <mark>samhandlingsavvik</mark> for <mark>innbyggerne</mark>" in html
    assert f'href="{plan.get_absolute_url()}#t-{measure.item.code}"' in html


def test_drafts_restricted_cases_and_unapproved_minutes_are_never_found(cast, client):
    make.draft(cast.troms, by=cast.kari, slug="hemmelig", **plan_saying("Trollkjerring i utkastet"))
    secret = {"access": "restricted", "legal_basis": "offl. § 13", "public_title": "Personalsak"}
    meeting = committee_actions.plan_meeting(cast.ssu, by=cast.kari, when=When(date=TODAY))
    for facts in (
        {"title": "Trollsak", "background": "Trollkjerring i den åpne saken"},
        {"title": "Trollkjerring", "background": "Trollkjerring", **secret},
    ):
        case = committee_actions.write_case(cast.ssu, by=cast.kari, facts=facts)
        committee_actions.put_on_agenda(meeting, case)
    items = list(meeting.agenda.order_by("case__number"))
    leader = cast.ssu.seats.filter(role=Seat.Role.LEADER)
    committee_actions.record_attendance(items, by=cast.kari, present=dict.fromkeys(leader))
    for item in items:
        point = Point(verb="takes_note", wording="Trollkjerring tas til orientering.")
        committee_actions.decide(item, by=cast.kari, points=[point])
    assert found(client, "trollkjerring") == []

    cast.ssu.rules = Rules(minutes_approvers=1).stored()
    cast.ssu.save()
    committee_actions.approve_minutes(meeting, by=cast.ingrid)
    open_case, restricted = (item.case for item in items)
    assert sorted(found(client, "trollkjerring")) == [
        f"SSU {open_case.printed_number}: Trollsak",
        f"Strategisk samarbeidsutvalg, {date_format(TODAY, 'j. F Y')}",
    ]
    assert found(client, "personalsak", slag="vedtak") == [f"SSU {restricted.printed_number}: Personalsak"]
    assert "Trollkjerring" not in "".join(
        SearchEntry.objects.filter(decision__case=restricted).values_list("title", "text").get()
    )
    assert found(client, "Ingrid Leder") == []

    case = Case.objects.get(pk=open_case.pk)
    case.access, case.legal_basis = Case.Access.RESTRICTED, "offl. § 13"
    case.save()
    subjects().decided(case)
    assert found(client, "trollsak", slag="vedtak") == []


def test_what_is_published_from_a_later_day_waits_for_it(cast, client):
    received(cast.troms, "Regnbuefarget rutine", by=cast.kari, day=TODAY + DAY)
    assert found(client, "regnbuefarget") == []
    assert "regnbuefarget" not in client.get("/sok/?q=regnbuefargat").content.decode()  # «Mente du …?»
    Publication.objects.update(published_from=TODAY)
    call_command("rebuild_search", verbosity=0)
    assert found(client, "regnbuefarget") == ["Regnbuefarget rutine"]


def test_what_holds_comes_before_what_is_old_and_old_versions_say_so(cast, client):
    first = make.adopted(cast.ssu, by=cast.kari, slug="p2025", day=TODAY - 9 * DAY, **plan_saying("Sølvsnor"))
    draft = make.draft(
        cast.troms, by=cast.kari, slug="p2026", **plan_saying("Sølvsnor og mer tekst om annet")
    )
    draft.follows = first
    draft.save()
    Plan.objects.filter(pk=draft.pk).update(undecided_reason="Ny plan.")
    second = make.adopt_draft(cast.ssu, draft, by=cast.kari)
    assert found(client, "sølvsnor") == ["Sølvsnor og mer tekst om annet", "Sølvsnor"]
    assert "Erstattet" in client.get("/sok/?q=sølvsnor").content.decode()

    row = Measure.objects.get(goal__section__plan=second)
    change = Change(row=row, version=row.version, values={"html": "Gullsnor"})
    correct(second, by=cast.kari, changes=[change], reason="Feil farge.", decided_by="SSU")
    html = client.get("/sok/?q=sølvsnor").content.decode()
    assert "Eldre versjon 1" in html
    assert f"{second.get_absolute_url()}v1/#t-{row.item.code}" in html
    assert found(client, "gullsnor") == ["Gullsnor"]

    withdraw(second, by=cast.kari, reason="Skulle ikke ut.")
    assert "Erstattet" not in client.get("/sok/?q=sølvsnor").content.decode()
    assert found(client, "sølvsnor") == ["Sølvsnor"]


def test_withdrawal_leaves_no_word_behind_and_a_redacted_version_is_found_again(cast, client):
    plan = make.adopted(cast.ssu, by=cast.kari, slug="apen", **plan_saying("Naboen heter Fjompenisse"))
    assert found(client, "fjompenisse") == ["Naboen heter Fjompenisse"]
    decision = found(client, "vedtas", slag="vedtak")
    assert len(decision) == 1
    withdraw(plan, by=cast.kari, reason="Personopplysninger.")
    assert found(client, "fjompenisse") == []
    assert found(client, "vedtas", slag="vedtak") == []
    assert not SearchEntry.objects.exists()
    assert not SearchWord.objects.exists()
    Measure.objects.filter(goal__section__plan=plan).update(html="Naboen følges opp")
    publish_redacted(plan, by=cast.kari, reason="Navn er tatt ut.", decided_by="Lederen av SSU")
    assert found(client, "nabo") == ["Naboen følges opp"]
    assert found(client, "vedtas", slag="vedtak") == decision


def test_a_rebuild_finds_the_same_as_the_actions_wrote(cast):
    plan = make.adopted(cast.ssu, by=cast.kari, slug="en", **plan_saying("Sølvsnor for avvikene", "Dele"))
    received(cast.finnmark, "Teneste for innbyggjarane", by=cast.nils)
    row = Measure.objects.filter(goal__section__plan=plan).first()
    change = Change(row=row, version=row.version, values={"html": "Gullsnor"})
    correct(plan, by=cast.kari, changes=[change], reason="Feil farge.", decided_by="SSU")

    def index():
        columns = [f.attname for f in SearchEntry._meta.fields if f.attname != "id"]
        return sorted(SearchEntry.objects.values_list(*columns), key=str), set(
            SearchWord.objects.values_list("word", "stem")
        )

    before = index()
    assert len(before[0]) > 8
    call_command("rebuild_search", verbosity=0)
    assert index() == before


def test_what_is_said_of_a_plan_in_short_is_found_while_it_stands(cast, client):
    plan = make.adopted(cast.ssu, by=cast.kari, **plan_saying("Sølvsnor", title="Regnbueplanen"))
    for text in ("Om enhjørninger.", "Om drager."):
        write_summary(plan, by=cast.kari, text=text)
    assert (found(client, "enhjørning"), found(client, "drage")) == ([], ["Regnbueplanen"])


def test_filters_are_addresses_and_unknown_ones_are_told(cast, client):
    received(cast.troms, "Regnbue i nord", by=cast.kari)
    received(cast.finnmark, "Regnbue i aust", by=cast.nils, title="Regnbueplanen")
    assert found(client, "regnbue", helsefellesskap="troms-og-ofoten") == ["Regnbue i nord"]
    assert found(client, "regnbue", slag="planer") == ["Regnbueplanen"]
    assert found(client, "regnbue", slag="tiltak", helsefellesskap="finnmark") == ["Regnbue i aust"]
    for wrong in ({"helsefellesskap": "atlantis"}, {"slag": "drager"}, {"side": "sju"}, {"side": 0}):
        answer = client.get("/sok/", {"q": "regnbue", **wrong})
        assert (answer.status_code, "regnbue" in answer.content.decode()) == (422, True), wrong


SIGNS = (
    '"', "'", '"regnbue', "regnbue*", "regnbue AND", "NEAR(a b)", "a:b", "-regnbue", "regnbue & | !",
    "(((", "%_%", "'; DROP TABLE plans_plan; --", "title_stems: regnbue", "😀", "\u00ad", "ð" * 200,
    "og i på", "regnbue " * 25, "<script>alert(1)</script>",
)  # fmt: skip


def test_signs_of_query_languages_are_only_signs(cast, client):
    received(cast.troms, "Regnbue i nord", by=cast.kari)
    for asked in SIGNS:
        answer = client.get("/sok/", {"q": asked})
        assert answer.status_code == 200, asked
        assert "<script>alert" not in answer.content.decode()
        if "regnbue" in asked:
            assert found(client, asked)[0] == "Regnbue i nord", asked


@pytest.mark.parametrize("asked", ["x" * 201, "ord " * 2500, "regn\x00bue"])
def test_too_long_or_broken_queries_are_told_so_in_words(db, client, asked):
    answer = client.get("/sok/", {"q": asked})
    assert answer.status_code == 422
    assert "Rett opp dette" in answer.content.decode()


def test_nothing_found_says_what_to_try(cast, client):
    received(cast.troms, "Regnbue i nord", by=cast.kari)
    html = client.get("/sok/?q=regnbeu&helsefellesskap=troms-og-ofoten").content.decode()
    assert "Ingen treff" in html
    assert re.search(r'Mente du <a class="ds-link" href="\?q=regnbue">regnbue</a>\?', html)
    assert 'href="?q=regnbeu"' in html
    assert found(client, "regnbue finnesikke") == ["Regnbue i nord"]
    assert "Dette har noen av dem" in client.get("/sok/?q=regnbue+finnesikke").content.decode()


def test_pages_and_queries_stay_the_same_however_many_hits(cast, client, django_assert_max_num_queries):
    received(cast.troms, *(f"Regnbue nummer {n}" for n in range(30)), by=cast.kari)
    first, second = found(client, "regnbue"), found(client, "regnbue", side=2)
    assert (len(first), len(second), len({*first, *second})) == (20, 10, 30)
    assert found(client, "regnbue", side=MOST // 20) == []
    counts = []
    for slug in ("a", "b", "c"):
        with django_assert_max_num_queries(12) as queries:
            client.get("/sok/?q=regnbue")
        counts.append(len(queries))
        received(cast.troms, *(f"Regnbue {slug}{n}" for n in range(40)), by=cast.kari, slug=slug)
    assert len(set(counts)) == 1


def test_every_public_page_has_the_box(cast, client):
    for address in ("/", "/troms-og-ofoten/", "/kontakt/"):
        assert '<form class="site-search" method="get" action="/sok/"' in client.get(address).content.decode()


def test_what_the_administrator_restricts_is_found_no_longer(cast, client):
    make.adopted(cast.ssu, by=cast.kari, slug="apen", **plan_saying("Sølvsnor"))
    case = Case.objects.get()
    Case.objects.update(background="Trollkjerring i bakgrunnen")
    call_command("rebuild_search", verbosity=0)
    assert len(found(client, "trollkjerring")) == 1
    client.force_login(cast.siv)
    address = reverse("admin:committees_case_change", args=[case.pk])
    form = client.get(address).context["adminform"].form
    facts = {name: value for name, value in form.initial.items() if value is not None}
    facts |= {"access": "restricted", "legal_basis": "offl. § 13", "attachments": "[]"}
    assert client.post(address, facts).status_code == 302
    assert found(client, "trollkjerring") == []
