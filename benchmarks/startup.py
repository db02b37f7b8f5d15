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
from pathlib import Path

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


if __name__ == "__main__":
    helps = medians(
        {
            "relgraph --help": [*RELGRAPH, "--help"],
            "python -c 'import click'": [sys.executable, "-c", "import click"],
        }
    )
    for name, median in helps.items():
        print(f"{name:26} {median * 1000:7.0f} ms")
    shown, bare = helps.values()
    print(f"{'ratio':26} {shown / bare:7.2f}    (at most 2)")
    with tempfile.TemporaryDirectory() as folder:
        store = f"{folder}/six_markets.lbug"
        seconds([*RELGRAPH, "import", "-d", store, str(SAMPLE)])
        looks = {
            f"relgraph {name}": [*RELGRAPH, name, "-d", store]
            for name in ("centrality", "reach", "strength")
        }
        for name, median in medians(looks).items():
            print(f"{name:26} {median * 1000:7.0f} ms (at most 1000)")
