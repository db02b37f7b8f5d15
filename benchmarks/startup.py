"""How long commands take that answer at once: `--help`, and a first look at the sample data.

Run: python benchmarks/startup.py [--against PROGRAM]

`relgraph --help` stands beside `import click`, which it can't do without; the other commands run
on six_markets with compiled kernels in their cache. With `--against`, the commands stand beside
those of another installation instead, say the one before a change:

    python benchmarks/startup.py --against ../before/.venv/bin/relgraph

Each installation reads a store of its own. The runs take turns, so that a busy machine is as
unfair to one side as to the other, and ratios are of user CPU seconds, which others' work hardly
changes.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from comparing import Comparison, report

SAMPLE = Path(__file__).parents[1] / "sample_data" / "six_markets"
RELGRAPH = [str(Path(sys.executable).with_name("relgraph"))]
RUNS = 11
FIRST_LOOKS = ("centrality", "reach", "strength")
COMMANDS = ("info", "centrality", "reach", "strength", "brokers", "keyplayers", "map", "report")
NO_SLOWER = 1.05  # what the median of equal sides may miss by

Command = list[str]


def run(command: Command) -> None:
    """Run a command and show nothing; another installation must not import our sources."""
    ours = command[0] in (*RELGRAPH, sys.executable)
    settings = {name: os.environ[name] for name in os.environ if ours or name != "PYTHONPATH"}
    silent = subprocess.DEVNULL
    subprocess.run(command, stdout=silent, stderr=silent, check=True, env=settings)


def wall_seconds(command: Command) -> float:
    """Return how long a command takes."""
    start = time.perf_counter()
    run(command)
    return time.perf_counter() - start


def user_seconds(command: Command) -> float:
    """Return how long the processor works for a command, the system's work left out."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run(command)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - start


def medians(
    commands: Mapping[str, Command], seconds: Callable[[Command], float]
) -> dict[str, float]:
    """Return the median seconds of each command, after a run that fills the caches."""
    for command in commands.values():
        run(command)
    times = [{name: seconds(command) for name, command in commands.items()} for _ in range(RUNS)]
    return {name: statistics.median(each[name] for each in times) for name in commands}


def helps() -> Iterator[Comparison]:
    sides = {"ours": [*RELGRAPH, "--help"], "click": [sys.executable, "-c", "import click"]}
    shown, bare = medians(sides, user_seconds).values()
    yield Comparison("relgraph --help", "no store", "import click", shown, bare, 1.5)


def first_looks() -> Iterator[Comparison]:
    with tempfile.TemporaryDirectory() as folder:
        looks = commands_of(RELGRAPH, Path(folder), FIRST_LOOKS)
        for name, median in medians(looks, wall_seconds).items():
            yield Comparison(f"relgraph {name}", "six_markets", "one second", median, 1.0, 1)


def installations(other: str) -> Iterator[Comparison]:
    """Compare each command of this installation with that of another one."""
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        mine = commands_of(RELGRAPH, Path(ours), COMMANDS)
        its = commands_of([other], Path(theirs), COMMANDS)
        for name in mine:
            one, two = medians({"ours": mine[name], "theirs": its[name]}, user_seconds).values()
            yield Comparison(f"relgraph {name}", "six_markets", other, one, two, NO_SLOWER)


def commands_of(program: Command, folder: Path, names: tuple[str, ...]) -> dict[str, Command]:
    """Import the sample data into a store in a folder; return commands that read it, by name."""
    store = str(folder / "six_markets.lbug")
    run([*program, "import", "-d", store, str(SAMPLE)])
    written = {
        "map": ["-o", str(folder / "map.html")],
        "report": ["-o", str(folder / "report.html")],
    }
    return {name: [*program, name, "-d", store, *written.get(name, [])] for name in names}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How long commands take that answer at once.")
    parser.add_argument("--against", metavar="PROGRAM", help="the relgraph of another installation")
    other = parser.parse_args().against
    report(*([partial(installations, other)] if other else [helps, first_looks]))
