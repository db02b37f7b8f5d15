"""Components and what holds them together: weak, strong, articulation points, bridges.

Weak components join the ends of every arc (union–find with path halving), O(m α(n)). Strong ones
are Tarjan's, cuts are Hopcroft and Tarjan's with the size of what each cut leaves: both one
depth-first search, O(n + m), with a stack of their own instead of recursion.

Sources: Tarjan 1972, doi 10.1137/0201010; Hopcroft and Tarjan 1973, doi 10.1145/362248.362272;
Tarjan and van Leeuwen 1984, doi 10.1145/62.2160.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.kernels.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Nodes = npt.NDArray[np.int32]


@compiled
def weak_components(indptr: Ints, indices: Nodes) -> Nodes:
    """Return the weak component of each node, numbered by first member; arcs run either way."""
    n = len(indptr) - 1
    above = np.arange(n).astype(np.int32)
    for node in range(n):
        for arc in range(indptr[node], indptr[node + 1]):
            one, other = above[node], above[indices[arc]]
            while one != above[one]:
                above[one] = above[above[one]]
                one = above[one]
            while other != above[other]:
                above[other] = above[above[other]]
                other = above[other]
            # The smaller number becomes the top, so that a top precedes its component.
            if one < other:
                above[other] = one
            elif other < one:
                above[one] = other
    count = 0
    for node in range(n):
        top = above[node]
        if top == node:
            above[node] = count
            count += 1
        else:  # every node between here and the top has a smaller number: it is labelled
            above[node] = above[top]
    return above


@compiled
def strong_components(indptr: Ints, indices: Nodes) -> Nodes:
    """Return the strong component of each node, sinks of the condensed network first."""
    n = len(indptr) - 1
    label = np.full(n, -1, np.int32)
    number = np.full(n, -1, np.int32)
    low = np.empty(n, np.int32)
    at = indptr[:-1].copy()
    path = np.empty(n, np.int32)
    waiting = np.empty(n, np.int32)
    seen = waits = count = 0
    for root in range(n):
        if number[root] >= 0:
            continue
        depth = 0
        path[0] = root
        number[root] = low[root] = seen
        seen += 1
        waiting[waits] = root
        waits += 1
        while depth >= 0:
            node = path[depth]
            if at[node] < indptr[node + 1]:
                other = indices[at[node]]
                at[node] += 1
                if number[other] < 0:
                    number[other] = low[other] = seen
                    seen += 1
                    waiting[waits] = other
                    waits += 1
                    depth += 1
                    path[depth] = other
                elif label[other] < 0 and number[other] < low[node]:
                    low[node] = number[other]
                continue
            depth -= 1
            if depth >= 0 and low[node] < low[path[depth]]:
                low[path[depth]] = low[node]
            if low[node] == number[node]:
                while True:
                    waits -= 1
                    label[waiting[waits]] = count
                    if waiting[waits] == node:
                        break
                count += 1
    return label


@compiled
def cuts(
    indptr: Ints, indices: Nodes, values: Floats
) -> tuple[Nodes, npt.NDArray[np.bool_], Ints, Floats, Nodes, Ints, Floats]:
    """Return components, articulation points and bridges, with what each cuts off.

    Parameters
    ----------
    indptr, indices : ndarray
        A symmetric network without self loops or parallel arcs.
    values : ndarray of float64, shape (n,)
        Summed over what is cut off.

    Returns
    -------
    component : ndarray of int32, shape (n,)
        Component of each node, numbered by first member.
    articulation : ndarray of bool, shape (n,)
        Whether the component falls apart without the node.
    lost, lost_value : ndarray, shape (n,)
        Number and value of the nodes that its removal parts from the largest piece left.
    bridge_to : ndarray of int32, shape (n,)
        The other end of the bridge from a node up the search tree, −1 for none.
    far, far_value : ndarray, shape (n,)
        Number and value of the nodes on the node's side of that tie.
    """
    n = len(indptr) - 1
    component = np.full(n, -1, np.int32)
    number = np.full(n, -1, np.int32)
    low = np.empty(n, np.int32)
    parent = np.full(n, -1, np.int32)
    at = indptr[:-1].copy()
    order = np.empty(n, np.int32)
    seen = 0
    count = 0
    for root in range(n):
        if number[root] >= 0:
            continue
        node = root
        number[root] = low[root] = seen
        order[seen] = root
        seen += 1
        component[root] = count
        while node >= 0:
            if at[node] == indptr[node + 1]:
                up = parent[node]
                if up >= 0 and low[node] < low[up]:
                    low[up] = low[node]
                node = up
                continue
            other = indices[at[node]]
            at[node] += 1
            if number[other] < 0:
                number[other] = low[other] = seen
                order[seen] = other
                seen += 1
                component[other] = count
                parent[other] = node
                node = other
            elif other != parent[node] and number[other] < low[node]:
                low[node] = number[other]
        count += 1
    far = np.ones(n, np.int64)
    far_value = values.copy()
    # Of the pieces that a node's removal leaves: how many, and the largest.
    pieces = np.zeros(n, np.int32)
    parted = np.zeros(n, np.int64)
    parted_value = np.zeros(n)
    largest = np.zeros(n, np.int64)
    largest_value = np.zeros(n)
    bridge_to = np.full(n, -1, np.int32)
    for place in range(n - 1, -1, -1):
        node = order[place]
        up = parent[node]
        if up < 0:
            continue
        far[up] += far[node]
        far_value[up] += far_value[node]
        if low[node] > number[up]:
            bridge_to[node] = up
        if low[node] >= number[up]:
            pieces[up] += 1
            parted[up] += far[node]
            parted_value[up] += far_value[node]
            if far[node] > largest[up] or (
                far[node] == largest[up] and far_value[node] > largest_value[up]
            ):
                largest[up] = far[node]
                largest_value[up] = far_value[node]
    articulation = np.zeros(n, np.bool_)
    lost = np.zeros(n, np.int64)
    lost_value = np.zeros(n)
    root = -1
    for place in range(n):
        node = order[place]
        if parent[node] < 0:
            root = node
        rest = far[root] - 1 - parted[node]
        rest_value = far_value[root] - values[node] - parted_value[node]
        if pieces[node] + (rest > 0) < 2:
            continue
        articulation[node] = True
        if rest > largest[node] or (rest == largest[node] and rest_value > largest_value[node]):
            lost[node] = parted[node]
            lost_value[node] = parted_value[node]
        else:
            lost[node] = parted[node] + rest - largest[node]
            lost_value[node] = parted_value[node] + rest_value - largest_value[node]
    return component, articulation, lost, lost_value, bridge_to, far, far_value
