"""Sampled sets and simulated cascades against enumeration of what can happen."""

from __future__ import annotations

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from relgraph.kernels.covering import cover, first_hits, invert
from relgraph.kernels.sampling import (
    BLOCK,
    EMPTY,
    Sets,
    sample_cascades,
    sample_walks,
)
from relgraph.kernels.simulation import run_cascades, run_thresholds

N = 5
SETS = 60_000
Arcs = list[tuple[int, int, float]]


def random_arcs(seed: int, values: list[float]) -> Arcs:
    rng = np.random.default_rng(seed)
    pairs = [(u, v) for u in range(N) for v in range(N) if u != v]
    chosen = rng.choice(len(pairs), 9, replace=False)
    return [(*pairs[index], float(rng.choice(values))) for index in sorted(chosen.tolist())]


def compressed(
    arcs: Arcs, *, incoming: bool
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    own, other = (1, 0) if incoming else (0, 1)
    ordered = sorted(arcs, key=lambda arc: (arc[own], -arc[2]))
    counts = np.bincount([arc[own] for arc in ordered], minlength=N)
    return (
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.array([arc[other] for arc in ordered], np.int32),
        np.array([arc[2] for arc in ordered]),
    )


def live_distances(live: list[tuple[int, int]], seeds: set[int]) -> dict[int, int]:
    distance = dict.fromkeys(seeds, 0)
    front = seeds
    step = 0
    while front:
        step += 1
        front = {v for u, v in live if u in front and v not in distance}
        distance |= dict.fromkeys(front, step)
    return distance


def exact_liking(arcs: Arcs, seeds: set[int], quality: float) -> float:
    """Return Σ_v E[q^(d(v) + 1)], the spread of IC-N with one quality."""
    total = 0.0
    for states in product([True, False], repeat=len(arcs)):
        weight = np.prod([p if on else 1 - p for (_, _, p), on in zip(arcs, states, strict=True)])
        live = [(u, v) for (u, v, _), on in zip(arcs, states, strict=True) if on]
        distances = live_distances(live, seeds)
        total += float(weight) * sum(quality ** (d + 1) for d in distances.values())
    return total


def exact_threshold(arcs: Arcs, seeds: set[int]) -> float:
    """Return the spread when each node listens to one other at most, by its weights."""
    choices: list[list[tuple[int | None, float]]] = []
    for v in range(N):
        incoming = [(u, w) for u, target, w in arcs if target == v]
        choices.append([*incoming, (None, 1 - sum(w for _, w in incoming))])
    total = 0.0
    for chosen in product(*choices):
        weight = float(np.prod([w for _, w in chosen]))
        live = [(u, v) for v, (u, _) in enumerate(chosen) if u is not None]
        total += weight * len(live_distances(live, seeds))
    return total


def estimate(sets: Sets, seeds: set[int]) -> tuple[float, float]:
    hit = first_hits(sets, np.array(sorted(seeds)), N).sum() / sets.size
    return N * hit, N * np.sqrt(hit * (1 - hit) / sets.size) + 1e-9


@pytest.mark.parametrize("quality", [1.0, 0.7, 0.0])
@pytest.mark.parametrize("seed", range(6))
def test_sets_under_cascades_estimate_the_exact_spread(seed: int, quality: float) -> None:
    arcs = random_arcs(seed, [0.0, 0.05, 0.2, 0.5, 1.0])
    sets = sample_cascades(*compressed(arcs, incoming=True), SETS, seed, 0, quality)
    for seeds in ({0}, {1, 3}, set(range(N))):
        value, error = estimate(sets, seeds)
        assert abs(value - exact_liking(arcs, seeds, quality)) <= 5 * error


@pytest.mark.parametrize("quality", [1.0, 0.7, 0.0])
@pytest.mark.parametrize("seed", range(6))
def test_simulated_cascades_have_the_exact_spread(seed: int, quality: float) -> None:
    arcs = random_arcs(seed, [0.0, 0.05, 0.2, 0.5, 1.0])
    outgoing = compressed(arcs, incoming=False)
    for seeds in ({0}, {1, 3}):
        counts = run_cascades(*outgoing, np.array(sorted(seeds)), np.full(N, quality), 40_000, seed)
        error = counts.std() / np.sqrt(len(counts)) + 1e-9
        assert abs(counts.mean() - exact_liking(arcs, seeds, quality)) <= 5 * error


@pytest.mark.parametrize("seed", range(6))
def test_walks_and_thresholds_have_the_exact_spread(seed: int) -> None:
    arcs = random_arcs(seed, [0.1, 0.2])
    indptr, indices, weight = compressed(arcs, incoming=True)
    cumulative = weight.copy()
    for node in range(N):
        row = slice(indptr[node], indptr[node + 1])
        cumulative[row] = np.cumsum(weight[row])
    sets = sample_walks(indptr, indices, cumulative, SETS, seed)
    for seeds in ({0}, {1, 3}):
        exact = exact_threshold(arcs, seeds)
        value, error = estimate(sets, seeds)
        assert abs(value - exact) <= 5 * error
        counts = run_thresholds(
            *compressed(arcs, incoming=False), np.array(sorted(seeds)), 40_000, seed
        )
        assert abs(counts.mean() - exact) <= 5 * counts.std() / np.sqrt(len(counts))


def test_a_bad_word_told_first_stays_bad() -> None:
    # 0 likes nothing and tells 1 for sure; 2 likes it and tells 1 a step later by way of 3.
    outgoing = compressed([(0, 1, 1.0), (2, 3, 1.0), (3, 1, 1.0)], incoming=False)
    quality = np.array([0.0, 1.0, 1.0, 1.0, 1.0])
    counts = run_cascades(*outgoing, np.array([0, 2]), quality, 500, 1)
    assert counts.tolist() == [2] * 500
    # Told of both in one step, it believes either, half of the time.
    outgoing = compressed([(0, 1, 1.0), (2, 1, 1.0)], incoming=False)
    counts = run_cascades(*outgoing, np.array([0, 2]), quality, 20_000, 1)
    assert counts.mean() == pytest.approx(1.5, abs=0.02)


def test_who_keeps_it_to_themselves_passes_nothing_on() -> None:
    incoming = compressed([(0, 1, 1.0), (1, 2, 1.0)], incoming=True)
    keep = np.array([1.0, 0.5, 1.0, 1.0, 1.0])
    sets = sample_cascades(*incoming, SETS, 4, 0, 1.0, keep)
    assert estimate(sets, {0})[0] == pytest.approx(2.0, abs=0.05)
    assert estimate(sets, {1})[0] == pytest.approx(1.0, abs=0.05)


def test_greedy_bookkeeping() -> None:
    sets = Sets(np.array([0, 2, 3, 3, 5]), np.array([0, 1, 1, 2, 0], np.int32))
    indptr, members = invert(sets, 3)
    assert [members[indptr[v] : indptr[v + 1]].tolist() for v in range(3)] == [[0, 3], [0, 1], [3]]
    gain, covered = np.diff(indptr), np.zeros(4, np.bool_)
    assert cover(0, sets.offsets, sets.nodes, indptr, members, covered, gain) == 2
    assert (gain.tolist(), covered.tolist()) == ([0, 1, 0], [True, False, False, True])
    assert first_hits(sets, np.array([0, 2, 1]), 3).tolist() == [2, 0, 1]


def test_streams_continue_and_repeat() -> None:
    incoming = compressed(random_arcs(1, [0.2, 0.5]), incoming=True)
    whole = sample_cascades(*incoming, 3 * BLOCK, 5)
    first = sample_cascades(*incoming, BLOCK, 5)
    joined = first.joined(sample_cascades(*incoming, 2 * BLOCK, 5, 1))
    assert np.array_equal(joined.nodes, whole.nodes)
    assert np.array_equal(joined.offsets, whole.offsets)
    assert EMPTY.size == 0
    other = sample_cascades(*incoming, BLOCK, 6)
    assert not np.array_equal(first.nodes, other.nodes)
