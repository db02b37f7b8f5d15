"""Contagion: how likely buyers follow one who leaves, along arcs of word of mouth.

A neighbour's leaving multiplies the yearly hazard by 1 + ρ·s, so that an arc u → v passes leaving
on with p = 1 − e^(−h_v·ρ·s_uv): ρ = 0.8 (Nitzan and Libai 2011, doi 10.1509/jm.10.0209). From
there it is an independent cascade within the year: exact where few are within reach, drawn where
more are, and followed for two steps where even draws are too many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats, Ints
from relgraph.planning.basis import Basis
from relgraph.planning.cascades import Cascades, Hops
from relgraph.planning.sums import summed
from relgraph.planning.worth import Worth

_WORK = 1 << 26  # steps, 3 to the power of who is within reach, of the exact ones together
_DRAWN = 1 << 25  # leavers times nodes and arcs up to which cascades are drawn


class Followers(NamedTuple):
    """How likely each account follows some who leave, and in how many hops; −1 for never.

    Those who leave have chance 1 and hop 0. `exact` is False where the chances were drawn.
    """

    chance: Floats
    hops: Hops
    exact: bool


class Pairs(NamedTuple):
    """Leavers, and for each somebody who may follow; positions among the accounts."""

    leaver: Ints
    follower: Ints


class Chained(NamedTuple):
    """The money that is expected to follow each buyer, and how likely some pairs follow.

    `drawn` and `two_steps` say of how many leavers that isn't exact.
    """

    money: Floats
    chance: Floats
    drawn: int
    two_steps: int


@dataclass(frozen=True, eq=False)
class Contagion:
    """The arcs along which leaving spreads among buyers, ordered by source, then target.

    Parameters
    ----------
    arcs : ndarray of int64, shape (m,)
        Which of the arcs of word of mouth they are.
    source, target : ndarray of int64, shape (m,)
        Positions among the accounts.
    back : ndarray of int64, shape (m,)
        The arc the other way, or −1.
    n : int
        How many accounts there are.
    """

    arcs: Ints
    source: Ints
    target: Ints
    back: Ints
    n: int

    def passing(self, worth: Worth) -> Floats:
        """Return the chance that each arc passes leaving on, shape (b, m)."""
        contagion = worth.worlds.assumed["contagion"]
        strength = worth.worlds.word[:, self.arcs]
        return -np.expm1(-worth.hazard[:, self.target] * contagion * strength)

    def two_steps(self, passing: Floats, money: Floats) -> Floats:
        """Return the money that follows each within two steps, shape (b, n).

        Parameters
        ----------
        passing : ndarray of float64, shape (b, m)
        money : ndarray of float64, shape (b, n)
            What is lost with each.
        """
        near = summed(self.source, passing * money[:, self.target], self.n)
        far = passing * near[:, self.target]
        both = self.back >= 0  # one who left can't follow their own example
        far[:, both] -= (passing * money[:, self.source] * passing[:, self.back])[:, both]
        return near + summed(self.source, far, self.n)

    def after_two_steps(self, passing: Floats, leavers: Ints) -> Floats:
        """Return about how likely each follows these leavers within two steps, shape (b, n)."""
        leave = np.zeros(self.n)
        leave[leavers] = 1
        near = summed(self.target, passing * leave[self.source], self.n) * (1 - leave)
        far = summed(self.target, passing * near[:, self.source], self.n) * (1 - leave)
        return near + far

    def followers(self, passing: Floats, leavers: Ints, seed: int) -> Followers:
        """Return who follows when these leave together.

        Parameters
        ----------
        passing : ndarray of float64, shape (m,)
        leavers : ndarray of int64, shape (k,)
        seed : int
            Of the draws where there are too many within reach.
        """
        cascades = self._cascades(passing, seed)
        hops = cascades.hops_of_all(leavers)
        if not (hops > 0).any():
            return Followers((hops[0] == 0).astype(np.float64), hops[0], exact=True)
        # Leavers cost nothing: the work is 3 to the power of those who may follow.
        nodes, found = cascades.exact(
            leavers[np.newaxis], len(leavers) - 1 + int(assumptions.EXACT_CASCADE)
        )
        within = nodes[0] >= 0
        if not within.any():
            chance = cascades.drawn(leavers[np.newaxis], hops)[0]
            return Followers(chance, hops[0], exact=False)
        chance = np.zeros(self.n)
        chance[nodes[0][within]] = found[0][within]
        return Followers(chance, hops[0], exact=True)

    def _cascades(self, passing: Floats, seed: int) -> Cascades:
        """Return the arcs that can pass leaving on: none leads to who is certain to stay."""
        live = passing > 0
        return Cascades(self.n, self.source[live], self.target[live], passing[live], seed)

    def chained(
        self,
        passing: Floats,
        money: Floats,
        pairs: Pairs,
        seed: int,
        asked: Ints | None = None,
    ) -> Chained:
        """Return the money that is expected to follow each who leaves alone.

        Parameters
        ----------
        passing : ndarray of float64, shape (m,)
        money : ndarray of float64, shape (n,)
            What is lost with each.
        pairs : Pairs
            Whose chances to follow are wanted.
        seed : int
            Of the draws where there are too many within reach.
        asked : ndarray of int64, optional
            Who is wanted, all for None; the others get 0. It changes no figure.
        """
        cascades = self._cascades(passing, seed)
        everyone = np.unique(self.source)
        few = len(everyone) * (self.n + len(self.arcs)) <= _DRAWN
        leavers = everyone if asked is None else everyone[np.isin(everyone, asked)]
        most = _affordable(everyone, None)
        if few and _any_between(within := cascades.count_within(leavers), most):
            whole = len(leavers) == len(everyone)
            most = _affordable(everyone, within if whole else cascades.count_within(everyone))
        nodes, chance = cascades.exact(leavers[:, np.newaxis], most)
        chance[:, 0] = 0  # the leaver
        found = np.zeros(self.n)
        found[leavers] = np.where(nodes >= 0, chance * money[nodes], 0).sum(axis=1)
        row = np.full(self.n, -1)
        row[leavers] = np.arange(len(leavers))
        told = np.zeros(len(pairs.leaver))
        wanted = np.flatnonzero(row[pairs.leaver] >= 0)
        rows, follower = row[pairs.leaver[wanted]], pairs.follower[wanted]
        told[wanted] = (chance[rows] * (nodes[rows] == follower[:, np.newaxis])).sum(axis=1)
        many = np.flatnonzero(nodes[:, 0] < 0)
        rest, beyond = leavers[many], np.isin(rows, many)
        if not few:
            found[rest] = self.two_steps(passing[np.newaxis], money[np.newaxis])[0, rest]
            walks = self._walks(passing, pairs.leaver[wanted[beyond]], follower[beyond])
            told[wanted[beyond]] = walks
            return Chained(found, told, 0, len(rest))
        for block in cascades.in_blocks(many):
            away = leavers[block]
            drawn = cascades.drawn(away[:, np.newaxis], cascades.hops_of_each(away))
            found[away] = drawn @ money - money[away]
            here = np.isin(rows, block)
            told[wanted[here]] = drawn[np.searchsorted(block, rows[here]), follower[here]]
        return Chained(found, told, len(rest), 0)

    def _walks(self, passing: Floats, leaver: Ints, follower: Ints) -> Floats:
        """Return about how likely each follows their leaver within two steps."""
        if not len(leaver):
            return np.zeros(0)
        from scipy.sparse import csr_array

        arcs = csr_array((passing, (self.source, self.target)), shape=(self.n, self.n))
        rows = arcs[leaver]
        columns = arcs.T.tocsr()[follower]
        near = np.asarray(arcs[leaver, follower]).ravel()
        return np.minimum(near + np.asarray((rows * columns).sum(axis=1)).ravel(), 1)


def _any_between(within: Ints, most: int) -> bool:
    """Return whether anyone has more within reach than `most`, but not too many to be exact."""
    return bool(((within > most) & (within <= assumptions.EXACT_CASCADE)).any())


def _affordable(leavers: Ints, within: Ints | None) -> int:
    """Return up to how many within reach everyone's followers are worked out exactly."""
    sizes = np.arange(1, int(assumptions.EXACT_CASCADE) + 1)
    work = len(leavers) * 3.0 ** (sizes - 1)
    if within is not None:
        counts = np.bincount(np.minimum(within, len(sizes) + 1), minlength=len(sizes) + 2)
        work = np.cumsum(counts[sizes] * 3.0 ** (sizes - 1))
    return max(1, int((work <= _WORK).sum()))


def find_contagion(basis: Basis) -> Contagion:
    """Return along which arcs leaving spreads: word of mouth from one buyer to another."""
    word, buyer = basis.word, basis.is_buyer
    arcs = np.flatnonzero(buyer[word.source] & buyer[word.target])
    source, target = word.source[arcs], word.target[arcs]
    keys, reverse = source * basis.n + target, target * basis.n + source
    back = np.full(len(arcs), -1)
    if len(arcs):
        place = np.minimum(np.searchsorted(keys, reverse), len(arcs) - 1)
        back = np.where(keys[place] == reverse, place, -1)
    return Contagion(arcs, source, target, back, basis.n)
