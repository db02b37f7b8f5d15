"""Gains: what packages bring in a year, in several worlds; definitions in docs/planning.md."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import Basis
from relgraph.planning.contagion import Contagion, find_contagion
from relgraph.planning.dependence import Threads, find_threads
from relgraph.planning.levels import median_gain
from relgraph.planning.plan.held import Held
from relgraph.planning.plan.packages import Packages
from relgraph.planning.sums import summed
from relgraph.planning.worth import Worth


@dataclass(frozen=True, eq=False)
class Present:
    """What stays as it is at present when packages change something.

    Parameters
    ----------
    basis : Basis
    contagion : Contagion
    threads : Threads
    satisfaction : ndarray of float64, shape (n,)
        The mean of each account's market.
    referred : float
        The mean strength of buyers to whom somebody recommended us, NaN for none.
    margin : float
        The median positive margin of customers, of which a contact costs a share.
    """

    basis: Basis
    contagion: Contagion
    threads: Threads
    satisfaction: Floats
    referred: float
    margin: float


def find_present(basis: Basis) -> Present:
    """Return what stays as it is at present."""
    known, mean = basis.known_satisfaction, np.full(basis.n, assumptions.MISSING_SATISFACTION)
    for code in range(len(MARKETS)):
        here = basis.market == code
        if (told := here & ~np.isnan(known)).any():
            mean[here] = known[told].mean()
    referred = np.zeros(basis.n, dtype=bool)
    referred[basis.word.target] = True
    strength = basis.ties.strongest(basis.ties.strength[np.newaxis], basis.n)[0]
    strengths = strength[referred & basis.is_buyer]
    return Present(
        basis,
        find_contagion(basis),
        find_threads(basis),
        mean,
        float(strengths.mean()) if len(strengths) else np.nan,
        median_gain(basis),
    )


@dataclass(frozen=True, eq=False)
class Gains:
    """What packages change and bring in b worlds, each of shape (b, p)."""

    strength: Floats
    hazard: Floats
    saved: Floats
    keep: Floats
    chain: Floats
    refer: Floats
    fragility: Floats
    cost: Floats

    @property
    def gain(self) -> Floats:
        """Return what each brings before its cost."""
        return self.keep + self.chain + self.refer + self.fragility

    @property
    def net(self) -> Floats:
        """Return what each brings beyond its cost."""
        return self.gain - self.cost


def gains(packages: Packages, present: Present, worth: Worth) -> Gains:
    """Return what each package changes and brings, alone."""
    assumed, account = worth.worlds.assumed, packages.account
    held = Held(packages, present.threads, worth)
    strength = held.strength
    stays = _survival(packages, present, worth, strength)
    saved = stays - np.exp(-worth.hazard)[:, account]
    stake = worth.at_stake
    stream = worth.stream * worth.years_of_margin
    rise = strength - worth.strongest[:, account]
    referred = present.referred if present.referred > 0 else np.inf
    return Gains(
        strength=strength,
        hazard=-np.log(stays),
        saved=saved,
        keep=(stake + stream)[:, account] * saved,
        chain=saved * followers_worth(present.contagion, worth)[:, account],
        refer=worth.stream[:, account] * rise / referred,
        fragility=assumed["departure_loss"] * np.maximum(stake, 0)[:, account] * held.relief()
        + 0.0,
        cost=packages.contacts * (assumed["contact_cost"] * present.margin),
    )


def followers_worth(contagion: Contagion, worth: Worth) -> Floats:
    """Return what is saved of those who would follow each buyer, per chance that it stays.

    That is Σ K⁺·e^(−h)·h·ρ·s over the buyers who hear of it, shape (b, n).
    """
    passing = worth.worlds.assumed["contagion"] * worth.worlds.word[:, contagion.arcs]
    exposed = positive_stake(worth) * leaving(worth.hazard)
    return summed(contagion.source, passing * exposed[:, contagion.target], contagion.n)


def positive_stake(worth: Worth) -> Floats:
    """Return what is at stake with each, 0 where it is a loss or unknown."""
    return np.maximum(np.nan_to_num(worth.at_stake), 0)


def leaving(hazard: Floats) -> Floats:
    """Return h·e^(−h), how fast the chance to stay falls as the hazard is multiplied."""
    return np.asarray(hazard * np.exp(-hazard))


def _survival(packages: Packages, present: Present, worth: Worth, strength: Floats) -> Floats:
    """Return the chance that each account stays this year, with a package, shape (b, p)."""
    basis, assumed, account = present.basis, worth.worlds.assumed, packages.account
    gap = np.maximum(1 - worth.strongest, assumptions.WEAKEST_HAZARD)[:, account]
    nearer = np.maximum(1 - strength, assumptions.WEAKEST_HAZARD) / gap
    factor = nearer ** assumed["strength_hazard"]
    factor /= np.where(packages.assigns, assumed["unowned_hazard"], 1.0)
    rate: Floats = worth.uncapped_hazard[:, account] * factor
    most = np.where(np.isnan(basis.retention[account]) & worth.worlds.drawn, 1.0, np.inf)
    stays = np.exp(-np.minimum(rate, most))
    rows = np.flatnonzero(packages.recovers)
    if len(rows):
        who = account[rows]
        happier = np.maximum(present.satisfaction - worth.worlds.satisfaction, 0)[:, who]
        livelier = np.maximum(-basis.trend, 0)[who]
        calmer = np.exp(
            -assumed["satisfaction_hazard"] * happier - assumed["trend_hazard"] * livelier
        )
        chance = assumed["recovery"]
        won = np.exp(-np.minimum(rate[:, rows] * calmer, most[rows]))
        stays[:, rows] = chance * won + (1 - chance) * stays[:, rows]
    return stays
