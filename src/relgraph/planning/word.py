"""The arcs that word of mouth about the firm travels along among accounts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from relgraph.analysis.partnerships.evidence import Mask
from relgraph.model import word_of_mouth
from relgraph.network import Arcs, Floats, Ints
from relgraph.planning.accounts import Accounts
from relgraph.planning.firm_ties import filled_network


@dataclass(frozen=True, eq=False)
class AccountArcs:
    """Arcs from one account to another, ordered by source, then target.

    Parameters
    ----------
    n : int
        How many accounts there are.
    source, target : ndarray of int64, shape (m,)
        Positions among the accounts.
    """

    n: int
    source: Ints
    target: Ints

    @cached_property
    def indptr(self) -> Ints:
        """Return where each account's arcs begin, shape (n + 1,)."""
        counts = np.bincount(self.source, minlength=self.n)
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


@dataclass(frozen=True, eq=False)
class WordArcs(AccountArcs):
    """Arcs along which word travels.

    Parameters
    ----------
    strength : ndarray of float64, shape (m,)
        In (0, 1].
    """

    strength: Floats


def find_word(accounts: Accounts) -> WordArcs:
    """Return the arcs of word of mouth whose source speaks for us: one who isn't hostile."""
    return word_from(accounts, ~accounts.hostile)


def word_from(accounts: Accounts, speaks: Mask) -> WordArcs:
    """Return the arcs of word of mouth from some accounts, mask of shape (n,)."""
    network = filled_network(accounts.active, word_of_mouth(accounts.active.ties.kinds))
    account = accounts.account_of
    source, target = account[network.sources], account[network.indices]
    kept = (source >= 0) & (target >= 0) & (source != target)
    kept[kept] &= speaks[source[kept]]
    source, target, strength = source[kept], target[kept], network.strength[kept]
    one_way = np.zeros(len(source), dtype=bool)
    signs = np.ones(len(source), np.int8)
    arcs = Arcs.merged(accounts.n, source, target, strength, signs, one_way)
    tails = np.repeat(np.arange(accounts.n), np.diff(arcs.indptr))
    return WordArcs(accounts.n, tails, arcs.indices.astype(np.int64), arcs.strength)
