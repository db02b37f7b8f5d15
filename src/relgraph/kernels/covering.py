"""What seeds hit of sampled sets: which sets each node is in, and how many are not hit yet.

`cover` takes one seed of the greedy choice: the sets that it hits stop counting for the others,
O(size of those sets). `first_hits` looks at each member of each set once, `invert` twice.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Bools, Ints, Nodes, compiled
from relgraph.kernels.sampling import Sets


@compiled
def _invert(offsets: Ints, nodes: Nodes, n: int) -> tuple[Ints, Nodes]:
    # Sorting by counting: the members of each node come in the order of the sets.
    indptr = np.zeros(n + 1, np.int64)
    for node in nodes:
        indptr[node + 1] += 1
    for node in range(n):
        indptr[node + 1] += indptr[node]
    place = indptr[:-1].copy()
    members = np.empty(len(nodes), np.int32)
    for number in range(len(offsets) - 1):
        for position in range(offsets[number], offsets[number + 1]):
            node = nodes[position]
            members[place[node]] = number
            place[node] += 1
    return indptr, members


@compiled
def cover(
    node: int,
    offsets: Ints,
    nodes: Nodes,
    indptr: Ints,
    members: Nodes,
    covered: Bools,
    gain: Ints,
) -> int:
    """Take a node: mark its sets as covered, lower the gain of their members, return its own."""
    # Invariant: `gain` of a node is how many sets it is in that are not covered.
    own = 0
    for place in range(indptr[node], indptr[node + 1]):
        number = members[place]
        if not covered[number]:
            covered[number] = True
            own += 1
            for position in range(offsets[number], offsets[number + 1]):
                gain[nodes[position]] -= 1
    return own


@compiled
def _first_hits(offsets: Ints, nodes: Nodes, place: Nodes, hits: Ints) -> None:
    for number in range(len(offsets) - 1):
        first = len(hits)
        for position in range(offsets[number], offsets[number + 1]):
            first = min(first, place[nodes[position]])
        if first < len(hits):
            hits[first] += 1


def first_hits(sets: Sets, seeds: Ints, n: int) -> Ints:
    """Return how many sets each seed hits that no seed before it does, shape (k,)."""
    place = np.full(n, len(seeds), np.int32)
    place[seeds] = np.arange(len(seeds), dtype=np.int32)
    hits = np.zeros(len(seeds), np.int64)
    _first_hits(sets.offsets, sets.nodes, place, hits)
    return hits


def invert(sets: Sets, n: int) -> tuple[Ints, Nodes]:
    """Return which sets each node is in: where they begin, and their numbers."""
    indptr, members = _invert(sets.offsets, sets.nodes, n)
    return indptr, members
