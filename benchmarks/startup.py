"""How long commands take that answer at once: `--help`, and a first look at the sample data.

`relgraph --help` stands beside `import click`, which it can't do without; the three commands run
on six_markets with compiled kernels in their cache. The runs alternate, so that a busy machine is
as unfair to one as to the other.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from comparing import Comparison, report

SAMPLE = Path(__file__).parents[1] / "sample_data" / "six_markets"
RELGRAPH = [sys.executable, "-m", "relgraph"]
RUNS = 11


def seconds(command: list[str]) -> float:
    """Return how long a command takes."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def medians(commands: dict[str, list[str]]) -> dict[str, float]:
    """Return the median seconds of each command, after a run that fills the caches."""
    for command in commands.values():
        seconds(command)
    times = [{name: seconds(command) for name, command in commands.items()} for _ in range(RUNS)]
    return {name: statistics.median(run[name] for run in times) for name in commands}


def helps() -> Iterator[Comparison]:
    shown, bare = medians(
        {"ours": [*RELGRAPH, "--help"], "click": [sys.executable, "-c", "import click"]}
    ).values()
    yield Comparison("relgraph --help", "no store", "import click", shown, bare, 2)


def first_looks() -> Iterator[Comparison]:
    with tempfile.TemporaryDirectory() as folder:
        store = f"{folder}/six_markets.lbug"
        seconds([*RELGRAPH, "import", "-d", store, str(SAMPLE)])
        looks = {
            f"relgraph {name}": [*RELGRAPH, name, "-d", store]
            for name in ("centrality", "reach", "strength")
        }
        for name, median in medians(looks).items():
            yield Comparison(name, "six_markets", "one second", median, 1.0, 1)


if __name__ == "__main__":
    report(helps, first_looks)
