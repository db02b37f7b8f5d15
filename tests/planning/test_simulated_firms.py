"""Intervals hold the truth of simulated firms as often as they say."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from relgraph.network import Floats
from relgraph.planning.intervals import intervals
from relgraph.planning.losses import find_losses
from relgraph.planning.worth import Worth
from relgraph.settings import PlanningSettings
from tests.planning.simulated_firms import simulate_firm

FIRMS, DRAWS = 200, 400


@pytest.mark.long
def test_of_two_hundred_firms_intervals_hold_95_percent() -> None:
    held: dict[str, list[Floats]] = defaultdict(list)
    for seed in range(FIRMS):
        firm = simulate_firm(seed)
        losses = find_losses(firm.basis, seed)

        def equity(worth: Worth) -> Floats:
            buyers = worth.basis.is_buyer
            return np.asarray(np.nansum(worth.lifetime[:, buyers], axis=1, keepdims=True))

        def loss(worth: Worth) -> Floats:
            return losses.parts(worth).total  # noqa: B023 called within the loop

        figures = {"clv": lambda worth: worth.lifetime, "equity": equity, "loss": loss}
        found = intervals(firm.basis, PlanningSettings(draws=DRAWS, seed=seed), *figures.values())
        for (name, figure), (_, low, high) in zip(figures.items(), found, strict=True):
            truth = figure(firm.truth)[0]
            told = ~np.isnan(low)
            held[name].append(((low <= truth) & (truth <= high))[told])
    shares = {name: float(np.concatenate(each).mean()) for name, each in held.items()}
    assert all(0.92 <= share <= 0.98 for share in shares.values()), shares
