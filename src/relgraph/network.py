"""Network: one projection of the property graph as arrays, the input of every measure.

A store gives `Nodes` and `Ties` as they are; `build_network` applies a `Projection` (which types,
which stakeholders, which direction) and merges parallel ties into arcs in compressed sparse rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from relgraph.errors import MeasureError
from relgraph.model import FIRM, RELATIONSHIP_TYPES, relationship_type

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Projection:
    """Which part of the graph a network shows, and how.

    Parameters
    ----------
    types : tuple of str, optional
        Relationship types to take; None takes those of the default network. Ties of sign −1
        are taken only when their type is named here.
    undirected : bool
        Every tie runs both ways; a pair has the larger of its two strengths.
    weighted : bool
        False makes every strength 1.
    include_left : bool
        Keep stakeholders whose status is `left`.
    without_firm : bool
        Take the firm out.
    within : tuple of str
        Restrict the stakeholders to these markets (all, when empty).
    """

    types: tuple[str, ...] | None = None
    undirected: bool = False
    weighted: bool = True
    include_left: bool = False
    without_firm: bool = False
    within: tuple[str, ...] = ()


WORD_OF_MOUTH = tuple(kind.name for kind in RELATIONSHIP_TYPES.values() if kind.word_of_mouth)


@dataclass(frozen=True, eq=False)
class Nodes:
    """Stakeholders as columns.

    Parameters
    ----------
    ids, names, markets : ndarray of object, shape (n,)
        Text; a name or market may be None.
    attributes : mapping of str to ndarray of shape (n,)
        Further properties: numbers as float64 with NaN, text as object with None.
    """

    ids: Texts
    names: Texts
    markets: Texts
    attributes: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: npt.NDArray[Any]) -> Nodes:
        """Return the nodes at these positions, or where this mask is true."""
        columns = {name: values[rows] for name, values in self.attributes.items()}
        return Nodes(self.ids[rows], self.names[rows], self.markets[rows], columns)


@dataclass(frozen=True, eq=False)
class Ties:
    """Relationships as stored, as columns; ends are positions in `Nodes`.

    Parameters
    ----------
    source, target : ndarray of int64, shape (m,)
        Positions of the two ends.
    type : ndarray of object, shape (m,)
        Relationship types.
    strength : ndarray of float64, shape (m,)
        In (0, 1]; NaN for missing.
    sign : ndarray of int8, shape (m,)
        +1 or −1.
    """

    source: Ints
    target: Ints
    type: Texts
    strength: Floats
    sign: npt.NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.source)

    def take(self, rows: npt.NDArray[Any]) -> Ties:
        """Return the ties at these positions, or where this mask is true."""
        return Ties(
            self.source[rows],
            self.target[rows],
            self.type[rows],
            self.strength[rows],
            self.sign[rows],
        )


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
    notes : tuple of str
        What was assumed or left out on the way here, one sentence each.

    Examples
    --------
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
    notes: tuple[str, ...] = ()

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
    def reverse_order(self) -> Ints:
        """Return the arcs ordered by target, then source: positions in the arc arrays."""
        return np.argsort(self.indices, kind="stable").astype(np.int64)

    @cached_property
    def reverse_indptr(self) -> Ints:
        """Return where each node's incoming arcs begin in `reverse_order`, shape (n + 1,)."""
        counts = np.bincount(self.indices, minlength=self.n)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def reverse_indices(self) -> npt.NDArray[np.int32]:
        """Return the sources of the arcs in `reverse_order`, shape (m,)."""
        return self.sources[self.reverse_order]

    @cached_property
    def positions(self) -> dict[str, int]:
        """Return the position of each id."""
        return {node_id: position for position, node_id in enumerate(self.ids.tolist())}

    @cached_property
    def is_firm(self) -> npt.NDArray[np.bool_]:
        """Return which node is the firm, shape (n,)."""
        return np.asarray(self.markets == FIRM, dtype=bool).reshape(self.n)

    def undirected(self) -> Network:
        """Return the network with every tie running both ways, at the larger strength."""
        return _symmetric(self) if self.directed else self

    def unweighted(self) -> Network:
        """Return the network with every strength 1."""
        ones = np.ones(self.m)
        return replace(self, strength=ones, both_ways=np.where(self.both_ways > 0, ones, 0.0))

    def with_notes(self, *notes: str) -> Network:
        """Return the network with further notes."""
        return replace(self, notes=(*self.notes, *notes))

    def to_frame(self, **measures: npt.NDArray[Any]) -> pd.DataFrame:
        """Return id, name, market and the given measures as a pandas DataFrame.

        Examples
        --------
        >>> from relgraph.network import from_networkx
        >>> import networkx as nx
        >>> net = from_networkx(nx.path_graph(["a", "b"]))
        >>> net.to_frame(degree=np.array([1, 1])).columns.tolist()
        ['id', 'name', 'market', 'degree']
        """
        import pandas as pd

        labels = {"id": self.ids, "name": self.names, "market": self.markets}
        return pd.DataFrame(labels | measures)

    def to_networkx(self) -> nx.DiGraph | nx.Graph:
        """Return a networkx graph: a Graph when undirected, else a DiGraph.

        Nodes are the ids with `name`, `market` and the attributes; edges have `strength`,
        `distance`, `sign` and `both_ways`. `from_networkx` gives the same network back.
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
                source, target, strength=strength, distance=distance, sign=sign, both_ways=both_ways
            )
        return graph

    def save(self, path: str | Path) -> None:
        """Write the network to a .npz file, which `load_network` reads without pickle."""
        texts = {"ids": self.ids, "names": self.names, "markets": self.markets}
        arrays: dict[str, npt.NDArray[Any]] = {
            "indptr": self.indptr,
            "indices": self.indices,
            "strength": self.strength,
            "both_ways": self.both_ways,
            "sign": self.sign,
            "directed": np.array(self.directed),
        }
        for name, values in self.nodes.attributes.items():
            if values.dtype == object:
                texts[f"attribute:{name}"] = values
            else:
                arrays[f"attribute:{name}"] = values
        texts["notes"] = np.array(self.notes, dtype=object)
        for name, values in texts.items():
            arrays[f"{name}:bytes"], arrays[f"{name}:ends"] = _pack_texts(values)
        with Path(path).open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)


def load_network(path: str | Path) -> Network:
    """Read a network that `Network.save` wrote.

    Raises
    ------
    OSError
        The file can't be read.
    MeasureError
        It is not a saved network.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        texts = {
            name.removesuffix(":ends"): _unpack_texts(arrays[f"{name[:-5]}:bytes"], ends)
            for name, ends in arrays.items()
            if name.endswith(":ends")
        }
        prefix = "attribute:"
        packed = (":bytes", ":ends")
        attributes = {
            name.removeprefix(prefix): values
            for name, values in (arrays | texts).items()
            if name.startswith(prefix) and not name.endswith(packed)
        }
        return Network(
            Nodes(texts["ids"], texts["names"], texts["markets"], attributes),
            arrays["indptr"],
            arrays["indices"],
            arrays["strength"],
            arrays["both_ways"],
            arrays["sign"],
            bool(arrays["directed"]),
            tuple(texts["notes"].tolist()),
        )
    except (ValueError, KeyError, EOFError) as error:
        raise MeasureError(f"{path} is not a network saved by relgraph") from error


def from_networkx(graph: nx.Graph, *, strength: str = "strength") -> Network:
    """Return a networkx graph as a Network.

    Parameters
    ----------
    graph : networkx.Graph or subclass
        Edges of an undirected graph are both-ways ties; parallel edges merge.
    strength : str
        The edge attribute that holds the strength in (0, 1]; an edge without it counts as 1.

    Raises
    ------
    MeasureError
        A strength is outside (0, 1].

    Examples
    --------
    >>> import networkx as nx
    >>> from_networkx(nx.DiGraph([("a", "b"), ("b", "c")])).ids.tolist()
    ['a', 'b', 'c']
    """
    labels = list(graph)
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
        raise MeasureError(f"edge attribute {strength!r} must be above 0 and at most 1")
    undirected = not graph.is_directed()
    names = dict(graph.nodes(data="name"))
    arcs = _merge_arcs(
        len(labels),
        np.array(columns[0], dtype=np.int64),
        np.array(columns[1], dtype=np.int64),
        np.where(np.isnan(values), 1.0, values),
        np.array(columns[3], dtype=np.int8),
        np.full(len(edges), undirected),
    )
    nodes = Nodes(
        _texts(str(label) for label in labels),
        _texts(str(label) if (name := names[label]) is None else name for label in labels),
        _texts(data for _, data in graph.nodes(data="market")),
        _attributes_of(graph),
    )
    network = Network(nodes, *arcs, directed=not undirected)
    if graph.is_directed() and not graph.is_multigraph() and edges and None not in columns[4]:
        # A DiGraph that to_networkx made: the both-ways part of each arc is stored on it.
        stored = np.array(columns[4], dtype=np.float64)
        order = np.lexsort((np.array(columns[1]), np.array(columns[0])))
        network = replace(network, both_ways=stored[order])
    return network


def build_network(nodes: Nodes, ties: Ties, projection: Projection | None = None) -> Network:
    """Project stored stakeholders and relationships onto a network.

    Self loops, stakeholders who left and (unless their type is named) hostile ties are left
    out; rows (a, T, b) and (b, T, a) of a both-ways type are one tie; ties of different types
    between the same two merge per direction to 1 − Π(1 − s).

    Parameters
    ----------
    nodes : Nodes
        Every stakeholder; the attribute `status` tells who left.
    ties : Ties
        Every relationship that may be in; ends are positions in `nodes`.
    projection : Projection, optional
        What to take; the default network for None.

    Returns
    -------
    Network
        Its notes say how many strengths were missing and what was left out.
    """
    projection = projection or Projection()
    ties = ties.take(_wanted_ties(ties, projection))
    nodes, ties = _restrict_nodes(nodes, ties, projection)
    notes = []
    loops = ties.source == ties.target
    if loops.any():
        notes.append(f"{_count(int(loops.sum()), 'self loop')} left out")
        ties = ties.take(~loops)
    both_ways = _both_ways(ties.type)
    ties, both_ways = _merge_mirrored(ties, both_ways)
    missing = np.isnan(ties.strength)
    if projection.weighted and missing.any():
        notes.append(
            f"{int(missing.sum())} of {_count(len(ties), 'tie')} "
            f"{'has' if missing.sum() == 1 else 'have'} no strength and count as 1"
        )
    strength = np.where(missing, 1.0, ties.strength) if projection.weighted else np.ones(len(ties))
    arcs = _merge_arcs(len(nodes), ties.source, ties.target, strength, ties.sign, both_ways)
    network = Network(nodes, *arcs, notes=tuple(notes))
    if not projection.weighted:
        network = network.unweighted()
    return network.undirected() if projection.undirected else network


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _texts(values: Any) -> Texts:
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def _wanted_ties(ties: Ties, projection: Projection) -> npt.NDArray[np.bool_]:
    present = set(ties.type.tolist())
    if projection.types is None:
        wanted = {name for name in present if relationship_type(name).default}
        friendly = ties.sign > 0
    else:
        wanted = present & set(projection.types)
        friendly = np.ones(len(ties), dtype=bool)
    return np.isin(ties.type.astype(str), list(wanted)) & friendly


def _restrict_nodes(nodes: Nodes, ties: Ties, projection: Projection) -> tuple[Nodes, Ties]:
    keep = np.ones(len(nodes), dtype=bool)
    if not projection.include_left and "status" in nodes.attributes:
        keep &= np.asarray(nodes.attributes["status"] != "left", dtype=bool)
    if projection.without_firm:
        keep &= np.asarray(nodes.markets != FIRM, dtype=bool)
    if projection.within:
        keep &= np.isin(nodes.markets.astype(str), projection.within)
    if keep.all():
        return nodes, ties
    moved = np.cumsum(keep) - 1
    ties = ties.take(keep[ties.source] & keep[ties.target])
    ties = replace(ties, source=moved[ties.source], target=moved[ties.target])
    return nodes.take(keep), ties


def _both_ways(types: Texts) -> npt.NDArray[np.bool_]:
    known = {name: relationship_type(name).both_ways for name in set(types.tolist())}
    return np.array([known[name] for name in types.tolist()], dtype=bool)


def _merge_mirrored(
    ties: Ties, both_ways: npt.NDArray[np.bool_]
) -> tuple[Ties, npt.NDArray[np.bool_]]:
    """Keep one of the rows (a, T, b), (b, T, a) of a both-ways type: the one with a strength."""
    if not both_ways.any():
        return ties, both_ways
    low = np.where(both_ways, np.minimum(ties.source, ties.target), ties.source)
    high = np.where(both_ways, np.maximum(ties.source, ties.target), ties.target)
    _, kinds = np.unique(ties.type.astype(str), return_inverse=True)
    order = np.lexsort((-np.nan_to_num(ties.strength), high, low, kinds))
    key = np.column_stack([kinds, low, high])[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (key[1:] != key[:-1]).any(axis=1)
    kept = np.sort(order[first])
    return ties.take(kept), both_ways[kept]


def _merge_arcs(
    n: int,
    source: Ints,
    target: Ints,
    strength: Floats,
    sign: npt.NDArray[np.int8],
    both_ways: npt.NDArray[np.bool_],
) -> tuple[Ints, npt.NDArray[np.int32], Floats, Floats, npt.NDArray[np.int8]]:
    """Return indptr, indices, strength, both_ways and sign of the merged arcs."""
    tails = np.concatenate([source, target[both_ways]])
    heads = np.concatenate([target, source[both_ways]])
    strengths = np.concatenate([strength, strength[both_ways]])
    signs = np.concatenate([sign, sign[both_ways]])
    mutual = np.concatenate([both_ways, both_ways[both_ways]])
    order = np.lexsort((heads, tails))
    tails, heads, strengths = tails[order], heads[order], strengths[order]
    signs, mutual = signs[order], mutual[order]
    first = np.ones(len(tails), dtype=bool)
    first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
    starts = np.flatnonzero(first)
    counts = np.bincount(tails[starts], minlength=n)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    if not len(starts):
        empty = np.zeros(0)
        return indptr, empty.astype(np.int32), empty, empty, empty.astype(np.int8)
    return (
        indptr,
        heads[starts].astype(np.int32),
        _noisy_or(strengths, np.ones(len(mutual), dtype=bool), starts),
        _noisy_or(strengths, mutual, starts),
        np.maximum.reduceat(signs, starts),
    )


def _noisy_or(strength: Floats, counted: npt.NDArray[np.bool_], starts: Ints) -> Floats:
    """Return 1 − Π(1 − s) of the counted ties of each group; exactly s for a single one."""
    merged = 1.0 - np.multiply.reduceat(np.where(counted, 1.0 - strength, 1.0), starts)
    number = np.add.reduceat(counted.astype(np.int64), starts)
    single = np.maximum.reduceat(np.where(counted, strength, 0.0), starts)
    return np.asarray(np.where(number <= 1, single, merged), dtype=np.float64)


def _symmetric(network: Network) -> Network:
    tails = np.concatenate([network.sources, network.indices]).astype(np.int64)
    heads = np.concatenate([network.indices, network.sources]).astype(np.int64)
    order = np.lexsort((heads, tails))
    tails, heads = tails[order], heads[order]
    first = np.ones(len(tails), dtype=bool)
    first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
    starts = np.flatnonzero(first)
    counts = np.bincount(tails[starts], minlength=network.n)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    if not len(starts):
        return replace(network, directed=False)
    strength = np.maximum.reduceat(np.tile(network.strength, 2)[order], starts)
    return replace(
        network,
        indptr=indptr,
        indices=heads[starts].astype(np.int32),
        strength=strength,
        both_ways=strength,
        sign=np.maximum.reduceat(np.tile(network.sign, 2)[order], starts),
        directed=False,
    )


def _attributes_of(graph: nx.Graph) -> dict[str, npt.NDArray[Any]]:
    names = {name for _, data in graph.nodes(data=True) for name in data} - {"name", "market"}
    columns = {name: [data.get(name) for _, data in graph.nodes(data=True)] for name in names}
    return {name: _typed(values) for name, values in sorted(columns.items())}


def _typed(values: list[Any]) -> npt.NDArray[Any]:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int | float) for value in known):
        return np.array([np.nan if value is None else value for value in values], np.float64)
    return _texts(values)


def _pack_texts(values: Texts) -> tuple[npt.NDArray[np.uint8], Ints]:
    """Return texts as one run of UTF-8 bytes and where each ends; None ends at −1."""
    encoded = [None if value is None else str(value).encode() for value in values.tolist()]
    lengths = np.array([len(piece or b"") for piece in encoded], dtype=np.int64)
    ends = np.cumsum(lengths)
    ends[[piece is None for piece in encoded]] = -1
    joined = b"".join(piece for piece in encoded if piece is not None)
    return np.frombuffer(joined, dtype=np.uint8), ends


def _unpack_texts(joined: npt.NDArray[np.uint8], ends: Ints) -> Texts:
    data = joined.tobytes()
    texts: list[str | None] = []
    start = 0
    for end in ends.tolist():
        if end < 0:
            texts.append(None)
        else:
            texts.append(data[start:end].decode())
            start = end
    return _texts(texts)
