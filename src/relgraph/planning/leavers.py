"""Leavers: everyone there has been in some markets, who of them left, and their money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from relgraph.analysis.partnerships.evidence import Evidence, Mask
from relgraph.network import Floats, Ints, Nodes, Texts, Ties, text_array
from relgraph.network.projection import outside
from relgraph.planning.accounts import amounts, texts
from relgraph.planning.basis import Basis, find_basis
from relgraph.planning.belonging import find_groups
from relgraph.planning.churn import dates, observe_churn, observe_stays
from relgraph.planning.levels import highest_given
from relgraph.planning.rhythm import find_ends
from relgraph.result import to_python
from relgraph.settings import PlanningSettings

REASON = "reason"
OF_TIES = ("level", "bond")


@dataclass(frozen=True, eq=False)
class Past:
    """Everyone there has been in some markets, each of shape (k,): who left, and their money."""

    nodes: Ints
    left: Mask
    years: Floats
    seen: Mask
    revenue: Floats
    margin: Floats
    clv: Floats

    @property
    def lost(self) -> Past:
        """Return those who left."""
        return Past(*(getattr(self, name)[self.left] for name in self.__dataclass_fields__))


def everyone_basis(evidence: Evidence, settings: PlanningSettings) -> Basis:
    """Return the basis of everyone there has been, as if nobody had left, but with the churn."""
    attributes = {**evidence.nodes.attributes, "status": text_array([None] * len(evidence.nodes))}
    everyone = replace(
        evidence,
        nodes=replace(evidence.nodes, attributes=attributes),
        ties=_last_ties(evidence),
    )
    return replace(find_basis(everyone, settings), churn=observe_churn(evidence))


def _last_ties(evidence: Evidence) -> Ties:
    """Return the ties that hold, and those of leavers that held on the day they left."""
    nodes, others = evidence.nodes, evidence.other_ties
    if others is None or not len(others):
        return evidence.ties
    left = np.asarray(texts(nodes, "status") == "left", dtype=bool)
    left_on = dates(nodes.attributes.get("left_on"), len(nodes))
    left_on[~left] = np.datetime64("NaT")
    first = np.fmin(left_on[others.source], left_on[others.target])
    ended, to_come = outside(others, first)
    return evidence.ties.joined(others.take(~np.isnat(first) & ~ended & ~to_come))


def find_past(evidence: Evidence, basis: Basis, markets: Sequence[str]) -> Past:
    """Return everyone there has been in some markets; `basis` is that of everyone."""
    nodes, accounts = evidence.nodes, basis.accounts
    own = accounts.organisation == np.arange(len(nodes))
    rows = np.flatnonzero(own & np.isin(nodes.markets.astype(str), list(markets)))
    worth = basis.central()
    margin, clv = np.full((2, len(nodes)), np.nan)
    margin[accounts.rows] = basis.margin
    kept = np.exp(-worth.lasting_rate[0]) * worth.years_of_margin[0]
    clv[accounts.rows] = basis.margin * kept
    stays = observe_stays(evidence)
    left = np.asarray(texts(nodes, "status") == "left", dtype=bool)
    revenue = amounts(nodes, "revenue")
    return Past(
        rows,
        left[rows],
        stays.years[rows],
        stays.left[rows],
        revenue[rows],
        margin[rows],
        clv[rows],
    )


def labels(evidence: Evidence, basis: Basis, by: str) -> Texts:
    """Return what everyone is put together by, as text, None where it isn't known."""
    nodes = evidence.nodes
    own = {"id": nodes.ids, "name": nodes.names, "market": nodes.markets}
    own[REASON] = texts(nodes, "left_reason")
    unknown = text_array([None] * len(nodes))
    values: npt.NDArray[Any] = own.get(by, nodes.attributes.get(by, unknown))
    if by == "parent":
        values = _groups(nodes)
    if by in OF_TIES:
        values = _highest(basis, by, len(nodes))
    return text_array(_text(value) for value in to_python(values))


def _groups(nodes: Nodes) -> Texts:
    """Return the topmost parent of those who have a parent or a subsidiary, None for others."""
    above, own = find_groups(nodes), np.arange(len(nodes))
    grouped = np.isin(own, above[above != own]) | (above != own)
    names = zip(nodes.ids[above].tolist(), grouped.tolist(), strict=True)
    return text_array(name if told else None for name, told in names)


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return None if value is None else str(value)


def _highest(basis: Basis, name: str, n: int) -> Floats:
    """Return the highest level or bond of each account's ties to the firm's side."""
    accounts, ties = basis.accounts, basis.accounts.evidence.ties
    tied, _ = find_ends(accounts, ties.source, ties.target)
    found = np.full(n, np.nan)
    found[accounts.rows] = highest_given(ties, tied, accounts.n, name)
    return found
