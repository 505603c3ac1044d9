"""Cycles of dependencies are found whatever the graph looks like, and named by their shortest way."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tocsin.registry.catalog.cycles import cycle, cycles, sentence

NAMES = st.sampled_from("abcdefg")
EDGES = st.lists(st.tuples(NAMES, NAMES), max_size=20)


def test_a_service_that_needs_itself_is_a_cycle():
    assert cycle(("a", "a"), []) == ("a", "a")


def test_the_shortest_way_back_is_named():
    edges = [("b", "c"), ("c", "d"), ("d", "a"), ("b", "a"), ("b", "x")]
    assert cycle(("a", "b"), edges) == ("a", "b", "a")
    assert cycle(("a", "x"), edges) is None


def test_ways_that_meet_again_are_no_cycle():
    edges = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]
    assert cycles(edges, edges) == []


def test_one_mistake_is_said_of_each_knot_of_services():
    old = [("a", "b"), ("c", "d")]
    new = [("b", "a"), ("d", "c"), ("d", "d"), ("a", "c")]
    assert cycles(new, [*old, *new]) == [
        (("b", "a"), ("b", "a", "b")),
        (("d", "c"), ("d", "c", "d")),
    ]


def test_a_cycle_that_stood_before_is_no_mistake_of_what_leads_into_it():
    edges = [("a", "b"), ("b", "a"), ("c", "a"), ("b", "d")]
    assert cycles([("c", "a"), ("b", "d")], edges) == []


def test_a_chain_of_thousands_is_walked():
    chain = [(str(number), str(number + 1)) for number in range(5_000)]
    assert cycles(chain, chain) == []
    closing = ("5000", "0")
    [(edge, closed)] = cycles([closing], [*chain, closing])
    assert (edge, len(closed)) == (closing, 5_002)
    assert sentence(closed).endswith(
        "5000 → 0 → 1 → 2 → 3 → 4 → … → 4995 → 4996 → 4997 → 4998 → 4999 → 5000"
    )


@given(EDGES)
def test_the_search_over_all_agrees_with_the_search_of_each_edge(edges: list[tuple[str, str]]):
    closing = [edge for edge in edges if cycle(edge, edges)]
    assert bool(cycles(edges, edges)) == bool(closing)
    for edge, closed in cycles(edges, edges):
        assert edge in closing
        assert closed[0] == closed[-1] == edge[0]
        assert set(pairwise(closed)) <= set(edges)
