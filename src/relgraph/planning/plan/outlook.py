"""Outlook: what every package brings at the central assumptions, and in each drawn world."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from relgraph.network import Floats, Ints
from relgraph.planning.plan.additive import Room, chosen_in_each
from relgraph.planning.plan.choice import Choice
from relgraph.planning.plan.gains import Gains, Present, gains, leaving, positive_stake
from relgraph.planning.plan.packages import Packages
from relgraph.planning.plan.together import Arcs, Echoes, pair_gains
from relgraph.planning.worth import Worth
from relgraph.settings import PlanningSettings

_SHORT = 200  # accounts whose draws are kept
_TIMES = 20  # or so many times those that are chosen, if that is more


@dataclass(frozen=True, eq=False)
class Outlook:
    """What p packages bring, those of the most promising accounts in every world.

    Parameters
    ----------
    packages : Packages
    worth : Worth
        At the central assumptions.
    central : Gains
        At the central assumptions, of shape (1, p).
    expected : ndarray of float64, shape (p,)
        The mean of what each brings beyond its cost over the draws, the central figure without.
    short : ndarray of int64, shape (s,)
        The packages of the most promising accounts.
    net : ndarray of float64, shape (b, s)
        What those bring in each draw; one row, the central figures, without draws.
    echoes, present_echoes : Echoes
        What pairs of them rest on, in the draws and at the central assumptions.
    arcs : Arcs
        Of word of mouth among their accounts.
    rank : ndarray of int64, shape (b, s)
        In each draw, the rank of the account by its best package.
    share : ndarray of float64, shape (n,)
        Of the draws in which each account is among the best choice; NaN without draws.
    """

    packages: Packages
    worth: Worth
    central: Gains
    expected: Floats
    short: Ints
    net: Floats
    echoes: Echoes
    present_echoes: Echoes
    arcs: Arcs
    rank: Ints
    share: Floats

    @cached_property
    def pairs(self) -> Floats:
        """Return what pairs of promising packages bring beyond both, shape (s, s)."""
        return pair_gains(self.echoes, self.arcs, self.packages.account[self.short])

    @cached_property
    def central_pairs(self) -> Floats:
        """Return the same at the central assumptions."""
        return pair_gains(self.present_echoes, self.arcs, self.packages.account[self.short])

    def together(self, places: Ints) -> Floats:
        """Return what some promising packages bring together in each draw, shape (b,)."""
        account = self.packages.account[self.short[places]]
        total = self.net[:, places].sum(axis=1)
        saved, calmed = self.echoes.saved[:, places], self.echoes.calmed[:, places]
        for source, target, passing in zip(*self.arcs, self.echoes.passing.T, strict=True):
            for i in np.flatnonzero(account == source):
                for j in np.flatnonzero(account == target):
                    total = total + saved[:, i] * calmed[:, j] * passing
        return np.asarray(total)


def look_ahead(
    packages: Packages,
    present: Present,
    room: Room,
    settings: PlanningSettings,
    free: Floats | None = None,
    also: tuple[int, ...] = (),
) -> Outlook:
    """Return what packages bring in the present and in every drawn world.

    Parameters
    ----------
    packages : Packages
        Those that may be chosen.
    present : Present
    room : Room
        What may be chosen, in every draw.
    settings : PlanningSettings
        How many draws, and their seed.
    free : ndarray of float64, optional
        The contacts that employees can still make, where that limits what is chosen.
    also : tuple of int
        Accounts whose draws are kept too.
    """
    worth = present.basis.central()
    central = gains(packages, present, worth)
    short = most_promising(central.net[0], packages, room.count, (*room.must, *also))
    watch = _Watch(packages, short, present, room, free)
    if not settings.draws:
        watch.look(worth, central)
    settings.progress.start("progress.drawing_worlds", settings.draws)
    for drawn in present.basis.drawn(settings.draws, settings.seed):
        watch.look(drawn, gains(packages, present, drawn))
        settings.progress.advance(len(drawn.worlds))
    settings.progress.finish()
    share = watch.chosen / settings.draws if settings.draws else watch.chosen * np.nan
    return Outlook(
        packages,
        worth,
        central,
        watch.total / max(1, settings.draws),
        short,
        np.concatenate(watch.net),
        Echoes(*map(np.concatenate, zip(*watch.echoes, strict=True))),
        watch.echo(worth, central),
        Arcs(present.contagion.source[watch.arcs], present.contagion.target[watch.arcs]),
        np.concatenate(watch.rank),
        share,
    )


def most_promising(net: Floats, packages: Packages, count: int, also: tuple[int, ...]) -> Ints:
    """Return the packages of the accounts whose best one brings most, and of some others."""
    order = np.argsort(-np.nan_to_num(net, nan=-np.inf), kind="stable")
    accounts = packages.account[order]
    _, first = np.unique(accounts, return_index=True)
    best = accounts[np.sort(first)][: max(_SHORT, _TIMES * count)]
    return np.flatnonzero(np.isin(packages.account, [*best.tolist(), *also]))


class _Watch:
    """What is kept of every world."""

    def __init__(
        self,
        packages: Packages,
        short: Ints,
        present: Present,
        room: Room,
        free: Floats | None,
    ) -> None:
        self.packages, self.short, self.room, self.free = packages, short, room, free
        self.few = packages.take(short)
        contagion = present.contagion
        near = np.zeros(present.basis.n, dtype=bool)
        near[self.few.account] = True
        arcs = near[contagion.source] & near[contagion.target]
        self.arcs: Ints = np.flatnonzero(arcs)
        self.word = contagion.arcs[self.arcs]
        self.total = np.zeros(len(packages))
        self.chosen = np.zeros(present.basis.n)
        self.net: list[Floats] = []
        self.rank: list[Ints] = []
        self.echoes: list[Echoes] = []

    def look(self, worth: Worth, found: Gains) -> None:
        """Keep what matters of some worlds."""
        net, short = found.net, self.short
        self.total += net.sum(axis=0)
        self.net.append(net[:, short])
        self.echoes.append(self.echo(worth, found))
        known = np.nan_to_num(net, nan=-np.inf)
        self.rank.append(_ranks(known, self.packages)[:, short])
        taken = self._taken(known)
        np.add.at(self.chosen, self.packages.account, taken.sum(axis=0))

    def _taken(self, net: Floats) -> npt.NDArray[np.bool_]:
        """Return which packages are chosen in each world."""
        if self.free is None:
            return chosen_in_each(net, self.packages, self.room)
        taken = np.zeros(net.shape, dtype=bool)
        alone = np.zeros((len(self.few), len(self.few)))
        for row, nets in enumerate(net[:, self.short]):
            taken[row, self.short[Choice(self.few, nets, alone, self.room, self.free).quick()]] = 1
        return taken

    def echo(self, worth: Worth, found: Gains) -> Echoes:
        """Return what pairs of promising packages rest on."""
        account = self.few.account
        before = leaving(worth.hazard)[:, account]
        after = leaving(found.hazard[:, self.short])
        return Echoes(
            found.saved[:, self.short],
            positive_stake(worth)[:, account] * (after - before),
            worth.worlds.assumed["contagion"] * worth.worlds.word[:, self.word],
        )


def _ranks(net: Floats, packages: Packages) -> Ints:
    """Return for each package the rank of its account by the best one, in every world."""
    if not len(packages):
        return np.zeros(net.shape, np.int64)
    starts = np.flatnonzero(np.diff(packages.account, prepend=-1))
    best = -np.maximum.reduceat(net, starts, axis=1)
    ranks = np.array([1 + np.searchsorted(np.sort(row), row) for row in best])
    group = np.cumsum(np.diff(packages.account, prepend=-1) != 0) - 1
    return ranks[:, group]
