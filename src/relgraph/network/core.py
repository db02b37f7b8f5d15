"""Network: one projection of the property graph as arrays, the input of every measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from relgraph.held import coded
from relgraph.messages import Note, collect
from relgraph.model import FIRM
from relgraph.network.columns import LARGE, Arcs, Floats, Ints, Nodes, Texts

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from scipy.sparse import csc_array


@dataclass(frozen=True, eq=False)
class Network:
    """A network as compressed sparse rows, arcs ordered by source, then target.

    Parameters
    ----------
    nodes : Nodes
        Ids, names, markets and attributes, aligned with every measure's result.
    indptr : ndarray of int64, shape (n + 1,)
        Where each node's arcs begin in the arrays below.
    indices : ndarray of int32, shape (m,)
        Targets of the arcs.
    strength : ndarray of float64, shape (m,)
        Strength of each arc in (0, 1]; more is closer.
    both_ways : ndarray of float64, shape (m,)
        The part of the strength that comes from both-ways ties: equal on an arc and its
        reverse, 0 where there is none. `weighted_degree` counts it once.
    sign : ndarray of int8, shape (m,)
        −1 where every tie merged into the arc is hostile, else +1.
    directed : bool
        False when every arc has its reverse with the same strength by construction.
    notes : tuple of Note
        What was assumed or left out in making it; each once.

    Examples
    --------
    >>> from relgraph.network import Nodes, Ties, build_network
    >>> network = build_network(
    ...     Nodes(*(np.array(list("abc"), object) for _ in range(3))),
    ...     Ties(np.array([0, 1]), np.array([1, 2]), np.array(["REFERS", "KNOWS"], object),
    ...          np.array([0.5, 0.25]), np.ones(2, np.int8)),
    ... )
    >>> network.n, network.m, network.indices.tolist(), network.distance.tolist()
    (3, 3, [1, 2, 1], [2.0, 4.0, 4.0])
    """

    nodes: Nodes
    indptr: Ints
    indices: npt.NDArray[np.int32]
    strength: Floats
    both_ways: Floats
    sign: npt.NDArray[np.int8]
    directed: bool = True
    notes: tuple[Note, ...] = ()

    @property
    def arcs(self) -> Arcs:
        """Return the five arc arrays together."""
        return Arcs(self.indptr, self.indices, self.strength, self.both_ways, self.sign)

    @property
    def ids(self) -> Texts:
        """Return the ids, shape (n,)."""
        return self.nodes.ids

    @property
    def names(self) -> Texts:
        """Return the names, shape (n,)."""
        return self.nodes.names

    @property
    def markets(self) -> Texts:
        """Return the markets, shape (n,)."""
        return self.nodes.markets

    @property
    def n(self) -> int:
        """Return the number of nodes."""
        return len(self.nodes)

    @property
    def m(self) -> int:
        """Return the number of arcs (an undirected tie is two)."""
        return len(self.indices)

    @cached_property
    def sources(self) -> npt.NDArray[np.int32]:
        """Return the source of each arc, shape (m,)."""
        return np.repeat(np.arange(self.n, dtype=np.int32), np.diff(self.indptr))

    @cached_property
    def distance(self) -> Floats:
        """Return the length of each arc, 1/strength, shape (m,); less is closer."""
        return 1.0 / self.strength

    @cached_property
    def reverse_order(self) -> npt.NDArray[np.int32]:
        """Return the arcs ordered by target, then source: positions in the arc arrays."""
        if self.m <= LARGE:
            return np.argsort(self.indices, kind="stable").astype(np.int32)
        order: npt.NDArray[np.int32] = self._turned(np.arange(self.m, dtype=np.int32)).data
        return order

    @cached_property
    def reverse_indices(self) -> npt.NDArray[np.int32]:
        """Return the sources of the arcs in `reverse_order`, shape (m,)."""
        if self.m <= LARGE or "reverse_order" in vars(self):
            return self.sources[self.reverse_order]
        # Not from the order, which takes as much memory and which few measures need.
        sources: npt.NDArray[np.integer] = self._turned(np.zeros(self.m, np.int8)).indices
        return sources.astype(np.int32, copy=False)

    @cached_property
    def reverse_indptr(self) -> Ints:
        """Return where each node's incoming arcs begin in `reverse_order`, shape (n + 1,)."""
        counts = np.bincount(self.indices, minlength=self.n)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    def _turned(self, values: npt.NDArray[Any]) -> csc_array:
        from scipy.sparse import csr_array

        return csr_array((values, self.indices, self.indptr), (self.n, self.n)).tocsc()

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return the position of each id."""
        return {node_id: position for position, node_id in enumerate(self.ids.tolist())}

    @cached_property
    def is_firm(self) -> npt.NDArray[np.bool_]:
        """Return which node is the firm, shape (n,)."""
        markets = coded(self.nodes.as_held("markets"))
        named = np.array([market == FIRM for market in markets.values.tolist()], dtype=bool)
        is_firm: npt.NDArray[np.bool_] = named[markets.codes]
        return is_firm

    def take(self, rows: Ints) -> Network:
        """Return the network of these nodes, by position in ascending order."""
        moved = np.full(self.n, -1)
        moved[rows] = np.arange(len(rows))
        source, target = moved[self.sources], moved[self.indices]
        kept = (source >= 0) & (target >= 0)
        counts = np.bincount(source[kept], minlength=len(rows))
        return replace(
            self,
            nodes=self.nodes.take(rows),
            indptr=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            indices=target[kept].astype(np.int32),
            strength=self.strength[kept],
            both_ways=self.both_ways[kept],
            sign=self.sign[kept],
        )

    def undirected(self) -> Network:
        """Return the network with every tie running both ways, at the larger strength."""
        if not self.directed:
            return self
        return replace(self, **self.arcs.symmetric()._asdict(), directed=False)

    def unweighted(self) -> Network:
        """Return the network with every strength 1."""
        ones = np.ones(self.m)
        return replace(self, strength=ones, both_ways=np.where(self.both_ways > 0, ones, 0.0))

    def with_notes(self, *notes: Note) -> Network:
        """Return the network with further notes."""
        return replace(self, notes=collect((*self.notes, *notes)))

    def to_frame(self, **measures: npt.NDArray[Any]) -> pd.DataFrame:
        """Return id, name, market and the given measures as a pandas DataFrame.

        Examples
        --------
        >>> import networkx as nx
        >>> from relgraph.network import from_networkx
        >>> net = from_networkx(nx.path_graph(["a", "b"]))
        >>> net.to_frame(degree=np.array([1, 1])).columns.tolist()
        ['id', 'name', 'market', 'degree']
        """
        import pandas as pd

        labels = {"id": self.ids, "name": self.names, "market": self.markets}
        return pd.DataFrame(labels | measures)

    def to_networkx(self) -> nx.DiGraph | nx.Graph:
        """Return a networkx graph: a Graph when undirected, else a DiGraph.

        Nodes are the ids with `name`, `market` and the attributes; edges have `strength`, also as
        the `weight` of other programs, `distance`, `sign` and `both_ways`. `from_networkx` gives
        the same network back.
        """
        import networkx as nx

        graph = nx.DiGraph() if self.directed else nx.Graph()
        plain = {"name": self.names, "market": self.markets, **self.nodes.attributes}
        columns = {name: values.tolist() for name, values in plain.items()}
        for position, node_id in enumerate(self.ids.tolist()):
            graph.add_node(node_id, **{name: column[position] for name, column in columns.items()})
        ids = self.ids
        arcs = zip(
            ids[self.sources].tolist(),
            ids[self.indices].tolist(),
            self.strength.tolist(),
            self.distance.tolist(),
            self.sign.tolist(),
            self.both_ways.tolist(),
            strict=True,
        )
        for source, target, strength, distance, sign, both_ways in arcs:
            graph.add_edge(
                source,
                target,
                strength=strength,
                weight=strength,
                distance=distance,
                sign=sign,
                both_ways=both_ways,
            )
        return graph
