"""Positions: no circle touches another, each lies in its sector and ring, always the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist

from relgraph.model import MARKETS
from relgraph.render.layout import FLOOR_ANGLE, INNER, OUTER, Placement, arrange, divide_circle


def placement(count: int, seed: int = 0, bands: int = 3) -> Placement:
    rng = np.random.default_rng(seed)
    markets = rng.choice(len(MARKETS), count, p=[0.4, 0.3, 0.2, 0.1, 0.0, 0.0])
    _, used = np.unique(rng.integers(0, bands, count), return_inverse=True)
    ends = rng.integers(0, max(count, 1), (2, 3 * count))
    return Placement(
        markets,
        used,
        rng.random(count),
        rng.integers(0, 5, count),
        rng.uniform(0.7, 3.0, count),
        ends[0],
        ends[1],
    )


@pytest.mark.parametrize("count", [2, 12, 120, 1500])
def test_no_two_circles_overlap(count: int) -> None:
    placed = placement(count)
    layout = arrange(placed)
    radii = layout.unit * placed.sizes
    allowed = radii[:, None] + radii[None, :]
    distance = pdist(np.column_stack([layout.x, layout.y]))
    assert (distance >= allowed[np.triu_indices(count, 1)]).all()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 60), st.integers(0, 2**16), st.integers(1, 5))
def test_each_lies_in_its_sector_and_ring(count: int, seed: int, bands: int) -> None:
    placed = placement(count, seed, bands)
    layout = arrange(placed)
    angle = np.arctan2(layout.x, -layout.y) % (2 * np.pi)
    radius = np.hypot(layout.x, layout.y)
    sectors = [layout.sectors[market] for market in placed.markets.tolist()]
    slack = 0.01
    assert all(s.start - slack <= a <= s.end + slack for s, a in zip(sectors, angle, strict=True))
    outer = np.array(layout.rings)[placed.bands] if count else np.zeros(0)
    inner = np.concatenate([[INNER], layout.rings])[placed.bands] if count else np.zeros(0)
    assert (radius <= outer + 0.2).all()
    assert (radius >= inner - 0.2).all()
    assert layout.rings[-1] == pytest.approx(OUTER)


def test_sectors_follow_the_markets_order_and_fill_the_circle() -> None:
    sectors = divide_circle(np.array([91, 29, 3, 0, 0, 9]))
    assert [sector.market for sector in sectors] == list(MARKETS)
    assert sectors[0].start == 0
    assert sectors[-1].end == pytest.approx(2 * np.pi)
    widths = [sector.end - sector.start for sector in sectors]
    assert min(widths) == pytest.approx(FLOOR_ANGLE)
    assert widths[0] > widths[1] > widths[5] > widths[2] > widths[3]


def test_an_empty_map_has_six_equal_sectors() -> None:
    widths = [sector.end - sector.start for sector in arrange(placement(0)).sectors]
    assert widths == pytest.approx([np.pi / 3] * 6)


def test_the_same_seed_gives_the_same_positions() -> None:
    first, second = (arrange(placement(200), seed=4) for _ in range(2))
    assert np.array_equal(first.x, second.x)
    assert np.array_equal(first.y, second.y)
    assert not np.array_equal(first.x, arrange(placement(200), seed=5).x)


def test_communities_lie_side_by_side() -> None:
    count = 120
    rng = np.random.default_rng(1)
    communities = rng.integers(0, 6, count)
    one = np.zeros(count, dtype=np.int64)
    placed = Placement(one, one, rng.random(count), communities, np.ones(count), one[:0], one[:0])
    layout = arrange(placed)
    angle = np.arctan2(layout.x, -layout.y) % (2 * np.pi)
    neighbours = communities[np.argsort(angle)]
    changes = int((neighbours[1:] != neighbours[:-1]).sum())
    assert changes < 30  # a random order has about 100


def test_the_closest_lie_nearer_to_the_centre() -> None:
    count = 200
    rng = np.random.default_rng(2)
    one = np.zeros(count, dtype=np.int64)
    closeness = rng.random(count)
    layout = arrange(Placement(one, one, closeness, one, np.ones(count), one[:0], one[:0]))
    assert np.corrcoef(closeness, np.hypot(layout.x, layout.y))[0, 1] < -0.6
