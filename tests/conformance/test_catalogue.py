"""The catalogue against DCAT-AP-NO: our shapes say what the public ones say, and guard all that we tell."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.plans.opendata.conftest import plan, world

__all__ = ["plan", "world"]  # pytest finds the fixtures by their names here
pytestmark = [pytest.mark.conformance, pytest.mark.django_db]

COMMON = {"title", "description", "publisher", "contactPoint"}
MANDATORY = {
    "Catalog": COMMON | {"dataset"},
    "Dataset": COMMON | {"theme", "distribution"},
    "Distribution": {"title", "description", "accessURL"},
    "DataService": COMMON | {"theme", "endpointURL"},
    "Agent": {"name"},
    "Organization": {"fn", "hasURL"},
}


@pytest.fixture
def catalogue(world: Any, client: Client, settings: Any) -> Any:
    from rdflib import Graph

    settings.OPEN_DATA_PUBLISHER_NUMBER = "999999999"  # that it has a number is told, too
    return Graph().parse(data=client.get("/apne-data/katalog.ttl").content, format="turtle")


@pytest.fixture
def refused() -> Any:
    """`refused(graph)`: what the shapes say against it, or nothing."""
    from pyshacl import validate
    from rdflib import Graph

    shapes = Graph().parse(Path(__file__).parent / "dcat-ap-no.ttl")

    def check(graph: Any) -> str:
        fits, _report, text = validate(graph, shacl_graph=shapes)
        return "" if fits else text

    return check


def told(catalogue: Any) -> Iterator[tuple[str, str, Any, Any]]:
    """(class, property, a resource of the class that has it, the address of the property), each pair once."""
    from rdflib import RDF

    seen = set()
    for subject, kind in sorted(catalogue.subject_objects(RDF.type)):
        for name in sorted(set(catalogue.predicates(subject)) - {RDF.type}):
            pair = kind.fragment or kind.rpartition("/")[2], name.fragment or name.rpartition("/")[2]
            if pair not in seen:
                seen.add(pair)
                yield *pair, subject, name


def test_it_fits_and_is_the_same_in_both_forms(catalogue: Any, refused: Any, client: Client) -> None:
    from rdflib import Graph
    from rdflib.compare import isomorphic

    linked = Graph().parse(data=client.get("/apne-data/katalog.jsonld").content, format="json-ld")
    assert isomorphic(catalogue, linked)
    assert refused(catalogue) == ""


def test_nothing_that_is_told_could_be_wrong_unseen(catalogue: Any, refused: Any) -> None:
    """Each property in turn with a value of a kind that it never takes, and gone."""
    from rdflib import BNode

    pairs = list(told(catalogue))
    assert len(pairs) >= 55
    needed: dict[str, set[str]] = {}
    for kind, name, subject, address in pairs:
        values = list(catalogue.objects(subject, address))
        catalogue.remove((subject, address, None))
        if refused(catalogue):
            needed.setdefault(kind, set()).add(name)
        catalogue.add((subject, address, BNode()))
        assert refused(catalogue), f"{kind} with any {name}"
        catalogue.remove((subject, address, None))
        for value in values:
            catalogue.add((subject, address, value))
    assert needed == MANDATORY


def test_a_property_whose_facts_nobody_wrote_down_is_refused(catalogue: Any, refused: Any) -> None:
    from rdflib import DCTERMS, Literal, URIRef

    catalogue.add((URIRef("http://127.0.0.1:8000/apne-data/katalog"), DCTERMS.abstract, Literal("Ny")))
    assert "abstract" in refused(catalogue)
