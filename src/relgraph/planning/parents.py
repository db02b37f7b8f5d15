"""What groups of companies are worth: accounts summed by the topmost parent above them."""

from __future__ import annotations

from typing import Any

import numpy as np

from relgraph.network import Floats, Ints
from relgraph.network.columns import text_codes
from relgraph.planning.basis import Basis
from relgraph.planning.intervals import intervals
from relgraph.planning.notes import basis_notes
from relgraph.planning.sums import summed
from relgraph.planning.value import with_shares
from relgraph.result import Result
from relgraph.settings import PlanningSettings


def parent_rows(basis: Basis, settings: PlanningSettings) -> Result:
    """Return what accounts are worth together, by the topmost `parent` above them.

    An account without a parent is a group of its own, with its subsidiaries if it has any.

    Returns
    -------
    Result
        `rank, id, name, market, accounts, margin, clv, clv_low, clv_high, received, given,
        network_value, share, cumulative`. Each figure is the sum over `accounts`, those with a
        known one; so all groups sum to what all accounts do.
    """
    heads = basis.accounts.heads
    code, count = text_codes(heads.ids)
    _, first = np.unique(code, return_index=True)
    nodes = heads.take(first)
    worth = basis.central()
    (clv,) = intervals(
        basis, settings, lambda worth: summed(code, np.nan_to_num(worth.lifetime), count)
    )
    known = np.bincount(code[~np.isnan(worth.lifetime[0])], minlength=count) > 0
    columns: dict[str, Any] = {
        "id": nodes.ids,
        "name": nodes.names,
        "market": nodes.markets,
        "accounts": np.bincount(code, minlength=count),
        "margin": _sums(basis.margin, code, count),
        "clv": np.where(known, clv.value, np.nan),
        "clv_low": np.where(known, clv.low, np.nan),
        "clv_high": np.where(known, clv.high, np.nan),
        "received": _sums(worth.received[0] + worth.known_credit, code, count),
        "given": _sums(worth.given[0] + worth.known_credit, code, count),
        "network_value": _sums(worth.network_value[0] + worth.known_credit, code, count),
    }
    return with_shares(columns, columns["clv"]).with_notes(*basis_notes(basis))


def _sums(figure: Floats, code: Ints, count: int) -> Floats:
    """Return the sum of the known figures of each group, NaN where none is known."""
    known = ~np.isnan(figure)
    sums = np.bincount(code[known], figure[known], count)
    return np.where(np.bincount(code[known], minlength=count) > 0, sums, np.nan)
