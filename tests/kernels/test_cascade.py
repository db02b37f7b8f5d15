"""Cascades against enumeration of every live-arc graph, and draws against their probabilities."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from relgraph.kernels.cascade import count_hearers, draw_live, exact_hearing
from relgraph.kernels.hops import hop_table

Arcs = list[tuple[int, int, float]]


def rows_of(arcs: Arcs, n: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    counts = np.bincount([source for source, _, _ in arcs], minlength=n)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return indptr, np.array([target for _, target, _ in arcs], np.int32)


def reached(arcs: list[tuple[int, int]], seeds: set[int]) -> set[int]:
    found = set(seeds)
    while more := {v for u, v in arcs if u in found} - found:
        found |= more
    return found


def enumerated(arcs: Arcs, seeds: set[int], n: int) -> npt.NDArray[np.float64]:
    """Return each node's chance to hear, summed over every combination of live arcs."""
    chances = np.zeros(n)
    for states in product([True, False], repeat=len(arcs)):
        weight = np.prod([p if on else 1 - p for (_, _, p), on in zip(arcs, states, strict=True)])
        live = [(u, v) for (u, v, _), on in zip(arcs, states, strict=True) if on]
        chances[list(reached(live, seeds))] += weight
    return chances


def random_arcs(rng: np.random.Generator, n: int, m: int) -> Arcs:
    pairs = [(u, v) for u in range(n) for v in range(n) if u != v]
    chosen = sorted(rng.choice(len(pairs), m, replace=False).tolist())
    values = rng.choice([0.0, 0.1, 0.37, 0.5, 0.9, 1.0], m)
    return [(*pairs[index], float(p)) for index, p in zip(chosen, values, strict=True)]


@pytest.mark.parametrize("seed", range(20))
def test_exact_chances_equal_enumeration(seed: int) -> None:
    rng = np.random.default_rng(seed)
    arcs = random_arcs(rng, 6, 11)
    seeds = set(rng.choice(6, 1 + seed % 2, replace=False).tolist())
    others = [node for node in range(6) if node not in seeds]
    between = np.zeros((6, 6))
    for u, v, p in arcs:
        between[u, v] = p
    unsaid = np.prod(1 - between[np.ix_(list(seeds), others)], axis=0)
    inner = np.ascontiguousarray(between[np.ix_(others, others)])
    expected = enumerated(arcs, seeds, 6)[others]
    np.testing.assert_allclose(exact_hearing(unsaid, inner), expected, atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_sampled_chances_and_totals_agree_with_enumeration(seed: int) -> None:
    rng = np.random.default_rng(100 + seed)
    arcs = random_arcs(rng, 6, 11)
    indptr, indices = rows_of(arcs, 6)
    sources = np.arange(6)
    hops = hop_table(indptr, indices, sources)
    live = draw_live(np.array([p for _, _, p in arcs]), 500, seed)
    counts, totals = count_hearers(indptr, indices, live, sources[:, np.newaxis], hops)
    for source in range(6):
        chances = enumerated(arcs, {source}, 6)
        noise = 5 * np.sqrt(np.clip(chances * (1 - chances), 0, 1) / 32_000) + 1e-12
        assert (np.abs(counts[source] / 32_000 - chances) <= noise).all()
        for hop in range(totals.shape[1]):
            assert totals[source, hop].sum() == counts[source, hops[source] == hop].sum()


def test_seeds_of_a_row_start_together() -> None:
    arcs = [(0, 2, 0.5), (1, 3, 0.5)]
    indptr, indices = rows_of(arcs, 4)
    hops = np.zeros((1, 4), np.int32)
    live = draw_live(np.array([0.5, 0.5]), 100, 1)
    counts, _ = count_hearers(indptr, indices, live, np.array([[0, 1]]), hops)
    assert counts[0, :2].tolist() == [6400, 6400]
    assert counts[0, 2] == np.bitwise_count(live[0]).sum()
    assert counts[0, 3] == np.bitwise_count(live[1]).sum()


@pytest.mark.parametrize("p", [0.0, 1e-3, 0.1, 1 / 3, 0.5, 0.75, 0.999, 1.0])
def test_draws_have_their_probability(p: float) -> None:
    live = draw_live(np.full(50, p), 400, 7)
    share = np.bitwise_count(live).sum() / (64 * live.size)
    assert abs(share - p) <= 5 * np.sqrt(p * (1 - p) / (64 * live.size))


def test_draws_of_arcs_words_and_seeds_are_independent() -> None:
    live = draw_live(np.full(200, 0.5), 200, 3)
    agree = np.bitwise_count(~(live[:-1] ^ live[1:])).sum() / (64 * 199 * 200)
    assert agree == pytest.approx(0.5, abs=0.002)
    along = np.bitwise_count(~(live[:, :-1] ^ live[:, 1:])).sum() / (64 * 199 * 200)
    assert along == pytest.approx(0.5, abs=0.002)
    other = draw_live(np.full(200, 0.5), 200, 4)
    assert np.bitwise_count(~(live ^ other)).sum() / (64 * live.size) == pytest.approx(
        0.5, abs=0.002
    )


def test_chunks_of_a_stream_are_the_stream() -> None:
    p = np.linspace(0, 1, 30)
    whole = draw_live(p, 10, 9)
    parts = [draw_live(p, 4, 9, 0), draw_live(p, 6, 9, 4)]
    assert np.array_equal(whole, np.concatenate(parts, axis=1))
