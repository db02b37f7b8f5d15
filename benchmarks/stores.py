"""Imports and reads of 100,000 stakeholders and 500,000 relationships, beside the bare drivers.

Each side in the same run: the embedded store beside Ladybug's own COPY FROM, the server beside the
driver's bare UNWIND batches and its bare collected read. relgraph's side reads and checks the CSV
files too. `python benchmarks/stores.py 0.1` takes a tenth of the rows; `--embedded` leaves the
server out, which needs Java and Maven and takes minutes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import ladybug
import neo4j
import numpy as np
import pandas as pd
import pyarrow as pa
from comparing import Comparison, report

from relgraph.api.importing import import_files
from relgraph.store import Store, fetch_network, open_store

sys.path.insert(0, str(Path(__file__).parents[1]))
from tools.neo4j.server import Neo4jServer

PEOPLE, TIES, RUNS, BATCH = 100_000, 500_000, 5, 10_000
SERVER_RUNS = 3  # each takes two minutes
MARKETS = ("customer", "supplier", "distributor", "competitor", "influencer", "employee")
TYPES = ("REFERS", "KNOWS", "SUPPLIES", "BUYS_FROM", "OWNS", "ADVISES", "LENDS_TO", "HOSTS")


def make_tables(scale: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return stakeholders and relationships, the same every time."""
    draw = np.random.default_rng(5)
    count = int(PEOPLE * scale)
    ids = np.array([f"s{number}" for number in range(count)])
    people = pd.DataFrame({"id": ids, "name": ids, "market": draw.choice(MARKETS, count)})
    people["revenue"] = draw.integers(0, 10**6, count) / 100
    ends = ids[draw.integers(0, count, (int(TIES * scale), 2))]
    ties = pd.DataFrame({"source": ends[:, 0], "target": ends[:, 1]})
    # One way for a pair, so that no type that runs both ways is given twice.
    ties = ties[ties["source"] < ties["target"]].drop_duplicates(ignore_index=True)
    more = ties.sample(frac=1, random_state=5).assign(type="REFERS")
    ties = pd.concat([ties.assign(type=draw.choice(TYPES[1:], len(ties))), more])
    ties["strength"] = draw.integers(1, 101, len(ties)) / 100
    return people, ties.iloc[: int(TIES * scale)]


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def copy_from(path: Path, people: pd.DataFrame, ties: pd.DataFrame) -> None:
    """Load the tables with the embedded engine alone."""
    with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
        connection.execute(
            "CREATE NODE TABLE Stakeholder(id STRING PRIMARY KEY, name STRING, market STRING, "
            "revenue DOUBLE)"
        )
        rows = pa.Table.from_pandas(people, preserve_index=False)
        connection.execute("COPY Stakeholder FROM $rows", {"rows": rows})
        for name, part in ties.groupby("type"):
            rows = pa.Table.from_pandas(part.drop(columns="type"), preserve_index=False)
            connection.execute(
                f"CREATE REL TABLE {name}(FROM Stakeholder TO Stakeholder, strength DOUBLE)"
            )
            connection.execute(f"COPY {name} FROM $rows", {"rows": rows})
        connection.execute("CHECKPOINT")


def import_into(url: str, files: Path) -> None:
    """Import the files with relgraph."""
    with open_store(url, write=True) as store:
        import_files(store, [files], replace=True)


def unwind(driver: neo4j.Driver, people: pd.DataFrame, ties: pd.DataFrame) -> None:
    """Load the tables into the server with the driver alone."""
    with driver.session() as session:

        def send(cypher: neo4j.Query | str, rows: list[dict[str, object]]) -> None:
            for start in range(0, len(rows), BATCH):
                session.run(cypher, rows=rows[start : start + BATCH]).consume()

        empty(driver)
        send(
            "UNWIND $rows AS row CREATE (s:Stakeholder {id: row.id}) SET s += row",
            people.to_dict("records"),  # type: ignore[arg-type]
        )
        for name, part in ties.groupby("type"):
            send(
                "UNWIND $rows AS row MATCH (a:Stakeholder {id: row.source}) "
                "MATCH (b:Stakeholder {id: row.target}) "
                f"CREATE (a)-[r:{name} {{strength: row.strength}}]->(b)",
                part.to_dict("records"),  # type: ignore[arg-type]
            )


def empty(driver: neo4j.Driver) -> None:
    """Delete everything on the server."""
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS").consume()


def read_bare(driver: neo4j.Driver) -> None:
    """Read what a network needs with the driver alone, one record a source."""
    with driver.session() as session:
        session.run(
            "MATCH (s:Stakeholder) RETURN collect([s.id, s.name, s.market, s.status])"
        ).values()
        session.run(
            "MATCH (a:Stakeholder)-[r]->(b:Stakeholder) "
            "RETURN a.id, collect([b.id, type(r), r.strength, r.sign])"
        ).values()


def read_ours(store: Store) -> None:
    """Read the network with relgraph, types of the default network and all."""
    fetch_network(store)


def embedded(folder: Path, people: pd.DataFrame, ties: pd.DataFrame) -> Iterator[Comparison]:
    """Compare an import into a file."""
    ours, bare = [], []
    for run in range(RUNS):
        bare.append(seconds(lambda run=run: copy_from(folder / f"bare{run}", people, ties)))  # type: ignore[misc]
        url = str(folder / f"ours{run}.lbug")
        ours.append(seconds(lambda url=url: import_into(url, folder / "files")))  # type: ignore[misc]
    yield comparison("import into a file", people, ties, "COPY FROM", (ours, bare), 3)


def server(folder: Path, people: pd.DataFrame, ties: pd.DataFrame) -> Iterator[Comparison]:
    """Compare an import into a server, and reading a network from it."""
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    if missing:
        print(f"* imports into a server and reads from it: left out, no {' and '.join(missing)}")
        return
    with Neo4jServer(heap="2g") as server:
        os.environ |= {"NEO4J_USERNAME": server.user, "NEO4J_PASSWORD": server.password}
        auth = (server.user, server.password)
        with neo4j.GraphDatabase.driver(server.url, auth=auth) as driver:
            import_into(server.url, folder / "files")  # the constraint, and a warm server
            with open_store(server.url) as store:
                reads = [
                    (seconds(lambda: read_ours(store)), seconds(lambda: read_bare(driver)))
                    for _ in range(SERVER_RUNS)
                ]
            ours, bare = [], []
            for _ in range(SERVER_RUNS):
                bare.append(seconds(lambda: unwind(driver, people, ties)))
                empty(driver)
                ours.append(seconds(lambda: import_into(server.url, folder / "files")))
                empty(driver)
    sides = ours, bare
    yield comparison("import into a server", people, ties, "the driver's batches", sides, 1.3)
    mine, others = zip(*reads, strict=True)
    sides = list(mine), list(others)
    yield comparison("network from a server", people, ties, "a collected read", sides, 1.2)


def comparison(
    measure: str,
    people: pd.DataFrame,
    ties: pd.DataFrame,
    peer: str,
    sides: tuple[list[float], list[float]],
    goal: float,
) -> Comparison:
    """Return the medians of both sides as a row."""
    ours, theirs = (statistics.median(side) for side in sides)
    return Comparison(measure, f"{len(people):,}/{len(ties):,}", peer, ours, theirs, goal)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scale", nargs="?", type=float, default=1.0)
    parser.add_argument("--embedded", action="store_true")
    chosen = parser.parse_args()
    tables = make_tables(chosen.scale)
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        (work / "files").mkdir()
        for name, table in zip(("stakeholders", "relationships"), tables, strict=True):
            table.to_csv(work / "files" / f"{name}.csv", index=False)
        parts = (embedded,) if chosen.embedded else (embedded, server)
        report(*(partial(part, work, *tables) for part in parts))
