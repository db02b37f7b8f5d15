"""Firms whose truth is known: drawn from the assumptions' ranges, then seen through noise.

Churn of each market is drawn from Gamma(2, 25 years), a mean of 8 % a year; leavers leave at that
rate. True strengths and margins differ from the stored ones by the noise that planning assumes,
and what isn't stored is drawn like what is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from relgraph import assumptions
from relgraph.network import Floats
from relgraph.planning.basis import Basis
from relgraph.planning.churn import GROUPS
from relgraph.planning.worlds import Worlds, central_world
from relgraph.planning.worth import Worth
from tests.planning.firms import FIRM, Row, basis_of, person, tie

SHAPE, YEARS = 2, 25  # the prior of churn
WINDOW = 5  # years from the first contact to the moment that is looked at
FIRST, LAST = "2021-01-01", "2025-12-31"
SIZES = {"customer": 25, "distributor": 8, "supplier": 5, "influencer": 5, "employee": 6}
MISSING = 0.15  # of margins and satisfactions
SATISFACTION = (5, 3)  # of the beta distribution


@dataclass(frozen=True)
class Firm:
    """What is stored of a firm, and what its accounts are really worth."""

    basis: Basis
    truth: Worth


def simulate_firm(seed: int) -> Firm:
    """Return a firm of this number."""
    rng = np.random.default_rng((2026, seed))
    churn = {group: rng.gamma(SHAPE, 1 / YEARS) for group in GROUPS}
    people = [FIRM, *_people(rng, churn)]
    contacts = [("c-0", "firm", FIRST), ("c-0", "firm", LAST)]
    basis = basis_of(people, _ties(rng, people), contacts, as_of=LAST)
    return Firm(basis, Worth(basis, _truth(rng, basis, churn, people)))


def _people(rng: np.random.Generator, churn: dict[str, float]) -> Iterator[Row]:
    for market, size in SIZES.items():
        for number in range(size):
            stays = rng.exponential(1 / churn[market])
            day = np.datetime64(FIRST) + np.timedelta64(int(min(stays, 99) * 365.25), "D")
            left = {"status": "left", "left_on": day.item()} if stays < WINDOW else {}
            revenue = rng.lognormal(10, 1)
            margin = revenue * rng.triangular(0.05, 0.2, 0.45)
            stored = {} if rng.random() < MISSING else {"margin": margin}
            if rng.random() >= MISSING:
                stored["satisfaction"] = rng.beta(*SATISFACTION)
            name = f"{market[0]}-{number}"
            yield person(name, market, revenue=revenue, **stored, **left)


def _ties(rng: np.random.Generator, people: list[Row]) -> list[Row]:
    names = {market: [p["id"] for p in people if p["market"] == market] for market in SIZES}
    ties = []
    for market in SIZES:
        if market == "employee":
            continue
        for name in names[market]:
            for colleague in rng.choice(names["employee"], 2, replace=False):
                ties.append(tie(str(colleague), "MANAGES", name, float(rng.uniform(0.2, 0.9))))
    buyers = [*names["customer"], *names["distributor"]]
    for source in [*buyers, *names["influencer"]]:
        target = str(rng.choice(buyers))
        if target != source:
            ties.append(tie(source, "REFERS", target, float(rng.uniform(0.1, 0.9))))
    return ties


def _truth(
    rng: np.random.Generator, basis: Basis, churn: dict[str, float], people: list[Row]
) -> Worlds:
    world = central_world(basis)
    by_name: dict[Any, Row] = {row["id"]: row for row in people}
    rows = [by_name[name] for name in basis.accounts.nodes.ids.tolist()]
    noise = np.exp(assumptions.MARGIN_NOISE * rng.standard_normal(basis.n))
    ratio = rng.triangular(0.05, 0.2, 0.45, basis.n)
    unknown = np.array(["margin" not in row for row in rows])
    overlap = basis.margins.margin - basis.margin  # what a distributor shares with its customers
    guessed = np.array([row["revenue"] for row in rows]) * ratio - overlap
    known = ~np.isnan(basis.known_satisfaction)
    assumed = {
        name: np.array([[low if low == high else rng.triangular(low, value, high)]])
        for name, (low, value, high) in basis.ranges.items()
    }
    return replace(
        world,
        assumed=assumed,
        churn=np.array([[churn[group] for group in GROUPS]]),
        margin=np.where(unknown, guessed, basis.margin * noise)[np.newaxis],
        satisfaction=np.where(known, basis.known_satisfaction, rng.beta(*SATISFACTION, basis.n))[
            np.newaxis
        ],
        strength=_true(rng, basis.ties.strength),
        word=_true(rng, basis.word.strength),
    )


def _true(rng: np.random.Generator, stored: Floats) -> Floats:
    powers = np.exp(assumptions.STRENGTH_NOISE * rng.standard_normal(len(stored)))
    return np.asarray(stored**powers)[np.newaxis]
