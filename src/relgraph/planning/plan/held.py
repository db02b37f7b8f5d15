"""What holds accounts with their packages: how strong ties become, and on whom accounts depend."""

from __future__ import annotations

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats
from relgraph.planning.churn import GROUPS
from relgraph.planning.dependence import Threads
from relgraph.planning.facts import PlanningFacts
from relgraph.planning.plan.packages import Packages
from relgraph.planning.rhythm import account_half_lives
from relgraph.planning.sums import summed
from relgraph.planning.worth import Worth

_YEAR = 365.25


class Held:
    """Strengths and dependence of accounts with their packages."""

    def __init__(self, packages: Packages, threads: Threads, worth: Worth) -> None:
        self.packages, self.threads, self.worth = packages, threads, worth
        assumed = worth.worlds.assumed
        none = np.zeros((len(worth.worlds), 1))
        self.before = np.concatenate([worth.worlds.strength, none], axis=1)[:, packages.tie]
        step = np.minimum(assumed["level_step"], contact_steps(packages, worth.basis))
        self.deepened = self.before + step * (1 - self.before)
        self.new = np.where(packages.newcomer >= 0, assumed["new_contact"], 0.0)

    @property
    def strength(self) -> Floats:
        """Return the strength of each account's strongest tie, shape (b, p)."""
        present = self.worth.strongest[:, self.packages.account]
        return np.asarray(np.maximum(np.maximum(present, self.deepened), self.new))

    def relief(self) -> Floats:
        """Return by how much the share of contact that leaves in a year falls, shape (b, p).

        An account depends on e by 1 − C(without e)/C = s/(1 − s)·(1 − C)/C, C = 1 − Π(1 − s).
        """
        packages, threads, worth = self.packages, self.threads, self.worth
        sure = assumptions.SUREST_GIVEN
        turnover = worth.worlds.churn[:, [GROUPS.index("employee")]]
        strength = threads.strength(worth)
        n = worth.basis.n
        odds = summed(threads.account, strength / (1 - strength), n)
        loose = np.exp(summed(threads.account, np.log1p(-strength), n))
        share = _leaves(odds, loose)[:, packages.account]
        odds, loose = odds[:, packages.account], loose[:, packages.account]
        theirs = packages.by >= 0  # not the firm's own tie
        before = np.where(theirs, np.minimum(self.before, sure), 0)
        after = np.where(theirs, np.minimum(self.deepened, sure), 0)
        new = np.minimum(self.new, sure)
        odds = odds - before / (1 - before) + after / (1 - after) + new / (1 - new)
        loose = loose * (1 - after) / (1 - before) * (1 - new)
        return np.asarray(turnover * (share - _leaves(odds, loose)))


def _leaves(odds: Floats, loose: Floats) -> Floats:
    """Return the sum of dependence on each employee in contact, 0 without any."""
    held: Floats = np.where(loose < 1, 1 - loose, np.inf)
    return np.asarray(odds * loose / held, dtype=np.float64)


def contact_steps(packages: Packages, facts: PlanningFacts) -> Floats:
    """Return the share of what a tie lacks to 1 that more contacts a year add, shape (p,).

    Contacts that come at a steady rate add n·h/(365.25·ln 2) to activity, h the half-life.
    """
    half_life: Floats = account_half_lives(facts.accounts)[packages.account]
    activity = packages.adds * half_life / (_YEAR * np.log(2))
    return np.asarray(-np.expm1(-activity / facts.accounts.evidence.saturation))
