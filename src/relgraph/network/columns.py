"""Stakeholders and ties as columns, as a store hands them over, and the arcs that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from relgraph.held import Held, coded, each, joined
from relgraph.model import RELATIONSHIP_TYPES, RelationshipType, relationship_type

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]

# Above this many arcs, SciPy's merging of sorted rows is worth the time to load it.
LARGE = 200_000


def text_array(values: Iterable[Any]) -> Texts:
    """Return values as a one-dimensional object array, whatever they are.

    Examples
    --------
    >>> text_array(["a", None]).tolist()
    ['a', None]
    """
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def text_codes(values: Texts) -> tuple[Ints, int]:
    """Return a number for each text, the same for the same text, and how many there are.

    Examples
    --------
    >>> text_codes(text_array(["b", None, "b"]))
    (array([0, 1, 0]), 2)
    """
    found = coded(values)
    return found.codes.astype(np.int64), len(found.values)


class Holding:
    """Rows as columns, of which some may be held and are decoded on first use."""

    def __post_init__(self) -> None:
        own = vars(self)
        kept = {name: column for name, column in own.items() if isinstance(column, Held)}
        for name in kept:
            del own[name]
        own["_held"] = kept

    def __getattr__(self, name: str) -> Any:
        held: Mapping[str, Held] = vars(self).get("_held", {})
        if name not in held:
            raise AttributeError(name)
        vars(self)[name] = column = held[name].decoded()
        return column

    def as_held(self, name: str) -> Any:
        """Return a column as it was given."""
        held: Mapping[str, Held] = vars(self)["_held"]
        return held[name] if name in held else getattr(self, name)

    def changed(self, **columns: Any) -> Self:
        """Return the same with other columns; those that are held stay so."""
        own = {each.name: self.as_held(each.name) for each in fields(self)}  # type: ignore[arg-type]
        return type(self)(**own | columns)


@dataclass(frozen=True, eq=False)
class Nodes(Holding):
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
        return len(self.as_held("ids"))

    def labels(self) -> dict[str, Any]:
        """Return id, name and market as they are held, for the columns of a result."""
        of = {"id": "ids", "name": "names", "market": "markets"}
        return {column: self.as_held(name) for column, name in of.items()}

    def take(self, rows: npt.NDArray[Any]) -> Nodes:
        """Return the nodes at these positions, or where this mask is true."""
        if rows.dtype == bool and rows.all():
            return self
        ids, names, markets = (column[rows] for column in self.labels().values())
        return Nodes(ids, names, markets, each(self.attributes, lambda values: values[rows]))


@dataclass(frozen=True, eq=False)
class Ties(Holding):
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
    attributes : mapping of str to ndarray of shape (m,)
        Further properties, as those of `Nodes`.
    kinds : mapping of str to RelationshipType
        The types whose meaning is known.
    """

    source: Ints
    target: Ints
    type: Texts
    strength: Floats
    sign: npt.NDArray[np.int8]
    attributes: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)
    kinds: Mapping[str, RelationshipType] = field(default_factory=lambda: RELATIONSHIP_TYPES)

    def __len__(self) -> int:
        return len(self.source)

    @property
    def both_ways(self) -> Mask:
        """Return which ties run in both directions."""
        return self.where(attrgetter("both_ways"))

    def where(self, wanted: Callable[[RelationshipType], bool]) -> Mask:
        """Return which ties are of a type that is wanted."""
        types = coded(self.as_held("type"))
        answers = [wanted(relationship_type(name, self.kinds)) for name in types.values.tolist()]
        mask: Mask = np.array(answers, dtype=bool)[types.codes]
        return mask

    @property
    def types(self) -> set[str]:
        """Return the types that there are."""
        types = coded(self.as_held("type"))
        return {*types.values[np.unique(types.codes)].tolist()}

    def joined(self, others: Ties) -> Ties:
        """Return these ties and others, which have the same attributes."""

        def column(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> npt.NDArray[Any]:
            return np.concatenate([one, other])

        return Ties(
            column(self.source, others.source),
            column(self.target, others.target),
            joined([self.as_held("type"), others.as_held("type")]),
            column(self.strength, others.strength),
            column(self.sign, others.sign),
            {name: column(own, others.attributes[name]) for name, own in self.attributes.items()},
            self.kinds,
        )

    def take(self, rows: npt.NDArray[Any]) -> Ties:
        """Return the ties at these positions, or where this mask is true."""
        if rows.dtype == bool and rows.all():
            return self
        return Ties(
            self.source[rows],
            self.target[rows],
            self.as_held("type")[rows],
            self.strength[rows],
            self.sign[rows],
            each(self.attributes, lambda values: values[rows]),
            self.kinds,
        )


class Arcs(NamedTuple):
    """The arc arrays of a Network, ordered by source, then target (see `Network`)."""

    indptr: Ints
    indices: npt.NDArray[np.int32]
    strength: Floats
    both_ways: Floats
    sign: npt.NDArray[np.int8]

    @classmethod
    def merged(
        cls,
        n: int,
        source: Ints,
        target: Ints,
        strength: Floats,
        sign: npt.NDArray[np.int8],
        both_ways: npt.NDArray[np.bool_],
    ) -> Self:
        """Merge ties between `n` nodes into arcs, parallel ones to 1 − Π(1 − s).

        A both-ways tie gives an arc each way; an arc is hostile where all its ties are.
        """
        order, starts, indptr, heads = _grouped(
            n,
            np.concatenate([source, target[both_ways]]),
            np.concatenate([target, source[both_ways]]),
        )
        if not len(starts):
            return cls.none(n)
        mutual = np.concatenate([both_ways, both_ways[both_ways]])[order]
        signs = np.concatenate([sign, sign[both_ways]])[order]
        if len(starts) < len(order):
            signs = np.maximum.reduceat(signs, starts)
        strengths = np.concatenate([strength, strength[both_ways]])[order]
        del order
        merged = noisy_or(strengths, starts, mutual)
        return cls(indptr, heads, noisy_or(strengths, starts), merged, signs)

    @classmethod
    def none(cls, n: int) -> Self:
        """Return the arcs of `n` nodes without ties."""
        empty = np.zeros(0)
        indptr = np.zeros(n + 1, dtype=np.int64)
        return cls(indptr, empty.astype(np.int32), empty, empty, empty.astype(np.int8))

    def symmetric(self) -> Arcs:
        """Return the arcs with their reverses, both at the larger of the two strengths."""
        if len(self.indices) > LARGE:
            return self._symmetric_sparse()
        n = len(self.indptr) - 1
        tails = np.repeat(np.arange(n, dtype=np.int64), np.diff(self.indptr))
        order, starts, indptr, heads = _grouped(
            n, np.concatenate([tails, self.indices]), np.concatenate([self.indices, tails])
        )
        if not len(starts):
            return self
        strength = np.maximum.reduceat(np.tile(self.strength, 2)[order], starts)
        sign = np.maximum.reduceat(np.tile(self.sign, 2)[order], starts)
        return Arcs(indptr, heads, strength, strength, sign)

    def _symmetric_sparse(self) -> Arcs:
        from scipy.sparse import csr_array

        n = len(self.indptr) - 1

        def with_reverse(values: npt.NDArray[np.floating[Any]]) -> csr_array:
            there = csr_array((values, self.indices, self.indptr), shape=(n, n))
            return there.maximum(there.T.tocsr())

        both = with_reverse(self.strength)
        # SciPy reads a missing entry as 0: signs are shifted so that −1 is above it.
        signs = with_reverse(self.sign + 2.0).data - 2.0
        strength = np.asarray(both.data, dtype=np.float64)
        return Arcs(
            both.indptr.astype(np.int64),
            both.indices.astype(np.int32, copy=False),
            strength,
            strength,
            signs.astype(np.int8),
        )


def _grouped(
    n: int, tails: npt.NDArray[Any], heads: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], Ints, Ints, npt.NDArray[np.int32]]:
    """Sort arcs by tail and head; return the order, where each pair starts, indptr, indices."""
    order, begin, heads = _by_pair(n, tails, heads)
    first = np.ones(len(heads), dtype=bool)
    first[1:] = heads[1:] != heads[:-1]
    first[begin[:-1][np.diff(begin) > 0]] = True
    if first.all():
        return order, np.arange(len(order)), begin, heads
    starts = np.flatnonzero(first)
    return order, starts, np.searchsorted(starts, begin), heads[starts]


def _by_pair(
    n: int, tails: npt.NDArray[Any], heads: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], Ints, npt.NDArray[np.int32]]:
    """Return arcs by tail, then head, equal ones as they come: order, where tails begin, heads."""
    if len(tails) <= LARGE:
        order = np.lexsort((heads, tails))
        counts = np.bincount(tails, minlength=n)
        begin = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return order, begin, heads[order].astype(np.int32)
    from scipy.sparse import coo_array

    # SciPy counts where each arc goes, by head and then by tail: in proportion to their number.
    numbers = np.arange(len(tails), dtype=np.int32)
    arcs = coo_array((numbers, (tails, heads)), shape=(n, n))
    arcs.has_canonical_format = True  # parallel ones are not to be summed
    found = arcs.tocsc().tocsr()
    return found.data, found.indptr.astype(np.int64), found.indices.astype(np.int32, copy=False)


def noisy_or(
    strength: Floats, starts: Ints, counted: npt.NDArray[np.bool_] | None = None
) -> Floats:
    """Return 1 − Π(1 − s) of the counted ties of each group; exactly s for a single one."""
    if counted is None:
        counted = np.ones(len(strength), dtype=bool)
    values = np.where(counted, strength, 0.0)
    if len(starts) == len(values):
        return values
    ends = np.append(starts[1:], len(strength))
    merged: Floats = values[starts]
    several = np.flatnonzero(ends - starts > 1)
    rows = np.flatnonzero(np.repeat(ends - starts > 1, ends - starts))
    values, counted = values[rows], counted[rows]
    sizes = (ends - starts)[several]
    begin = np.cumsum(sizes) - sizes
    with np.errstate(divide="ignore"):  # the logarithm of what a strength of 1 leaves is −∞
        left = np.log1p(-values)
    # Not 1 − Π(1 − s) as it stands: 1 − s is 1 for a strength below 1e-16.
    product = -np.expm1(np.add.reduceat(left, begin))
    number = np.add.reduceat(counted.astype(np.int64), begin)
    single = np.maximum.reduceat(values, begin)
    merged[several] = np.where(number <= 1, single, product)
    return merged
