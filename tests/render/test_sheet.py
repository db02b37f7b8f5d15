"""Lines gathered from ties, and rings by hops, strength and level."""

from __future__ import annotations

import numpy as np
import pytest

from relgraph.render.sheet import gather_lines, measure_nearness
from tests.render.sheets import make_sheet, make_ties


def test_parallel_and_opposite_ties_are_one_line() -> None:
    ties = make_ties(
        [(0, 1, "REFERS"), (1, 0, "REFERS"), (1, 0, "BUYS_FROM"), (2, 1, "COMPETES_WITH")],
        strength=[0.2, np.nan, 0.7, np.nan],
        level=[np.nan, 2, 4, np.nan],
        at_risk=[False, True, False, False],
        sign=[1, 1, 1, -1],
    )
    lines = gather_lines(ties, 3)
    assert lines.of_tie.tolist() == [0, 0, 0, 1]
    assert list(zip(lines.source.tolist(), lines.target.tolist(), strict=True)) == [(0, 1), (1, 2)]
    assert lines.strength[0] == 0.7
    assert np.isnan(lines.strength[1])
    assert lines.level[0] == 4
    assert lines.at_risk.tolist() == [True, False]
    assert lines.rival.tolist() == [False, True]


def test_no_ties_are_no_lines() -> None:
    assert len(gather_lines(make_ties([]), 0).source) == 0


def test_rings_by_hop() -> None:
    chain = [(place, place + 1, "KNOWS") for place in range(6)]
    sheet = make_sheet(["firm", *["customer"] * 7], chain)
    near = measure_nearness(sheet, gather_lines(sheet.ties, 8), "hop")
    assert near.hops.tolist() == [0, 1, 2, 3, 4, 5, 6, np.inf]
    assert near.bands.tolist() == [0, 0, 1, 2, 3, 3, 3, 4]
    assert near.rings == (("hop", 1), ("hop", 2), ("hop", 3), ("hop_or_more", 4), ("apart", None))


def test_rings_that_nobody_is_in_are_left_out() -> None:
    sheet = make_sheet(["customer", "firm", "customer"], [(0, 1, "KNOWS")])
    near = measure_nearness(sheet, gather_lines(sheet.ties, 3), "hop")
    assert near.rings == (("hop", 1), ("apart", None))
    assert near.bands.tolist() == [0, 0, 1]


def test_rings_by_strength() -> None:
    ties = [(0, place, "KNOWS") for place in range(1, 5)]
    sheet = make_sheet(["firm", *["customer"] * 5], ties, strength=[0.9, 0.2, 0.1, np.nan])
    near = measure_nearness(sheet, gather_lines(sheet.ties, 6), "strength")
    assert [near.rings[band] for band in near.bands[1:].tolist()] == [
        ("strength", 0.8),
        ("strength", 0.2),
        ("strength", 0.0),
        ("strength_unknown", None),
        ("untied", None),
    ]
    assert near.bands[1:].tolist() == [0, 1, 2, 3, 4]


def test_rings_by_level() -> None:
    ties = [(0, place, "KNOWS") for place in range(1, 4)]
    sheet = make_sheet(["firm", *["customer"] * 4], ties, level=[5, 1, np.nan])
    near = measure_nearness(sheet, gather_lines(sheet.ties, 5), "level")
    assert [near.rings[band] for band in near.bands[1:].tolist()] == [
        ("level", 5),
        ("level", 1),
        ("level_unknown", None),
        ("untied", None),
    ]


@pytest.mark.parametrize("radius", ["hop", "strength", "level"])
def test_without_a_firm_there_is_one_ring(radius: str) -> None:
    sheet = make_sheet(["customer", "supplier"], [(0, 1, "SUPPLIES")])
    near = measure_nearness(sheet, gather_lines(sheet.ties, 2), radius)  # type: ignore[arg-type]
    assert near.rings == (("all", None),)
    assert np.isnan(near.hops).all()
