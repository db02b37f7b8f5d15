"""Sessions of Spark, and how what is worked out stays there."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from pyspark import StorageLevel
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession

from relgraph.errors import QueryFailed, UsageError

CONNECT = "sc://"
ZONE = "spark.sql.session.timeZone"
_QUIET = {"spark.log.level": "ERROR", "spark.ui.showConsoleProgress": "false"}
_FEW_PARTITIONS = {"spark.sql.shuffle.partitions": "8"}  # on one machine; 200 by default
_PORTS = {"sc": 15002, "spark": 7077}  # where nothing else is said
_SECONDS = 5.0  # that an address has to answer
_CHECKPOINTS = "spark.checkpoint.dir"


def open_session(master: str | None = None) -> SparkSession:
    """Return a session of Spark whose times are in UTC.

    Parameters
    ----------
    master : str, optional
        `local[2]`, `spark://…`, `yarn`, `k8s://…`, or `sc://…` for Spark Connect; what Spark's own
        settings say for None.

    Raises
    ------
    UsageError
        There is no Spark at that address.
    """
    _check_answer(master)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pyspark warns of a pandas that isn't used here
        builder = SparkSession.builder.appName("relgraph")
        if master is not None and master.startswith(CONNECT):
            builder = builder.remote(master)
        else:
            builder = builder.master(master) if master else builder
            few = _FEW_PARTITIONS if (master or "").startswith("local") else {}
            for name, value in (_QUIET | few).items():
                builder = builder.config(name, value)
        try:
            spark = builder.getOrCreate()
            spark.conf.set(ZONE, "UTC")
        except (PySparkException, RuntimeError, ValueError, OSError) as error:
            raise UsageError(
                "spark.unreachable", parameter="master", url=master, reason=first_line(error)
            ) from error
    return spark


def _check_answer(master: str | None) -> None:
    """Refuse an address where nothing answers: Spark itself would try for minutes."""
    scheme, _, rest = (master or "").partition("://")
    if scheme not in _PORTS:
        return
    hosts = rest.partition("/")[0]
    for host in hosts.split(","):
        name, _, port = host.rpartition(":") if ":" in host else (host, "", str(_PORTS[scheme]))
        try:
            with socket.create_connection((name, int(port)), _SECONDS):
                return
        except (OSError, ValueError) as error:
            failed = error
    raise UsageError(
        "spark.unreachable",
        parameter="master",
        url=f"{scheme}://{hosts}",
        reason=first_line(failed),
    )


@contextmanager
def translated() -> Iterator[None]:
    """Turn Spark's exceptions into ours, a line each."""
    try:
        yield
    except PySparkException as error:
        raise QueryFailed("spark.failed", reason=first_line(error)) from error


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def kept(frame: DataFrame) -> DataFrame:
    """Return a frame whose rows are worked out now, once, and outlive the loss of a worker.

    They go to the folder of checkpoints if the session has one, else to the disks of two workers.
    """
    if frame.sparkSession.conf.get(_CHECKPOINTS, None):
        return frame.checkpoint()
    return frame.localCheckpoint(storageLevel=StorageLevel.MEMORY_AND_DISK_2)
