"""From a store to a ranking: `centrality --measure pagerank` beside a script over NetworKit.

Both sides are processes of their own, which read all that they need: ours the embedded store,
theirs the CSV files that `relgraph export` makes of it, with pandas; and both compute PageRank of
the same network. Seconds are of the processor, with those of the system, because both sides use
several threads in parts. `python benchmarks/reading.py 100000 500000` makes a smaller network than
a million stakeholders with five million ties.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from comparing import Comparison, agree, report

MARKETS = ("customer", "supplier", "distributor", "competitor", "influencer", "employee")
TYPES = ("REFERS", "KNOWS", "SUPPLIES", "BUYS_FROM", "PARTNERS_WITH", "INFLUENCES")
TOP = 1000  # rows that both sides give
# What a user of NetworKit writes to get the same network: who left and what ended is out, a tie
# without a strength has the median of those like it, KNOWS and PARTNERS_WITH run both ways.
SCRIPT = """
import sys

import networkit as nk
import numpy as np
import pandas as pd

folder, top = sys.argv[1], int(sys.argv[2])
people = pd.read_csv(f"{folder}/stakeholders.csv", usecols=["id", "name", "market", "status"])
asked = ["source", "target", "type", "strength", "until"]
ties = pd.read_csv(f"{folder}/relationships.csv", usecols=asked)
ties = ties[~(ties["until"] < "2026-01-01")]
place = pd.Index(people["id"])
source, target = place.get_indexer(ties["source"]), place.get_indexer(ties["target"])
market = pd.factorize(people["market"])[0]
low = np.minimum(market[source], market[target])
high = np.maximum(market[source], market[target])
like = ties.groupby([ties["type"], low, high])["strength"]
strength = ties["strength"].fillna(like.transform("median")).to_numpy()
kept = (people["status"] != "left").to_numpy()
moved = np.where(kept, np.cumsum(kept) - 1, -1)
people, source, target = people[kept], moved[source], moved[target]
known = (source >= 0) & (target >= 0)
ties, source, target, strength = ties[known], source[known], target[known], strength[known]
both = ties["type"].isin(["KNOWS", "PARTNERS_WITH"]).to_numpy()
tails, heads = np.concatenate([source, target[both]]), np.concatenate([target, source[both]])
strengths = np.concatenate([strength, strength[both]])
graph = nk.GraphFromCoo(
    (strengths, (tails, heads)), n=len(people), weighted=True, directed=True
)
sinks = nk.centrality.SinkHandling.DistributeSinks
rank = nk.centrality.PageRank(graph, 0.85, 1e-9, distributeSinks=sinks)
rank.norm = nk.centrality.Norm.L1_NORM
rank.run()
scores = np.array(rank.scores())
order = np.argsort(-scores, kind="stable")[:top]
people.iloc[order].assign(pagerank=scores[order]).to_csv(sys.stdout, index=False)
"""


class Run(NamedTuple):
    """What a process wrote, its seconds of the processor and its peak memory in megabytes."""

    output: str
    seconds: float
    memory: float


def write_files(folder: Path, n: int, m: int) -> None:
    """Write stakeholders and ties: some left, some ended, a tenth of the ties without strength."""
    draw = np.random.default_rng(5)
    ids = np.array([f"s{number:07d}" for number in range(n)])
    left = np.where(draw.random(n) < 0.01, "left", "")
    people = {"id": ids, "name": np.char.add("Name ", ids), "status": left}
    people["market"] = np.array(MARKETS)[draw.integers(0, len(MARKETS), n)]
    pd.DataFrame(people).to_csv(folder / "stakeholders.csv", index=False)
    one, other = draw.integers(0, n, (2, m + m // 50))
    keys = np.minimum(one, other) * n + np.maximum(one, other)
    pairs = np.unique(keys[one != other])
    pairs = draw.choice(pairs, m, replace=False)
    turned = draw.random(m) < 0.5
    low, high = pairs // n, pairs % n
    strength = np.where(draw.random(m) < 0.1, np.nan, draw.integers(1, 101, m) / 100)
    ties = {
        "source": ids[np.where(turned, high, low)],
        "target": ids[np.where(turned, low, high)],
        "type": np.array(TYPES)[draw.integers(0, len(TYPES), m)],
        "strength": strength,
        "until": np.where(draw.random(m) < 0.01, "2020-01-01", ""),
    }
    pd.DataFrame(ties).to_csv(folder / "relationships.csv", index=False)


def run(command: Sequence[str]) -> Run:
    """Run a command to its end."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        output = process.stdout.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[:4]} ended with code {process.returncode}")
    return Run(output, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def pagerank(folder: Path, n: int, m: int) -> Iterator[Comparison]:
    """Compare a ranking from a store, without and with what the command before has kept."""
    if find_spec("networkit") is None:
        raise ModuleNotFoundError(name="networkit")
    write_files(folder, n, m)
    store, files = str(folder / "s.lbug"), [str(file) for file in sorted(folder.glob("*.csv"))]
    relgraph = [sys.executable, "-m", "relgraph", "-q"]
    run([*relgraph, "import", "-d", store, *files])
    rows = ["--measure", "pagerank", "--top", str(TOP), "--csv"]
    ranked = [*relgraph, "centrality", "-d", store, *rows]
    plain = run([*ranked, "--no-cache"])
    run(ranked)
    cached = run(ranked)
    script = run([sys.executable, "-c", SCRIPT, str(folder), str(TOP)])
    figures = [read_ranks(side.output) for side in (plain, cached, script)]
    agree("with the cache", figures[1], figures[0], 0.0)
    agree("PageRank", figures[0], figures[2], 1e-9)
    network = f"{n:,}/{m:,}"
    limits = (("", plain, 0.5), (", cached", cached, 0.25))
    for how, side, goal in limits:
        named = f"centrality from a store{how}"
        yield Comparison(named, network, "NetworKit", side.seconds, script.seconds, goal, "CPU s")
    for how, side, _ in limits:
        named = f"centrality from a store{how}: memory"
        yield Comparison(named, network, "NetworKit", side.memory, script.memory, 0.6, "MB")


def read_ranks(output: str) -> np.ndarray:
    """Return the PageRank of the rows that were written, the highest first."""
    return pd.read_csv(io.StringIO(output))["pagerank"].to_numpy()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stakeholders", nargs="?", type=int, default=1_000_000)
    parser.add_argument("ties", nargs="?", type=int, default=5_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        report(partial(pagerank, Path(temporary), chosen.stakeholders, chosen.ties))
