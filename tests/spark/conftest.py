"""A firm in a store and as files, and Spark with two workers, each a process of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from relgraph import api
from relgraph.spark import open_session, read_tables
from relgraph.spark.sources import SparkTables
from relgraph.store import Store
from tests.spark.firms import write_firm

MASTER = "local-cluster[2,1,1024]"
# Short runs end before code that is compiled well would pay.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@pytest.fixture(scope="session")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the store `firm.lbug`, its `parquet` and the files that it is from."""
    folder = tmp_path_factory.mktemp("firm")
    write_firm(folder / "csv")
    with api.open_store(folder / "firm.lbug", write=True) as store:
        api.import_files(store, [folder / "csv"])
    with api.open_store(folder / "firm.lbug") as store:
        api.export_store(store, folder / "parquet", made_for="parquet")
    return folder


@pytest.fixture(scope="session")
def store(firm: Path) -> Iterator[Store]:
    with api.open_store(firm / "firm.lbug") as opened:
        yield opened


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    session = open_session(MASTER)
    session.conf.set("spark.sql.shuffle.partitions", "2")
    yield session
    session.stop()


@pytest.fixture(scope="session")
def tables(spark: Any, firm: Path) -> SparkTables:
    return read_tables(spark, str(firm / "parquet"))
