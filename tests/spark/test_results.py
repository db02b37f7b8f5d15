"""Results are written part by part, and an interrupted write goes on where it ended."""

from __future__ import annotations

from pathlib import Path
from shutil import copy, rmtree
from typing import Any

import pytest

from relgraph import api
from relgraph.errors import UnknownStakeholder, UsageError
from relgraph.progress import Progress
from relgraph.spark import read_graph, write_results

PARTS = 4


class Interrupted(Progress):
    """Ends a write after its second part."""

    def __init__(self) -> None:
        self.steps = 0

    def advance(self, steps: int = 1) -> None:
        self.steps += steps
        if self.steps == 2:
            raise KeyboardInterrupt


@pytest.fixture(scope="module")
def degrees(spark: Any, tables: Any) -> Any:
    graph = read_graph(spark, tables.stakeholders, tables.relationships)
    return graph.degree().localCheckpoint()


def rows_of(frame: Any) -> list[Any]:
    return sorted(map(tuple, frame.select("id", "degree").collect()))


def test_parquet_goes_on_where_it_ended(spark: Any, degrees: Any, tmp_path: Path) -> None:
    folder = str(tmp_path / "degrees")
    with pytest.raises(KeyboardInterrupt):
        write_results(degrees, folder, parts=PARTS, progress=Interrupted())
    assert sorted(path.name for path in Path(folder).glob("part=*")) == ["part=0", "part=1"]
    whole = next(Path(folder, "part=0").glob("*.parquet"))
    assert write_results(degrees, folder, parts=PARTS, resume=True) == 2
    assert whole.exists()  # it wasn't written again
    assert rows_of(spark.read.parquet(folder)) == rows_of(degrees)
    rmtree(Path(folder, "part=2"))
    assert write_results(degrees, folder, parts=PARTS, resume=True) == 1
    assert write_results(degrees.limit(3), folder, parts=1) == 1
    assert spark.read.parquet(folder).count() == 3


def test_a_store_goes_on_where_it_ended(degrees: Any, firm: Path, tmp_path: Path) -> None:
    path = tmp_path / "firm.lbug"
    copy(firm / "firm.lbug", path)
    with api.open_store(path, write=True) as store:
        with pytest.raises(KeyboardInterrupt):
            write_results(degrees, store, "degree", parts=PARTS, progress=Interrupted())
        with pytest.raises(UsageError, match="write of 'degree' was interrupted"):
            write_results(degrees, store, "degree", "other", parts=PARTS, resume=True)
        assert write_results(degrees, store, "degree", parts=PARTS, resume=True) == 2
        with pytest.raises(UsageError, match="that imports fill"):
            write_results(degrees, store, "degree", "margin")
    with api.open_store(path) as store:
        found = store.read_stakeholders(["degree"])
    stored = {(row["id"], row["degree"]) for row in found.rows() if row["degree"] is not None}
    assert stored == set(rows_of(degrees))


def test_ids_that_the_store_lacks_are_told(spark: Any, firm: Path, tmp_path: Path) -> None:
    path = tmp_path / "firm.lbug"
    copy(firm / "firm.lbug", path)
    results = spark.createDataFrame([("nobody", 1.0)], "id STRING, rank DOUBLE")
    nobody = pytest.raises(UnknownStakeholder, match="nobody")
    with api.open_store(path, write=True) as store, nobody:
        write_results(results, store, "rank", "importance", parts=1)
