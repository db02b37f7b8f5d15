"""Components and what holds them together: weak, strong, articulation points, bridges.

Weak components join the ends of every arc (union–find with path halving), O(m α(n)). Strong ones
are Tarjan's, cuts are Hopcroft and Tarjan's with the size of what each cut leaves: both one
depth-first search, O(n + m), with a stack of their own instead of recursion.

Sources: Tarjan 1972, doi 10.1137/0201010; Hopcroft and Tarjan 1973, doi 10.1145/362248.362272;
Tarjan and van Leeuwen 1984, doi 10.1145/62.2160.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import Bools, Floats, Ints, Nodes, compiled


@compiled
def weak_components(indptr: Ints, indices: Nodes) -> Nodes:
    """Return the weak component of each node, numbered by first member; arcs run either way."""
    n = len(indptr) - 1
    above = np.arange(n).astype(np.int32)
    # Invariant: a node's component is that of the node above it, whose number is never larger;
    # the top of a component is above itself.
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
    number = np.full(n, -1, np.int32)  # in the order of finding nodes
    low = np.empty(n, np.int32)
    arc_of = indptr[:-1].copy()  # the arc of each node to look at next
    path = np.empty(n, np.int32)  # from the root of the search tree to where it is
    waiting = np.empty(n, np.int32)  # found and not labelled, in the order of finding
    found = waits = count = 0
    # Tarjan 1972, O(n + m). Invariant: `low` is the smallest number among the waiting nodes that
    # a node is known to lead to. Where that stays its own, the nodes that wait behind it are
    # what it leads to and what leads back: a component.
    for root in range(n):
        if number[root] >= 0:
            continue
        depth = 0
        path[0] = root
        number[root] = low[root] = found
        found += 1
        waiting[waits] = root
        waits += 1
        while depth >= 0:
            node = path[depth]
            if arc_of[node] < indptr[node + 1]:
                other = indices[arc_of[node]]
                arc_of[node] += 1
                if number[other] < 0:
                    number[other] = low[other] = found
                    found += 1
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
def _search(indptr: Ints, indices: Nodes) -> tuple[Nodes, Nodes, Nodes, Nodes, Nodes]:
    """Return components and the search forest: numbers, low points, parents, order of finding."""
    n = len(indptr) - 1
    component = np.full(n, -1, np.int32)
    number = np.full(n, -1, np.int32)
    low = np.empty(n, np.int32)
    parent = np.full(n, -1, np.int32)
    arc_of = indptr[:-1].copy()  # the arc of each node to look at next
    order = np.empty(n, np.int32)
    found = count = 0
    # Hopcroft and Tarjan 1973, O(n + m). Invariant: `low` is the smallest number that a node is
    # known to be tied to by what hangs from it; no tie joins two branches of the tree.
    for root in range(n):
        if number[root] >= 0:
            continue
        node = root
        number[root] = low[root] = found
        order[found] = root
        found += 1
        component[root] = count
        while node >= 0:
            if arc_of[node] == indptr[node + 1]:
                up = parent[node]
                if up >= 0 and low[node] < low[up]:
                    low[up] = low[node]
                node = up
                continue
            other = indices[arc_of[node]]
            arc_of[node] += 1
            if number[other] < 0:
                number[other] = low[other] = found
                order[found] = other
                found += 1
                component[other] = count
                parent[other] = node
                node = other
            elif other != parent[node] and number[other] < low[node]:
                low[node] = number[other]
        count += 1
    return component, number, low, parent, order


@compiled
def _branches(
    number: Nodes, low: Nodes, parent: Nodes, order: Nodes, values: Floats
) -> tuple[Ints, Floats, Nodes, Nodes, Ints, Floats, Ints, Floats]:
    """Return what hangs from each node in the search tree, the bridge up, and what it cuts off.

    That is the number and the value of its branch, itself counted; the other end of the bridge;
    and of the branches below that fall off without it: how many, their sum and the largest of
    them, each as a number and a value.
    """
    n = len(order)
    far, far_value = np.ones(n, np.int64), values.copy()
    pieces, parted, largest = np.zeros(n, np.int32), np.zeros(n, np.int64), np.zeros(n, np.int64)
    parted_value, largest_value = np.zeros(n), np.zeros(n)
    bridge_to = np.full(n, -1, np.int32)
    # From the last found to the first, so that a node's branches are summed before itself.
    for place in range(n - 1, -1, -1):
        node = order[place]
        up = parent[node]
        if up < 0:
            continue
        far[up] += far[node]
        far_value[up] += far_value[node]
        # Nothing below the node leads past its parent, or even to it but by this tie.
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
    return far, far_value, bridge_to, pieces, parted, parted_value, largest, largest_value


@compiled
def cuts(
    indptr: Ints, indices: Nodes, values: Floats
) -> tuple[Nodes, Bools, Ints, Floats, Nodes, Ints, Floats]:
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
    component, number, low, parent, order = _search(indptr, indices)
    branches = _branches(number, low, parent, order, values)
    far, far_value, bridge_to, pieces, parted, parted_value, largest, largest_value = branches
    articulation = np.zeros(n, np.bool_)
    lost, lost_value = np.zeros(n, np.int64), np.zeros(n)
    root = -1
    for place in range(n):
        node = order[place]
        if parent[node] < 0:
            root = node
        # What is left above the node is one piece more, if there is anything.
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
