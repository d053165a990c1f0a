"""Where each side stands: worst first, silence is never consent, a stance counts on its own words only."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from committees.rulebook import Rules
from plans.consensus import Correction, Given, Place, Standing, standings, words_of
from plans.document import words_hash
from tests import make

HF, KOMMUNE = "specialist", "municipality"
LEADER = Place(key=1, name="Ingrid", side=HF, on_behalf_of="UNN")
MEMBER = Place(key=2, name="Aslak", side=KOMMUNE, on_behalf_of="Tromsø")
OBSERVER = Place(key=9, name="Odd", side="user", decides=False)
V1 = {"a": "a1", "b": "b1"}
V2 = {"a": "a2", "b": "b1", "c": "c1"}


def stance(key: int, place: Place, kind: str = "joins", **facts: Any) -> Given:
    return Given(**{"key": key, "place": place.key, "seat": place.key, "kind": kind, "version": 1, **facts})


def on(item: str, **facts: Any) -> dict[str, Any]:
    return {"item": item, "words": V1[item], **facts}


def stand(*stances: Given, words: dict[str, str] = V1, **facts: Any) -> dict[str, Standing]:
    facts = {"places": [LEADER, MEMBER], "versions": {1: V1, 2: V2}, **facts}
    return standings(words, stances=stances, **facts)


def told(found: dict[str, Standing]) -> dict[str, tuple[str, dict[str, str]]]:
    return {item: (s.position, {side.side: side.position for side in s.sides}) for item, s in found.items()}


def test_the_words_of_a_document():
    document = make.document(measures=2)
    goal = document.sections[0].goals[0]
    assert words_of(document) == {m.key: words_hash(goal, m) for m in goal.measures}


def test_all_join_the_whole():
    found = stand(stance(1, LEADER), stance(2, MEMBER))
    assert told(found) == dict.fromkeys("ab", ("consensus", {HF: "consensus", KOMMUNE: "consensus"}))


def test_an_exception_counts_over_the_whole_and_the_rest_stands():
    found = stand(
        stance(1, LEADER), stance(2, MEMBER), stance(3, MEMBER, "disagrees", **on("b", remark="For dyrt"))
    )
    assert told(found) == {
        "a": ("consensus", {HF: "consensus", KOMMUNE: "consensus"}),
        "b": ("disagreement", {HF: "consensus", KOMMUNE: "disagreement"}),
    }
    assert [s.must_be_talked_about for s in found.values()] == [False, True]
    on_the_whole = stand(stance(1, LEADER), stance(2, MEMBER, "own_body"))
    assert [(s.position, s.must_be_talked_about) for s in on_the_whole.values()] == [
        ("reservation", False)
    ] * 2
    (answer,) = found["b"].sides[1].answers
    assert answer.given
    assert (answer.given.remark, answer.place.on_behalf_of) == ("For dyrt", "Tromsø")


def test_a_reservation_is_lifted_by_a_newer_stance():
    until_then = [stance(1, LEADER), stance(2, MEMBER), stance(3, MEMBER, "own_body", **on("b"))]
    assert stand(*until_then)["b"].position == "reservation"
    assert stand(*until_then, stance(4, MEMBER, **on("b")))["b"].position == "consensus"


def test_changed_words_ask_again_and_new_measures_were_never_answered():
    found = stand(stance(1, LEADER), stance(2, MEMBER), words=V2)
    assert {item: s.position for item, s in found.items()} == {
        "a": "not_answered",
        "b": "consensus",
        "c": "not_answered",
    }
    assert [(a.given is not None, a.stale) for a in found["a"].answers] == [(True, True), (True, True)]
    assert [a.given for a in found["c"].answers] == [None, None]


def test_a_linguistic_correction_keeps_the_stance_and_says_so():
    steps = [Correction(item="a", old="a1", new="a1½"), Correction(item="a", old="a1½", new="a2")]
    found = stand(stance(1, LEADER), stance(2, MEMBER), words=V2, corrections=steps)
    assert found["a"].position == "consensus"
    assert [(a.stale, a.corrected) for a in found["a"].answers] == [(False, True)] * 2
    other = [Correction(item="b", old="a1", new="a2")]
    assert stand(stance(1, LEADER), words=V2, corrections=other)["a"].answers[0].stale


def test_what_was_said_of_a_version_taken_down_asks_again_and_nothing_older_counts():
    stances = [
        stance(1, LEADER, "disagrees", **on("a")),
        stance(2, LEADER, "joins", version=2),
        stance(3, MEMBER, "joins"),
    ]
    found = stand(*stances, versions={1: V1})
    assert told(found) == dict.fromkeys("ab", ("not_answered", {HF: "not_answered", KOMMUNE: "consensus"}))
    assert [[a.given.key for a in s.stale] for s in found.values()] == [[2], [2]]


def test_a_deputy_speaks_for_the_member_until_the_member_does():
    deputy = stance(3, MEMBER, "disagrees", seat=7, **on("a"))
    member = stance(2, MEMBER)
    assert stand(stance(1, LEADER), member, deputy)["a"].position == "disagreement"
    assert stand(stance(1, LEADER), deputy, replace(member, key=4))["a"].position == "consensus"


def test_a_recused_member_counts_through_the_deputy_only():
    recused = replace(MEMBER, recused=True)
    said = [stance(1, LEADER), stance(2, MEMBER, "disagrees", **on("a"))]
    assert told(stand(*said, places=[LEADER, recused]))["a"] == ("consensus", {HF: "consensus"})
    stepped_in = replace(recused, deputy=True)
    assert stand(*said, places=[LEADER, stepped_in])["a"].position == "not_answered"
    found = stand(*said, stance(3, MEMBER, seat=7), places=[LEADER, stepped_in])
    assert found["a"].position == "consensus"


def test_the_rules_say_whose_joining_is_needed():
    said = [stance(1, LEADER), stance(2, MEMBER, "disagrees", **on("a"))]
    found = stand(*said, rules=Rules(must_join=(HF,)))
    assert told(found)["a"] == ("consensus", {HF: "consensus", KOMMUNE: "disagreement"})
    assert found["a"].must_be_talked_about
    missing = stand(*said, rules=Rules(must_join=(HF, "gp")))
    assert told(missing)["a"][1] == {HF: "consensus", "gp": "not_answered", KOMMUNE: "disagreement"}
    assert missing["a"].position == "not_answered"


def test_observers_are_heard_where_they_may_propose_and_count_nowhere():
    said = [stance(1, LEADER), stance(2, MEMBER), stance(3, OBSERVER, "disagrees", **on("a"))]
    silent = stand(*said, places=[LEADER, MEMBER, OBSERVER])
    assert silent["a"].observers == ()
    heard = stand(*said, places=[LEADER, MEMBER, OBSERVER], rules=Rules(observers_propose=True))
    assert [a.position for a in heard["a"].observers] == ["disagreement"]
    assert told(heard) == told(silent) == told(stand(stance(1, LEADER), stance(2, MEMBER)))


def test_nobody_in_the_committee_is_no_consensus():
    assert stand(places=[])["a"].position == "not_answered"


# --- whatever is said, by whomever, on whichever words ---

ITEMS, VERSIONS = "abc", (1, 2, 3)
any_words = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(["x", "y", "z"]), min_size=1)
any_place = st.builds(
    Place,
    key=st.integers(1, 5),
    name=st.just(""),
    side=st.sampled_from([HF, KOMMUNE, "gp"]),
    decides=st.sampled_from([True, True, False]),
    recused=st.sampled_from([False, False, True]),
    deputy=st.booleans(),
)
any_places = st.lists(any_place, max_size=5, unique_by=lambda place: place.key)
any_rules = st.builds(
    Rules,
    must_join=st.lists(st.sampled_from([HF, KOMMUNE, "gp"]), max_size=2, unique=True).map(tuple),
    observers_propose=st.booleans(),
)
any_correction = st.builds(
    Correction, item=st.sampled_from(ITEMS), old=st.sampled_from("xyz"), new=st.sampled_from("xyz")
)


@st.composite
def any_case(draw: Any) -> dict[str, Any]:
    versions = {n: draw(any_words) for n in VERSIONS}
    stances = []
    for key in range(draw(st.integers(0, 8))):
        version = draw(st.sampled_from(VERSIONS))
        item = draw(st.sampled_from(["", *sorted(versions[version])]))
        place = draw(st.integers(1, 5))
        stances.append(
            Given(
                key=key,
                place=place,
                seat=draw(st.sampled_from([place, 50 + place])),
                kind=draw(st.sampled_from(["joins", "reserves", "own_body", "disagrees"])),
                version=version,
                item=item,
                words=versions[version][item] if item else "",
            )
        )
    gone = draw(st.sets(st.sampled_from(VERSIONS), max_size=1))  # taken down
    return {
        "words": draw(any_words),
        "places": draw(any_places),
        "stances": stances,
        "versions": {n: versions[n] for n in VERSIONS if n not in gone},
        "corrections": draw(st.lists(any_correction, max_size=4)),
        "rules": draw(any_rules),
    }


def leads_to(corrections: list[Correction], item: str, old: str, new: str) -> bool:
    """By following every correction as often as there are any: another way than the code's."""
    reached = {old}
    for _round in corrections:
        reached |= {c.new for c in corrections if c.item == item and c.old in reached}
    return new in reached


@settings(max_examples=300, deadline=None)
@given(any_case())
def test_every_answer_is_the_newest_word_of_its_seat_on_that_measure(case: dict[str, Any]):
    found = standings(case["words"], **{k: v for k, v in case.items() if k != "words"})
    assert list(found) == list(case["words"])
    for item, standing in found.items():
        for answer in (*standing.answers, *standing.observers):
            spoken = [
                g
                for g in case["stances"]
                if g.place == answer.place.key
                and (g.item == item or (not g.item and item in case["versions"].get(g.version, [item])))
                and not (answer.place.recused and g.seat == g.place)
            ]
            assert answer.given == (max(spoken, key=lambda g: g.key) if spoken else None)
            if answer.given and not answer.given.item and answer.given.version not in case["versions"]:
                assert answer.stale
            elif answer.given:
                then = answer.given.words or case["versions"][answer.given.version][item]
                now = case["words"][item]
                stands = leads_to(case["corrections"], item, then, now)
                assert (answer.stale, answer.corrected) == (not stands, stands and then != now)


@settings(max_examples=300, deadline=None)
@given(any_case())
def test_consensus_is_that_every_seat_of_every_needed_side_joined_these_words(case: dict[str, Any]):
    found = standings(case["words"], **{k: v for k, v in case.items() if k != "words"})
    places = [p for p in case["places"] if p.decides and (p.deputy or not p.recused)]
    must = set(case["rules"].must_join) or {p.side for p in places}
    for standing in found.values():
        joined = {
            a.place.key for a in standing.answers if a.given and a.given.kind == "joins" and not a.stale
        }
        assert {a.place for a in standing.answers} == set(places)
        everybody = all(p.key in joined for p in places if p.side in must)
        somebody_of_each = must <= {p.side for p in places}
        assert (standing.position == "consensus") == (bool(must) and everybody and somebody_of_each)


@settings(max_examples=200, deadline=None)
@given(any_case())
def test_observers_change_nothing_of_where_the_sides_stand(case: dict[str, Any]):
    arguments = {k: v for k, v in case.items() if k != "words"}
    found = standings(case["words"], **arguments)
    without = standings(
        case["words"], **arguments | {"places": [place for place in case["places"] if place.decides]}
    )
    assert {item: s.sides for item, s in found.items()} == {item: s.sides for item, s in without.items()}
    if not case["rules"].observers_propose:
        assert not any(standing.observers for standing in found.values())
