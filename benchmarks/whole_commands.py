"""Whole commands on firms of several sizes, beside the script that one would write instead.

Run: python benchmarks/whole_commands.py [--sizes 10000 100000 1000000] [--picture FILE]

Every side is a process of its own, from its start to its last line: ours reads the store, a peer's
script the CSV files that the store was imported from. Seconds are of the processor, of all threads
together; memory is the largest resident set. Without a peer that does the like, a figure stands
beside what is allowed. A picture shows how the seconds of our commands grow.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from comparing import Comparison, report
from firms import write_firm
from startup import RELGRAPH

SIZES = (10_000, 100_000)  # a million takes half an hour more
TIES = 5  # of a stakeholder, on average
NETWORKX = 10_000  # the largest firm that it is given
SOMEBODY = "a5"

READ = """
import pandas as pd
people = pd.read_csv("stakeholders.csv", usecols=["id"], dtype=str)["id"]
ties = pd.read_csv("relationships.csv", usecols=["source", "target"], dtype=str)
place = pd.Series(range(len(people)), people)
source, target = place[ties["source"]].to_numpy(), place[ties["target"]].to_numpy()
"""
# How each library makes a graph of that, and what it is asked for.
GRAPHS = {
    "NetworkX": """
import networkx as nx
graph = nx.DiGraph()
graph.add_nodes_from(range(len(people)))
graph.add_edges_from(zip(source.tolist(), target.tolist()))
""",
    "igraph": """
import igraph, numpy as np
graph = igraph.Graph(len(people), np.column_stack([source, target]), directed=True)
""",
    "NetworKit": """
import networkit as nk, numpy as np
nk.setNumberOfThreads(2)
graph = nk.Graph(len(people), directed=True)
graph.addEdges((source.astype(np.uint64), target.astype(np.uint64)))
""",
}
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "pagerank": {
        "NetworkX": "ranks = nx.pagerank(graph)",
        "igraph": "ranks = graph.pagerank()",
        "NetworKit": "ranks = nk.centrality.PageRank(graph, 0.85, 1e-9).run().ranking()",
    },
    "communities": {
        "NetworkX": "found = nx.community.louvain_communities(graph.to_undirected(), seed=0)",
        "igraph": "found = graph.as_undirected().community_leiden('modularity', n_iterations=-1)",
        "NetworKit": "found = nk.community.ParallelLeiden("
        "nk.graphtools.toUndirected(graph)).run().getPartition()",
    },
}


class Command(NamedTuple):
    """A command line of ours, what it stands beside and what of its time is allowed."""

    line: str
    question: str | None = None  # of the peers
    allowed: float = 120.0  # seconds on the largest firm, where there is no peer


COMMANDS = {
    "info": Command("info"),
    "centrality": Command("centrality --measure pagerank --top 10", "pagerank"),
    "show": Command(f"show {SOMEBODY}", allowed=3),
    "reach": Command(f"reach {SOMEBODY}", allowed=20),
    "reach --top 10": Command("reach --top 10", allowed=60),
    "communities": Command("communities --top 10", "communities"),
    "brokers": Command("brokers --top 10"),
    "strength": Command("strength --top 10"),
    "value": Command("value --draws 200 --top 10", allowed=60),
    "exit": Command("exit --draws 200 --top 10", allowed=60),
    "overdue": Command("overdue --top 10", allowed=60),
    "plan": Command("plan --draws 200", allowed=180),
    "map": Command("map -o map.html", allowed=60),
    "report": Command("report -o report.html", allowed=180),
}


class Used(NamedTuple):
    """What a process used."""

    seconds: float
    memory: float  # in GB


def run(command: list[str], folder: Path) -> Used:
    """Return what a command used; it must succeed."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command}: ended with code {process.returncode}")
    return Used(used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6)


def ours(line: str, folder: Path) -> Used:
    """Return what a command line of ours used on the folder's store."""
    name, *rest = line.split()
    return run([*RELGRAPH, name, "-q", "-d", "firm.lbug", *rest], folder)


def peers(question: str | None, accounts: int) -> dict[str, str]:
    """Return the scripts of those who can answer, by their name; only reading for no question."""
    found = {}
    for name, graph in GRAPHS.items():
        asked = "" if question is None else QUESTIONS[question].get(name)
        if asked is None or not find_spec(name.lower()):
            continue
        if name != "NetworkX" or accounts <= NETWORKX:
            found[name] = READ + graph + asked
    return found


def beside(
    name: str, network: str, used: Used, scripts: Mapping[str, str], folder: Path
) -> Iterator[Comparison]:
    """Compare a command with the scripts of its peers."""
    for peer, script in scripts.items():
        theirs = run([sys.executable, "-c", script], folder)
        peer = f"{peer}, reading CSV"
        yield Comparison(name, network, peer, used.seconds, theirs.seconds, 1, "s CPU")
        what = f"{name}: peak memory"
        yield Comparison(what, network, peer, used.memory, theirs.memory, 1, "GB")


def whole_commands(
    accounts: int, curves: dict[str, list[tuple[int, float]]]
) -> Iterator[Comparison]:
    ties = TIES * accounts
    network = f"{accounts:,}/{ties:,}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_firm(folder, accounts, ties)
        used = run([*RELGRAPH, "import", "-q", "-d", "firm.lbug", *files], folder)
        curves.setdefault("import", []).append((ties, used.seconds))
        yield from beside("import", network, used, peers(None, accounts), folder)
        for what, command in COMMANDS.items():
            used = ours(command.line, folder)
            curves.setdefault(what, []).append((ties, used.seconds))
            if command.question is None:
                limit = command.allowed
                yield Comparison(what, network, "what is allowed", used.seconds, limit, 1, "s CPU")
                memory = f"{what}: peak memory"
                yield Comparison(memory, network, "what is allowed", used.memory, 4, 1, "GB")
            else:
                scripts = peers(command.question, accounts)
                yield from beside(what, network, used, scripts, folder)


def draw(curves: Mapping[str, list[tuple[int, float]]], file: Path) -> None:
    """Draw how processor time grows with ties, both on a scale of logarithms."""
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 5.5))
    for name, points in curves.items():
        axes.loglog(*zip(*points, strict=True), marker="o", markersize=3, label=name)
    axes.set_xlabel("relationships")
    axes.set_ylabel("seconds of processor time, start included")
    axes.grid(visible=True, which="major", alpha=0.3)
    axes.legend(fontsize=8, ncols=2, frameon=False)
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    curves: dict[str, list[tuple[int, float]]] = {}
    report(*(partial(whole_commands, accounts, curves) for accounts in options.sizes))
    if options.picture:
        draw(curves, options.picture)


if __name__ == "__main__":
    main()
