"""Networks on Spark: for data that lies in a cluster, or is too large for one machine.

A graph is read and checked from DataFrames, measured there, or collected into a `Network`. Only
DataFrames are used, so all of it runs over Spark Connect too. It needs pyspark, which
`pip install 'relgraph[spark]'` brings.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from relgraph.errors import UsageError

try:
    import pyspark  # noqa: F401 every module here needs it
except ImportError:
    raise UsageError("spark.missing") from None

if TYPE_CHECKING:
    from relgraph.spark.graph import SparkGraph
    from relgraph.spark.projection import read_graph
    from relgraph.spark.session import open_session
    from relgraph.spark.sources import SparkTables, read_tables

_HOMES = {
    "SparkGraph": "relgraph.spark.graph",
    "SparkTables": "relgraph.spark.sources",
    "open_session": "relgraph.spark.session",
    "read_graph": "relgraph.spark.projection",
    "read_tables": "relgraph.spark.sources",
    # By name: what a property may be called is the business of a room above.
    "write_results": "relgraph.api.spark.results",
}

__all__ = [
    "SparkGraph",
    "SparkTables",
    "open_session",
    "read_graph",
    "read_tables",
    "write_results",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
