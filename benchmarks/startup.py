"""How long `relgraph --help` takes beside `import click`, which it can't do without.

Both run in turn, so that a busy machine is as unfair to one as to the other.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15
HELP = [sys.executable, "-m", "relgraph", "--help"]
CLICK = [sys.executable, "-c", "import click"]


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def medians() -> tuple[float, float]:
    """Return the medians of `relgraph --help` and of `import click`."""
    for command in (HELP, CLICK):
        seconds(command)  # fills the caches
    pairs = [(seconds(HELP), seconds(CLICK)) for _ in range(RUNS)]
    shown, bare = zip(*pairs, strict=True)
    return statistics.median(shown), statistics.median(bare)


if __name__ == "__main__":
    shown, bare = medians()
    print(f"relgraph --help        {shown * 1000:6.1f} ms")
    print(f"python -c import click {bare * 1000:6.1f} ms")
    print(f"ratio                  {shown / bare:6.2f}  (at most 2)")
