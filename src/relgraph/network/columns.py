"""Stakeholders and ties as columns, as a store hands them over, and the arcs that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt

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
    listed = values.tolist()
    codes = {text: code for code, text in enumerate(dict.fromkeys(listed))}
    return np.fromiter(map(codes.__getitem__, listed), np.int64, count=len(listed)), len(codes)


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
        names = self.type.tolist()
        answers = {name: wanted(relationship_type(name, self.kinds)) for name in set(names)}
        return np.fromiter(map(answers.__getitem__, names), dtype=bool, count=len(names))

    def joined(self, others: Ties) -> Ties:
        """Return these ties and others, which have the same attributes."""

        def column(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> npt.NDArray[Any]:
            return np.concatenate([one, other])

        return Ties(
            column(self.source, others.source),
            column(self.target, others.target),
            column(self.type, others.type),
            column(self.strength, others.strength),
            column(self.sign, others.sign),
            {name: column(own, others.attributes[name]) for name, own in self.attributes.items()},
            self.kinds,
        )

    def take(self, rows: npt.NDArray[Any]) -> Ties:
        """Return the ties at these positions, or where this mask is true."""
        return Ties(
            self.source[rows],
            self.target[rows],
            self.type[rows],
            self.strength[rows],
            self.sign[rows],
            {name: values[rows] for name, values in self.attributes.items()},
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
        strengths = np.concatenate([strength, strength[both_ways]])[order]
        mutual = np.concatenate([both_ways, both_ways[both_ways]])[order]
        signs = np.concatenate([sign, sign[both_ways]])[order]
        return cls(
            indptr,
            heads,
            noisy_or(strengths, starts),
            noisy_or(strengths, starts, mutual),
            np.maximum.reduceat(signs, starts),
        )

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


def _grouped(n: int, tails: Ints, heads: Ints) -> tuple[Ints, Ints, Ints, npt.NDArray[np.int32]]:
    """Sort arcs by tail and head; return the order, where each pair starts, indptr, indices."""
    order = np.lexsort((heads, tails))
    tails, heads = tails[order], heads[order]
    first = np.ones(len(tails), dtype=bool)
    first[1:] = (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])
    starts = np.flatnonzero(first)
    counts = np.bincount(tails[starts], minlength=n)
    indptr = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return order, starts, indptr, heads[starts].astype(np.int32)


def noisy_or(
    strength: Floats, starts: Ints, counted: npt.NDArray[np.bool_] | None = None
) -> Floats:
    """Return 1 − Π(1 − s) of the counted ties of each group; exactly s for a single one."""
    if counted is None:
        counted = np.ones(len(strength), dtype=bool)
    with np.errstate(divide="ignore"):  # the logarithm of what a strength of 1 leaves is −∞
        left = np.log1p(-np.where(counted, strength, 0.0))
    # Not 1 − Π(1 − s) as it stands: 1 − s is 1 for a strength below 1e-16.
    merged = -np.expm1(np.add.reduceat(left, starts))
    number = np.add.reduceat(counted.astype(np.int64), starts)
    single = np.maximum.reduceat(np.where(counted, strength, 0.0), starts)
    return np.asarray(np.where(number <= 1, single, merged), dtype=np.float64)
