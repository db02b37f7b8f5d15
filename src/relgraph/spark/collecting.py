"""A network of Spark in this machine's memory, brought over as Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame

from relgraph.messages import Note
from relgraph.network import Network, Nodes, Texts, text_array


def network_of(nodes: DataFrame, arcs: DataFrame, directed: bool, notes: Sequence[Note]) -> Network:
    """Return nodes in the order of their ids, and arcs by source, then target."""
    people = nodes.orderBy("id").toArrow()
    keys = people["key"].to_numpy()
    order = np.argsort(keys)
    found = arcs.toArrow()

    def positions(name: str) -> Any:
        return order[np.searchsorted(keys[order], found[name].to_numpy())]

    source, target = positions("src"), positions("dst")
    by_ends = np.lexsort((target, source))
    counts = np.bincount(source, minlength=len(keys))
    return Network(
        Nodes(
            _texts(people, "id"),
            _texts(people, "name"),
            _texts(people, "market"),
            {
                "status": _texts(people, "status"),
                "circle": people["circle"].to_numpy().astype(np.float64),
                "kind": _texts(people, "kind"),
            },
        ),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        target[by_ends].astype(np.int32),
        found["strength"].to_numpy()[by_ends],
        found["both_ways"].to_numpy()[by_ends],
        found["sign"].to_numpy()[by_ends].astype(np.int8),
        directed,
        tuple(notes),
    )


def _texts(table: pa.Table, name: str) -> Texts:
    return text_array(table[name].to_pylist())
