"""Which packages to take together: a hand-checked firm, and hundreds of random ones."""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pytest

from relgraph.planning.plan.additive import BestSums, Room, best_in_each, chosen_in_each
from relgraph.planning.plan.choice import Choice
from relgraph.planning.plan.gains import leaving
from relgraph.planning.plan.packages import Packages
from relgraph.planning.plan.together import Arcs, Echoes, pair_gains

RHO = 0.8


class Firm(NamedTuple):
    """Accounts with K and h, word-of-mouth arcs, and packages: account, h′ and contacts."""

    stake: npt.NDArray[np.float64]
    hazard: npt.NDArray[np.float64]
    arcs: list[tuple[int, int, float]]
    packages: list[tuple[int, float, int]]
    cost: float = 1.0


# Oracle: K 1000 400 300, word 1 → 2 of .5; deepen 1, recover 1, deepen 2, recover 2, deepen 3.
THREE = Firm(
    np.array([1000.0, 400.0, 300.0]),
    np.array([0.2, 0.3, 0.1]),
    [(0, 1, 0.5)],
    [(0, 0.15, 20), (0, 0.10, 60), (1, 0.2, 10), (1, 0.15, 25), (2, 0.08, 15)],
)


def packages_of(account: Any, contacts: Any) -> Packages:
    p = len(account)
    none, zero = np.full(p, -1), np.zeros(p, np.int64)
    no = np.zeros(p, dtype=bool)
    return Packages(
        account=np.asarray(account, np.int64),
        actions=zero,
        recovers=no,
        assigns=no,
        tie=none,
        by=none,
        adds=zero,
        newcomer=none,
        owner=none,
        contacts=np.asarray(contacts, np.int64),
        new_contacts=zero,
        to_level=np.full(p, np.nan),
    )


def parts(firm: Firm) -> dict[str, npt.NDArray[np.float64]]:
    """Return keep, chain, net and pairs of a firm's packages."""
    account = np.array([each[0] for each in firm.packages])
    after = np.array([each[1] for each in firm.packages])
    contacts = np.array([each[2] for each in firm.packages])
    source = np.array([each[0] for each in firm.arcs], np.int64)
    target = np.array([each[1] for each in firm.arcs], np.int64)
    passing = RHO * np.array([each[2] for each in firm.arcs])
    before = firm.hazard[account]
    saved = np.exp(-after) - np.exp(-before)
    exposed = np.maximum(firm.stake, 0) * leaving(firm.hazard)
    follow = np.bincount(source, passing * exposed[target], len(firm.stake))
    keep, chain = firm.stake[account] * saved, saved * follow[account]
    calmed = np.maximum(firm.stake, 0)[account] * (leaving(after) - leaving(before))
    pairs = pair_gains(
        Echoes(saved[np.newaxis], calmed[np.newaxis], passing[np.newaxis]),
        Arcs(source, target),
        account,
    )
    net = keep + chain - firm.cost * contacts
    return {"keep": keep, "chain": chain, "net": net, "pairs": pairs}


def choice_of(firm: Firm, count: int, contacts: int | None = None) -> Choice:
    found = parts(firm)
    packages = packages_of([p[0] for p in firm.packages], [p[2] for p in firm.packages])
    return Choice(packages, found["net"], found["pairs"], Room(count, contacts))


def value_of(firm: Firm, rows: Any) -> float:
    """Return V − cost by its definition, Σ K[e^(−h′)(1 − h′·k) − e^(−h)]."""
    after = firm.hazard.copy()
    for row in rows:
        after[firm.packages[row][0]] = firm.packages[row][1]
    leave = np.exp(-firm.hazard) - np.exp(-after)  # p(x) − p
    follow = np.zeros(len(firm.stake))
    for source, target, strength in firm.arcs:
        follow[target] += RHO * strength * leave[source]
    follow[firm.stake <= 0] = 0
    total = firm.stake * (np.exp(-after) * (1 - after * follow) - np.exp(-firm.hazard))
    return float(total.sum() - firm.cost * sum(firm.packages[row][2] for row in rows))


def test_what_each_package_brings() -> None:
    found = parts(THREE)
    keep = [41.9772, 86.1067, 31.1650, 47.9559, 5.4837]
    assert found["keep"] == pytest.approx(keep, abs=5e-5)
    assert found["chain"] == pytest.approx([1.4927, 3.0619, 0, 0, 0], abs=5e-5)
    net = [23.4699, 29.1686, 21.1650, 22.9559, -9.5163]
    assert found["net"] == pytest.approx(net, abs=5e-5)


@pytest.mark.parametrize(
    ("budget", "rows", "value", "bound", "certificate"),
    [
        (None, [1, 3], 50.8413, 52.1245, 0.975382),
        (80, [1, 2], 49.5276, 50.3336, 0.983988),
        (45, [0, 3], 45.8002, 46.4258, 0.986526),
    ],
)
def test_what_is_chosen_together(
    budget: int | None, rows: list[int], value: float, bound: float, certificate: float
) -> None:
    choice = choice_of(THREE, 10, budget)
    sums = BestSums(choice.net, choice.packages, choice.room)
    chosen = choice.best(sums.rows())
    assert chosen.tolist() == rows
    assert choice.value(chosen) == pytest.approx(value, abs=5e-5)
    assert value_of(THREE, rows) == pytest.approx(value, abs=5e-5)
    assert sums.value() == pytest.approx(bound, abs=5e-5)
    assert choice.value(chosen) / sums.value() == pytest.approx(certificate, abs=5e-7)


def random_firm(rng: np.random.Generator) -> Firm:
    n = int(rng.integers(1, 6))
    stake = np.exp(rng.normal(5, 1.5, n)) * rng.choice([1, 1, 1, 1, -0.3], n)
    hazard = rng.uniform(0.01, 1.0, n)
    arcs = [
        (u, v, float(rng.uniform(0.05, 1)))
        for u in range(n)
        for v in range(n)
        if u != v and rng.random() < 0.5
    ]
    packages = [
        (account, float(hazard[account] * rng.uniform(0.2, 1)), int(rng.integers(1, 20)))
        for account in range(n)
        for _ in range(rng.integers(1, 4))
    ]
    return Firm(stake, hazard, arcs, packages, float(np.exp(rng.normal(0, 1))))


def all_sets(firm: Firm, choice: Choice) -> list[list[int]]:
    """Return every set of packages that may be chosen."""
    groups = [
        [None, *(row for row, each in enumerate(firm.packages) if each[0] == account)]
        for account in range(len(firm.stake))
    ]
    room, found = choice.room, []
    for rows in product(*groups):
        kept = [row for row in rows if row is not None]
        contacts = sum(firm.packages[row][2] for row in kept)
        if len(kept) <= room.count and (room.contacts is None or contacts <= room.contacts):
            found.append(kept)
    return found


def test_random_firms_are_planned_nearly_always_best() -> None:
    rng = np.random.default_rng(7)
    best = 0
    for number in range(500):
        firm = random_firm(rng)
        budget = None if number % 2 else int(rng.integers(0, 40))
        choice = choice_of(firm, int(rng.integers(1, 5)), budget)
        sums = BestSums(choice.net, choice.packages, choice.room)
        chosen = choice.best(sums.rows())
        values = {tuple(rows): choice.value(rows) for rows in all_sets(firm, choice)}
        optimum = max(values.values())
        value = choice.value(chosen)
        assert tuple(chosen.tolist()) in values  # it is allowed
        assert value == pytest.approx(value_of(firm, chosen.tolist()), abs=1e-9)
        assert sums.value() >= optimum - 1e-9
        best += value >= optimum - 1e-9 * max(1.0, abs(optimum))
        if optimum > 0:
            assert value / sums.value() <= value / optimum + 1e-12
        for rows, together in values.items():
            assert together <= choice.net[list(rows)].sum() + 1e-9
    assert best >= 475


def test_the_best_sums_are_those_of_every_set() -> None:
    rng = np.random.default_rng(3)
    for number in range(200):
        firm = random_firm(rng)
        choice = choice_of(firm, int(rng.integers(0, 4)), int(rng.integers(0, 40)))
        must = (0,) if number % 3 == 0 and choice.room.count else ()
        room = Room(choice.room.count, choice.room.contacts, must)
        sums = BestSums(choice.net, choice.packages, room)
        for contacts in range(0, (room.contacts or 0) + 1, 7):
            within = Choice(choice.packages, choice.net, choice.pairs, Room(room.count, contacts))
            nets = [
                float(choice.net[rows].sum())
                for rows in all_sets(firm, within)
                if not must or 0 in choice.packages.account[rows]
            ]
            assert sums.value(contacts) == pytest.approx(max(nets, default=-np.inf))
            if nets:
                found = sums.rows(contacts)
                assert choice.net[found].sum() == pytest.approx(max(nets))


@pytest.mark.parametrize("contacts", [None, 60, 25, 0])
@pytest.mark.parametrize("must", [(), (1,), (0, 4)])
def test_every_draw_has_the_best_of_its_own(contacts: int | None, must: tuple[int, ...]) -> None:
    rng = np.random.default_rng(5)
    packages = packages_of(np.repeat(np.arange(30), 3), np.tile([1, 4, 9], 30))
    net = rng.normal(0, 10, (20, 90))
    net[:, 12:15] = -np.inf if not must else net[:, 12:15]
    room = Room(6, contacts, must if contacts != 0 else ())
    chosen = chosen_in_each(net, packages, room)
    sums = [BestSums(nets, packages, room).value() for nets in net]
    assert best_in_each(net, packages, room) == pytest.approx(np.array(sums))
    for taken in chosen:
        accounts = packages.account[taken]
        assert len(set(accounts.tolist())) == len(accounts) <= 6
        assert contacts is None or packages.contacts[taken].sum() <= contacts


def test_only_the_best_at_each_number_of_contacts_are_looked_at() -> None:
    rng = np.random.default_rng(1)
    packages = packages_of(np.arange(5000), rng.integers(1, 4, 5000))
    sums = BestSums(rng.normal(0, 1, 5000), packages, Room(10, 12))
    assert len(sums.groups) <= 30


def test_the_frontier_only_rises() -> None:
    choice = choice_of(THREE, 10)
    found = choice.frontier()
    values = [choice.value(rows) for _, rows in found]
    assert values == sorted(values)
    assert [(contacts, rows.tolist()) for contacts, rows in found][-1] == (85, [1, 3])
    assert values[-1] == pytest.approx(50.8413, abs=5e-5)
    assert (45, [0, 3]) in [(contacts, rows.tolist()) for contacts, rows in found]
