"""Who belongs to whom: people to the organisation they work for, subsidiaries to their parent."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from relgraph.model import FIRM
from relgraph.network import Ints, Nodes, Ties

Mask = npt.NDArray[np.bool_]


def find_organisations(nodes: Nodes, ties: Ties) -> Ints:
    """Return for everyone the topmost organisation that they work for, or themselves."""
    return topmost(find_employers(nodes, ties))


def find_employers(nodes: Nodes, ties: Ties) -> Ints:
    """Return for everyone whom outside the firm they work for, or themselves.

    The property `organisation` says so, else a WORKS_FOR tie: of several the strongest, so that
    nobody counts twice.
    """
    outside = _outside(nodes)
    named = _named(nodes, "organisation")
    counts = outside & outside[named]
    found = np.where(counts, named, np.arange(len(nodes)))
    rows = np.flatnonzero(_works(ties, outside))
    ids = nodes.ids.astype(str)
    order = np.lexsort((ids[ties.target[rows]], -np.nan_to_num(ties.strength[rows])))
    for row in rows[order].tolist():
        source, target = ties.source[row], ties.target[row]
        if found[source] == source:
            found[source] = target
    return found


def left_with(employers: Ints, left: Mask) -> Mask:
    """Return who has left, themselves or with somebody they work for."""
    for _ in range(len(employers).bit_length() + 1):
        left, employers = left | left[employers], employers[employers]
    return left


def count_several(nodes: Nodes, ties: Ties) -> int:
    """Return how many people work for more than one organisation outside the firm."""
    outside = _outside(nodes)
    works, named = _works(ties, outside), _named(nodes, "organisation")
    given = np.flatnonzero(outside & outside[named] & (named != np.arange(len(nodes))))
    pairs = np.concatenate(
        [
            np.column_stack([ties.source[works], ties.target[works]]),
            np.column_stack([given, named[given]]),
        ]
    )
    people = np.unique(pairs, axis=0)[:, 0]
    return int((np.bincount(people, minlength=1) > 1).sum())


def find_groups(nodes: Nodes) -> Ints:
    """Return for everyone the topmost `parent` above them, or themselves."""
    return topmost(_named(nodes, "parent"))


def topmost(above: Ints) -> Ints:
    """Follow each to whom they belong in the end; who would go in a circle stays."""
    for _ in range(len(above).bit_length() + 1):
        above = above[above]
    circle = above[above] != above
    return np.where(circle, np.arange(len(above)), above)


def _outside(nodes: Nodes) -> Mask:
    return np.asarray(~np.isin(nodes.markets.astype(str), (FIRM, "employee")), dtype=bool)


def _works(ties: Ties, outside: Mask) -> Mask:
    works = np.asarray(ties.type == "WORKS_FOR", dtype=bool) & (ties.source != ties.target)
    return np.asarray(works & outside[ties.source] & outside[ties.target], dtype=bool)


def _named(nodes: Nodes, name: str) -> Ints:
    """Return where the stakeholder is whose id a property holds; themselves where there is none."""
    position = {node_id: row for row, node_id in enumerate(nodes.ids.tolist())}
    n = len(position)
    named = nodes.attributes.get(name, np.full(n, None)).tolist()
    return np.fromiter((position.get(above, row) for row, above in enumerate(named)), np.int64, n)
