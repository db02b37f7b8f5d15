"""Stakeholders and relationships as columns, the way a store hands them over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.model import RELATIONSHIP_TYPES, RelationshipType, relationship_type

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]


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


def where(labels: Texts, wanted: Callable[[str], bool]) -> Mask:
    """Return where a label is wanted, asking once for each label there is."""
    answers = {name: wanted(name) for name in set(labels.tolist())}
    return np.fromiter(map(answers.__getitem__, labels.tolist()), dtype=bool, count=len(labels))


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
        return self.where(lambda kind: kind.both_ways)

    def where(self, wanted: Callable[[RelationshipType], bool]) -> Mask:
        """Return which ties are of a type that is wanted."""
        return where(self.type, lambda name: wanted(relationship_type(name, self.kinds)))

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
