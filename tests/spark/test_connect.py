"""The command line over Spark Connect."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyspark
import pytest

from relgraph import api
from relgraph.store import Store

SECONDS = 300


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of Spark Connect."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("connect")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [
                str(Path(pyspark.__file__).parent / "bin" / "spark-submit"),
                *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
                *("--master", "local[2]", "--conf", "spark.ui.enabled=false"),
                *("--conf", f"spark.connect.grpc.binding.port={port}"),
                *("--conf", "spark.sql.shuffle.partitions=2"),
            ],
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait(port)
        yield f"sc://localhost:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(port: int) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            with socket.create_connection(("localhost", port), 1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError


def relgraph(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "relgraph", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def rows_of(process: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert process.returncode == 0, process.stderr
    rows: list[dict[str, Any]] = json.loads(process.stdout)
    return rows


def test_centrality_on_spark_and_collected(server: str, firm: Path, store: Store) -> None:
    asked = ["centrality", "--master", server, "--data", firm / "parquet", "--json", "--top", 20]
    degree = relgraph(*asked, "--measure", "degree", "--engine", "spark")
    expected = api.rank_centrality(store, "degree").head(20)
    assert rows_of(degree) == list(expected.rows())
    assert "measured on Spark: " in degree.stderr
    collected = relgraph(*asked, "--measure", "betweenness")
    assert [row["id"] for row in rows_of(collected)] == [
        row["id"] for row in api.rank_centrality(store, "betweenness").head(20).rows()
    ]
    assert "were collected from Spark" in collected.stderr


def test_reach_of_a_store(server: str, firm: Path, store: Store) -> None:
    found = relgraph(
        *("reach", "-d", firm / "firm.lbug", "--master", server, "--engine", "spark"),
        *("--hops", 2, "--json", "--top", 10),
    )
    assert rows_of(found) == list(api.rank_reach(store, hops=2).head(10).rows())


def test_what_cant_be_had_exits_2_and_names_what_can(server: str, firm: Path) -> None:
    there = ("--master", server, "--data", firm / "parquet")
    refused = relgraph("centrality", *there, "--engine", "spark", "--measure", "betweenness")
    assert refused.returncode == 2
    assert refused.stderr == (
        "relgraph: error: --measure: betweenness can't be measured on Spark; degree, in_degree, "
        "out_degree, weighted_degree, pagerank can\n"
    )
    assert "--at-risk can't be had" in relgraph("strength", *there, "--at-risk").stderr
