"""Information: what an answer is worth, since it can change what is chosen.

Worlds are sorted by what is asked for and put into groups of equal size; in each the best choice
is made, as one could with the answer. What that brings on average beyond the best choice without
is the worth, less what groups by chance bring (Strong, Oakley and Brennan 2014, doi
10.1177/0272989X13505910, with groups in place of a regression).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats, Ints

Best = Callable[[Floats], Floats]  # from nets of several cases, (c, p), to the best sums, (c,)


class Information:
    """The worth of answers to questions about b worlds.

    Parameters
    ----------
    net : ndarray of float64, shape (b, p)
        What each package brings in each world.
    best : callable
        Gives the best sum of nets in each of several cases.
    seed : int
        Of the groups by chance.
    """

    def __init__(self, net: Floats, best: Best, seed: int) -> None:
        self.net, self.best = net, best
        self.worlds = len(net)
        self.bins = int(assumptions.QUESTION_BINS)
        self.present = float(best(net.mean(axis=0)[np.newaxis])[0])
        rng = np.random.default_rng(seed)
        times = int(assumptions.QUESTION_PERMUTATIONS)
        orders = [rng.permutation(self.worlds) for _ in range(times)]
        chance = [self._in_groups(order) for order in orders]
        self.by_chance = float(np.mean(chance))
        self.noise = max(chance) - self.by_chance

    @property
    def perfect(self) -> float:
        """Return what knowing everything would be worth."""
        return max(0.0, float(self.best(self.net).mean()) - self.present)

    def worth(self, drawn: Floats) -> float:
        """Return what an answer is worth, from the value of what is asked for in each world."""
        if drawn.min() == drawn.max():
            return 0.0
        gain = self._in_groups(np.argsort(drawn, kind="stable")) - self.by_chance
        return float(np.clip(gain, 0.0, self.perfect))

    def _in_groups(self, order: Ints) -> float:
        """Return what the best choice in each group brings beyond the present one."""
        means = np.array([self.net[rows].mean(axis=0) for rows in np.array_split(order, self.bins)])
        sizes = np.array([len(rows) for rows in np.array_split(order, self.bins)])
        return float(self.best(means) @ sizes / self.worlds) - self.present
