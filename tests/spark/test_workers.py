"""A worker that is killed in the middle changes nothing: Spark does its part again."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import numpy as np

from relgraph.analysis.centrality.prestige import pagerank
from relgraph.firm import read_network
from relgraph.progress import Progress
from relgraph.settings import RankingSettings
from relgraph.spark import read_graph
from relgraph.store import Store


def executors() -> list[int]:
    """Return the processes of this process's workers."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            if b"CoarseGrainedExecutorBackend" in command and _is_ours(int(folder.name)):
                found.append(int(folder.name))
        except OSError:  # it has ended
            continue
    return found


def _is_ours(pid: int) -> bool:
    while pid > 1:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        pid = int(status.rpartition(")")[2].split()[1])
        if pid == os.getpid():
            return True
    return False


class Killing(Progress):
    """Kills a worker after the third sweep of ranks."""

    def __init__(self) -> None:
        self.task, self.sweeps, self.killed = "", 0, 0

    def start(self, task: str, total: int | None = None, **values: object) -> None:
        self.task = task

    def advance(self, steps: int = 1) -> None:
        if self.task == "progress.spark_pagerank":
            self.sweeps += 1
            if self.sweeps == 3:
                self.killed = executors()[0]
                os.kill(self.killed, signal.SIGKILL)


def test_a_killed_worker_changes_nothing(spark: Any, tables: Any, store: Store) -> None:
    progress = Killing()
    graph = read_graph(spark, tables.stakeholders, tables.relationships, progress=progress)
    table = graph.pagerank().toArrow()
    assert progress.killed
    assert progress.sweeps > 5
    assert progress.killed not in executors()
    network = read_network(store, RankingSettings())
    found = dict(zip(table["id"].to_pylist(), table["pagerank"].to_pylist(), strict=True))
    ranks = np.array([found[each] for each in network.ids])
    assert np.abs(ranks - pagerank(network)).sum() <= 1e-5
