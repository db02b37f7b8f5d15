"""Counts that work grows with: each option has a range, tells it, and refuses what is outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.assumptions import LIMITS
from tests.conftest import Relgraph

HUGE = 99999999999999999999
COUNTS = [
    (("reach",), "--cascades", "cascades"),
    (("advocates",), "--cascades", "cascades"),
    (("advocates",), "-k", "advocates"),
    (("keyplayers",), "-k", "keyplayers"),
    (("brokers", "--between"), "--permutations", "permutations"),
    (("intro", "a"), "-k", "introductions"),
    (("intro", "a"), "--hops", "introduction_hops"),
    (("portfolio",), "--draws", "draws"),
    (("plan",), "-k", "investments"),
    (("map", "--focus", "a"), "--hops", "hops"),
]


@pytest.mark.parametrize(("command", "option", "name"), COUNTS)
def test_a_count_outside_its_range_is_refused(
    relgraph: Relgraph, tmp_path: Path, command: tuple[str, ...], option: str, name: str
) -> None:
    low, high = LIMITS[name]
    for wrong in (low - 1, high + 1, 10**9, HUGE, -HUGE):
        done = relgraph(*command, option, str(wrong), "-d", tmp_path / "unopened.lbug")
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{option}': {wrong:,} is not from {low:,} to {high:,}" in done.stderr
        assert len(done.stderr.splitlines()) == 1
    within = relgraph(*command, option, str(high), "-d", tmp_path / "missing.lbug")
    assert within.exit_code == 3


@pytest.mark.parametrize(("command", "option", "name"), COUNTS)
def test_the_help_tells_the_range(
    relgraph: Relgraph, command: tuple[str, ...], option: str, name: str
) -> None:
    low, high = LIMITS[name]
    assert f"{low}<=x<={high}" in " ".join(relgraph(command[0], "--help").stdout.split())


def test_defaults_are_within_their_ranges() -> None:
    from relgraph.assumptions import ASSUMPTIONS

    assert set(LIMITS) == {name for *_, name in COUNTS}
    for each in ASSUMPTIONS:
        if each.limits:
            assert each.limits[0] <= each.value <= each.limits[1]
