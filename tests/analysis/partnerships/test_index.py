"""The partnership index against its formula written out by hand."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.analysis.partnerships.index import (
    COMPONENT,
    WEIGHTS,
    composite,
    given_interval,
    partnership_index,
)

BLOCKS = [("two_way", "cooperation", "win_win"), ("intimacy", "control"), ("trust", "commitment")]
NAMES = [name for block in BLOCKS for name in block]


def row(**components: float) -> npt.NDArray[np.float64]:
    values = np.full((1, 7), np.nan)
    for name, value in components.items():
        values[0, COMPONENT[name]] = value
    return values


def by_hand(components: dict[str, float]) -> float:
    """Return the index over known components, zeros counting as 0.01."""
    blocks = []
    for number, names in enumerate(BLOCKS):
        known = [max(components[name], 0.01) for name in names if name in components]
        if known:
            mean = sum(known) / len(known)
            blocks.append(math.prod(known) ** (1 / len(known)) if number == 2 else mean)
    return math.prod(blocks) ** (1 / len(blocks))


def weight(components: dict[str, float]) -> float:
    return sum(1 / 3 / len(names) for names in BLOCKS for name in names if name in components)


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(0, 1)))
def test_the_index_is_the_formula(components: dict[str, float]) -> None:
    index = partnership_index(row(**components))
    assert index.coverage[0] == pytest.approx(weight(components))
    if weight(components) < 0.4:
        assert np.isnan([index.strength[0], index.low[0], index.high[0]]).all()
    else:
        low = {name: components.get(name, 0.1) for name in NAMES}
        high = {name: components.get(name, 0.9) for name in NAMES}
        expected = by_hand(components)
        assert index.strength[0] == pytest.approx(expected)
        assert index.low[0] == pytest.approx(min(by_hand(low), expected))
        assert index.high[0] == pytest.approx(max(by_hand(high), expected))
        assert index.low[0] <= index.strength[0] <= index.high[0]
        assert 0 < index.strength[0] <= 1 + 1e-12


def test_low_trust_cannot_be_made_up_for() -> None:
    assert composite(row(trust=0.9, commitment=0.2))[0] == pytest.approx(0.424, abs=5e-4)


def test_the_range_reaches_to_an_index_beyond_what_is_missing() -> None:
    best = partnership_index(row(trust=0.99, commitment=0.99, intimacy=0.95))
    assert best.high[0] == best.strength[0] == pytest.approx(math.sqrt(0.99 * 0.95))
    assert best.low[0] == pytest.approx((0.1 * (0.95 + 0.1) / 2 * 0.99) ** (1 / 3))
    worst = partnership_index(row(trust=0.02, commitment=0.02, intimacy=0.05))
    assert worst.low[0] == worst.strength[0] == pytest.approx(math.sqrt(0.02 * 0.05))


@given(st.floats(1e-6, 1), st.floats(1e-6, 1))
def test_a_given_strength_lies_in_an_interval(one: float, other: float) -> None:
    strength = np.array([one, other])
    low, high = given_interval(strength)
    power = math.exp(1.959963985 * 0.5)
    assert low.tolist() == pytest.approx([min(s, 0.99) ** power for s in (one, other)])
    assert high.tolist() == pytest.approx([s ** (1 / power) for s in (one, other)])
    assert ((low > 0) & (low < high) & (low <= strength) & (strength <= high)).all()
    if one <= other:
        assert low[0] <= low[1]
        assert high[0] <= high[1]


def test_everything_known_is_full_coverage_and_no_range() -> None:
    index = partnership_index(row(**dict.fromkeys(NAMES, 0.6)))
    assert index.coverage[0] == 1.0
    assert [index.strength[0], index.low[0], index.high[0]] == pytest.approx([0.6] * 3)


@pytest.mark.parametrize(
    ("known", "enough"),
    [
        (("trust", "commitment"), False),
        (("trust", "commitment", "two_way"), True),
        (("two_way", "cooperation", "win_win"), False),
        (("trust", "control", "cooperation"), True),
        (NAMES, True),
        ((), False),
    ],
)
def test_an_index_needs_four_tenths_of_the_weight(known: tuple[str, ...], enough: bool) -> None:
    index = partnership_index(row(**dict.fromkeys(known, 0.5)))
    assert bool(np.isfinite(index.strength[0])) is enough


def test_zero_counts_as_a_hundredth() -> None:
    zeros = partnership_index(row(**dict.fromkeys(NAMES, 0.0)))
    assert zeros.strength[0] == pytest.approx(0.01)


def test_weights_are_a_third_a_block() -> None:
    assert WEIGHTS.tolist() == pytest.approx([1 / 9] * 3 + [1 / 6] * 4)


@given(st.lists(st.booleans(), min_size=7, max_size=7))
def test_coverage_is_a_share_to_the_last_digit(known: list[bool]) -> None:
    row = np.where(known, 0.5, np.nan)
    coverage = partnership_index(np.vstack([row, row])).coverage
    assert (coverage <= 1).all()
    assert (coverage[0] == 1) == all(known)
