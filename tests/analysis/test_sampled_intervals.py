"""Intervals against the exact probability that they hold, and against draws of known mean."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from relgraph.analysis.sampled_intervals import mean_interval, share_interval


@pytest.mark.parametrize("draws", [640, 1000, 100_000])
def test_the_interval_of_a_share_holds_it_as_often_as_it_says(draws: int) -> None:
    hits = np.arange(min(draws, 400) + 1.0)
    low, high = share_interval(hits, draws)
    shares = np.geomspace(0.02, 40, 300) / draws
    held = np.array(
        [binom.pmf(hits, draws, share)[(low <= share) & (share <= high)].sum() for share in shares]
    )
    assert held.min() >= 0.92
    assert 0.95 <= held.mean() <= 0.975
    often = shares * draws > 8
    assert held[often].max() <= 0.98


def test_no_hit_and_nothing_but_hits_are_not_certain() -> None:
    low, high = share_interval(np.array([0.0, 1000.0]), 1000)
    assert low.tolist() == pytest.approx([0, 0.025 ** (1 / 1000)])
    assert high.tolist() == pytest.approx([1 - 0.025 ** (1 / 1000), 1])


@pytest.mark.parametrize("batches", [10, 40, 157])
def test_few_batches_are_told_by_students_t(batches: int) -> None:
    rng = np.random.default_rng(1)
    drawn = rng.binomial(64 * 20, 0.3, (4000, batches)) / 64
    mean, error = drawn.mean(axis=1), drawn.std(axis=1, ddof=1) / np.sqrt(batches)
    low, high = mean_interval(mean, error, 64 * batches, batches, 0.0, 20.0)
    assert ((low <= 6) & (high >= 6)).mean() == pytest.approx(0.95, abs=0.012)


@pytest.mark.parametrize("rate", [1e-4, 5e-4, 2e-3, 1e-2, 0.999])
def test_few_events_of_several_at_once_are_held(rate: float) -> None:
    """An event of probability `rate` brings 30 of 1,000: the mean is 30·rate."""
    rng = np.random.default_rng(2)
    batches, runs = 157, 3000
    drawn = 30 * rng.binomial(64, rate, (runs, batches)) / 64
    mean, error = drawn.mean(axis=1), drawn.std(axis=1, ddof=1) / np.sqrt(batches)
    low, high = mean_interval(mean, error, 64 * batches, batches, 0.0, 1000.0)
    assert ((low <= 30 * rate) & (high >= 30 * rate)).mean() >= 0.92


@given(
    st.floats(0, 1),
    st.one_of(st.just(0.0), st.floats(1e-12, 50)),
    st.integers(10, 200),
    st.floats(0, 1e6),
)
def test_every_figure_lies_inside_its_interval_and_that_inside_the_bounds(
    share: float, error: float, batches: int, width: float
) -> None:
    mean = 1 + share * width
    low, high = mean_interval(mean, error, 64 * batches, batches, 1.0, 1 + width)
    assert 1 <= low <= mean <= high <= max(mean, 1 + width)
