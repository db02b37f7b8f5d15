"""Money at stake in a state of a firm, and how it changes in the same drawn worlds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from relgraph.comparison.state import State
from relgraph.network import Floats, Ints
from relgraph.planning.intervals import Interval, interval_of
from relgraph.planning.worth import Worth
from relgraph.settings import PlanningSettings

TOTALS = ("customer_equity", "expected_loss", "referrals", "departures")
_BEYOND = ("supply", "held", "through")  # ways of `exit` that take more than a buyer's worth


class Money(NamedTuple):
    """Figures of a state in b worlds.

    `totals`, of shape (b, 4), are those of `TOTALS`; `clv` and `p_leave`, of shape (b, n), are of
    the accounts, NaN of those who leave.
    """

    totals: Floats
    clv: Floats
    p_leave: Floats


def money(state: State, worth: Worth, before: Worth | None = None) -> Money:
    """Return the money at stake.

    Lifetime values are of buyers who stay; those who follow a leaver's example are counted by the
    chance that they do. `departures` is what goes with those who leave beyond that: what employees
    hold, customers of an only seller, supplies.

    Parameters
    ----------
    state : State
    worth : Worth
        What its accounts are worth.
    before : Worth, optional
        What they were worth before the change, in the same worlds: referrals grow with the
        strength of the tie to whoever refers.
    """
    departure, basis = state.departure, state.basis
    leaves = departure.accounts
    lost = np.zeros((len(worth.worlds), basis.n))
    beyond = np.zeros(len(worth.worlds))
    if leaves.any() or departure.staff.any():
        ways = departure.ways(worth)
        lost = ways["chained"].share
        for name in _BEYOND:
            beyond += np.nansum(ways[name].share * ways[name].worth, axis=1)
    gone = np.where(leaves, np.nan, 1.0)
    clv = worth.lifetime * (1 - lost) * gone
    p_leave = (1 - (1 - worth.p_leave) * (1 - lost)) * gone
    stake = np.maximum(np.nan_to_num(worth.at_stake), 0)
    stream = worth.stream + (0 if before is None else _risen(worth, before))
    totals = (
        np.nansum(np.where(basis.is_buyer, clv, 0), axis=1),
        np.nansum(p_leave * stake, axis=1),
        np.nansum(stream * gone, axis=1),
        beyond,
    )
    return Money(np.stack(totals, axis=1), clv, p_leave)


def _risen(worth: Worth, before: Worth) -> Floats:
    """Return what ties that grew stronger add to referrals, R·(S′ − S)/S̄ with S̄ of before."""
    then = before.basis
    place = _places(worth, before)
    known = place >= 0
    referred = np.zeros(then.n, dtype=bool)
    referred[then.word.target] = True
    usual = then.ties.strongest(then.ties.strength[np.newaxis], then.n)[0][referred & then.is_buyer]
    rise = np.zeros_like(worth.stream)
    if usual.any():
        grown = worth.strongest[:, known] - before.strongest[:, place[known]]
        rise[:, known] = worth.stream[:, known] * grown / usual.mean()
    return rise


def _places(worth: Worth, before: Worth) -> Ints:
    """Return where each account was before, −1 for the new."""
    then = {i: row for row, i in enumerate(before.basis.accounts.nodes.ids.tolist())}
    ids = worth.basis.accounts.nodes.ids.tolist()
    return np.array([then.get(node_id, -1) for node_id in ids], np.int64)


class MoneyChange(NamedTuple):
    """Money before and after, and how the totals, `clv` and `p_leave` change, with intervals.

    The changes of accounts are of those after; NaN where one side has no figure.
    """

    before: Money
    after: Money
    totals: Interval
    clv: Interval
    p_leave: Interval


def money_change(before: State, after: State, settings: PlanningSettings) -> MoneyChange:
    """Return how money changes from one state to another, in the same worlds on both sides."""
    there, here = before.basis.central(), after.basis.central()
    place = _places(here, there)
    first, second = money(before, there), money(after, here, there)
    drawn: tuple[list[Floats], ...] = ([], [], [])
    settings.progress.start("progress.drawing_worlds", settings.draws)
    for one, other in _worlds(before, after, settings):
        changes = _changes(money(before, one), money(after, other, one), place)
        for kept, change in zip(drawn, changes, strict=True):
            kept.append(change.astype(np.float32))
        settings.progress.advance(len(one.worlds))
    settings.progress.finish()
    found = (
        interval_of(value[0], kept)
        for value, kept in zip(_changes(first, second, place), drawn, strict=True)
    )
    return MoneyChange(first, second, *found)


def _worlds(
    before: State, after: State, settings: PlanningSettings
) -> Iterator[tuple[Worth, Worth]]:
    block = min(before.basis.block, after.basis.block)
    draws, seed = settings.draws, settings.seed
    sides = (state.basis.drawn(draws, seed, block) for state in (before, after))
    return zip(*sides, strict=True)


def _changes(before: Money, after: Money, place: Ints) -> tuple[Floats, Floats, Floats]:
    return (
        after.totals - before.totals,
        after.clv - _moved(before.clv, place),
        after.p_leave - _moved(before.p_leave, place),
    )


def _moved(figures: Floats, place: Ints) -> Floats:
    """Return the figures of accounts before in the order of those after, NaN for the new."""
    padded = np.concatenate([figures, np.full((len(figures), 1), np.nan)], axis=1)
    return padded[:, place]
