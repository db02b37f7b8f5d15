"""State: a firm as one side of a comparison sees it, read when a measure asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from relgraph.analysis.partnerships.evidence import Evidence
from relgraph.dataset import Dataset
from relgraph.firm import read_evidence, read_network, read_word_of_mouth
from relgraph.network import Network
from relgraph.planning.basis import Basis, find_basis
from relgraph.planning.departures import Departure, find_departure
from relgraph.planning.reading import read_facts
from relgraph.settings import PlanningSettings, Projection, RankingSettings
from relgraph.store.frame_store import FrameStore


@dataclass(frozen=True, eq=False)
class State:
    """One side of a comparison.

    Parameters
    ----------
    store : FrameStore
        What there is.
    settings : PlanningSettings
        How figures are made of it.
    present : Basis or None
        Of the firm as it is, where this is what a scenario makes of it.
    leavers : frozenset of str
        Who is there at present and leaves: they take with them what `relgraph exit` says.
    """

    store: FrameStore
    settings: PlanningSettings
    present: Basis | None = None
    leavers: frozenset[str] = frozenset()

    @property
    def _ranking(self) -> RankingSettings:
        return RankingSettings(as_of=self.settings.as_of, seed=self.settings.seed)

    @cached_property
    def network(self) -> Network:
        """Return the default network."""
        return read_network(self.store, self._ranking)

    @cached_property
    def word_of_mouth(self) -> Network:
        """Return the network along which word travels."""
        return read_word_of_mouth(self.store, self._ranking)

    @cached_property
    def evidence(self) -> Evidence:
        """Return what strengths of partnerships are made from."""
        return read_evidence(self.store, self._ranking, ("satisfaction",))

    @cached_property
    def active(self) -> frozenset[str]:
        """Return who is there."""
        ids = self.evidence.within(Projection()).nodes.ids
        return frozenset(ids.tolist())

    @cached_property
    def departure(self) -> Departure:
        """Return what goes with those who leave; nobody, mostly."""
        store = FrameStore(self.store.url, _staying(self.store.dataset, self.leavers))
        evidence = read_facts(store, self.settings)
        basis = find_basis(evidence, self.settings, self.present)
        accounts = basis.accounts
        ids = accounts.evidence.nodes.ids
        leaving = np.array([node_id in self.leavers for node_id in ids.tolist()], dtype=bool)
        gone, staff = (np.flatnonzero(leaving[rows]) for rows in (accounts.rows, accounts.staff))
        return find_departure(basis, gone, staff, self.settings.seed)

    @property
    def basis(self) -> Basis:
        """Return what planning rests on, those who leave included."""
        return self.departure.basis


def _staying(dataset: Dataset, leavers: frozenset[str]) -> Dataset:
    """Return a dataset in which those who leave are still there."""
    if not leavers:
        return dataset
    people = dataset.stakeholders
    status = people["status"].where(~people["id"].isin(leavers), "active")
    return replace(dataset, stakeholders=people.assign(status=status))
