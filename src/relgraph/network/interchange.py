"""Networks from networkx, the interchange type; `Network.to_networkx` goes the other way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt

from relgraph.errors import MeasureError
from relgraph.network.columns import Arcs, Nodes, Ties, text_array
from relgraph.network.core import Network
from relgraph.network.strengths import fill_strengths, likely_strengths
from relgraph.settings import Projection


def from_networkx(graph: nx.Graph, *, strength: str = "strength") -> Network:
    """Return a networkx graph as a Network.

    Parameters
    ----------
    graph : networkx.Graph or subclass
        Edges of an undirected graph are both-ways ties; parallel edges merge.
    strength : str
        The edge attribute that holds the strength in (0, 1]. An edge without it counts as the
        median of those between the same markets that have it, else of all; as 1 where none has.

    Raises
    ------
    MeasureError
        A strength is outside (0, 1], or two labels read the same as text.

    Examples
    --------
    >>> import networkx as nx
    >>> from_networkx(nx.DiGraph([("a", "b"), ("b", "c")])).ids.tolist()
    ['a', 'b', 'c']
    """
    labels = list(graph)
    if len({str(label) for label in labels}) < len(labels):
        raise MeasureError("graph.same_labels")
    position = {label: index for index, label in enumerate(labels)}
    edges = [
        (
            position[source],
            position[target],
            data.get(strength, np.nan),
            data.get("sign", 1),
            data.get("both_ways"),
        )
        for source, target, data in graph.edges(data=True)
        if source != target
    ]
    columns = list(zip(*edges, strict=True)) if edges else [(), (), (), (), ()]
    values = np.array(columns[2], dtype=np.float64)
    if bool(np.any((values <= 0) | (values > 1))):
        raise MeasureError("graph.strength", attribute=strength)
    undirected = not graph.is_directed()
    names = dict(graph.nodes(data="name"))
    nodes = Nodes(
        text_array(str(label) for label in labels),
        text_array(str(label) if (name := names[label]) is None else name for label in labels),
        text_array(data for _, data in graph.nodes(data="market")),
        _attributes_of(graph),
    )
    ties = Ties(
        np.array(columns[0], dtype=np.int64),
        np.array(columns[1], dtype=np.int64),
        text_array([""] * len(edges)),
        values,
        np.array(columns[3], dtype=np.int8),
    )
    counted, assumed = fill_strengths(
        values, likely_strengths(nodes, ties), np.ones(len(edges), dtype=bool), Projection()
    )
    arcs = Arcs.merged(
        len(labels), ties.source, ties.target, counted, ties.sign, np.full(len(edges), undirected)
    )
    notes = () if np.isnan(values).all() else assumed  # a graph without weights is a usual one
    network = Network(nodes, *arcs, directed=not undirected, notes=notes)
    if graph.is_directed() and not graph.is_multigraph() and edges and None not in columns[4]:
        # A DiGraph that to_networkx made: the both-ways part of each arc is stored on it.
        stored = np.array(columns[4], dtype=np.float64)
        order = np.lexsort((np.array(columns[1]), np.array(columns[0])))
        network = replace(network, both_ways=stored[order])
    return network


def _attributes_of(graph: nx.Graph) -> dict[str, npt.NDArray[Any]]:
    names = {name for _, data in graph.nodes(data=True) for name in data} - {"name", "market"}
    columns = {name: [data.get(name) for _, data in graph.nodes(data=True)] for name in names}
    return {name: _typed(values) for name, values in sorted(columns.items())}


def _typed(values: list[Any]) -> npt.NDArray[Any]:
    known = [value for value in values if value is not None]
    if known and all(type(value) is not bool and isinstance(value, int | float) for value in known):
        return np.array([np.nan if value is None else value for value in values], np.float64)
    return text_array(values)
