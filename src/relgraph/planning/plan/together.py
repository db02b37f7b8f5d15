"""Together: what two packages bring less together than alone, as buyers follow an example once.

A buyer v whose own hazard falls to h′ gains less from a neighbour u who stays: K·ρ·s·Δr_u is worth
h′·e^(−h′) in place of h·e^(−h). V is therefore a sum over single packages and pairs of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from relgraph.network import Floats, Ints

_FIGURES = 1 << 22  # held at once


class Echoes(NamedTuple):
    """What pairs of packages rest on, in b worlds.

    Parameters
    ----------
    saved : ndarray of float64, shape (b, p)
        How much more likely each package lets its account stay; 0 where nobody follows it.
    calmed : ndarray of float64, shape (b, p)
        K⁺·(h′·e^(−h′) − h·e^(−h)) of its account.
    passing : ndarray of float64, shape (b, m)
        ρ·s of each arc of word of mouth.
    """

    saved: Floats
    calmed: Floats
    passing: Floats


class Arcs(NamedTuple):
    """Arcs of word of mouth between buyers, m of them: from one account to another."""

    source: Ints
    target: Ints


def pair_gains(echoes: Echoes, arcs: Arcs, account: Ints) -> Floats:
    """Return the mean of what each pair of packages brings together beyond both, shape (p, p).

    Parameters
    ----------
    echoes : Echoes
    arcs : Arcs
    account : ndarray of int64, shape (p,)
        Of each package, in ascending order.
    """
    one, other, arc = _pairs(arcs, account)
    pairs = np.zeros((len(account), len(account)))
    size = max(1, _FIGURES // max(1, len(echoes.saved)))
    for first in range(0, len(arc), size):
        part = slice(first, first + size)
        i, j, k = one[part], other[part], arc[part]
        mean = np.einsum(
            "bq,bq,bq->q", echoes.saved[:, i], echoes.calmed[:, j], echoes.passing[:, k]
        )
        np.add.at(pairs, (i, j), mean / len(echoes.saved))
    return np.asarray(pairs + pairs.T)


def _pairs(arcs: Arcs, account: Ints) -> tuple[Ints, Ints, Ints]:
    """Return for each arc every package of its source with every one of its target."""
    first = np.searchsorted(account, arcs.source)
    many = np.searchsorted(account, arcs.source, "right") - first
    start = np.searchsorted(account, arcs.target)
    count = np.searchsorted(account, arcs.target, "right") - start
    arc = np.repeat(np.arange(len(arcs.source)), many * count)
    place = np.arange(len(arc)) - np.repeat(np.cumsum(many * count) - many * count, many * count)
    return first[arc] + place // count[arc], start[arc] + place % count[arc], arc
