"""Ways to a target against every simple path, and the chance of one against every state of ties."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from math import prod

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.planning.introductions.ways import Links, Way, WaySearch, chance_of_one, choose_ways

N, TARGET = 7, 6
Strengths = dict[tuple[int, int], float]


def links_of(ties: Strengths) -> Links:
    low, high = (np.array(ends, np.int64) for ends in zip(*ties, strict=True))
    return Links.of_pairs(N, low, high, np.array(list(ties.values())))


def mask(*nodes: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.isin(np.arange(N), nodes)


def search(ties: Strengths, hops: int, steps: int = 10**6) -> WaySearch:
    """Return the search from 0 and 1, which nothing passes, to the target."""
    return WaySearch(links_of(ties), mask(0, 1), mask(2, 3, 4, 5), [TARGET], hops, steps)


def every_way(ties: Strengths, hops: int) -> list[Way]:
    graph = nx.Graph(list(ties))
    ways = []
    for start in {0, 1} & set(graph):
        if TARGET in graph:
            for path in nx.all_simple_paths(graph, start, TARGET, cutoff=hops):
                if not {0, 1} & set(path[1:]):
                    pairs = pairwise(path)
                    chances = tuple(ties[min(pair), max(pair)] for pair in pairs)
                    ways.append(Way(tuple(path), chances))
    return ways


def brute_chance(ways: list[Way], ties: Strengths) -> float:
    """Return the chance that a way holds, over every state of every tie."""
    total = 0.0
    for state in product((True, False), repeat=len(ties)):
        holds = dict(zip(ties, state, strict=True))
        if any(all(holds[tie] for tie in way.ties) for way in ways):
            total += prod(p if holds[tie] else 1 - p for tie, p in ties.items())
    return total


TIES = st.dictionaries(
    st.sampled_from(list(combinations(range(N), 2))),
    st.sampled_from([0.25, 0.5, 0.75, 0.9]),
    min_size=1,
    max_size=9,
)


@given(TIES, st.integers(1, 5))
def test_every_way_is_found_the_likeliest_first(ties: Strengths, hops: int) -> None:
    found = list(search(ties, hops))
    assert sorted(found) == sorted(every_way(ties, hops))
    chances = [way.chance for way in found]
    assert all(one >= other * (1 - 1e-12) for one, other in pairwise(chances))


@settings(max_examples=40)
@given(TIES, st.integers(1, 4))
def test_greedy_takes_what_adds_most(ties: Strengths, k: int) -> None:
    left, chosen, before = every_way(ties, 4), list[Way](), 0.0
    for way in choose_ways(search(ties, 4), k):
        gains = {each: brute_chance([*chosen, each], ties) - before for each in left}
        most = max(gains.values())
        best = min(
            (each for each, gain in gains.items() if gain > most - 1e-11),
            key=lambda each: (len(each.nodes), each.nodes),
        )
        assert way == best
        left.remove(way)
        chosen.append(way)
        before = brute_chance(chosen, ties)
        assert chance_of_one([each.ties for each in chosen]) == pytest.approx(before, abs=1e-12)
    if len(chosen) < k:  # what is left adds nothing
        assert brute_chance([*chosen, *left], ties) == pytest.approx(before, abs=1e-12)


def test_a_search_gives_up_with_the_likeliest_ways() -> None:
    whole = {pair: 0.5 + 0.01 * sum(pair) for pair in combinations(range(N), 2)}
    everything = list(search(whole, 5))
    bounded = search(whole, 5, steps=60)
    found = list(bounded)
    assert bounded.stopped
    assert 0 < len(found) < len(everything)
    assert found == everything[: len(found)]


def test_a_way_that_holds_only_with_another_adds_nothing() -> None:
    short = Way((1, 6), (0.5,))
    longer = Way((0, 1, 6), (0.9, 0.5))
    assert choose_ways([short, longer], 2) == [short]
