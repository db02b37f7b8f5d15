"""What every comparison shares: turns at the clock, agreement before a time counts, and its row.

A script hands functions that yield `Comparison`s to `report`, which prints each as a row of a
Markdown table, and a line that begins with an asterisk for what a reader has to know beside it.
`python benchmarks` collects these lines of every script into RESULTS.md.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

RUNS = 5
HEADER = (
    "| measure | network | peer | ours | theirs | ratio | wanted | |",
    "|---|---|---|---|---|---|---|---|",
)


class Comparison(NamedTuple):
    """One measure on one network: our figure, a peer's, and the ratio that is wanted.

    Times want a ratio of at most `goal`; figures of which more is better, `at_least` so much.
    `limit` tells what keeps ours where it is, and is printed when the goal is missed.
    """

    measure: str
    network: str
    peer: str
    ours: float
    theirs: float
    goal: float
    unit: str = "s"
    at_least: bool = False
    limit: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def holds(self) -> bool:
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def lines(self) -> list[str]:
        wanted = f"{'≥' if self.at_least else '≤'} {self.goal:.4g}"
        figures = f"{shown(self.ours)} {self.unit} | {shown(self.theirs)} {self.unit}"
        verdict = "holds" if self.holds else "misses"
        row = (
            f"| {self.measure} | {self.network} | {self.peer} | {figures} | "
            f"{shown(self.ratio)} | {wanted} | {verdict} |"
        )
        if self.holds or not self.limit:
            return [row]
        return [row, f"* {self.measure}, {self.network}, beside {self.peer}: {self.limit}"]


def shown(figure: float) -> str:
    """Return a figure with four digits that count."""
    return f"{figure:,.0f}" if abs(figure) >= 1000 else f"{figure:#.4g}"


def report(*parts: Callable[[], Iterator[Comparison]]) -> None:
    """Print what every part of a script yields; a peer that isn't there costs its part only."""
    print("\n".join(HEADER), flush=True)
    for part in parts:
        try:
            for comparison in part():
                print("\n".join(comparison.lines()), flush=True)
        except ModuleNotFoundError as missing:
            what = getattr(part, "func", part).__name__.replace("_", " ")
            print(f"* {what}: left out, {missing.name} isn't installed")


def timed(*sides: Callable[[], Any], runs: int = RUNS) -> tuple[list[Any], list[float]]:
    """Return what each side gives, and its median seconds, the sides taking turns.

    The first turn fills caches and does not count, unless it is the only one.
    """
    times: list[list[float]] = [[] for _ in sides]
    results = []
    for side, own in zip(sides, times, strict=True):
        result, seconds = once(side)
        results.append(result)
        if runs == 1:
            own.append(seconds)
    for _ in range(runs if runs > 1 else 0):
        for side, own in zip(sides, times, strict=True):
            own.append(once(side)[1])
    return results, [statistics.median(own) for own in times]


def once(side: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a side gives, and its seconds."""
    start = time.perf_counter()
    result = side()
    return result, time.perf_counter() - start


def agree(what: str, ours: Any, theirs: Any, within: float = 1e-9) -> None:
    """Stop when two answers differ by more than so much anywhere: then no time counts."""
    mine, other = np.asarray(ours, np.float64), np.asarray(theirs, np.float64)
    if not np.allclose(mine, other, rtol=0, atol=within, equal_nan=True):
        off = np.nanmax(np.abs(mine - other)) if mine.shape == other.shape else np.nan
        raise SystemExit(f"{what}: the answers differ by up to {off:g}, so no time counts")
